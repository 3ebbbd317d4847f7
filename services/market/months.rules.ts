import { type Temporal, londonDate } from '#services/kernel/time.ts'

export const PERIODS = [3, 6, 12] as const
/** How many whole months a figure covers, back from the last one that is over. */
export type Period = (typeof PERIODS)[number]
/** Months that are read: enough for the longest period. Month 11 is the newest. */
export const MONTHS = 12
/** Months before those, read for the comparison with a year ago: -12 the oldest, -1 the last. */
export const EARLIER = 12

const NAMES = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
] as const
const nameOf = (month: Temporal.PlainYearMonth): string => NAMES[month.month - 1] ?? ''

/**
 * The twelve months that are over in London, oldest first. Only whole months: a figure that grew from day to day
 * would show one person's visit as the difference between two days.
 */
export function closedMonths(now: Temporal.Instant): Temporal.PlainYearMonth[] {
  const last = londonDate(now).toPlainYearMonth().subtract({ months: 1 })
  return Array.from({ length: MONTHS }, (_, i) => last.subtract({ months: MONTHS - 1 - i }))
}

/** First month of a period, as an index into the twelve. */
export const firstMonth = (period: Period): number => MONTHS - period

/** 'July to September 2026', 'December 2025 to November 2026'. */
export function periodWords(months: readonly Temporal.PlainYearMonth[], period: Period): string {
  const from = months[firstMonth(period)]
  const until = months[MONTHS - 1]
  if (!from || !until) return ''
  const year = from.year === until.year ? '' : ` ${String(from.year)}`
  return `${nameOf(from)}${year} to ${nameOf(until)} ${String(until.year)}`
}

/** The same months of the year before, in words. */
export const yearAgoWords = (months: readonly Temporal.PlainYearMonth[], period: Period): string =>
  periodWords(
    months.map((month) => month.subtract({ months: EARLIER })),
    period,
  )

/** 'Sept 2026' would be read out badly, so the month is written out. */
export const monthWords = (month: Temporal.PlainYearMonth): string => `${nameOf(month)} ${String(month.year)}`

/** The day after the last closed month, and the first day of the oldest. */
export function bounds(months: readonly Temporal.PlainYearMonth[]): {
  from: Temporal.PlainDate
  before: Temporal.PlainDate
} {
  const first = months[0]
  const last = months[months.length - 1]
  if (!first || !last) throw new RangeError('A market needs at least one month')
  return { from: first.toPlainDate({ day: 1 }), before: last.add({ months: 1 }).toPlainDate({ day: 1 }) }
}
