import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireProvider } from '#services/bookings/bookings.policy.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { fromDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { ReviewInput } from './review.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
export const EDIT_DAYS = 14
/** Standing support is asked about at most this often. */
export const AGAIN_AFTER_DAYS = 90

/**
 * The person, or a supporter who may review, says how a visit went: five scores and words. Only after the visit was
 * confirmed; changeable for 14 days; for one service at most once a quarter.
 *
 * @throws NOT_FOUND for a visit that is not theirs, FORBIDDEN without the scope `review`, STALE_STATE before it is confirmed,
 *   after 14 days, or within a quarter of the last one
 */
export async function writeReview(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; review: ReviewInput },
): Promise<void> {
  const { personId, comment, ...scores } = input.review
  requireScope(actor, personId, 'review')
  const now = deps.clock.now()
  const trace = traceOf(actor)
  await deps.db.tx(async (tx) => {
    const visit = await tx.visit.findFirst({
      where: { id: input.visitId, personId },
      include: { booking: true, review: true },
    })
    if (!visit) throw notFound()
    if (visit.review) {
      if (fromDate(visit.review.createdAt).until(now).total('hours') > EDIT_DAYS * 24)
        throw new DomainError(
          'STALE_STATE',
          'What you wrote can be changed for 14 days. That time has passed.',
        )
      await tx.review.update({
        where: { id: visit.review.id },
        data: { ...scores, comment, editedAt: toDate(now) },
        select: { id: true },
      })
    } else {
      if (
        !['confirmed', 'settled'].includes(visit.state) ||
        !['attended', 'amended'].includes(visit.outcome ?? '')
      )
        throw new DomainError(
          'STALE_STATE',
          'You can say how it went once the visit has been and you have said yes to it.',
        )
      const recent = await tx.review.findFirst({
        where: {
          personId,
          serviceId: visit.booking.serviceId,
          createdAt: { gt: toDate(now.subtract({ hours: AGAIN_AFTER_DAYS * 24 })) },
        },
        select: { id: true },
      })
      if (recent)
        throw new DomainError(
          'STALE_STATE',
          'You have said how this support goes within the last three months. We ask again after that.',
        )
      await tx.review.create({
        data: {
          id: newId(),
          visitId: visit.id,
          serviceId: visit.booking.serviceId,
          providerId: visit.providerId,
          personId,
          ...scores,
          comment,
          writtenById: trace.actorUserId,
          authorityId: trace.authorityId,
          createdAt: toDate(now),
        },
        select: { id: true },
      })
      await tell(tx, now, [
        {
          to: { providerId: visit.providerId },
          kind: 'review.written',
          title: 'Somebody said how it went',
          body: 'You can reply once.',
          path: '/provider/reviews',
          subjectId: visit.booking.serviceId,
        },
      ])
    }
    await recordAudit(tx, now, actor, {
      action: 'review.written',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: personId,
    })
    await addJob(
      tx,
      'index_services',
      { serviceIds: [visit.booking.serviceId] },
      { key: `index:${visit.booking.serviceId}` },
    )
  })
}

/** The provider's one reply. @throws STALE_STATE when there is one already */
export async function replyToReview(
  deps: Needs,
  actor: Actor,
  input: { reviewId: string; reply: string },
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const review = await tx.review.findUnique({
      where: { id: input.reviewId },
      select: { id: true, providerId: true, personId: true, visitId: true },
    })
    if (!review) throw notFound()
    requireProvider(actor, review.providerId, 'reply')
    const moved = await tx.review.updateMany({
      where: { id: review.id, reply: null },
      data: { reply: input.reply, repliedAt: toDate(now) },
    })
    if (moved.count !== 1)
      throw new DomainError('STALE_STATE', 'There is a reply to this already. Each has one reply.')
    await tell(tx, now, [
      {
        to: { personId: review.personId },
        kind: 'review.replied',
        title: 'They replied to what you wrote',
        body: 'You can read it on the page of the visit.',
        path: `/my/visits/${review.visitId}`,
        subjectId: review.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'review.replied',
      subjectType: 'review',
      subjectId: review.id,
      forPersonId: null,
    })
  })
}
