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
