import { Temporal, clockTime, dayName, longDate, plainDateOf } from '#services/kernel/time.ts'
import { DAY_MINUTES } from './hours.rules.ts'

const time = (minute: number): string => {
  const rest = minute % DAY_MINUTES
  return clockTime(Temporal.PlainTime.from({ hour: Math.floor(rest / 60), minute: rest % 60 }))
}

/** '9am to 5pm', '10pm to 7am the next day', 'day and night'. */
export function rangeWords(fromMinute: number, untilMinute: number): string {
  if (fromMinute === 0 && untilMinute === DAY_MINUTES) return 'day and night'
  const nextDay = untilMinute > DAY_MINUTES ? ' the next day' : ''
  return `${time(fromMinute)} to ${time(untilMinute)}${nextDay}`
}

interface Rule {
  weekday: number
  fromMinute: number
  untilMinute: number
}

/** One line for each day that is open, and days with the same hours in one: 'Monday to Friday, 9am to 5pm'. */
export function weekWords(rules: readonly Rule[]): string[] {
  const byDay = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    words: rules
      .filter((rule) => rule.weekday === weekday)
      .sort((a, b) => a.fromMinute - b.fromMinute)
      .map((rule) => rangeWords(rule.fromMinute, rule.untilMinute))
      .join(' and '),
  }))
  const lines: string[] = []
  for (let i = 0; i < byDay.length; i += 1) {
    const first = byDay[i]
    if (!first || first.words === '') continue
    let last = first
    while (byDay[i + 1]?.words === first.words) {
      i += 1
      last = byDay[i] ?? last
    }
    const days =
      first === last
        ? dayName(first.weekday)
        : `${dayName(first.weekday)} ${last.weekday - first.weekday === 1 ? 'and' : 'to'} ${dayName(last.weekday)}`
    lines.push(`${days}, ${first.words}`)
  }
  return lines
}

export interface DatedRule extends Rule {
  validFrom: Date | null
  validUntil: Date | null
}

/** What stands in a form and an address for hours that hold all year, and for those that are not there yet. */
export const USUAL = 'usual'
export const NEW_PERIOD = 'new'

/** One name for the dates between which hours hold: 'usual', '2027-06-01_2027-08-31', '2027-06-01_'. */
export function periodKey(dates: { validFrom: Date | null; validUntil: Date | null }): string {
  const { validFrom, validUntil } = dates
  const iso = (date: Date | null): string => (date ? plainDateOf(date).toString() : '')
  return validFrom === null && validUntil === null ? USUAL : `${iso(validFrom)}_${iso(validUntil)}`
}

/** 'From 1 June 2027 until 31 August 2027'; 'Until 31 August 2027'; 'All year'. */
export function periodWords(dates: { validFrom: Date | null; validUntil: Date | null }): string {
  const words = (date: Date): string => longDate(plainDateOf(date)).replace(/^\S+ /, '')
  const { validFrom, validUntil } = dates
  if (validFrom && validUntil) return `From ${words(validFrom)} until ${words(validUntil)}`
  if (validFrom) return `From ${words(validFrom)} on`
  return validUntil ? `Until ${words(validUntil)}` : 'All year'
}

export interface Period<R extends DatedRule = DatedRule> {
  key: string
  words: string
  rules: R[]
  validFrom: Date | null
  validUntil: Date | null
}

/** Rules by the dates between which they hold, the usual ones first, then in order of their first day. */
export function periodsOf<R extends DatedRule>(rules: readonly R[]): Period<R>[] {
  const periods = new Map<string, Period<R>>()
  for (const rule of rules) {
    const { validFrom, validUntil } = rule
    const key = periodKey(rule)
    const found = periods.get(key) ?? { key, words: periodWords(rule), rules: [], validFrom, validUntil }
    found.rules.push(rule)
    periods.set(key, found)
  }
  const start = (period: Period<R>): number =>
    period.key === USUAL ? -Infinity : (period.validFrom?.getTime() ?? -1)
  return [...periods.values()].sort((a, b) => start(a) - start(b))
}

/** Whether these hours never hold again. */
export const isOver = (dates: { validUntil: Date | null }, today: Temporal.PlainDate): boolean =>
  dates.validUntil !== null && Temporal.PlainDate.compare(plainDateOf(dates.validUntil), today) < 0

/** The week in lines, and after it hours that hold for a time: 'From 1 June 2027 until 31 August 2027: Mondays …'. */
export function hoursWords(rules: readonly DatedRule[], today: Temporal.PlainDate): string[] {
  return periodsOf(rules)
    .filter((period) => !isOver(period, today))
    .flatMap((period) =>
      period.key === USUAL
        ? weekWords(period.rules)
        : [`${period.words}: ${weekWords(period.rules).join('; ')}`],
    )
}

/** 'Friday 25 December 2026: closed'. */
export function exceptionWords(exception: {
  day: Date
  closed: boolean
  fromMinute: number | null
  untilMinute: number | null
}): { day: string; words: string } {
  const day = longDate(plainDateOf(exception.day))
  if (exception.closed || exception.fromMinute === null || exception.untilMinute === null)
    return { day, words: 'Closed' }
  return { day, words: `Only ${rangeWords(exception.fromMinute, exception.untilMinute)}` }
}
