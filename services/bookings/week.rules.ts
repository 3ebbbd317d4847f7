/** The week as a person reads it: its bounds, what is late, what silence will do. Pure. */
import { DomainError } from '#services/kernel/errors.ts'
import { Temporal, LONDON, clockTime, inLondon, londonDate, longDate } from '#services/kernel/time.ts'
import type { BookingState, VisitState } from './transitions.rules.ts'

/** Nobody is called late before this. */
export const LATE_AFTER_MINUTES = 10
/** Older than this a visit without a word is no emergency any more, but still a question. */
export const URGENT_HOURS = 24
const MOST_WEEKS_AWAY = 260

/**
 * Monday of the week that holds `text` (an ISO date), or of this week.
 * @throws INVALID for a date that does not exist or is years away
 */
export function weekOf(text: string | null, today: Temporal.PlainDate): Temporal.PlainDate {
  const date = text === null || text === '' ? today : readDay(text)
  if (!date || Math.abs(today.until(date).days) > MOST_WEEKS_AWAY * 7)
    throw new DomainError(
      'INVALID',
      'We cannot show that week. The address should end in a date such as 2026-11-23.',
    )
  return date.subtract({ days: date.dayOfWeek - 1 })
}

function readDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' })
  } catch {
    return null
  }
}

/** From Monday's first moment in London until the next Monday's: 167 or 169 hours when the clocks change. */
export function weekBounds(monday: Temporal.PlainDate): { from: Temporal.Instant; until: Temporal.Instant } {
  return {
    from: monday.toZonedDateTime(LONDON).toInstant(),
    until: monday.add({ days: 7 }).toZonedDateTime(LONDON).toInstant(),
  }
}

/** 0 for Monday to 6 for Sunday. What began before Monday and is still going on stands on Monday. */
export function dayIndex(monday: Temporal.PlainDate, startsAt: Temporal.Instant): number {
  return Math.max(0, monday.until(londonDate(startsAt)).days)
}

/** '9am to 10am'; '10pm to 7am on Tuesday 24 November'; 'Until 7am, from Sunday 22 November' on the day after. */
export function hoursOn(
  startsAt: Temporal.Instant,
  endsAt: Temporal.Instant,
  monday: Temporal.PlainDate,
): string {
  const start = inLondon(startsAt)
  const end = inLondon(endsAt)
  const day = (date: Temporal.PlainDate) => longDate(date, { year: false })
  const sameDay = start.toPlainDate().equals(end.toPlainDate())
  const until = `${clockTime(end.toPlainTime())}${sameDay ? '' : ` on ${day(end.toPlainDate())}`}`
  if (Temporal.PlainDate.compare(start.toPlainDate(), monday) < 0)
    return `Since ${day(start.toPlainDate())}, until ${until}`
  return `${clockTime(start.toPlainTime())} to ${until}`
}

export interface Waited {
  state: VisitState
  bookingState: BookingState
  startsAt: Temporal.Instant
  missedSaidAt: Temporal.Instant | null
  paused: boolean
}

/** A booked visit that should have begun, of which nobody has said a word. */
export function isLate(visit: Waited, now: Temporal.Instant): boolean {
  return (
    visit.state === 'planned' &&
    visit.missedSaidAt === null &&
    !visit.paused &&
    ['accepted', 'paused', 'ended'].includes(visit.bookingState) &&
    visit.startsAt.until(now).total('minutes') >= LATE_AFTER_MINUTES
  )
}
export const isUrgent = (visit: Waited, now: Temporal.Instant): boolean =>
  isLate(visit, now) && visit.startsAt.until(now).total('hours') < URGENT_HOURS

/** '25 minutes late', '2 hours late' while it could still take place; 'No word yet' after that. */
export function lateTag(startsAt: Temporal.Instant, endsAt: Temporal.Instant, now: Temporal.Instant): string {
  if (Temporal.Instant.compare(now, endsAt) >= 0) return 'Nobody has said how it went'
  const minutes = Math.floor(startsAt.until(now).total('minutes'))
  const hours = Math.floor(minutes / 60)
  if (minutes < 60) return `${String(minutes)} minutes late`
  return `${String(hours)} ${hours === 1 ? 'hour' : 'hours'} late`
}

/** 'Today’s 9am visit', 'Yesterday’s 9pm visit', 'The 9am visit on Monday 23 November'. */
export function whichVisit(startsAt: Temporal.Instant, now: Temporal.Instant): string {
  const start = inLondon(startsAt)
  const ago = start.toPlainDate().until(londonDate(now)).days
  const time = clockTime(start.toPlainTime())
  if (ago === 0) return `Today’s ${time} visit`
  if (ago === 1) return `Yesterday’s ${time} visit`
  return `The ${time} visit on ${longDate(start.toPlainDate(), { year: false })}`
}

/** 'Today’s 9am visit is 25 minutes late', or that nobody has said whether it took place. */
export function lateTitle(
  startsAt: Temporal.Instant,
  endsAt: Temporal.Instant,
  now: Temporal.Instant,
): string {
  const which = whichVisit(startsAt, now)
  if (Temporal.Instant.compare(now, endsAt) >= 0) return `${which}: nobody has said that anyone came`
  return `${which} is ${lateTag(startsAt, endsAt, now)}`
}

export interface Absence {
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate | null
}

/**
 * What happens to a delivered visit if nobody answers: the day on which it counts as a yes, or why it never does by itself.
 * The rule is the job's own (confirmBySilence): 7 days, and not in hospital at any time since.
 */
export function silence(
  deliveredAt: Temporal.Instant,
  hospital: readonly Absence[],
  now: Temporal.Instant,
  days: number,
): { on: Temporal.PlainDate } | { never: 'hospital' | 'not_told' } {
  const since = londonDate(deliveredAt)
  const today = londonDate(now)
  const away = hospital.some(
    ({ startsOn, endsOn }) =>
      Temporal.PlainDate.compare(startsOn, today) <= 0 &&
      (endsOn === null || Temporal.PlainDate.compare(endsOn, since) >= 0),
  )
  if (away) return { never: 'hospital' }
  const at = deliveredAt.add({ hours: days * 24 })
  // It would have counted by now, had both notices arrived.
  if (Temporal.Instant.compare(at, now) <= 0) return { never: 'not_told' }
  return { on: londonDate(at) }
}

const NUMBERS = ['no', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine', 'ten']
/** 'three'; '14'. */
export const numberWord = (count: number): string => NUMBERS[count] ?? String(count)
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const MONTHS_APART = (from: Temporal.PlainDate, until: Temporal.PlainDate): boolean =>
  from.month !== until.month

/** 'Monday 23 to Sunday 29 November'. */
export function weekWords(monday: Temporal.PlainDate): string {
  const sunday = monday.add({ days: 6 })
  const first = longDate(monday, { year: false })
  const start = MONTHS_APART(monday, sunday) ? first : first.replace(/ \D+$/, '')
  return `${start} to ${longDate(sunday, { year: false })}`
}

/** 'Five visits from Monday 23 to Sunday 29 November. One visit needs a yes or a no.' */
export function weekSentence(visits: number, monday: Temporal.PlainDate, waiting: number): string {
  const count = visits === 1 ? 'One visit' : `${capital(numberWord(visits))} visits`
  const first = visits === 0 ? `No visits from ${weekWords(monday)}.` : `${count} from ${weekWords(monday)}.`
  if (waiting === 0) return first
  const asks =
    waiting === 1
      ? 'One visit needs a yes or a no.'
      : `${capital(numberWord(waiting))} visits need a yes or a no.`
  return `${first} ${asks}`
}
