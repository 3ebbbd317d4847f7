import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { whichGetTheirMoney } from '#services/budgets/planned.rules.ts'

const visit = (visitId: string, on: string, pence: number, soon = true) => ({ visitId, on, pence, soon })
const got = (...given: Parameters<typeof whichGetTheirMoney>) => {
  const { get, missing } = whichGetTheirMoney(...given)
  return [get.map(({ visitId }) => visitId), missing]
}

describe('planned visits', () => {
  test('before the next instalment get their money, in the order of their days, whole or not at all', () => {
    const visits = [
      visit('a', '2026-11-10', 100),
      visit('b', '2026-11-11', 100),
      visit('c', '2026-11-12', 50),
    ]
    expect(got(visits, 250, [])).toEqual([['a', 'b', 'c'], 0])
    expect(got(visits, 170, [])).toEqual([['a'], 80])
    // What was missing for one is not given to the next of the same fund.
    expect(got(visits, 90, [])).toEqual([[], 10 + 100 + 50])
  })
  test('after it wait for it, and what is there stays free', () => {
    expect(got([visit('a', '2026-12-02', 100)], 500, [{ dueOn: '2026-12-01', pence: 100 }])).toEqual([[], 0])
    expect(got([visit('a', '2026-12-01', 100)], 500, [{ dueOn: '2026-12-01', pence: 100 }])).toEqual([[], 0])
    expect(got([visit('a', '2026-11-30', 100)], 500, [{ dueOn: '2026-12-01', pence: 100 }])).toEqual([
      ['a'],
      0,
    ])
  })
  test('beyond what is to come take what is left', () => {
    const later = [visit('a', '2026-12-02', 80), visit('b', '2026-12-03', 80)]
    expect(got(later, 100, [{ dueOn: '2026-12-01', pence: 100 }])).toEqual([['b'], 0])
    expect(got(later, 60, [{ dueOn: '2026-12-01', pence: 100 }])).toEqual([[], 20])
  })
  test('far away are not said to be short yet', () => {
    expect(got([visit('a', '2027-02-01', 100, false)], 0, [])).toEqual([[], 0])
  })
  test('never get more than is left, and nobody waits for more than is to come', () => {
    const day = fc.integer({ min: 1, max: 28 }).map((n) => `2026-12-${String(n).padStart(2, '0')}`)
    const money = fc.integer({ min: 1, max: 500 })
    fc.assert(
      fc.property(
        fc.array(fc.tuple(day, money), { maxLength: 12 }),
        fc.integer({ min: 0, max: 1_000 }),
        fc.array(fc.record({ dueOn: day, pence: money }), { maxLength: 4 }),
        (all, left, coming) => {
          const visits = all
            .map(([on, pence], n) => visit(String(n), on, pence))
            .sort((a, b) => (a.on < b.on ? -1 : 1))
          const { get, missing } = whichGetTheirMoney(visits, left, coming)
          const sum = (some: readonly { pence: number }[]) =>
            some.reduce((total, one) => total + one.pence, 0)
          expect(sum(get)).toBeLessThanOrEqual(left)
          expect(missing).toBeGreaterThanOrEqual(0)
          if (missing === 0) {
            const waiting = visits.filter((one) => !get.includes(one))
            for (const { on } of waiting)
              expect(sum(waiting.filter((one) => one.on <= on))).toBeLessThanOrEqual(
                sum(coming.filter(({ dueOn }) => dueOn <= on)),
              )
          }
        },
      ),
    )
  })
})
