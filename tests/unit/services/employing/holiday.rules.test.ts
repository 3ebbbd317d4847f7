import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  builtUpByHours,
  builtUpByTime,
  holidayBalance,
  holidayWorth,
  holidayYearStart,
} from '#services/employing/holiday.rules.ts'
import {
  noticeWeeks,
  keptBack,
  noRingFences,
  ringFenceProblem,
} from '#services/employing/ring-fence.rules.ts'
import { ratesOn } from '#services/employing/rates.ts'
import { wagesDue } from '#services/employing/wages-due.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const period = (from: string, hours: Partial<{ worked: number; holiday: number; sick: number }>) => ({
  startsOn: day(from),
  endsOn: day(from).add({ days: 27 }),
  worked: 0,
  holiday: 0,
  sick: 0,
  ...hours,
})

describe('holiday that builds up with the hours worked', () => {
  test.each([
    // 12.07 % of 68 hours is 8.2: fewer than 30 minutes over are none. Of 80 it is 9.66: more are an hour.
    [68, 8], [80, 10], [4, 0], [5, 1], [0, 0],
  ])('%i hours worked give %i', (worked, hours) => {
    expect(builtUpByHours({ worked: worked * 60, holiday: 0, sick: 0 })).toBe(hours * 60)
  }) // prettier-ignore

  test('is a whole number of hours, within half an hour of 12.07 %, and more work never gives less', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 672 * 60 }), fc.integer({ min: 0, max: 600 }), (worked, more) => {
        const got = builtUpByHours({ worked, holiday: 0, sick: 0 })
        expect(got % 60).toBe(0)
        expect(Math.abs(got - worked * 0.1207)).toBeLessThanOrEqual(30)
        expect(builtUpByHours({ worked: worked + more, holiday: 0, sick: 0 })).toBeGreaterThanOrEqual(got)
        // Hours off sick count as if they had been worked; holiday itself builds up none.
        expect(builtUpByHours({ worked: 0, holiday: 900, sick: worked })).toBe(got)
      }),
    )
  })
})

describe('holiday that builds up with time', () => {
  test('is 5.6 weeks in a whole year, in a leap year too, and never less for a day more', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 15, max: 168 * 60 }),
        fc.constantFrom(365, 366),
        fc.integer({ min: 0, max: 365 }),
        (weekly, year, days) => {
          expect(builtUpByTime(weekly, year, year)).toBe(Math.round(weekly * 5.6))
          expect(builtUpByTime(weekly, days + 1, year)).toBeGreaterThanOrEqual(
            builtUpByTime(weekly, days, year),
          )
        },
      ),
    )
  })
})

describe('the balance', () => {
  const terms = { startsOn: day('2026-10-05'), weeklyMinutes: 1_200, hoursVary: false }

  test('is counted from the first approved hours, less what was taken; more can be taken than was there', () => {
    const first = period('2026-10-05', { worked: 4_800 })
    expect(holidayBalance(terms, [])).toBeNull()
    expect(holidayBalance(terms, [first])).toMatchObject({ builtUp: 516, taken: 0, left: 516 })
    const second = period('2026-11-02', { worked: 3_600, holiday: 1_200 })
    const both = holidayBalance(terms, [first, second])
    expect(both).toMatchObject({ builtUp: 1_031, taken: 1_200, left: -169 })
    expect(holidayWorth(both, pence(1_400))).toBe(0)
    expect(holidayWorth(holidayBalance(terms, [first]), pence(1_400))).toBe(12_040)
  })

  test('begins anew each year on the day on which they started', () => {
    expect(holidayYearStart(day('2024-02-29'), day('2026-02-27')).toString()).toBe('2025-02-28')
    expect(holidayYearStart(day('2026-10-05'), day('2027-10-04')).toString()).toBe('2026-10-05')
    expect(holidayYearStart(day('2026-10-05'), day('2027-10-05')).toString()).toBe('2027-10-05')
    const old = { ...terms, startsOn: day('2025-10-05') }
    const periods = [period('2026-09-07', { holiday: 1_200 }), period('2026-10-05', { holiday: 240 })]
    expect(holidayBalance(old, periods)).toMatchObject({ builtUp: 516, taken: 240, left: 276 })
  })
})

describe('what wages will cost', () => {
  const terms = {
    hourly: pence(1_400), weeklyMinutes: 1_200, age: 'adult' as const, pension: true, allowance: true, fee: pence(1_800),
  } // prettier-ignore
  const { rates } = ratesOn('2026-11-01')
  const hours = { worked: 4_800, holiday: 0, sick: 0 }

  test('is the figure of the page of costs, when the agreed hours are worked', () => {
    expect(wagesDue(terms, hours, rates).total).toBe(115_720)
    expect(wagesDue({ ...terms, allowance: false }, hours, rates).total).toBe(126_760)
    expect(wagesDue(terms, { worked: 3_600, holiday: 1_200, sick: 0 }, rates).total).toBe(115_720)
  })

  test('of a week off sick is sick pay, by the rates of the period: before and after 6 April', () => {
    const sick = { worked: 0, holiday: 0, sick: 1_200 }
    expect(wagesDue(terms, sick, ratesOn('2026-04-05').rates).wages).toBe(11_875)
    expect(wagesDue(terms, sick, ratesOn('2026-04-06').rates).wages).toBe(12_325)
  })

  test('is the sum of its parts, and never less for an hour more', () => {
    const some = fc.record({
      worked: fc.integer({ min: 0, max: 40_000 }),
      holiday: fc.integer({ min: 0, max: 5_000 }),
      sick: fc.integer({ min: 0, max: 5_000 }),
    })
    fc.assert(
      fc.property(some, (given) => {
        const due = wagesDue(terms, given, rates)
        expect(due.total).toBe(due.wages + due.nationalInsurance + due.pension + due.fee)
        expect(wagesDue(terms, { ...given, worked: given.worked + 60 }, rates).total).toBeGreaterThanOrEqual(
          due.total,
        )
      }),
    )
  })
})

describe('money kept back', () => {
  test('comes to the sum of what it is for', () => {
    const amount = fc.integer({ min: 0, max: 1_000_000 }).map(pence)
    fc.assert(
      fc.property(amount, amount, amount, amount, (wages, holiday, notice, contingency) => {
        expect(keptBack({ wages, holiday, notice, contingency })).toBe(wages + holiday + notice + contingency)
      }),
    )
    expect(keptBack(noRingFences())).toBe(0)
  })

  test('notice grows as the law says', () => {
    expect(
      [[0, 0], [0, 1], [0, 11], [1, 0], [1, 11], [2, 0], [7, 3], [12, 0], [30, 0]].map(([years = 0, months = 0]) => noticeWeeks(years, months)), // prettier-ignore
    ).toEqual([0, 1, 1, 1, 1, 2, 7, 12, 12])
  })

  test('less than now can always be kept; never more than there is', () => {
    const amount = fc.integer({ min: 0, max: 2_000_000 }).map(pence)
    fc.assert(
      fc.property(amount, amount, amount, amount, (wanted, now, available, weeklyWages) => {
        const problem = ringFenceProblem({
          purpose: 'notice', pence: wanted, now, available, weeklyWages, fourWeeks: pence(128_000),
        }) // prettier-ignore
        if (wanted <= now) expect(problem).toBeNull()
        if (problem === null && wanted > now) expect(wanted - now).toBeLessThanOrEqual(available)
      }),
    )
  })
})
