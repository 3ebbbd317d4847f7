/** Will a fund last? A straight line from what is booked, and nothing cleverer. Pure. */
import type { Temporal } from '#services/kernel/time.ts'

export interface FundOutlook {
  today: Temporal.PlainDate
  endsOn: Temporal.PlainDate
  /** All in pence. */
  left: number
  setAside: number
  /** Still to arrive before it ends. */
  toCome: number
  /** Set aside and planned for visits of the next four weeks. */
  aheadFourWeeks: number
  /** Spent in the last four weeks: used when nothing is booked ahead. */
  spentFourWeeks: number
}

export interface Forecast {
  /** Pence a week from now on. */
  weekly: number
  /** Where the weekly figure is taken from. */
  from: 'booked' | 'spent'
  /** Not yet spent: left, set aside and still to come. */
  notSpent: number
  /** Left over on the last day; below zero: how much is missing. */
  over: number
  /** The day on which it runs out, when it does not last. */
  runsOutOn: Temporal.PlainDate | null
}

/** @returns null for a fund that has ended, or of which nothing is known: neither booked nor spent. */
export function forecast(fund: FundOutlook): Forecast | null {
  const days = fund.today.until(fund.endsOn).days + 1
  const from = fund.aheadFourWeeks > 0 ? 'booked' : 'spent'
  const weekly = Math.round((from === 'booked' ? fund.aheadFourWeeks : fund.spentFourWeeks) / 4)
  if (days <= 0 || weekly <= 0) return null
  const notSpent = fund.left + fund.setAside + fund.toCome
  const over = notSpent - Math.round((weekly * days) / 7)
  return {
    weekly,
    from,
    notSpent,
    over,
    runsOutOn: over < 0 ? fund.today.add({ days: Math.floor((notSpent * 7) / weekly) }) : null,
  }
}

/** A fund that ends within this many days, with money in it that nothing is planned for, is said to. */
const ENDS_SOON_DAYS = 84

export type Warning =
  | { kind: 'ends_soon'; weeks: number; left: number }
  | { kind: 'will_not_last'; runsOutOn: Temporal.PlainDate; short: number }

export function warnings(fund: FundOutlook, seen: Forecast | null): Warning[] {
  const found: Warning[] = []
  if (seen?.runsOutOn) found.push({ kind: 'will_not_last', runsOutOn: seen.runsOutOn, short: -seen.over })
  const days = fund.today.until(fund.endsOn).days
  const free = seen ? Math.min(fund.left, seen.over) : fund.left
  if (days >= 0 && days <= ENDS_SOON_DAYS && free > 0)
    found.push({ kind: 'ends_soon', weeks: Math.ceil((days + 1) / 7), left: free })
  return found
}

export interface HistoryPoint {
  day: Temporal.PlainDate
  /** Not yet spent on that day, of all that is agreed. */
  notSpent: number
}

/**
 * What was not yet spent at the end of each week, from the first day of the fund until today.
 * @param weeks Mondays (ISO) with what was spent in that week, oldest first
 */
export function history(
  fund: { startsOn: Temporal.PlainDate; today: Temporal.PlainDate; notSpentNow: number },
  weeks: readonly { week: string; spent: number }[],
): HistoryPoint[] {
  const all = weeks.reduce((sum, week) => sum + week.spent, 0)
  const points: HistoryPoint[] = [{ day: fund.startsOn, notSpent: fund.notSpentNow + all }]
  const byWeek = new Map(weeks.map((week) => [week.week, week.spent]))
  let spent = 0
  const first = weeks[0]?.week
  let monday = fund.startsOn.subtract({ days: fund.startsOn.dayOfWeek - 1 })
  // Money may have been spent before the fund's first day, by a correction: it stands on that day.
  if (first && first < monday.toString())
    spent = weeks.filter((week) => week.week < monday.toString()).reduce((sum, week) => sum + week.spent, 0)
  while (monday.add({ days: 6 }).until(fund.today).days > 0) {
    spent += byWeek.get(monday.toString()) ?? 0
    points.push({ day: monday.add({ days: 6 }), notSpent: fund.notSpentNow + all - spent })
    monday = monday.add({ days: 7 })
  }
  points.push({ day: fund.today, notSpent: fund.notSpentNow })
  return points
}
