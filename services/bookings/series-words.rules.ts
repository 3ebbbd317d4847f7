import { pounds } from '#services/kernel/money.ts'
import { Temporal, clockTime, dayName, longDate } from '#services/kernel/time.ts'
import type { QuoteLine } from './quote.rules.ts'
import type { Recurrence } from './recurrence.rules.ts'

/** 'Wednesdays, 9am to 10am, from 2 December 2026 to 6 January 2027', or the one date and time. */
export function seriesWords(rule: Recurrence): string {
  const first = Temporal.PlainDate.from(rule.firstDate)
  const start = first.toPlainDateTime(Temporal.PlainTime.from(rule.time))
  const end = start.add({ minutes: rule.minutes })
  const overnight = end.toPlainDate().equals(first)
    ? ''
    : rule.minutes >= 2880
      ? ` on ${longDate(end.toPlainDate())}`
      : ' the next morning'
  const hours = `${clockTime(start.toPlainTime())} to ${clockTime(end.toPlainTime())}${overnight}`
  if (rule.visits === 1) return `${longDate(first)}, ${hours}`
  const last = first.add({ weeks: rule.visits - 1 })
  const plain = (date: Temporal.PlainDate): string => longDate(date).replace(/^\S+ /, '')
  return `${dayName(first.dayOfWeek)}s, ${hours}, from ${plain(first)} to ${plain(last)}`
}

/** The same line of several visits as one: '6 visits: 1 hour' at £25.00 each. In the order in which lines first come. */
export function groupedLines(
  visits: readonly (readonly QuoteLine[])[],
): { label: string; note: string | null; pence: number }[] {
  const groups = new Map<string, { label: string; each: number; times: number }>()
  for (const lines of visits)
    for (const line of lines) {
      const key = `${line.kind}|${line.label}|${String(line.pence)}`
      const group = groups.get(key) ?? { label: line.label, each: line.pence, times: 0 }
      group.times += 1
      groups.set(key, group)
    }
  return [...groups.values()].map(({ label, each, times }) => ({
    label: times === 1 ? label : `${label}, ${String(times)} times`,
    note: times === 1 ? null : `${pounds(each)} each`,
    pence: each * times,
  }))
}
