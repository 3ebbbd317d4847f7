import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireProvider } from './bookings.policy.ts'
import { cancelFee } from './cancel-fee.rules.ts'
import { SETTLE_JOB } from './confirm-visits.server.ts'
import { INDEX_JOB, moveVisits, releaseVisits } from './move.server.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * The person cancels one visit. Outside the window it is free and the money comes back; inside it the terms' share is owed.
 * @param input.expectedFee what the page said it would cost, in pence; another sum by now is refused, nothing changed
 */
export async function cancelVisit(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; personId: string; expectedFee: number },
): Promise<void> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const visit = await tx.visit.findFirst({
      where: { id: input.visitId, personId: input.personId },
      include: { booking: true },
    })
    if (!visit) throw notFound()
    const terms = termsSchema.parse(visit.booking.terms)
    const starts = fromDate(visit.startsAt)
    const fee = cancelFee(
      terms,
      {
        startsAt: starts,
        quotedPence: visit.quotedPence,
        bookingState: visit.booking.state,
        paused: visit.pausedAt !== null,
      },
      now,
    )
    if (fee !== input.expectedFee)
      throw new DomainError(
        'STALE_STATE',
        'What it costs to cancel has changed since you opened the page. Look again before you cancel.',
      )
    if (fee === 0) {
      await moveVisits(tx, now, 'cancel_free', [visit.id], { holdsLane: false })
      await releaseVisits(tx, now, actor, `cancel:${visit.id}`, visit.bookingId, [visit.id])
    } else {
      await moveVisits(tx, now, 'cancel_late', [visit.id], {
        holdsLane: false,
        outcome: 'late_cancellation',
        finalPence: fee,
        confirmedAt: toDate(now),
        confirmedById: actor.kind === 'user' ? actor.userId : null,
      })
      await addJob(tx, SETTLE_JOB, { visitIds: [visit.id] })
    }
    await tell(tx, now, [
      {
        to: { providerId: visit.providerId },
        kind: 'visit.cancelled',
        title: 'A visit was cancelled',
        body: `${visitTime(starts, fromDate(visit.endsAt))}. ${fee === 0 ? 'Nothing is owed for it.' : 'By your terms a part of the price is owed.'}`,
        path: `/provider/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.cancelled',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
      facts: { fee },
    })
    await addJob(
      tx,
      INDEX_JOB,
      { serviceIds: [visit.booking.serviceId] },
      { key: `index:${visit.booking.serviceId}` },
    )
  })
}

/** The provider cancels one visit: always free for the person, who is told at once and why. */
export async function cancelVisitByProvider(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; reason: string },
): Promise<void> {
  const reason = input.reason.trim()
  if (reason === '' || reason.length > 500) {
    const sentence =
      reason === ''
        ? 'Say why you cannot come. The person reads it.'
        : 'Make the reason shorter: 500 letters at most.'
    throw new DomainError('INVALID', sentence, { fields: { reason: [sentence] } })
  }
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const visit = await tx.visit.findUnique({
      where: { id: input.visitId },
      include: { booking: { include: { provider: { select: { name: true } } } } },
    })
    if (!visit) throw notFound()
    requireProvider(actor, visit.providerId, 'cancel')
    if (!['accepted', 'paused', 'ended'].includes(visit.booking.state))
      throw new DomainError('STALE_STATE', 'This visit is not booked. Answer the request instead.')
    await moveVisits(tx, now, 'cancel_free', [visit.id], { holdsLane: false, reason })
    await releaseVisits(tx, now, actor, `cancel:${visit.id}`, visit.bookingId, [visit.id])
    await tell(tx, now, [
      {
        to: { personId: visit.personId },
        kind: 'visit.cancelled_by_provider',
        title: `${visit.booking.provider.name} cannot come`,
        body: `${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. The money set aside is back in your funds.`,
        path: `/my/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.cancelled_by_provider',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
    })
    await addJob(
      tx,
      INDEX_JOB,
      { serviceIds: [visit.booking.serviceId] },
      { key: `index:${visit.booking.serviceId}` },
    )
  })
}
