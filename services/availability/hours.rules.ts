import { londonDay } from '#services/kernel/london.ts'
import { LONDON, Temporal } from '#services/kernel/time.ts'

/** Weekly hours in London wall time. `untilMinute` above 1440 runs past midnight: 22:00 to 07:00 is 1320 to 1860. */
export interface WeeklyRule {
  /** ISO weekday of the day on which the hours begin, 1 Monday to 7 Sunday. */
  weekday: number
  fromMinute: number
  untilMinute: number
  /** First and last day on which the rule holds, 'YYYY-MM-DD'; null for no limit. */
  validFrom: string | null
  validUntil: string | null
}

/** A day that differs. All exceptions of a day together replace the weekly hours that begin on it. */
export interface DayException {
  day: string
  closed: boolean
  fromMinute: number | null
  untilMinute: number | null
}

export interface OpenRange {
  from: Temporal.Instant
  until: Temporal.Instant
}

/** Milliseconds since the epoch; half-open. The set-based reader works on these, because instants cost too much there. */
export interface Span {
  from: number
  until: number
}

export const DAY_MINUTES = 1440
const MINUTE = 60_000

/**
 * The moment at which a wall clock in London that stood at midnight of `day` has reached `minute`.
 * A time that the clocks skip is the moment of the change; a time that comes twice is its first coming.
 * So hours never overlap, never run backwards, and a range inside the skipped hour is empty.
 */
export function momentOf(day: Temporal.PlainDate, minute: number): number {
  const wall = day
    .add({ days: Math.floor(minute / DAY_MINUTES) })
    .toPlainDateTime({ hour: Math.floor((minute % DAY_MINUTES) / 60), minute: minute % 60 })
  const earlier = wall.toZonedDateTime(LONDON, { disambiguation: 'earlier' })
  if (earlier.toPlainDateTime().equals(wall)) return earlier.epochMilliseconds
  return earlier.getTimeZoneTransition('next')?.epochMilliseconds ?? earlier.epochMilliseconds
}

/** What the calendar of London looks like; kept by whoever reads many services for the same days. */
export interface LondonDays {
  day(index: number): Temporal.PlainDate
  iso(index: number): string
  weekday(index: number): number
  moment(index: number, minute: number): number
}

/** Days counted from `first`; each is worked out once. */
export function londonDays(first: Temporal.PlainDate): LondonDays {
  const known = new Map<number, { day: Temporal.PlainDate; iso: string; midnight: number; plain: boolean }>()
  const at = (index: number) => {
    const found = known.get(index)
    if (found) return found
    const day = first.add({ days: index })
    const midnight = momentOf(day, 0)
    // No clock change before the end of the next day: minutes can simply be added.
    const plain = momentOf(day, 2 * DAY_MINUTES) - midnight === 2 * DAY_MINUTES * MINUTE
    const made = { day, iso: day.toString(), midnight, plain }
    known.set(index, made)
    return made
  }
  return {
    day: (index) => at(index).day,
    iso: (index) => at(index).iso,
    weekday: (index) => at(index).day.dayOfWeek,
    moment(index, minute) {
      const { day, midnight, plain } = at(index)
      return plain ? midnight + minute * MINUTE : momentOf(day, minute)
    },
  }
}

const MOST_CALENDARS = 400
const calendars = new Map<number, LondonDays>()
const EPOCH = new Temporal.PlainDate(1970, 1, 1)

/**
 * The same calendar for the same first day: London's days never change, and working them out is what costs.
 * @param first days since 1 January 1970
 */
function calendarFrom(first: number): LondonDays {
  const known = calendars.get(first)
  if (known) return known
  if (calendars.size >= MOST_CALENDARS) calendars.clear()
  const made = londonDays(EPOCH.add({ days: first }))
  calendars.set(first, made)
  return made
}

const hasDates = (rule: WeeklyRule): boolean => rule.validFrom !== null || rule.validUntil !== null
const holdsOn = (rule: WeeklyRule, iso: string): boolean =>
  (rule.validFrom === null || rule.validFrom <= iso) && (rule.validUntil === null || rule.validUntil >= iso)

/**
 * Spans that begin on the day with this index, in order, joined where they touch or overlap. While hours with dates hold,
 * the usual ones do not: summer hours replace the others, they do not add to them.
 */
export function spansOf(
  rules: readonly WeeklyRule[],
  exceptions: readonly DayException[],
  days: LondonDays,
  index: number,
): Span[] {
  const iso = days.iso(index)
  const ofDay = exceptions.filter((exception) => exception.day === iso)
  const season = rules.some((rule) => hasDates(rule) && holdsOn(rule, iso))
  const hours =
    ofDay.length > 0
      ? ofDay.some((exception) => exception.closed)
        ? []
        : ofDay
      : rules.filter(
          (rule) => rule.weekday === days.weekday(index) && hasDates(rule) === season && holdsOn(rule, iso),
        )
  const spans: Span[] = []
  for (const { fromMinute, untilMinute } of hours) {
    if (fromMinute === null || untilMinute === null) continue
    const span = { from: days.moment(index, fromMinute), until: days.moment(index, untilMinute) }
    if (span.until > span.from) spans.push(span)
  }
  return joinSpans(spans)
}

/** Sorted; spans that touch or overlap become one. */
export function joinSpans(spans: readonly Span[]): Span[] {
  const sorted = [...spans].sort((a, b) => a.from - b.from)
  const joined: Span[] = []
  for (const span of sorted) {
    const last = joined.at(-1)
    if (last && span.from <= last.until) last.until = Math.max(last.until, span.until)
    else joined.push({ ...span })
  }
  return joined
}

/**
 * When a service is open, for hours that begin on `day` (London). A night shift belongs to the day on which it
 * begins and runs into the next; closing a day does not cut the night that began the day before.
 * Ranges are in order, never touch and are never empty.
 */
export function openRanges(
  rules: readonly WeeklyRule[],
  exceptions: readonly DayException[],
  day: Temporal.PlainDate,
): OpenRange[] {
  return spansOf(rules, exceptions, calendarFrom(EPOCH.until(day, { largestUnit: 'days' }).days), 0).map(
    ({ from, until }) => ({
      from: Temporal.Instant.fromEpochMilliseconds(from),
      until: Temporal.Instant.fromEpochMilliseconds(until),
    }),
  )
}

/** Whether the whole of `startsAt` to `endsAt` lies in open hours; hours of neighbouring days that touch count as one. */
export function isOffered(
  rules: readonly WeeklyRule[],
  exceptions: readonly DayException[],
  startsAt: Temporal.Instant,
  endsAt: Temporal.Instant,
): boolean {
  const from = startsAt.epochMilliseconds
  const until = endsAt.epochMilliseconds
  if (until <= from) return false
  const first = londonDay(from) - 1
  const days = calendarFrom(first)
  const count = londonDay(until) - first + 1
  const spans: Span[] = []
  for (let index = 0; index < count; index += 1) spans.push(...spansOf(rules, exceptions, days, index))
  return joinSpans(spans).some((span) => span.from <= from && span.until >= until)
}
