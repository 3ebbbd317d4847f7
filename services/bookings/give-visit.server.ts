import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { asDomainError } from '#services/db/errors.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireProvider } from './bookings.policy.ts'
import { freeLanes } from './lanes.server.ts'
import { INDEX_JOB } from './move.server.ts'
import { isBooked } from './provider-view.rules.ts'

/**
 * The provider gives a booked visit to somebody else of theirs who is free. The person is told. The same again changes
 * nothing.
 * @throws NOT_FOUND, FORBIDDEN; INVALID for somebody who is not free or not theirs; STALE_STATE when it is not booked
 */
export async function giveVisit(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { visitId: string; laneId: string },
): Promise<void> {
  const now = deps.clock.now()
  try {
    await deps.db.tx(async (tx) => {
      const visit = await tx.visit.findUnique({
        where: { id: input.visitId },
        include: { booking: { include: { provider: { select: { name: true } } } } },
      })
      if (!visit || visit.booking.state === 'draft') throw notFound()
      requireProvider(actor, visit.providerId, 'answer')
      if (visit.laneId === input.laneId) return
      const lane = ((await freeLanes(tx, visit.booking.serviceId, [visit.id])).get(visit.id) ?? []).find(
        ({ id }) => id === input.laneId,
      )
      if (!lane) {
        const sentence = 'Choose somebody who is free then, from the list.'
        throw new DomainError('INVALID', sentence, { fields: { laneId: [sentence] } })
      }
      const given = await tx.visit.updateMany({
        where: { id: visit.id, state: 'planned', holdsLane: true, pausedAt: null },
        data: { laneId: lane.id, updatedAt: toDate(now) },
      })
      if (given.count !== 1 || !isBooked(visit.booking.state))
        throw new DomainError('STALE_STATE', 'This visit is not booked any more. Nothing was changed.')
      await tell(tx, now, [
        {
          to: { personId: visit.personId },
          kind: 'visit.given',
          title: 'Somebody else comes',
          body: `${visit.booking.provider.name}, ${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. The time stays. If you would rather have somebody you know, ring them.`,
          path: `/my/visits/${visit.id}`,
          subjectId: visit.id,
        },
      ])
      await recordAudit(tx, now, actor, {
        action: 'visit.given',
        subjectType: 'visit',
        subjectId: visit.id,
        forPersonId: visit.personId,
      })
      const { serviceId } = visit.booking
      await addJob(tx, INDEX_JOB, { serviceIds: [serviceId] }, { key: `index:${serviceId}` })
    })
  } catch (error) {
    throw asDomainError(error)
  }
}
