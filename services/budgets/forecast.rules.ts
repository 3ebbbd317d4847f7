/** Will a fund last? A straight line from what is booked, and nothing cleverer. Pure. */
import type { Temporal } from '#services/kernel/time.ts'

export interface FundUse {
  /** Spent in the last four weeks, without what is bought once: used when nothing is booked ahead. */
  spentFourWeeks: number
  /** What people who are employed from it cost in a week, all in. */
  wagesWeekly?: number
}

export interface FundOutlook extends FundUse {
  today: Temporal.PlainDate
  endsOn: Temporal.PlainDate
  /** All in pence. */
  left: number
  setAside: number
  /** Still to arrive before it ends. */
  toCome: number
  /** Set aside and planned for visits of the next four weeks. */
  aheadFourWeeks: number
  /** Set aside and not for visits ahead: for visits that are not settled yet, and for things to buy. As good as spent. */
  promised?: number
  /** Set aside and planned for visits, week by week from today on: what is booked further ahead than four weeks counts too. */
  booked?: readonly number[]
  /** What the plan gives each week: used when nothing is booked and nothing was spent. */
  agreedWeekly?: number
}

export interface Forecast {
  /** Pence a week from now on; after what is booked, where that reaches further than four weeks. */
  weekly: number
  /** Where the weekly figure is taken from, and how many weeks of it. */
  from: 'booked' | 'spent' | 'agreed' | 'wages'
  weeks: number
  /** What of it is for people who are employed. */
  wages: number
  /** Not yet spent: left, set aside and still to come. */
  notSpent: number
  /** Left over on the last day; below zero: how much is missing. */
  over: number
  /** The day on which it runs out, when it does not last. */
  runsOutOn: Temporal.PlainDate | null
}

const FOUR = 4

interface Pace extends Pick<Forecast, 'weekly' | 'from' | 'weeks' | 'wages'> {
  /** What each week costs from today on; after these, `weekly`. */
  known: readonly number[]
}

/** How quickly a fund is used: as booked, else as it was, else as it was agreed; and whoever is employed is paid. */
function paceOf(fund: FundOutlook): Pace | null {
  const wages = fund.wagesWeekly ?? 0
  const booked = fund.booked ?? []
  const weeks = booked.reduce((last, pence, index) => (pence > 0 ? index + 1 : last), 0)
  // A series that reaches further is known week by week; a few visits within four weeks are what a month is like.
  if (weeks > FOUR) {
    const all = booked.slice(0, weeks).reduce((sum, pence) => sum + pence, 0)
    const known = booked.slice(0, weeks).map((pence) => pence + wages)
    return { weekly: Math.round(all / weeks) + wages, from: 'booked', weeks, wages, known }
  }
  const rate = (pence: number): number => Math.round(pence / FOUR)
  if (rate(fund.aheadFourWeeks) > 0)
    return { weekly: rate(fund.aheadFourWeeks) + wages, from: 'booked', weeks: FOUR, wages, known: [] }
  // Wages are among what was spent, and among what a plan gives.
  if (rate(fund.spentFourWeeks) > wages)
    return { weekly: rate(fund.spentFourWeeks), from: 'spent', weeks: FOUR, wages, known: [] }
  const agreed = fund.agreedWeekly ?? 0
  if (agreed > wages) return { weekly: agreed, from: 'agreed', weeks: 1, wages, known: [] }
  return wages > 0 ? { weekly: wages, from: 'wages', weeks: 1, wages, known: [] } : null
}

/** What is used of it within so many days. */
function usedWithin({ known, weekly }: Pick<Pace, 'known' | 'weekly'>, days: number): number {
  const whole = Math.min(known.length, Math.floor(days / 7))
  const done = known.slice(0, whole).reduce((sum, pence) => sum + pence, 0)
  const rest = days - whole * 7
  return done + (rest / 7) * (known[whole] ?? weekly)
}

const notSpentOf = (fund: FundOutlook): number => fund.left + fund.setAside + fund.toCome

function seenWith(fund: FundOutlook, pace: Pace): Forecast | null {
  const days = fund.today.until(fund.endsOn).days + 1
  if (days <= 0) return null
  const notSpent = notSpentOf(fund)
  const free = notSpent - (fund.promised ?? 0)
  const over = free - Math.round(usedWithin(pace, days))
  let last = 0
  if (over < 0) while (last < days && usedWithin(pace, last + 1) <= free) last += 1
  const { weekly, from, weeks, wages } = pace
  return {
    weekly,
    from,
    weeks,
    wages,
    notSpent,
    over,
    runsOutOn: over < 0 ? fund.today.add({ days: last }) : null,
  }
}

/** @returns null for a fund that has ended, or of which nothing is known: neither booked, spent nor agreed. */
export function forecast(fund: FundOutlook): Forecast | null {
  const pace = paceOf(fund)
  return pace ? seenWith(fund, pace) : null
}

/** So many visits are a standing arrangement: they go on after the last that is asked for. */
const STANDING = 4

/**
 * The same if more is booked: on top of what there is, in its own weeks; from a series of four on, for as long as the fund
 * lasts.
 * @param more what each visit would take from this fund, by its day
 */
export function forecastWith(
  fund: FundOutlook,
  more: readonly { on: Temporal.PlainDate; pence: number }[],
): Forecast | null {
  const pace = paceOf(fund) ?? { weekly: 0, from: 'booked' as const, weeks: 0, wages: 0, known: [] }
  const added: number[] = []
  for (const { on, pence } of more) {
    const week = Math.max(0, Math.floor(fund.today.until(on).days / 7))
    added[week] = (added[week] ?? 0) + pence
  }
  const weeks = Math.max(pace.known.length, added.length)
  const known = Array.from(
    { length: weeks },
    (_, week) => (pace.known[week] ?? pace.weekly) + (added[week] ?? 0),
  )
  const used = added.filter((pence) => pence > 0)
  const standing =
    used.length >= STANDING ? Math.round(used.reduce((sum, pence) => sum + pence, 0) / used.length) : 0
  return seenWith(fund, { ...pace, weekly: pace.weekly + standing, known })
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
    found.push({ kind: 'ends_soon', weeks: Math.max(1, Math.ceil(days / 7)), left: free })
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
