import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Purse, clearFrom, giveBackTo, leftIn, takeFrom } from '#services/budgets/purse.rules.ts'
import { type Pence, pence, total } from '#services/kernel/money.ts'

const purse = (fund: number, paidIn: number): Purse => ({
  parts: [
    { allocationId: 'fund', available: pence(fund) },
    { allocationId: 'paid in', available: pence(paidIn) },
  ],
})
const held = (fund: number, paidIn: number): Map<string, Pence> =>
  new Map([
    ['fund', pence(fund)],
    ['paid in', pence(paidIn)],
  ])
const amounts = (parts: readonly { amount: number }[]): number[] => parts.map(({ amount }) => amount)
const sum = (parts: readonly { amount: Pence }[]): number => total(parts.map(({ amount }) => amount))
const money = fc.integer({ min: 0, max: 100_000 })

test('the council’s part is asked first, and what the person paid in for the rest', () => {
  expect(amounts(takeFrom(purse(3_000, 2_000), pence(2_500)))).toEqual([2_500, 0])
  expect(amounts(takeFrom(purse(3_000, 2_000), pence(4_500)))).toEqual([3_000, 1_500])
})

test('what neither has is asked of the fund, which the books refuse', () => {
  expect(amounts(takeFrom(purse(3_000, 2_000), pence(5_001)))).toEqual([3_001, 2_000])
})

test('it came to less: the person’s part comes back first; to more: the council’s part is asked first', () => {
  const of = (amount: number) => amounts(clearFrom(purse(500, 500), held(3_000, 1_500), pence(amount)))
  expect(of(4_500)).toEqual([3_000, 1_500])
  expect(of(4_000)).toEqual([3_000, 1_000])
  expect(of(2_000)).toEqual([2_000, 0])
  expect(of(4_900)).toEqual([3_400, 1_500])
  expect(of(5_200)).toEqual([3_500, 1_700])
})

test('what is set aside in a fund that was moved since is used, and no more than that is asked of it', () => {
  const moved = new Map([['before', pence(1_000)]])
  expect(clearFrom(purse(500, 500), moved, pence(1_200))).toEqual([
    { allocationId: 'fund', held: 0, amount: 200 },
    { allocationId: 'before', held: 1_000, amount: 1_000 },
  ])
})

test('what comes back comes back to the person’s part first; too much is asked of the fund', () => {
  const spent = [
    { allocationId: 'fund', amount: pence(3_000) },
    { allocationId: 'paid in', amount: pence(1_500) },
  ]
  const of = (amount: number) =>
    giveBackTo(spent, pence(amount)).map(({ allocationId, amount: back }) => [allocationId, back])
  expect(of(1_000)).toEqual([['paid in', 1_000]])
  expect(of(2_000)).toEqual([
    ['fund', 500],
    ['paid in', 1_500],
  ])
  expect(of(4_501)).toEqual([
    ['fund', 3_001],
    ['paid in', 1_500],
  ])
})

test('whatever is taken, paid and given back, nothing appears and nothing is lost', () => {
  fc.assert(
    fc.property(money, money, money, money, money, (fund, paidIn, asked, cost, back) => {
      const before = purse(fund, paidIn)
      const taken = takeFrom(before, pence(asked))
      expect(sum(taken)).toBe(asked)
      const enough = asked <= leftIn(before)
      if (enough)
        for (const [at, part] of taken.entries())
          expect(part.amount).toBeLessThanOrEqual(before.parts[at]?.available ?? 0)
      fc.pre(enough)
      const after = purse(fund - (taken[0]?.amount ?? 0), paidIn - (taken[1]?.amount ?? 0))
      const kept = new Map(taken.map((part) => [part.allocationId, part.amount]))
      const cleared = clearFrom(after, kept, pence(cost))
      expect(sum(cleared)).toBe(cost)
      if (cost <= fund + paidIn)
        for (const part of cleared) {
          const has = after.parts.find(({ allocationId }) => allocationId === part.allocationId)
          expect(part.amount).toBeLessThanOrEqual(part.held + (has?.available ?? 0))
        }
      const given = giveBackTo(cleared, pence(Math.min(back, cost)))
      expect(sum(given)).toBe(Math.min(back, cost))
      for (const part of given)
        expect(part.amount).toBeLessThanOrEqual(
          cleared.find(({ allocationId }) => allocationId === part.allocationId)?.amount ?? 0,
        )
    }),
  )
})
