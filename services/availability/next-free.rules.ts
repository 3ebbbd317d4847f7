import {
  type DayException,
  type LondonDays,
  type Span,
  type WeeklyRule,
  joinSpans,
  spansOf,
} from './hours.rules.ts'

const MINUTE = 60_000

/** What decides when a service could next come, already read. Times are milliseconds since the epoch. */
export interface FreeTimeFacts {
  rules: readonly WeeklyRule[]
  exceptions: readonly DayException[]
  minMinutes: number
  stepMinutes: number
  /** Kept free before and after each visit. */
  bufferMinutes: number
  noticeHours: number
  /** For each lane, the ranges that are taken, in order. */
  lanes: readonly (readonly Span[])[]
}

/** Starts of visits lie on this grid, counted from the opening of the hours. */
const roundUp = (moment: number, opening: number, step: number): number =>
  opening + Math.ceil(Math.max(0, moment - opening) / step) * step

/** First start from which [start − buffer, start + length + buffer) meets nothing taken; null when it no longer fits. */
function firstGap(
  open: Span,
  earliest: number,
  length: number,
  buffer: number,
  step: number,
  taken: readonly Span[],
) {
  let start = roundUp(earliest, open.from, step)
  for (const busy of taken) {
    if (start + length > open.until) return null
    if (busy.until <= start - buffer) continue
    if (busy.from >= start + length + buffer) break
    start = roundUp(busy.until + buffer, open.from, step)
  }
  return start + length <= open.until ? start : null
}

/**
 * The first moment, within `horizonDays` days from `days`' second day, at which the shortest visit could start:
 * inside open hours, after the notice that the provider needs, in a lane that nothing else takes up.
 * `days` must begin on the day before today in London, because a night that began yesterday may still be open.
 */
export function firstFree(
  facts: FreeTimeFacts,
  days: LondonDays,
  now: number,
  horizonDays: number,
): number | null {
  if (facts.rules.length === 0 && facts.exceptions.every((exception) => exception.closed)) return null
  if (facts.lanes.length === 0) return null
  const earliest = now + facts.noticeHours * 60 * MINUTE
  const [length, step, buffer] = [
    facts.minMinutes * MINUTE,
    Math.max(1, facts.stepMinutes) * MINUTE,
    facts.bufferMinutes * MINUTE,
  ]
  let spans: Span[] = []
  for (let index = 0; index <= horizonDays; index += 1) {
    // Hours of the next days are joined on, so that somebody who is there day and night is open without a seam.
    spans = joinSpans([...spans, ...spansOf(facts.rules, facts.exceptions, days, index)])
    const tomorrow = days.moment(index + 1, 0)
    for (const span of spans) {
      if (span.until < earliest + length) continue
      const starts = facts.lanes.map((taken) => firstGap(span, earliest, length, buffer, step, taken))
      const found = starts.reduce<number | null>(
        (best, start) => (start !== null && (best === null || start < best) ? start : best),
        null,
      )
      if (found !== null) return found
    }
    spans = spans.filter((span) => span.until >= tomorrow)
  }
  return null
}
