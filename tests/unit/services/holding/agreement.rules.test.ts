import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { agreeFee, feeFor, feesDue, mondayFrom, mondayOf } from '#services/holding/agreement.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const MONDAY = Temporal.PlainDate.from('2026-03-02')
const days = fc.integer({ min: 0, max: 400 }).map((n) => MONDAY.add({ days: n }))
const mondays = fc.integer({ min: 0, max: 56 }).map((n) => MONDAY.add({ weeks: n }).toString())
const fees = fc.integer({ min: 0, max: 5_000 })

describe('fees', () => {
  test('never come to more than was agreed for the weeks that are over, however often and whenever they are taken', () => {
    fc.assert(
      fc.property(
        days,
        days,
        fc.array(fc.tuple(mondays, fees), { maxLength: 4 }),
        fc.array(days, { minLength: 1, maxLength: 8 }),
        (a, b, changes, runs) => {
          const [startsOn, endsOn] = [a.toString(), b.toString()].sort() as [string, string]
          const rates = changes.reduce(
            (all, [from, pence]) => agreeFee(all, from, pence),
            [] as { from: string; pence: number }[],
          )
          const taken = new Map<string, number>()
          for (const today of runs)
            for (const { week, pence } of feesDue({
              startsOn,
              endsOn,
              rates,
              taken: new Set(taken.keys()),
              today,
            })) {
              expect(taken.has(week)).toBe(false)
              taken.set(week, pence)
              // A whole week, over, inside the agreement, at its rate.
              const monday = Temporal.PlainDate.from(week)
              const sunday = monday.add({ days: 6 })
              expect(monday.dayOfWeek).toBe(1)
              expect([week >= startsOn, sunday.toString() <= endsOn]).toEqual([true, true])
              expect(Temporal.PlainDate.compare(sunday, today)).toBe(-1)
              expect(pence).toBe(feeFor(rates, week))
            }
          const whole = Temporal.PlainDate.from(startsOn).until(Temporal.PlainDate.from(endsOn)).days + 1
          const most = Math.max(0, ...rates.map(({ pence }) => pence))
          const sum = [...taken.values()].reduce((all, pence) => all + pence, 0)
          expect(sum).toBeLessThanOrEqual(Math.floor(whole / 7) * most)
        },
      ),
    )
  })

  test('agreed anew count from their Monday on, and what was agreed for earlier weeks stays', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(mondays, fees), { minLength: 1, maxLength: 6 }),
        mondays,
        (changes, week) => {
          const rates = changes.reduce(
            (all, [from, pence]) => agreeFee(all, from, pence),
            [] as { from: string; pence: number }[],
          )
          const last = changes.filter(([from]) => from <= week)
          // Each change ends all later ones, so the latest that reaches this week counts.
          const counts = last.at(-1)
          expect(feeFor(rates, week)).toBe(counts?.[1] ?? 0)
          expect(rates.map(({ from }) => from)).toEqual([...new Set(rates.map(({ from }) => from))].sort())
        },
      ),
    )
  })

  test('a Monday is its own week, and what only touches a week costs nothing', () => {
    expect(mondayFrom(MONDAY).equals(MONDAY)).toBe(true)
    expect(mondayFrom(MONDAY.add({ days: 1 })).toString()).toBe('2026-03-09')
    expect(mondayOf(MONDAY.add({ days: 6 })).equals(MONDAY)).toBe(true)
    const rates = [{ from: '2026-03-02', pence: 100 }]
    const due = (startsOn: string, endsOn: string, today: string) =>
      feesDue({ startsOn, endsOn, rates, taken: new Set(), today: Temporal.PlainDate.from(today) }).map(
        ({ week }) => week,
      )
    expect(due('2026-03-03', '2026-03-14', '2026-04-01')).toEqual([])
    expect(due('2026-03-02', '2026-03-15', '2026-03-08')).toEqual([])
    expect(due('2026-03-02', '2026-03-15', '2026-03-09')).toEqual(['2026-03-02'])
    // The clocks go forward in the night to 29 March.
    expect(due('2026-03-23', '2026-04-05', '2026-04-06')).toEqual(['2026-03-23', '2026-03-30'])
  })
})
