/** Paid holiday: what has built up, what was taken, what is left. Pure. */
import { type Pence, times } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { Hours } from './hours.rules.ts'

/** Approved hours of one pay period. */
export interface ApprovedPeriod extends Hours {
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate
}

export interface HolidayTerms {
  startsOn: Temporal.PlainDate
  weeklyMinutes: number
  /** Hours that differ from week to week: counted from the hours worked. Else by the agreed week. */
  hoursVary: boolean
}

export interface HolidayBalance {
  /** Since when it is counted, and up to which day: the last approved hours. Null before any were approved. */
  from: Temporal.PlainDate
  upTo: Temporal.PlainDate
  /** Minutes. */
  builtUp: number
  taken: number
  /** Below zero when more was taken than had built up. */
  left: number
}

export const HOLIDAY_SOURCE = {
  label: 'Holiday entitlement',
  href: 'https://www.gov.uk/holiday-entitlement-rights',
} as const

/**
 * Varying hours: 12.07 % of the hours worked in each pay period, to the nearest whole hour, half an hour up (Working Time Regulations
 * 1998, reg. 15B). Hours off sick are written down as those that would have been worked, so they count as if they had been (reg. 15C
 * asks for the average of 52 weeks, which comes to the same for hours like those before).
 */
export const builtUpByHours = ({ worked, sick }: Hours): number =>
  Math.round(((worked + sick) * 1207) / 10_000 / 60) * 60

/** Agreed hours: 5.6 weeks a year, for the share of the year that has passed (reg. 13, 13A and 14), to the minute. */
export const builtUpByTime = (weeklyMinutes: number, days: number, daysInYear: number): number =>
  Math.round((weeklyMinutes * 56 * days) / (10 * daysInYear))

/** A holiday year begins on the day when they started, each year (reg. 13(3)(b)). */
export function holidayYearStart(startsOn: Temporal.PlainDate, day: Temporal.PlainDate): Temporal.PlainDate {
  const years = Math.max(0, startsOn.until(day, { largestUnit: 'years' }).years)
  return startsOn.add({ years })
}

const later = (a: Temporal.PlainDate, b: Temporal.PlainDate): Temporal.PlainDate =>
  Temporal.PlainDate.compare(a, b) >= 0 ? a : b

/**
 * The balance of the holiday year in which the last approved hours lie. It is counted from the first hours that Kith knows: what was
 * taken before is in nobody's book here.
 * @param periods approved, oldest first
 */
export function holidayBalance(
  terms: HolidayTerms,
  periods: readonly ApprovedPeriod[],
): HolidayBalance | null {
  const [first] = periods
  const last = periods.at(-1)
  if (!first || !last) return null
  const yearStart = holidayYearStart(terms.startsOn, last.endsOn)
  const from = later(yearStart, later(first.startsOn, terms.startsOn))
  const counted = periods.filter(({ endsOn }) => Temporal.PlainDate.compare(endsOn, from) >= 0)
  const taken = counted.reduce((sum, { holiday }) => sum + holiday, 0)
  const builtUp = terms.hoursVary
    ? counted.reduce((sum, period) => sum + builtUpByHours(period), 0)
    : builtUpByTime(
        terms.weeklyMinutes,
        from.until(last.endsOn).days + 1,
        yearStart.until(yearStart.add({ years: 1 })).days,
      )
  return { from, upTo: last.endsOn, builtUp, taken, left: builtUp - taken }
}

/** What holiday that has built up and was not taken would cost if it were paid now. */
export const holidayWorth = (balance: HolidayBalance | null, hourly: Pence): Pence =>
  times(hourly, Math.max(0, balance?.left ?? 0), 60)
