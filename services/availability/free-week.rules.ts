import { type LondonDays, type Span, joinSpans, spansOf } from './hours.rules.ts'
import type { FreeTimeFacts } from './next-free.rules.ts'

/** How many weeks ahead is looked, this one included. */
export const FREE_WEEKS = 8
/** Of an hour that is not free every week from any of them on. */
export const NEVER = 15
const HOURS = 24
const MINUTE = 60_000

/**
 * The hours of a week, Monday's first hour first (168 of them): from which of the next eight weeks on each is free in every week, 0 being
 * this one; 15 when it never is. Free is an hour that lies in open hours, after the notice that the provider needs, with a lane that has
 * nothing in it and room for what is kept free around a visit.
 * `days` must begin on the Sunday before this week's Monday in London, because a night that began then may still be open.
 * @param now milliseconds since the epoch
 */
export function freeWeek(facts: FreeTimeFacts, days: LondonDays, now: number): Uint8Array {
  const from = new Uint8Array(7 * HOURS).fill(NEVER)
  if (facts.lanes.length === 0) return from
  // A day that is closed once, at Christmas, does not end what is free every week.
  const once = facts.exceptions.filter(({ closed }) => !closed)
  const earliest = now + facts.noticeHours * 60 * MINUTE
  const buffer = facts.bufferMinutes * MINUTE
  const lanes = facts.lanes.filter((taken) => taken.length > 0)
  // A lane that nothing is in is free whenever it is open.
  const always = lanes.length < facts.lanes.length
  const free = (start: number, end: number): boolean =>
    start >= earliest &&
    (always ||
      lanes.some((taken) => taken.every((busy) => busy.until <= start - buffer || busy.from >= end + buffer)))
  for (let week = FREE_WEEKS - 1; week >= 0; week -= 1) {
    const monday = 1 + 7 * week
    const open = joinSpans(
      Array.from({ length: 8 }, (_, day) => spansOf(facts.rules, once, days, monday - 1 + day)).flat(),
    )
    for (let day = 0; day < 7; day += 1)
      for (let hour = 0; hour < HOURS; hour += 1) {
        const at = day * HOURS + hour
        // Broken in a later week: it is not free every week from here on.
        if (week < FREE_WEEKS - 1 && from[at] !== week + 1) continue
        const start = days.moment(monday + day, hour * 60)
        const end = days.moment(monday + day, (hour + 1) * 60)
        if (isOpen(open, start, end) && free(start, end)) from[at] = week
      }
  }
  return from
}

const isOpen = (open: readonly Span[], start: number, end: number): boolean =>
  open.some((span) => span.from <= start && end <= span.until)
