/**
 * Free support that a person means to go to: a note in their week. Pure. Hours are London wall time, so that ten o'clock
 * stays ten o'clock when the clocks change.
 */
import {
  type DayException,
  type WeeklyRule,
  DAY_MINUTES,
  isOffered,
  momentOf,
  openRanges,
} from '#services/availability/hours.rules.ts'
import { Temporal, inLondon, plainDateOf } from '#services/kernel/time.ts'

/** How far ahead days are offered, and how many of them. */
const LOOK_DAYS = 60
const MOST_SESSIONS = 8

interface Hours {
  rules: readonly WeeklyRule[]
  exceptions: readonly DayException[]
}
export interface Session {
  /** ISO date on which it begins. */
  day: string
  fromMinute: number
  untilMinute: number
}
interface OwnPlan {
  firstOn: string
  weekly: boolean
  lastOn: string | null
  without: readonly string[]
  fromMinute: number
  untilMinute: number
}

interface HourRows {
  rules: readonly {
    weekday: number
    fromMinute: number
    untilMinute: number
    validFrom: Date | null
    validUntil: Date | null
  }[]
  exceptions: readonly { day: Date; closed: boolean; fromMinute: number | null; untilMinute: number | null }[]
}
const isoDay = (date: Date | null): string | null => (date ? plainDateOf(date).toString() : null)

/** The hours of a service as rows of the database hold them. */
export const hoursOf = ({ rules, exceptions }: HourRows): Hours => ({
  rules: rules.map((rule) => ({
    ...rule,
    validFrom: isoDay(rule.validFrom),
    validUntil: isoDay(rule.validUntil),
  })),
  exceptions: exceptions.map((one) => ({ ...one, day: plainDateOf(one.day).toString() })),
})

/** The next times at which it is open, the one that is on now among them. */
export function sessionsAhead({ rules, exceptions }: Hours, now: Temporal.Instant): Session[] {
  const today = inLondon(now).toPlainDate()
  const sessions: Session[] = []
  for (let index = 0; index < LOOK_DAYS && sessions.length < MOST_SESSIONS; index += 1) {
    const day = today.add({ days: index })
    for (const { from, until } of openRanges(rules, exceptions, day)) {
      if (until.epochMilliseconds <= now.epochMilliseconds || sessions.length >= MOST_SESSIONS) continue
      const minute = (at: Temporal.Instant): number => {
        const wall = inLondon(at)
        const days = day.until(wall.toPlainDate(), { largestUnit: 'days' }).days
        return days * DAY_MINUTES + wall.hour * 60 + wall.minute
      }
      sessions.push({ day: day.toString(), fromMinute: minute(from), untilMinute: minute(until) })
    }
  }
  return sessions
}

/** Whether somebody means to go on this day. */
export function goesOn(plan: OwnPlan, day: string): boolean {
  if (day < plan.firstOn || plan.without.includes(day)) return false
  if (!plan.weekly) return day === plan.firstOn
  if (plan.lastOn !== null && day > plan.lastOn) return false
  return Temporal.PlainDate.from(day).dayOfWeek === Temporal.PlainDate.from(plan.firstOn).dayOfWeek
}

/** Whether it is still open at the time that somebody means to go. */
export function isStillOpen({ rules, exceptions }: Hours, plan: OwnPlan, day: string): boolean {
  const date = Temporal.PlainDate.from(day)
  const at = (minute: number): Temporal.Instant =>
    Temporal.Instant.fromEpochMilliseconds(momentOf(date, minute))
  return isOffered(rules, exceptions, at(plan.fromMinute), at(plan.untilMinute))
}
