import { type Pence, pence, share } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { cancelsFree } from './quote.rules.ts'
import type { Terms } from './terms.schema.ts'

/** What it costs a person to cancel a visit now: nothing before it is booked, while it is paused or outside the window, else the terms' share. */
export function cancelFee(
  terms: Terms,
  visit: { startsAt: Temporal.Instant; quotedPence: number; bookingState: string; paused: boolean },
  now: Temporal.Instant,
): Pence {
  const accepted = ['accepted', 'paused', 'ended'].includes(visit.bookingState)
  if (!accepted || visit.paused || cancelsFree(terms, visit.startsAt, now)) return pence(0)
  return share(pence(visit.quotedPence), terms.cancelShareBps)
}
