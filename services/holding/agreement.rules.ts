/** The management fee of a held fund: what was agreed for each week, and which weeks are to be taken. Pure. */
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

/** From this Monday (ISO) on, so much a week. */
export interface FeeRate {
  from: string
  pence: number
}

export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.subtract({ days: day.dayOfWeek - 1 })
export const mondayFrom = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.dayOfWeek === 1 ? day : mondayOf(day).add({ weeks: 1 })

/** What was agreed for the week that begins on this Monday; nothing before the first rate. */
export function feeFor(rates: readonly FeeRate[], monday: string): Pence {
  const rate = rates.filter(({ from }) => from <= monday).sort((a, b) => (a.from < b.from ? 1 : -1))[0]
  return pence(rate?.pence ?? 0)
}

/** A fee is agreed anew from a Monday on: what was agreed for that week and later ones no longer counts. */
export function agreeFee(rates: readonly FeeRate[], from: string, amount: number): FeeRate[] {
  const earlier = rates.filter((rate) => rate.from < from).sort((a, b) => (a.from < b.from ? -1 : 1))
  const before = earlier.at(-1)
  return (before?.pence ?? 0) === amount ? earlier : [...earlier, { from, pence: amount }]
}

export interface FeePeriod {
  /** First and last day of the agreement and of the fund, whichever is narrower; ISO. */
  startsOn: string
  endsOn: string
  rates: readonly FeeRate[]
  /** Mondays whose fee was taken. */
  taken: ReadonlySet<string>
  today: Temporal.PlainDate
}

/** More than a year: what an installation that stood still catches up with at once. */
const MOST_WEEKS = 60

/**
 * Whole weeks, Monday to Sunday, that are over, lie in the agreement, and whose fee was not taken yet; oldest first, each
 * with what was agreed for it. A week that the agreement only touches costs nothing.
 */
export function feesDue({
  startsOn,
  endsOn,
  rates,
  taken,
  today,
}: FeePeriod): { week: string; pence: Pence }[] {
  const due: { week: string; pence: Pence }[] = []
  const earliest = mondayOf(today).subtract({ weeks: MOST_WEEKS })
  const first = mondayFrom(Temporal.PlainDate.from(startsOn))
  let monday = Temporal.PlainDate.compare(first, earliest) < 0 ? earliest : first
  for (;;) {
    const sunday = monday.add({ days: 6 })
    if (Temporal.PlainDate.compare(sunday, today) >= 0 || sunday.toString() > endsOn) return due
    const week = monday.toString()
    const fee = feeFor(rates, week)
    if (fee > 0 && !taken.has(week)) due.push({ week, pence: fee })
    monday = monday.add({ weeks: 1 })
  }
}
