import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type Assessment,
  assessedFor,
  assessedForWeek,
  chargeOf,
  daysOf,
  holdsOn,
  mondayOf,
  sundayOf,
} from '#services/contributions/assessment.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const decided = (changes: Partial<Assessment> = {}): Assessment => ({
  id: '1',
  method: 'gross_invoice',
  weeklyPence: 3_240,
  startsOn: '2026-01-05',
  endsOn: null,
  decidedAt: '2026-01-02T09:00:00.000Z',
  ...changes,
})
const plain = (iso: string) => Temporal.PlainDate.from(iso)

describe('which decision holds', () => {
  test('the newest that covers the day, also when it was made after that day', () => {
    const old = decided()
    const backdated = decided({
      id: '2',
      weeklyPence: 1_000,
      startsOn: '2026-02-02',
      endsOn: '2026-03-01',
      decidedAt: '2026-06-01T09:00:00.000Z',
    })
    const all = [backdated, old]
    expect(holdsOn(all, '2026-01-04')).toBeNull()
    expect(holdsOn(all, '2026-02-01')?.id).toBe('1')
    expect(holdsOn(all, '2026-02-02')?.id).toBe('2')
    expect(holdsOn(all, '2026-03-01')?.id).toBe('2')
    expect(holdsOn(all, '2026-03-02')?.id).toBe('1')
  })

  test('of two made at one moment the later one, whatever their order', () => {
    const [a, b] = [decided(), decided({ id: '2', weeklyPence: 5 })]
    expect(holdsOn([a, b], '2026-02-01')?.id).toBe('2')
    expect(holdsOn([b, a], '2026-02-01')?.id).toBe('2')
  })
})

describe('what is assessed for a week', () => {
  test.each([
    ['the week in which the clocks go forward', '2027-03-22'],
    ['the week in which the clocks go back', '2026-10-19'],
    ['the week in which the tax year ends', '2027-04-05'],
    ['the week of New Year', '2026-12-28'],
    ['the week of a leap day', '2028-02-28'],
  ])('%s has seven days and costs what every week costs', (_name, monday) => {
    expect(daysOf(monday, sundayOf(monday))).toHaveLength(7)
    expect(mondayOf(plain(sundayOf(monday))).toString()).toBe(monday)
    expect(assessedForWeek([decided()], monday)).toBe(3_240)
  })

  test('where it changes on a Thursday each day counts a seventh, and a part of a penny is left to the person', () => {
    const all = [
      decided({ weeklyPence: 3_240 }),
      decided({ id: '2', weeklyPence: 1_000, startsOn: '2026-03-05', decidedAt: '2026-03-01T09:00:00.000Z' }),
    ]
    // 3 × 32.40 / 7 + 4 × 10.00 / 7 = 19.60 exactly; a penny more a week would not be a whole penny.
    expect(assessedForWeek(all, '2026-03-02')).toBe(1_960)
    expect(assessedForWeek([decided({ startsOn: '2026-03-07' })], '2026-03-02')).toBe(Math.floor(6_480 / 7))
  })

  test('what is paid into the account of a fund is not charged, and the other way round', () => {
    const net = [decided({ method: 'net_pay_in', weeklyPence: 1_500 })]
    expect(assessedForWeek(net, '2026-03-02')).toBe(0)
    expect(assessedFor(net, 'net_pay_in', '2026-03-02', '2026-03-29')).toBe(6_000)
    expect(assessedFor(net, 'gross_invoice', '2026-03-02', '2026-03-29')).toBe(0)
  })
})

const day = fc.integer({ min: 0, max: 400 }).map((n) => plain('2026-01-05').add({ days: n }))
const anyAssessments = fc.array(
  fc
    .record({
      id: fc.uuid(),
      method: fc.constantFrom('net_pay_in' as const, 'gross_invoice' as const),
      weeklyPence: fc.integer({ min: 0, max: 50_000 }),
      from: day,
      days: fc.option(fc.integer({ min: 0, max: 200 }), { nil: null }),
      at: fc.integer({ min: 0, max: 1_000 }),
    })
    .map(({ from, days, at, ...rest }): Assessment => ({
      ...rest,
      startsOn: from.toString(),
      endsOn: days === null ? null : from.add({ days }).toString(),
      decidedAt: new Date(Date.UTC(2026, 0, 1) + at * 3_600_000).toISOString(),
    })),
  { maxLength: 8 },
)

describe('for any decisions', () => {
  test('a week is never more than the highest that held on one of its days, and never below nothing', () => {
    fc.assert(
      fc.property(anyAssessments, day, (all, some) => {
        const monday = mondayOf(some).toString()
        const highest = Math.max(
          0,
          ...daysOf(monday, sundayOf(monday)).map((one) => holdsOn(all, one)?.weeklyPence ?? 0),
        )
        const week = assessedForWeek(all, monday)
        expect(week).toBeGreaterThanOrEqual(0)
        expect(week).toBeLessThanOrEqual(highest)
      }),
    )
  })

  test('days apart never come to more than the same days together, and to at most a penny a part less', () => {
    fc.assert(
      fc.property(
        anyAssessments,
        day,
        fc.integer({ min: 1, max: 40 }),
        fc.integer({ min: 1, max: 40 }),
        (all, from, a, b) => {
          const [middle, end] = [from.add({ days: a }), from.add({ days: a + b })]
          const until = (one: Temporal.PlainDate) => one.subtract({ days: 1 }).toString()
          const whole = assessedFor(all, 'net_pay_in', from.toString(), until(end))
          const parts =
            assessedFor(all, 'net_pay_in', from.toString(), until(middle)) +
            assessedFor(all, 'net_pay_in', middle.toString(), until(end))
          expect(whole - parts).toBeGreaterThanOrEqual(0)
          expect(whole - parts).toBeLessThanOrEqual(1)
        },
      ),
    )
  })

  test('the order in which they are read does not matter', () => {
    fc.assert(
      fc.property(anyAssessments, day, (all, some) => {
        const monday = mondayOf(some).toString()
        expect(assessedForWeek([...all].reverse(), monday)).toBe(assessedForWeek(all, monday))
      }),
    )
  })

  test('nobody is charged more than the care, more than the assessment, or less than nothing', () => {
    fc.assert(
      fc.property(fc.nat(100_000), fc.integer({ min: -50_000, max: 100_000 }), (assessed, cost) => {
        const charged = chargeOf(assessed, cost)
        expect(charged).toBe(Math.max(0, Math.min(assessed, cost)))
      }),
    )
  })
})
