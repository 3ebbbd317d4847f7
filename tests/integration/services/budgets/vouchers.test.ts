import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { endVouchers } from '#services/budgets/end-vouchers.server.ts'
import { voucherPage, vouchersPage } from '#services/budgets/voucher-page.server.ts'
import { voucherReportCsv, voucherReportPage } from '#services/budgets/voucher-report.server.ts'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { giveUp } from '#services/purchases/order-purchase.server.ts'
import { recordPaidByCouncil } from '#services/purchases/pay-purchase.server.ts'
import { ask, makeBookingWorld, onlyVisit, type BookingWorld } from '#tests/factories/bookings.ts'
import { actorOf, makeStaff } from '#tests/factories/circle.ts'
import {
  fundOf,
  makeBuyer,
  makeBuyersCouncil,
  ordered,
  type BuyersCouncil,
} from '#tests/factories/purchases.ts'
import { makeSupplier, type FundOptions, type TestPerson } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let council: BuyersCouncil
let world: BookingWorld
beforeAll(async () => {
  council = await makeBuyersCouncil(house().deps)
  world = await makeBookingWorld(house().deps)
  await makeSupplier(house().deps, council.councilId, world.provider.providerId)
})
afterEach(async () => {
  house().clock.set(TEST_NOW)
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})

const holder = (changes: Partial<FundOptions> = {}, of = council): Promise<TestPerson> =>
  makeBuyer(house().deps, of.councilId, [
    {
      pence: 10_000,
      kind: 'voucher',
      name: 'Getting Out voucher',
      deployment: 'council_managed',
      allowed: ['help_at_home', 'getting_out'],
      canBuy: 'trips',
      planCategory: 'help_at_home',
      approved: true,
      endsOn: '2026-11-30',
      ...changes,
    },
  ])
const trip = (price: string) => ({
  what: 'A boat trip',
  seller: 'Lock Boats',
  category: 'getting_out',
  price,
})

describe('a voucher', () => {
  test('is used bit by bit, by a booking and by a purchase, and its page says what is left', async () => {
    const { deps } = house()
    const ada = await holder()
    await ask(world, '2026-11-09', 2750, { person: ada })
    const id = await ordered(deps, council, ada, trip('30'))
    await recordPaidByCouncil(deps, council.finance, { purchaseId: id, price: '28', paidOn: '2026-11-02' })
    const { voucher, lines } = await voucherPage(deps, ada.actor, ada.allocationIds[0] ?? '')
    expect(voucher).toMatchObject({
      value: 10_000,
      used: 2_800,
      setAside: 2_750,
      left: 4_450,
      until: 'Monday 30 November 2026',
      standing: { words: '£44.50 left, until Monday 30 November 2026' },
      canBuy: 'It can pay for trips.',
      kinds: ['Help at home', 'Getting out'],
    })
    expect(lines.map(({ what }) => what)).toContain('A boat trip, Lock Boats')
    expect((await vouchersPage(deps, ada.actor)).vouchers).toHaveLength(1)
  })

  test('is nobody else’s, and a fund that is none has no such page', async () => {
    const { deps } = house()
    const [ada, bob] = [await holder(), await makeBuyer(deps, council.councilId, [{ pence: 100 }])]
    for (const [actor, id] of [
      [bob.actor, ada.allocationIds[0]],
      [bob.actor, bob.allocationIds[0]],
      [ada.actor, 'none'],
    ] as const)
      expect((await refusal(voucherPage(deps, actor, id ?? ''))).code).toBe('NOT_FOUND')
  })
})

describe('when it ends', () => {
  test('what is left goes back the day after, once; what is set aside stays, and what that frees goes back later', async () => {
    const { deps, clock } = house()
    const ada = await holder()
    const bookingId = await ask(world, '2026-11-30', 2750, { person: ada })
    await acceptRequest(deps, world.provider.owner, { bookingId })
    const id = await ordered(deps, council, ada, trip('30'))
    clock.set('2026-11-30T23:00:00Z')
    expect(await endVouchers(deps)).toBe(0)
    clock.set('2026-12-01T00:40:00Z')
    // Those of the tests before end with it.
    expect(await endVouchers(deps)).toBeGreaterThan(0)
    expect(await endVouchers(deps)).toBe(0)
    expect(await fundOf(deps, ada)).toEqual({ available: 0, held: 5_750, spent: 0 })
    const told = await deps.db.prisma.notice.findMany({
      where: { personId: ada.personId, kind: 'budget.voucher_ended' },
    })
    expect(told.map(({ body }) => body)).toEqual([
      '£42.50 was not used by Monday 30 November 2026 and went back to A council. What is booked with it still stands.',
    ])
    await giveUp(deps, ada.actor, { personId: ada.personId, purchaseId: id })
    // The same day's second run leaves it; the next day's gives it back.
    expect(await endVouchers(deps)).toBe(0)
    clock.set('2026-12-02T00:40:00Z')
    expect(await endVouchers(deps)).toBe(1)
    const { voucher } = await voucherPage(deps, ada.actor, ada.allocationIds[0] ?? '')
    expect(voucher).toMatchObject({ left: 0, setAside: 2_750, wentBack: 7_250, usable: false })
  })

  test('two runs at once give back once, and one that is carried over keeps what it has', async () => {
    const { deps, clock } = house()
    const [ada, bob] = [await holder(), await holder({ carryOver: 'all' })]
    clock.set('2026-12-01T00:40:00Z')
    await Promise.all([endVouchers(deps), endVouchers(deps)])
    expect([(await fundOf(deps, ada)).available, (await fundOf(deps, bob)).available]).toEqual([0, 10_000])
  })

  test('a visit cancelled before it came gives its money back to the voucher, while that lasts', async () => {
    const { deps } = house()
    const ada = await holder()
    const bookingId = await ask(world, '2026-11-23', 2750, { person: ada })
    await acceptRequest(deps, world.provider.owner, { bookingId })
    await cancelVisit(deps, ada.actor, {
      personId: ada.personId,
      visitId: await onlyVisit(world, bookingId),
      expectedFee: 0,
    })
    expect(await fundOf(deps, ada)).toEqual({ available: 10_000, held: 0, spent: 0 })
  })
})

describe('the issuer’s report', () => {
  test('counts by purpose and standing; few people are never told, and the file hides what the page hides', async () => {
    const { deps } = house()
    const issuer = await makeBuyersCouncil(deps)
    for (let n = 0; n < 7; n += 1) await holder({}, issuer)
    for (let n = 0; n < 3; n += 1) await holder({ name: 'Get Online voucher' }, issuer)
    const ada = await holder({}, issuer)
    const id = await ordered(deps, issuer, ada, trip('30'))
    await recordPaidByCouncil(deps, issuer.finance, { purchaseId: id, price: '30', paidOn: '2026-11-02' })
    const page = await voucherReportPage(deps, issuer.finance)
    expect([page.count, page.issued]).toEqual([11, '£1,100.00'])
    const [counts, money, categories] = page.tables
    const cellsOf = (table: typeof counts, name: string) =>
      table?.rows.find((row) => row.name === name)?.cells.map(({ text }) => text)
    // Three of one purpose are 1 to 4; one that is partly used is a person.
    expect(cellsOf(counts, 'Get Online voucher')?.[0]).toBe('1 to 4, not shown')
    expect(JSON.stringify(counts)).not.toContain('"text":"3"')
    expect(JSON.stringify([money, categories])).not.toContain('£30.00')
    for (const table of page.tables) {
      const { csv, filename } = await voucherReportCsv(deps, issuer.finance, table.id)
      expect(filename).toBe(`vouchers-${table.id}-2026-11-02.csv`)
      expect(csv).not.toMatch(/,(30\.00|70\.00),/)
    }
    expect((await refusal(voucherReportCsv(deps, issuer.finance, 'people'))).code).toBe('INVALID')
  })

  test('is for finance and commissioners of that council', async () => {
    const { deps } = house()
    const commissioner = await actorOf(deps, await makeStaff(deps, council.councilId, ['commissioner']))
    expect((await voucherReportPage(deps, commissioner)).none).toBe(false)
    expect((await refusal(voucherReportPage(deps, council.adviser))).code).toBe('NOT_FOUND')
    const elsewhere = await makeBuyersCouncil(deps)
    expect((await voucherReportPage(deps, elsewhere.finance)).none).toBe(true)
  })
})
