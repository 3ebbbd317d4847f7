/** Which visits a pause stops, and which come back after it. Pure. */
import { LONDON, type Temporal } from '#services/kernel/time.ts'
import { cancelsFree } from './quote.rules.ts'
import type { Terms } from './terms.schema.ts'

export interface PausableVisit {
  id: string
  startsAt: Temporal.Instant
  missedSaidAt: Date | null
}

const dayStart = (day: Temporal.PlainDate): Temporal.Instant => day.toZonedDateTime(LONDON).toInstant()
const atOrAfter = (a: Temporal.Instant, b: Temporal.Instant): boolean =>
  a.epochMilliseconds >= b.epochMilliseconds

/**
 * A pause stops the visits from `from` on that could also be cancelled free. A visit that is nearer than the terms allow
 * stands: it is cancelled by itself, at the terms' price, so that a pause is no way round them.
 */
export function stoppedBy<V extends PausableVisit>(
  visits: readonly V[],
  terms: Terms,
  from: Temporal.PlainDate,
  now: Temporal.Instant,
): { stopping: V[]; tooLate: V[] } {
  const ahead = visits.filter(
    (visit) =>
      atOrAfter(visit.startsAt, dayStart(from)) &&
      visit.startsAt.epochMilliseconds > now.epochMilliseconds &&
      visit.missedSaidAt === null,
  )
  const free = (visit: V): boolean => terms.cancelShareBps === 0 || cancelsFree(terms, visit.startsAt, now)
  return { stopping: ahead.filter(free), tooLate: ahead.filter((visit) => !free(visit)) }
}

/** From when visits can come back: the day that was chosen, but with the notice that the provider needs. */
export function backFrom(
  terms: Pick<Terms, 'noticeHours'>,
  from: Temporal.PlainDate,
  now: Temporal.Instant,
): Temporal.Instant {
  const chosen = dayStart(from)
  const soonest = now.add({ hours: terms.noticeHours })
  return atOrAfter(chosen, soonest) ? chosen : soonest
}

/** Paused visits that come back, and those that are over by then: these will not be. */
export function comingBack<V extends { startsAt: Temporal.Instant }>(
  paused: readonly V[],
  since: Temporal.Instant,
): { back: V[]; gone: V[] } {
  return {
    back: paused.filter((visit) => atOrAfter(visit.startsAt, since)),
    gone: paused.filter((visit) => !atOrAfter(visit.startsAt, since)),
  }
}
