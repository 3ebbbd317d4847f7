/** Pay periods of four weeks, from Monday to Sunday, and how long a day is. Pure. */
import { LONDON, type Temporal } from '#services/kernel/time.ts'

export const PERIOD_DAYS = 28

export interface Period {
  startsOn: Temporal.PlainDate
  /** Last day, included. */
  endsOn: Temporal.PlainDate
}

/** The first one begins on the Monday of the week in which the employment does. */
export const firstPeriodStart = (startsOn: Temporal.PlainDate): Temporal.PlainDate =>
  startsOn.subtract({ days: startsOn.dayOfWeek - 1 })

/** The period of an employment that a day lies in; for a day before it began, the first. */
export function periodOf(startsOn: Temporal.PlainDate, day: Temporal.PlainDate): Period {
  const first = firstPeriodStart(startsOn)
  const passed = Math.max(0, Math.floor(first.until(day).days / PERIOD_DAYS))
  const start = first.add({ days: passed * PERIOD_DAYS })
  return { startsOn: start, endsOn: start.add({ days: PERIOD_DAYS - 1 }) }
}

export const daysOf = ({ startsOn }: Pick<Period, 'startsOn'>): Temporal.PlainDate[] =>
  Array.from({ length: PERIOD_DAYS }, (_, n) => startsOn.add({ days: n }))

/** How many minutes a day has in London: 1440, or an hour less or more when the clocks change. */
export const minutesInDay = (day: Temporal.PlainDate): number => day.toZonedDateTime(LONDON).hoursInDay * 60
