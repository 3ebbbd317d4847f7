/** Visits that were delivered, said yes to and settled: what is owed begins here. */
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { londonInstant } from '#services/kernel/time.ts'
import type { TestHouse } from '#tests/support/house.ts'
import { type BookingWorld, ask, onlyVisit } from './bookings.ts'

/**
 * One visit a date, at nine, an hour long unless told otherwise, settled but not paid; the clock stands at the end of the last.
 * @param minutes what was delivered
 */
export async function settledVisits(
  house: TestHouse,
  w: BookingWorld,
  dates: readonly string[],
  { expectedPence = 2750, minutes = 60 }: { expectedPence?: number; minutes?: number } = {},
): Promise<string[]> {
  const booked: { date: string; visitId: string }[] = []
  for (const date of dates) {
    const bookingId = await ask(w, date, expectedPence)
    await acceptRequest(w.deps, w.provider.owner, { bookingId })
    booked.push({ date, visitId: await onlyVisit(w, bookingId) })
  }
  for (const { date, visitId } of booked) {
    house.clock.set(londonInstant(date, '11:00'))
    await deliverVisit(w.deps, w.provider.owner, { visitId, minutes, note: '' })
    await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
  }
  const visitIds = booked.map(({ visitId }) => visitId)
  await settleVisits(w.deps, visitIds)
  return visitIds
}
