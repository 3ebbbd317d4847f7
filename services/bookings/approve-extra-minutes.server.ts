import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { type Temporal, fromDate } from '#services/kernel/time.ts'
import { finalQuote } from './quote.rules.ts'
import { deliverByRecord } from './record-visits.server.ts'
import { termsSchema } from './terms.schema.ts'

/**
 * The council, where it is the customer, pays for more minutes than were booked: the visit counts as delivered with them, and
 * costs what its terms say of them (rounded half up to the penny, once). The person still has 7 days to say that it
 * was different. Part of the caller's transaction.
 *
 * @returns what it costs with them
 * @throws NOT_FOUND for all but finance of the person's council; INVALID for no more than was booked; STALE_STATE once it was
 *   confirmed or ended otherwise
 */
export async function approveExtraMinutes(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  input: { visitId: string; minutes: number },
): Promise<Pence> {
  const visit = await tx.visit.findUnique({
    where: { id: input.visitId },
    select: {
      id: true,
      startsAt: true,
      minutes: true,
      booking: {
        select: { terms: true, person: { select: { council: { select: { id: true, name: true } } } } },
      },
    },
  })
  if (!visit) throw notFound()
  const { council } = visit.booking.person
  requireStaffOf(actor, 'money.work', council.id)
  if (!Number.isInteger(input.minutes) || input.minutes <= visit.minutes || input.minutes > 1440)
    throw new DomainError('INVALID', 'Only minutes above what was booked need to be approved.')
  await deliverByRecord(tx, now, actor, council.name, [
    { visitId: visit.id, minutes: input.minutes, approved: true },
  ])
  const terms = termsSchema.parse(visit.booking.terms)
  return pence(finalQuote(terms, fromDate(visit.startsAt), visit.minutes, input.minutes, true).total)
}
