/** The stretches of time that are billed and told together. Pure. */
import { Temporal, longDate } from '#services/kernel/time.ts'

export const BILLED_EVERY = ['week', 'four_weeks', 'month'] as const
export type BilledEvery = (typeof BILLED_EVERY)[number]

export const EVERY_WORDS: Record<BilledEvery, string> = {
  week: 'Every week, Monday to Sunday',
  four_weeks: 'Every four weeks',
  month: 'Every month',
}

/** In a sentence. */
export const EVERY_SHORT: Record<BilledEvery, string> = {
  week: 'every week',
  four_weeks: 'every four weeks',
  month: 'every month',
}

export interface Period {
  from: Temporal.PlainDate
  /** Included. */
  until: Temporal.PlainDate
}

/** Four weeks are counted from a Monday that is the same for everybody, so that two statements never overlap. */
const FIRST_MONDAY = Temporal.PlainDate.from('2026-01-05')

/** The period that a day lies in. */
export function periodOf(every: BilledEvery, day: Temporal.PlainDate): Period {
  if (every === 'month') {
    const from = day.with({ day: 1 })
    return { from, until: from.add({ months: 1 }).subtract({ days: 1 }) }
  }
  const length = every === 'week' ? 7 : 28
  const days = FIRST_MONDAY.until(day).days
  const from = FIRST_MONDAY.add({ days: Math.floor(days / length) * length })
  return { from, until: from.add({ days: length - 1 }) }
}

/** The one before. */
export const periodBefore = (every: BilledEvery, period: Period): Period =>
  periodOf(every, period.from.subtract({ days: 1 }))

/** The last period that is over on this day. */
export const lastClosed = (every: BilledEvery, today: Temporal.PlainDate): Period =>
  periodBefore(every, periodOf(every, today))

const day = (date: Temporal.PlainDate, year: boolean): string => longDate(date, { year }).replace(/^\S+ /, '')

/** '2 to 29 November 2026', '26 October to 22 November 2026', '28 December 2026 to 3 January 2027' */
export function periodWords({ from, until }: Period): string {
  if (from.equals(until)) return day(from, true)
  if (from.year !== until.year) return `${day(from, true)} to ${day(until, true)}`
  if (from.month !== until.month) return `${day(from, false)} to ${day(until, true)}`
  return `${String(from.day)} to ${day(until, true)}`
}
