import { miles } from '#services/kernel/geo.ts'
import { dayName, LONDON } from '#services/kernel/time.ts'

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
const monthName = (month: number): string => MONTHS[month - 1] ?? ''

/** One formatter for all: a page words sixty times, and making Temporal's objects for each cost as much as the search. */
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone: LONDON,
  hourCycle: 'h23',
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
  hour: 'numeric',
  minute: 'numeric',
})

interface WallTime {
  year: number
  month: number
  day: number
  hour: number
  minute: number
  /** 1 Monday to 7 Sunday. */
  weekday: number
}

/** What a clock and a calendar in London show. */
function inLondon(epochMilliseconds: number): WallTime {
  const found: Partial<Record<Intl.DateTimeFormatPartTypes, number>> = {}
  for (const { type, value } of clock.formatToParts(epochMilliseconds)) found[type] = Number(value)
  const { year = 0, month = 1, day = 1, hour = 0, minute = 0 } = found
  const weekday = new Date(Date.UTC(year, month - 1, day)).getUTCDay()
  return { year, month, day, hour, minute, weekday: weekday === 0 ? 7 : weekday }
}

/** '9am', '9:30am', '12 noon', '12 midnight', as everywhere on the site. */
function clockWords(hour: number, minute: number): string {
  if (minute === 0 && hour === 12) return '12 noon'
  if (minute === 0 && hour === 0) return '12 midnight'
  const minutes = minute === 0 ? '' : `:${String(minute).padStart(2, '0')}`
  return `${String(hour % 12 === 0 ? 12 : hour % 12)}${minutes}${hour < 12 ? 'am' : 'pm'}`
}

/** 'October 2026' */
export function monthOf(epochMilliseconds: number): string {
  const { month, year } = inLondon(epochMilliseconds)
  return `${monthName(month)} ${String(year)}`
}

/** 'Wed 25 Nov, 9am' */
export function shortTime(epochMilliseconds: number): string {
  const { weekday, day, month, hour, minute } = inLondon(epochMilliseconds)
  const date = `${dayName(weekday).slice(0, 3)} ${String(day)} ${monthName(month).slice(0, 3)}`
  return `${date}, ${clockWords(hour, minute)}`
}

/** '14 May 2025' from '2025-05-14', also at the start of a longer timestamp. */
export function dayInWords(date: string): string {
  const [year = '', month = '', day = ''] = date.slice(0, 10).split('-')
  return `${String(Number(day))} ${monthName(Number(month))} ${year}`
}

const DAY_MS = 86_400_000

/** 'today', 'yesterday', '3 days ago', '2 weeks ago', '5 months ago', 'over a year ago'. */
export function ago(then: number, now: number): string {
  const days = Math.max(0, Math.floor((now - then) / DAY_MS))
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
  item: 'each',
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
