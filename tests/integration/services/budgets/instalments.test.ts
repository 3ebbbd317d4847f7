import { beforeEach, describe, expect, test } from 'vitest'
import {
  councilInstalmentsCsv,
  councilInstalmentsPage,
} from '#services/budgets/council-instalments-page.server.ts'
import { arriveInstalment, receiveInstalments } from '#services/budgets/receive-instalments.server.ts'
import {
  chooseArrival,
  importInstalments,
  recordInstalments,
} from '#services/budgets/record-instalments.server.ts'
import { system } from '#services/kernel/actor.ts'
import { shortReference } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { type BookingWorld, ask, balances, makeBookingWorld, visitsOf } from '#tests/factories/bookings.ts'
import { type FundOptions, makePerson, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const FOUR_WEEKS = [
  { dueOn: '2026-11-02', pence: 42_000 },
  { dueOn: '2026-11-30', pence: 42_000 },
]
const world = (funds: FundOptions[] = [{ pence: 0, expected: FOUR_WEEKS }]) =>
  makeBookingWorld(house().deps, { funds })
const finance = async (w: BookingWorld, fresh = true) =>
  userActor(await makeUser(house().deps), {
    staff: [{ councilId: w.councilId, roles: ['finance'] }],
    secondStepFresh: fresh,
  })
const recorded = async (w: BookingWorld) => {
  const actor = await finance(w)
  await chooseArrival(house().deps, actor, { councilId: w.councilId, arrive: 'recorded' })
  return actor
}
const instalmentsOf = (w: BookingWorld, index = 0) =>
  house().deps.db.prisma.instalment.findMany({
    where: { allocationId: w.person.allocationIds[index] ?? '' },
    orderBy: { number: 'asc' },
  })
const firstOf = async (w: BookingWorld) => (await instalmentsOf(w))[0]?.id ?? ''
const reference = (w: BookingWorld, index = 0) => shortReference(w.person.allocationIds[index] ?? '')

describe('an instalment', () => {
  test('arrives once, however often and by whom it is said', async () => {
    const w = await world()
    const id = await firstOf(w)
    const arrive = (source: 'hand' | 'bank') =>
      house().deps.db.tx((tx) =>
        arriveInstalment(tx, house().deps.clock.now(), system('test'), id, { source }),
      )
    const both = await Promise.all([arrive('hand'), arrive('bank'), arrive('hand')])
    expect(both.filter((one) => one !== null)).toHaveLength(1)
    expect(await balances(w)).toMatchObject({ funded: 42_000, available: 42_000 })
    expect(await faults()).toEqual([])
  })

  test('that is another sum is what came, and what is missing for near visits is told with choices, once', async () => {
    const w = await world([{ pence: 0, expected: [{ dueOn: '2026-11-09', pence: 5_500 }] }])
    await ask(w, '2026-11-10', 2_750)
    await ask(w, '2026-11-11', 2_750)
    house().clock.set('2026-11-09T08:00:00Z')
    const id = await firstOf(w)
    const arrived = await house().deps.db.tx((tx) =>
      arriveInstalment(tx, house().deps.clock.now(), system('test'), id, {
        source: 'hand',
        pence: pence(4_000),
      }),
    )
    expect(arrived).toMatchObject({ pence: 4_000, missing: 1_500 })
    expect(await balances(w)).toMatchObject({ available: 1_250, held: 2_750 })
    const [instalment] = await instalmentsOf(w)
    expect(instalment).toMatchObject({ arrivedPence: 4_000, pence: 5_500, source: 'hand' })
    const notices = await house().deps.db.prisma.notice.findMany({
      where: { personId: w.person.personId, kind: 'budget.short' },
    })
    expect(notices).toMatchObject([
      {
        body: 'It is £15.00 short for visits in the next two weeks. You can cancel a visit, use another fund, or tell the council this budget is too small.',
        path: `/my/money/short?fund=${w.person.allocationIds[0] ?? ''}`,
      },
    ])
    expect(await faults()).toEqual([])
  })

  test('places holds only up to the next one, in the order of the days', async () => {
    const w = await world()
    const [before, after] = [await ask(w, '2026-11-09', 2_750), await ask(w, '2026-12-01', 2_750)]
    const states = async () =>
      (
        await house().deps.db.prisma.fundingLine.findMany({
          where: { visit: { bookingId: { in: [before, after] } } },
          orderBy: [{ visit: { startsAt: 'asc' } }, { position: 'asc' }],
        })
      ).map(({ state }) => state)
    await receiveInstalments(house().deps)
    expect(await states()).toEqual(['set_aside', 'set_aside', 'planned', 'planned'])
    expect(await balances(w)).toMatchObject({ available: 42_000 - 2_750, held: 2_750 })
    house().clock.set('2026-11-30T09:00:00Z')
    await receiveInstalments(house().deps)
    expect(await states()).toEqual(['set_aside', 'set_aside', 'set_aside', 'set_aside'])
    expect(await visitsOf(w, after)).toHaveLength(1)
    expect(await faults()).toEqual([])
  })
})

describe('the calendar', () => {
  test('brings what is due where a council leaves it to it, and never what the person pays in', async () => {
    const w = await world([
      { pence: 0, expected: FOUR_WEEKS },
      { pence: 0, expected: FOUR_WEEKS },
    ])
    const [main, payIn] = w.person.allocationIds
    await house().deps.db.prisma.allocation.update({
      where: { id: payIn ?? '' },
      data: { towardsId: main ?? '' },
    })
    await receiveInstalments(house().deps)
    expect((await balances(w))?.funded).toBe(42_000)
    expect((await balances(w, 1))?.funded).toBe(0)
    expect((await instalmentsOf(w))[0]).toMatchObject({ source: 'schedule', arrivedPence: null })
    expect(await faults()).toEqual([])
  })

  test('leaves what travels to a council that records it; what a council manages begins on its day', async () => {
    const w = await world([
      { pence: 0, expected: FOUR_WEEKS },
      { pence: 0, expected: FOUR_WEEKS, deployment: 'council_managed' },
      { pence: 0, expected: FOUR_WEEKS, deployment: 'direct_payment_card' },
      { pence: 0, expected: FOUR_WEEKS, deployment: 'individual_service_fund' },
    ])
    await recorded(w)
    await receiveInstalments(house().deps)
    expect(await Promise.all([0, 1, 2, 3].map(async (index) => (await balances(w, index))?.funded))).toEqual([
      0, 42_000, 0, 0,
    ])
  })
})

describe('finance records', () => {
  test('by hand: which, on which day, and another amount for one', async () => {
    const w = await world()
    const other = await makePerson(house().deps, w.councilId, [{ pence: 0, expected: FOUR_WEEKS }])
    const actor = await recorded(w)
    const page = await councilInstalmentsPage(house().deps, actor, { page: null })
    expect(page).toMatchObject({ count: 2, total: 84_000, pages: 1 })
    expect(page.due[0]).toMatchObject({ person: 'Ada Test', fund: 'Social care budget', day: 'Monday 2 November 2026', late: false }) // prettier-ignore
    const ids = page.due.map(({ id }) => id)
    const record = (instalmentIds: string[], changes: Partial<{ on: string; amount: string }> = {}) =>
      recordInstalments(house().deps, actor, { instalmentIds, on: '2026-11-01', amount: '', ...changes })
    await expect(record([])).rejects.toMatchObject({ name: 'ZodError' })
    await expect(record(ids, { amount: '400' })).rejects.toMatchObject({ details: { fields: { amount: [expect.stringContaining('Tick that one alone')] } } }) // prettier-ignore
    await expect(record(ids, { on: '2026-11-03' })).rejects.toMatchObject({ details: { fields: { on: [expect.stringContaining('in the future')] } } }) // prettier-ignore
    for (const amount of ['0', '-5', '1.234', '12345678901234567890', 'much'])
      await expect(record(ids.slice(0, 1), { amount })).rejects.toMatchObject({ code: 'INVALID' })
    expect(await record(ids)).toBe(2)
    expect(await record(ids)).toBe(0)
    const rows = await house().deps.db.prisma.instalment.findMany({ where: { id: { in: ids } } })
    expect(rows.map(({ source, arrivedAt }) => [source, arrivedAt?.toISOString().slice(0, 10)])).toEqual([['hand', '2026-11-01'], ['hand', '2026-11-01']]) // prettier-ignore
    expect(other.allocationIds).toHaveLength(1)
    expect(await faults()).toEqual([])
  })

  test('by file: what fits arrives, the same file again changes nothing, the rest is named', async () => {
    const w = await world()
    const actor = await recorded(w)
    const rows = [
      `${reference(w).toLowerCase()},02/11/2026,400.00`,
      `${reference(w)},02/11/2026,400.00`,
      'AAA-AAA,02/11/2026,420.00',
      `${reference(w)},02/11/2026,420.001`,
      `${reference(w)},02/11/2026`,
      `"${reference(w)},02/11/2026,420.00`,
    ]
    const content = new TextEncoder().encode(['Reference,Date,Amount', ...rows].join('\r\n'))
    const bring = () => importInstalments(house().deps, actor, { content })
    const first = await bring()
    expect(first).toMatchObject({ arrived: 1, different: 1, known: 0 })
    expect(first.refused.map(({ line, why }) => [line, why])).toEqual([
      [3, 'the same row stands in the file already'],
      [4, 'no fund of yours has this reference'],
      [5, 'its amount has more than two decimals'],
      [6, 'it has 2 of 3 columns; it may be cut off'],
      [7, 'a quotation mark is not closed'],
    ])
    expect(await bring()).toMatchObject({ arrived: 0, known: 1 })
    expect(await balances(w)).toMatchObject({ funded: 40_000 })
    expect((await instalmentsOf(w))[0]).toMatchObject({ source: 'file', arrivedPence: 40_000 })
    expect(await faults()).toEqual([])
  })

  test('with the file of what is due, as it was saved and sent back', async () => {
    const w = await world()
    const actor = await recorded(w)
    const { csv, filename } = await councilInstalmentsCsv(house().deps, actor)
    expect(filename).toBe('direct-payments-due-2026-11-02.csv')
    expect(
      await importInstalments(house().deps, actor, { content: new TextEncoder().encode(csv) }),
    ).toMatchObject({
      arrived: 1,
      different: 0,
      refused: [],
    })
    expect(await balances(w)).toMatchObject({ funded: 42_000 })
  })

  test('a file that is none, or lacks a column, changes nothing', async () => {
    const w = await world()
    const actor = await recorded(w)
    const bring = (text: string | Uint8Array) =>
      importInstalments(house().deps, actor, {
        content: typeof text === 'string' ? new TextEncoder().encode(text) : text,
      })
    await expect(bring('')).rejects.toMatchObject({
      publicMessage: expect.stringContaining('is empty') as unknown,
    })
    await expect(bring(Uint8Array.from([0x25, 0x50, 0x44, 0x46]))).rejects.toMatchObject({ publicMessage: expect.stringContaining('PDF') as unknown }) // prettier-ignore
    await expect(bring('Who,When\nx,y\n')).rejects.toMatchObject({ publicMessage: expect.stringContaining('Missing') as unknown }) // prettier-ignore
    expect((await balances(w))?.funded).toBe(0)
  })

  test('is for a council’s own finance, with a fresh second step', async () => {
    const w = await world()
    const stranger = await world()
    await recorded(w)
    const id = await firstOf(w)
    const input = { instalmentIds: [id], on: '2026-11-01', amount: '' }
    await expect(recordInstalments(house().deps, await finance(stranger), input)).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
    await expect(recordInstalments(house().deps, await finance(w, false), input)).rejects.toMatchObject({ code: 'SECOND_STEP' }) // prettier-ignore
    await expect(recordInstalments(house().deps, w.person.actor, input)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await expect(councilInstalmentsPage(house().deps, w.person.actor, { page: null })).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
    await expect(chooseArrival(house().deps, await finance(stranger), { councilId: w.councilId, arrive: 'schedule' })).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
    const seen = await councilInstalmentsPage(house().deps, await finance(stranger), { page: null })
    expect(seen.due).toEqual([])
    // Managed by the council: nothing travels, so nothing is recorded.
    const managed = await world([{ pence: 0, expected: FOUR_WEEKS, deployment: 'council_managed' }])
    await expect(
      recordInstalments(house().deps, await finance(managed), {
        ...input,
        instalmentIds: [await firstOf(managed)],
      }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
