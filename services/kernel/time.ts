import { Temporal } from 'temporal-polyfill'
import { LONDON, londonOffset, momentsOfWall } from './london.ts'

export { Temporal, LONDON }

/** Instant of a wall time in London. A time that the clocks skip or repeat is refused, never guessed. */
export function londonInstant(date: string, time: string): Temporal.Instant {
  return Temporal.PlainDate.from(date)
    .toZonedDateTime({ timeZone: LONDON, plainTime: Temporal.PlainTime.from(time) })
    .toInstant()
}

export type WallTime =
  | { ok: true; instant: Temporal.Instant }
  | { ok: false; why: 'skipped' | 'repeated' | 'no_such_date' | 'no_such_time' }

/**
 * What a person meant by a date and a time in London.
 * 'skipped': the clocks go forward over it; 'repeated': it happens twice when they go back.
 */
export function readWallTime(date: string, time: string): WallTime {
  let day: Temporal.PlainDate
  let clock: Temporal.PlainTime
  try {
    day = Temporal.PlainDate.from(date, { overflow: 'reject' })
  } catch {
    return { ok: false, why: 'no_such_date' }
  }
  try {
    clock = Temporal.PlainTime.from(time, { overflow: 'reject' })
  } catch {
    return { ok: false, why: 'no_such_time' }
  }
  const wall = Date.UTC(
    day.year,
    day.month - 1,
    day.day,
    clock.hour,
    clock.minute,
    clock.second,
    clock.millisecond,
  )
  const [first, second] = momentsOfWall(wall)
  if (first === undefined) return { ok: false, why: 'skipped' }
  if (second !== undefined) return { ok: false, why: 'repeated' }
  return { ok: true, instant: Temporal.Instant.fromEpochMilliseconds(first) }
}

export const inLondon = (instant: Temporal.Instant): Temporal.ZonedDateTime =>
  instant.toZonedDateTimeISO(LONDON)
export function londonDate(instant: Temporal.Instant): Temporal.PlainDate {
  const epochMs = instant.epochMilliseconds
  const wall = new Date(epochMs + londonOffset(epochMs))
  return new Temporal.PlainDate(wall.getUTCFullYear(), wall.getUTCMonth() + 1, wall.getUTCDate())
}
/** Later by so many minutes of elapsed time (earlier when below zero). */
export const plusMinutes = (instant: Temporal.Instant, minutes: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(instant.epochMilliseconds + minutes * 60_000)
export const fromDate = (date: Date): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(date.getTime())
export const toDate = (instant: Temporal.Instant): Date => new Date(instant.epochMilliseconds)
/** ISO text of an instant in whole milliseconds; much cheaper than Temporal's own, for paths that write many. */
export const isoText = (instant: Temporal.Instant): string =>
  new Date(instant.epochMilliseconds).toISOString()
/** A DATE column as Prisma and pg hand it over (midnight UTC). */
export const plainDateOf = (date: Date): Temporal.PlainDate =>
  Temporal.PlainDate.from(date.toISOString().slice(0, 10))
export const dateColumn = (date: Temporal.PlainDate): Date => new Date(`${date.toString()}T00:00:00Z`)

const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'] as const
const MONTHS = [
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

/** ISO weekday, 1 Monday to 7 Sunday. */
export const dayName = (weekday: number): string => DAYS[weekday - 1] ?? ''

/** 'Tuesday 3 March 2027'. Built from parts, so that server and browser never differ. */
export function longDate(date: Temporal.PlainDate, options: { year?: boolean } = {}): string {
  const year = options.year === false ? '' : ` ${String(date.year)}`
  return `${dayName(date.dayOfWeek)} ${String(date.day)} ${MONTHS[date.month - 1] ?? ''}${year}`
}
/** 'Wed 25 Nov' */
export const shortDate = (date: Temporal.PlainDate): string =>
  `${dayName(date.dayOfWeek).slice(0, 3)} ${String(date.day)} ${(MONTHS[date.month - 1] ?? '').slice(0, 3)}`

/** '9am', '9:30am', '12 noon', '12 midnight'. */
export function clockTime(time: Temporal.PlainTime): string {
  if (time.minute === 0 && time.hour === 12) return '12 noon'
  if (time.minute === 0 && time.hour === 0) return '12 midnight'
  const hour = time.hour % 12 === 0 ? 12 : time.hour % 12
  const minutes = time.minute === 0 ? '' : `:${String(time.minute).padStart(2, '0')}`
  return `${String(hour)}${minutes}${time.hour < 12 ? 'am' : 'pm'}`
}

/** 'Tuesday 3 March 2027, 9am to 10am'; a visit over midnight names both days. */
export function visitTime(startsAt: Temporal.Instant, endsAt: Temporal.Instant): string {
  const start = inLondon(startsAt)
  const end = inLondon(endsAt)
  const sameDay = start.toPlainDate().equals(end.toPlainDate())
  const tail = sameDay
    ? clockTime(end.toPlainTime())
    : `${clockTime(end.toPlainTime())} on ${longDate(end.toPlainDate(), { year: false })}`
  return `${longDate(start.toPlainDate())}, ${clockTime(start.toPlainTime())} to ${tail}`
}

/** '1 hour', '45 minutes', '1 hour 30 minutes'. */
export function duration(minutes: number): string {
  const hours = Math.floor(minutes / 60)
  const rest = minutes % 60
  const words = [
    hours ? `${String(hours)} ${hours === 1 ? 'hour' : 'hours'}` : '',
    rest ? `${String(rest)} ${rest === 1 ? 'minute' : 'minutes'}` : '',
  ].filter(Boolean)
  return words.join(' ') || '0 minutes'
}
