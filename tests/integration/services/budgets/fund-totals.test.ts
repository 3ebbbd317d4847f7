import { expect, test } from 'vitest'
import { readFundTotals } from '#services/budgets/fund-totals.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import { ask, makeBookingWorld } from '#tests/factories/bookings.ts'
import { type FundOptions, makeCouncil, makePerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
const TODAY = '2026-11-02'
const totals = (personId: string, today = TODAY) =>
  readFundTotals(house().deps.db.prisma, personId, Temporal.PlainDate.from(today))
const someone = async (funds: FundOptions[]) =>
  makePerson(house().deps, await makeCouncil(house().deps), funds)

test('somebody without funds has nothing, and it is said as nothing', async () => {
  const { personId } = await someone([])
  expect(await totals(personId)).toEqual({ funds: 0, left: 0, setAside: 0 })
})

test('what is set aside for a visit is no longer left', async () => {
  const w = await makeBookingWorld(house().deps, { funds: [{ pence: 48_000 }, { pence: 1_500 }] })
  await ask(w, '2026-11-09')
  expect(await totals(w.person.personId)).toEqual({ funds: 2, left: 49_500 - 2_750, setAside: 2_750 })
})

test('a fund counts on its first day and on its last, and on no day before or after', async () => {
  const { personId } = await someone([{ pence: 2_000, endsOn: '2026-11-02' }])
  const on = async (day: string) => (await totals(personId, day)).funds
  expect(await Promise.all(['2026-09-30', '2026-10-01', TODAY, '2026-11-03'].map(on))).toEqual([0, 1, 1, 0])
})

test('money that has yet to come is not left', async () => {
  const { personId } = await someone([{ pence: 0, expected: [{ dueOn: '2026-11-09', pence: 4_000 }] }])
  expect(await totals(personId)).toEqual({ funds: 1, left: 0, setAside: 0 })
})

test('other people’s money is never in it', async () => {
  const mine = await someone([{ pence: 2_000 }])
  await someone([{ pence: 9_000 }])
  expect(await totals(mine.personId)).toMatchObject({ funds: 1, left: 2_000 })
})
