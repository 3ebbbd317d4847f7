/** Wages from a fund that a person pays into: kept back and paid from both, the council's part first. */
import { beforeEach, expect, test } from 'vitest'
import { costPage } from '#services/employing/cost-page.server.ts'
import { hoursPage } from '#services/employing/hours-page.server.ts'
import { keptBackPage } from '#services/employing/kept-back-page.server.ts'
import { takeResults } from '#services/employing/take-results.server.ts'
import { paidInTowards, standing } from '#tests/factories/paid-in.ts'
import {
  approve,
  employ,
  makeEmployingWorld,
  resultFile,
  resultLine,
  sentHours,
  submit,
} from '#tests/factories/employing.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')

/** £1,000.00 of the council's and £300.00 of their own; four weeks' wages come to £1,157.20. */
async function world() {
  const w = await makeEmployingWorld(house().deps, {
    funds: [{ pence: 100_000, deployment: 'direct_payment_managed_account' }],
  })
  const payInId = await paidInTowards(w.deps, w.allocationId, 30_000)
  return { w, books: () => standing(w.deps, w.allocationId, payInId) }
}

test('approved hours are kept back in both, and the page does not say that it will not reach', async () => {
  const { w, books } = await world()
  const of = await employ(w)
  await submit(w, of)
  await approve(w, of)
  const [[, , inFund = 0] = [], [left = 0, , paidIn = 0] = []] = await books()
  expect([inFund, paidIn + left]).toEqual([100_000, 30_000])
  expect(paidIn).toBeGreaterThan(15_720)
  const page = await hoursPage(w.deps, w.person.actor, { ...of, fill: null })
  expect(page.money?.short).toBeNull()
  const { funds } = await keptBackPage(w.deps, w.person.actor)
  expect(funds).toHaveLength(1)
  expect(funds[0]?.kept.map(({ term }) => term)).toEqual(['Wages that are due', 'Holiday that has built up'])
  expect(await faults()).toEqual([])
})

test('the bureau’s figures are paid from both, and what is still due stays kept back', async () => {
  const { w, books } = await world()
  const of = await sentHours(w)
  expect(
    await takeResults(w.deps, w.bureau.owner, {
      providerId: w.bureau.providerId,
      file: resultFile(resultLine(of.reference)),
    }),
  ).toMatchObject([{ outcome: 'paid' }])
  expect(await books()).toEqual([
    [0, 0, 0, 100_000],
    [2_240, 0, 12_040, 15_720],
  ])
  expect(await faults()).toEqual([])
})

test('the cost is held against what is left of both', async () => {
  const { w } = await world()
  const { fund } = await costPage(w.deps, w.person.actor, new URLSearchParams({ fund: w.allocationId }))
  expect(fund?.left).toBe(130_000)
})
