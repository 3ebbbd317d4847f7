/** Hours as people type them, day by day, and whether they can be. Pure. */
import { duration, longDate, Temporal } from '#services/kernel/time.ts'
import { daysOf, minutesInDay, type Period } from './periods.rules.ts'

export const HOUR_KINDS = ['worked', 'holiday', 'sick'] as const
export type HourKind = (typeof HOUR_KINDS)[number]

export interface DayHours {
  /** ISO date. */
  day: string
  kind: HourKind
  minutes: number
}

/** Minutes of each kind. */
export type Hours = Record<HourKind, number>

export const fieldOf = (kind: HourKind, day: string): string => `${kind}-${day}`

/** '7', '7.5', '7,5', '7:30', '7h', '7h30'; null for anything else. Empty is nothing at all. */
export function readHours(text: string): number | null {
  const clean = text.normalize('NFKC').trim().toLowerCase()
  if (clean === '') return 0
  const clock = /^(\d{1,2})(?::|\s?h(?:ours?|rs?)?\s?)(\d{1,2})?(?:\s?m(?:in(?:utes?)?)?)?$/.exec(clean)
  if (clock) {
    const minutes = Number(clock[2] ?? 0)
    if (minutes > 59 || (clean.includes(':') && clock[2] === undefined)) return null
    return Number(clock[1]) * 60 + minutes
  }
  const decimal = /^(\d{1,2})?(?:[.,](\d{1,2}))?$/.exec(clean)
  if (!decimal || (decimal[1] === undefined && decimal[2] === undefined)) return null
  return Math.round(Number(`${decimal[1] ?? '0'}.${decimal[2] ?? '0'}`) * 60)
}

/** What `readHours` reads back: '7', '7.5' or '7:20'; nothing for none. */
export function hoursText(minutes: number): string {
  if (minutes === 0) return ''
  const rest = minutes % 60
  if (rest === 0) return String(minutes / 60)
  if (rest % 15 === 0) return String(minutes / 60)
  return `${String(Math.floor(minutes / 60))}:${String(rest).padStart(2, '0')}`
}

export const noHours = (): Hours => ({ worked: 0, holiday: 0, sick: 0 })

export function sumHours(days: readonly Pick<DayHours, 'kind' | 'minutes'>[]): Hours {
  const sum = noHours()
  for (const { kind, minutes } of days) sum[kind] += minutes
  return sum
}

/** '80 hours worked, 8 hours of holiday', for a sentence. */
export function hoursWords({ worked, holiday, sick }: Hours): string {
  const parts = [
    `${duration(worked)} worked`,
    holiday > 0 ? `${duration(holiday)} of holiday` : '',
    sick > 0 ? `${duration(sick)} off sick` : '',
  ].filter(Boolean)
  return parts.join(', ')
}

export interface Employed {
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate | null
}

export const isEmployedOn = ({ startsOn, endsOn }: Employed, day: Temporal.PlainDate): boolean =>
  Temporal.PlainDate.compare(startsOn, day) <= 0 &&
  (endsOn === null || Temporal.PlainDate.compare(day, endsOn) <= 0)

/** Last day on which something can be worked in a period. */
export const lastDayOf = (period: Period, { endsOn }: Employed): Temporal.PlainDate =>
  endsOn && Temporal.PlainDate.compare(endsOn, period.endsOn) < 0 ? endsOn : period.endsOn

/** What is special about a day, said beside it. */
export function dayNote(day: Temporal.PlainDate): string | null {
  const minutes = minutesInDay(day)
  if (minutes === 1440) return null
  return minutes > 1440
    ? 'The clocks went back: a night shift is an hour longer'
    : 'The clocks went forward: a night shift is an hour shorter'
}

const on = (day: Temporal.PlainDate): string => longDate(day, { year: false })

export interface ReadDays {
  days: DayHours[]
  /** Sentences by field. */
  errors: Record<string, string[]>
}

/**
 * Reads the form of a period. What was typed for a day outside it, before the employment began or after it ended is refused, and so are
 * hours of work or sickness on a day that has not come yet, and more hours than a day has.
 * @param typed by field name, as typed
 */
export function readDays(
  typed: ReadonlyMap<string, string>,
  period: Period,
  employed: Employed,
  today: Temporal.PlainDate,
): ReadDays {
  const errors: Record<string, string[]> = {}
  const days: DayHours[] = []
  const say = (field: string, sentence: string): void => {
    errors[field] ??= [sentence]
  }
  const known = new Map(daysOf(period).map((day) => [day.toString(), day]))
  for (const [field, text] of typed) {
    const [, kind, iso] = /^(worked|holiday|sick)-(.{1,40})$/.exec(field) ?? []
    if (!kind || !iso || text.trim() === '') continue
    const day = known.get(iso)
    if (!day) {
      say(field, 'This day is not one of these four weeks')
      continue
    }
    const minutes = readHours(text)
    if (minutes === null) {
      say(field, `${on(day)}: enter hours, for example 4, 7.5 or 7:30`)
      continue
    }
    if (minutes === 0) continue
    if (!isEmployedOn(employed, day)) say(field, `${on(day)}: they were not employed on this day`)
    else if (kind !== 'holiday' && Temporal.PlainDate.compare(day, today) > 0)
      say(field, `${on(day)}: this day has not come yet`)
    else days.push({ day: iso, kind: kind as HourKind, minutes })
  }
  const inDay = new Map<string, number>()
  for (const { day, kind, minutes } of days) {
    const sum = (inDay.get(day) ?? 0) + minutes
    inDay.set(day, sum)
    const whole = known.get(day)
    const most = whole ? minutesInDay(whole) : 0
    if (whole && sum > most) say(fieldOf(kind, day), `${on(whole)}: this day has ${String(most / 60)} hours`)
  }
  return { days, errors }
}
