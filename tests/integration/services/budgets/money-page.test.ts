import { beforeEach, describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { askForVisits } from '#services/bookings/ask-for-visits.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { moneyCsv, moneyPage } from '#services/budgets/money-page.server.ts'
import type { Scope } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import {
  type FundOptions,
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeSupplier,
  makeUser,
  times,
  userActor,
} from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => house().clock.set(TEST_NOW))
const nothing = { month: null, page: null, holds: false }

async function world(funds: FundOptions[] = [{ pence: 48_000, name: 'Social care budget' }]) {
  const { deps } = house()
  const councilId = await makeCouncil(deps)
  const provider = await makeProvider(deps, { name: 'Weavers' })
  const listed = await makeService(deps, provider.providerId)
  const person = await makePerson(deps, councilId, funds)
  await makeSupplier(deps, councilId, provider.providerId)
  return { deps, councilId, provider, ...listed, person }
}
type World = Awaited<ReturnType<typeof world>>

async function book(w: World, date: string, weeks = 1) {
  const draft = await startDraft(w.deps, w.person.actor, {
    slug: w.slug,
    times: times(w.person.personId, date, '09:00', weeks > 1 ? { repeat: 'weekly', weeks } : {}),
  })
  await askForVisits(w.deps, w.person.actor, {
    ...draft,
    personId: w.person.personId,
    expectedPence: 2750 * weeks,
  })
  await acceptRequest(w.deps, w.provider.owner, { bookingId: draft.bookingId })
  const visits = await w.deps.db.prisma.visit.findMany({
    where: { bookingId: draft.bookingId },
    orderBy: { startsAt: 'asc' },
  })
  return visits.map((visit) => visit.id)
}
async function settle(w: World, visitId: string, at: string, minutes = 60) {
  house().clock.set(at)
  await deliverVisit(w.deps, w.provider.worker, { visitId, minutes, note: '' })
  await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
  await settleVisits(w.deps, [visitId])
}
const supporter = async (w: World, scopes: Scope[]) =>
  userActor(await makeUser(w.deps), {
    actingFor: {
      personId: w.person.personId,
      personName: 'Ada',
      authorityId: newId(),
      type: 'informal',
      scopes,
      organisationName: null,
    },
  })

describe('my money', () => {
  test('says of each fund what the ledger says', async () => {
    const w = await world([
      { pence: 48_000, name: 'Social care budget', expected: [{ dueOn: '2026-12-02', pence: 48_000 }] },
      { pence: 7_500, name: 'Voucher', allowed: ['wellbeing'], endsOn: '2027-01-10' },
    ])
    const [first] = await book(w, '2026-11-09', 2)
    await settle(w, first ?? '', '2026-11-09T10:30:00Z', 45)
    const page = await moneyPage(w.deps, w.person.actor, nothing)
    expect(page.total).toEqual({ funds: 2, left: 48_000 + 7_500 - 2750 - 2125, setAside: 2750, spent: 2125 })
    const care = page.current.find((fund) => fund.name === 'Social care budget')
    expect(care).toMatchObject({
      agreed: 96_000,
      received: 48_000,
      parts: { spent: 2125, setAside: 2750, left: 43_125, keptBack: 0, toCome: 48_000 },
      next: { pence: 48_000, on: '2 December' },
      until: '31 March 2027',
    })
    const voucher = page.current.find((fund) => fund.name === 'Voucher')
    expect(voucher?.warnings).toMatchObject([{ kind: 'ends_soon', title: 'This ends in 9 weeks.' }])
  })

  test('planned visits are said apart from what is set aside', async () => {
    const w = await world([{ pence: 2_750, expected: [{ dueOn: '2026-11-12', pence: 48_000 }] }])
    await book(w, '2026-11-09', 2)
    const [fund] = (await moneyPage(w.deps, w.person.actor, nothing)).current
    expect(fund?.parts.setAside).toBe(2750)
    expect(fund?.planned).toContain('£27.50')
  })

  test('puts forward the pages that these funds need, and keeps the others within reach', async () => {
    const w = await world([{ pence: 48_000, name: 'Social care budget' }])
    const { links } = await moneyPage(w.deps, w.person.actor, nothing)
    expect(links.near.map(({ label }) => label)).not.toContain('Vouchers')
    expect(links.near.map(({ label }) => label)).toContain('Statement of four weeks')
    expect(links.others.map(({ label }) => label)).toContain('Vouchers')
  })

  test('a fund that has ended is kept apart', async () => {
    const w = await world([{ pence: 1_000, endsOn: '2026-11-01' }, { pence: 2_000 }])
    const page = await moneyPage(w.deps, w.person.actor, nothing)
    expect([page.current.length, page.ended.length, page.total.left]).toEqual([1, 1, 2_000])
  })

  test('whether it lasts follows the visits ahead', async () => {
    const w = await world([{ pence: 12_000 }])
    await book(w, '2026-11-09', 4)
    const page = await moneyPage(w.deps, w.person.actor, nothing)
    // £27.50 on each of three Mondays within four weeks (the fourth begins on the 28th day) … and not until March.
    expect(page.lasting).toMatchObject([{ lasts: false }])
    expect(page.current[0]?.warnings.map((one) => one.kind)).toContain('will_not_last')
  })
})

describe('the statement', () => {
  test('is what moved, newest first, with sums over the month and where each thing stands', async () => {
    const w = await world()
    const [one, two] = await book(w, '2026-11-09', 2)
    await settle(w, one ?? '', '2026-11-09T10:30:00Z', 45)
    await payVisits(w.deps, [one ?? ''])
    await settle(w, two ?? '', '2026-11-16T10:30:00Z')
    const { statement } = await moneyPage(w.deps, w.person.actor, nothing)
    expect(
      statement.lines.map((line) => [line.day, line.what, line.out, line.in, line.stands.words]),
    ).toEqual([
      ['16 Nov', 'Morning help at home, Weavers, 16 Nov', 2750, null, 'Owed'],
      ['9 Nov', 'Morning help at home, Weavers, 9 Nov', 2125, null, 'Paid'],
      ['2 Nov', 'Payment from A council', null, 48_000, 'Received'],
    ])
    expect(statement).toMatchObject({ out: 4875, in: 48_000, owed: 2750, pages: 1 })
    const before = await moneyPage(w.deps, w.person.actor, { ...nothing, month: '2026-10' })
    expect(before.statement).toMatchObject({ lines: [], out: 0, in: 0 })
  })

  test('with what was set aside and given back when asked for', async () => {
    const w = await world()
    const [visitId] = await book(w, '2026-11-09')
    await cancelVisit(w.deps, w.person.actor, {
      visitId: visitId ?? '',
      personId: w.person.personId,
      expectedFee: 0,
    })
    const { statement } = await moneyPage(w.deps, w.person.actor, { ...nothing, holds: true })
    expect(statement.lines.map((line) => [line.setAside, line.stands.words])).toEqual([
      [-2750, 'Back in your fund'],
      [2750, 'Set aside'],
      [0, 'Received'],
    ])
    expect(statement).toMatchObject({ out: 0, in: 48_000 })
  })

  test('a council’s fund says that the council pays', async () => {
    const w = await world([
      { pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true },
    ])
    const [visitId] = await book(w, '2026-11-09')
    await settle(w, visitId ?? '', '2026-11-09T10:30:00Z')
    await payVisits(w.deps, [visitId ?? ''])
    const { statement } = await moneyPage(w.deps, w.person.actor, nothing)
    expect(statement.lines[0]?.stands.words).toBe('The council pays')
    expect(statement.owed).toBe(0)
  })

  test('a month begins at midnight in London', async () => {
    house().clock.set('2026-10-31T23:59:59Z')
    const october = await world()
    house().clock.set('2026-11-01T00:00:00Z')
    const november = await world()
    for (const [w, month, lines] of [
      [october, '2026-10', 1],
      [october, '2026-11', 0],
      [november, '2026-10', 0],
      [november, '2026-11', 1],
    ] as const)
      expect((await moneyPage(w.deps, w.person.actor, { ...nothing, month })).statement.lines).toHaveLength(
        lines,
      )
  })

  test('all months in pages; a page that is none is not there', async () => {
    const w = await world()
    const page = await moneyPage(w.deps, w.person.actor, { ...nothing, month: 'all' })
    expect(page.statement).toMatchObject({ month: 'all', pages: 1, page: 1 })
    for (const bad of ['0', '-1', 'x', '2', '99999'])
      await expect(
        moneyPage(w.deps, w.person.actor, { ...nothing, month: 'all', page: bad }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(moneyPage(w.deps, w.person.actor, { ...nothing, month: '2026-13' })).rejects.toMatchObject({
      code: 'INVALID',
    })
  })

  test('as a file with the same figures', async () => {
    const w = await world()
    const [visitId] = await book(w, '2026-11-09')
    await settle(w, visitId ?? '', '2026-11-09T10:30:00Z')
    const { filename, csv } = await moneyCsv(w.deps, w.person.actor, { month: null })
    expect(filename).toBe('money-all.csv')
    expect(csv.trim().split('\r\n')).toHaveLength(4)
    expect(csv).toContain(
      '2026-11-09,"Morning help at home, Weavers, 9 Nov","Social care budget",27.50,,-27.50,"Owed"',
    )
  })
})

describe('who may see it', () => {
  test('a supporter only with the scope, told which one is missing', async () => {
    const w = await world()
    await expect(moneyPage(w.deps, await supporter(w, ['book']), nothing)).rejects.toMatchObject({
      code: 'FORBIDDEN',
      publicMessage: expect.stringContaining('see the money') as unknown,
    })
    await expect(moneyCsv(w.deps, await supporter(w, ['book']), { month: null })).rejects.toMatchObject({
      code: 'FORBIDDEN',
    })
    expect((await moneyPage(w.deps, await supporter(w, ['see_money']), nothing)).person.self).toBe(false)
  })

  test('nobody else, and nothing of anybody else’s', async () => {
    const w = await world()
    const other = await world([{ pence: 100, name: 'Theirs' }])
    const page = await moneyPage(w.deps, w.person.actor, { ...nothing, month: 'all' })
    expect(JSON.stringify(page)).not.toContain('Theirs')
    expect(JSON.stringify(page)).not.toContain(other.person.personId)
    await expect(moneyPage(w.deps, w.provider.owner, nothing)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(moneyPage(w.deps, { kind: 'anonymous' }, nothing)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})
