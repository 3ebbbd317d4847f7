import { miles } from '#services/kernel/geo.ts'
import { clockTime, inLondon, longDate, shortDate, Temporal } from '#services/kernel/time.ts'

const instantOf = (epochMilliseconds: number): Temporal.Instant =>
  Temporal.Instant.fromEpochMilliseconds(epochMilliseconds)

/** 'October 2026' */
export function monthOf(epochMilliseconds: number): string {
  const [, , month = '', year = ''] = longDate(inLondon(instantOf(epochMilliseconds)).toPlainDate()).split(
    ' ',
  )
  return `${month} ${year}`
}

/** 'Wed 25 Nov, 9am' */
export function shortTime(epochMilliseconds: number): string {
  const at = inLondon(instantOf(epochMilliseconds))
  return `${shortDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`
}

/** '14 May 2025' from '2025-05-14'. */
export const dayInWords = (date: string): string =>
  longDate(Temporal.PlainDate.from(date.slice(0, 10)))
    .split(' ')
    .slice(1)
    .join(' ')

/** 'today', 'yesterday', '3 days ago', '2 weeks ago', '5 months ago', 'over a year ago'. */
export function ago(then: number, now: number): string {
  const days = Math.max(0, Math.floor((now - then) / 86_400_000))
  if (days === 0) return 'today'
  if (days === 1) return 'yesterday'
  if (days < 14) return `${String(days)} days ago`
  if (days < 60) return `${String(Math.floor(days / 7))} weeks ago`
  if (days < 365) return `${String(Math.floor(days / 30))} months ago`
  return 'over a year ago'
}

const UNITS: Readonly<Record<string, string>> = {
  hour: 'for one hour',
  visit: 'for one visit',
  half_day: 'for half a day',
  day: 'for one day',
  night: 'for one night',
  week: 'for one week',
  session: 'for one session',
  item: 'for one',
  fixed: 'in all',
}
/** 'for one hour, travel in' */
export const unitWords = (unit: string | null, comesToYou: boolean): string =>
  [UNITS[unit ?? ''] ?? '', comesToYou ? 'travel in' : ''].filter(Boolean).join(', ')

/** 'one, two or three' */
export function either(words: readonly string[]): string {
  const last = words.at(-1) ?? ''
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} or ${last}`
}

export const milesAway = (metres: number): string => `${miles(metres)} away`
