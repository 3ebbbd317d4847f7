/** The dates of a booking, from what a person chose, in London wall time. Pure. */
import { type WallTime, Temporal, londonDate, plusMinutes, readWallTime } from '#services/kernel/time.ts'

/** More than a year at once is never asked for; a series goes on by asking again. */
export const MOST_VISITS = 52

export interface Recurrence {
  /** First visit, ISO date. */
  firstDate: string
  /** 'HH:MM' wall time. */
  time: string
  minutes: number
  /** 1 for a single visit; else one a week on the same weekday. */
  visits: number
  /** Dates of the series that the person left out. */
  without: readonly string[]
}

export interface Occurrence {
  date: string
  /** Null when the clocks skip or repeat this time on that day: the person is asked, nothing is guessed. */
  when: { startsAt: Temporal.Instant; endsAt: Temporal.Instant } | null
  problem: Exclude<WallTime, { ok: true }>['why'] | null
}

/** Each date of the series with its instants. Length is elapsed time: a visit over a clock change lasts as long as asked. */
export function occurrences(rule: Recurrence): Occurrence[] {
  const first = Temporal.PlainDate.from(rule.firstDate)
  const found: Occurrence[] = []
  for (let week = 0; week < Math.min(rule.visits, MOST_VISITS); week += 1) {
    const date = first.add({ weeks: week }).toString()
    if (rule.without.includes(date)) continue
    const wall = readWallTime(date, rule.time)
    found.push(
      wall.ok
        ? {
            date,
            when: { startsAt: wall.instant, endsAt: plusMinutes(wall.instant, rule.minutes) },
            problem: null,
          }
        : { date, when: null, problem: wall.why },
    )
  }
  return found
}

/** Five working days from now, at 5pm: by when a provider answers. */
export function answerBy(
  now: Temporal.Instant,
  isHoliday: (day: Temporal.PlainDate) => boolean,
): Temporal.Instant {
  const today = londonDate(now)
  if (lastAnswer?.today.equals(today) && lastAnswer.isHoliday === isHoliday) return lastAnswer.by
  let day = today
  let left = 5
  while (left > 0) {
    day = day.add({ days: 1 })
    if (day.dayOfWeek <= 5 && !isHoliday(day)) left -= 1
  }
  const by = day.toZonedDateTime({ timeZone: 'Europe/London', plainTime: '17:00' }).toInstant()
  lastAnswer = { today, isHoliday, by }
  return by
}

/** All requests of a day have the same answer. */
let lastAnswer: {
  today: Temporal.PlainDate
  isHoliday: (day: Temporal.PlainDate) => boolean
  by: Temporal.Instant
} | null = null
