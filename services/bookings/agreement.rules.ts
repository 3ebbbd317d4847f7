/** Two sides say how long a disputed visit was; when their words meet, it is agreed. Pure. */
import type { Outcome } from './visit-standing.rules.ts'

export type Side = 'person' | 'provider'

export interface DisputedVisit {
  outcome: Outcome | null
  /** Booked. */
  minutes: number
  /** What the provider said at first; 0 when nobody answered the door. */
  actualMinutes: number | null
  offeredMinutes: number | null
  offeredBy: string | null
}

/** Nobody can agree to more than was booked or said: more than the quote needs the person's own approval. */
export const mostMinutes = (visit: DisputedVisit): number => Math.max(visit.minutes, visit.actualMinutes ?? 0)

/** What the other side last said, if it is their turn no longer. */
export const offerFrom = (visit: DisputedVisit, side: Side): number | null =>
  visit.offeredBy === side ? visit.offeredMinutes : null

/**
 * Whether these minutes settle it. The same word as the other side's always does. A provider who asks for less than they
 * said, than the person says, or for nothing, needs no answer; everything else waits for one.
 */
export function isAgreed(visit: DisputedVisit, by: Side, minutes: number): boolean {
  const said = visit.outcome === 'no_answer' ? null : (visit.actualMinutes ?? visit.minutes)
  if (by === 'person') return minutes === offerFrom(visit, 'provider') || minutes === said
  const most = Math.max(offerFrom(visit, 'person') ?? 0, said ?? 0)
  return minutes <= most
}
