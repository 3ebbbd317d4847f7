import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pence, share } from '#services/kernel/money.ts'
import { duration, fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireProvider } from './bookings.policy.ts'
import { moveVisits } from './move.server.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** Everything a provider's press on a visit needs. @throws NOT_FOUND to strangers, STALE_STATE before it was accepted */
async function ownVisit(deps: Needs, actor: Actor, visitId: string) {
  const visit = await deps.db.prisma.visit.findUnique({
    where: { id: visitId },
    include: { booking: { include: { provider: { select: { name: true } } } } },
  })
  if (!visit || visit.booking.state === 'draft') throw notFound()
  requireProvider(actor, visit.providerId, 'deliver')
  if (!['accepted', 'paused', 'ended'].includes(visit.booking.state))
    throw new DomainError('STALE_STATE', 'This visit is not booked, so nothing can be said about it.')
  return visit
}

/** The provider says the visit has begun. @throws STALE_STATE more than an hour before its time */
export async function startVisit(deps: Needs, actor: Actor, visitId: string): Promise<void> {
  const visit = await ownVisit(deps, actor, visitId)
  const now = deps.clock.now()
  if (now.until(fromDate(visit.startsAt)).total('minutes') > 60)
    throw new DomainError('STALE_STATE', 'It is more than an hour before this visit. Say so when it begins.')
  await deps.db.tx(async (tx) => {
    await moveVisits(tx, now, 'start', [visit.id])
    await recordAudit(tx, now, actor, {
      action: 'visit.started',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
    })
  })
}

/**
 * The provider says the visit was made, and how long it took. The person is asked to say yes.
 * @param input.minutes whole minutes, 1 to 1,440
 * @throws INVALID for other minutes, STALE_STATE before its start
 */
export async function deliverVisit(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; minutes: number; note: string },
): Promise<void> {
  if (!Number.isInteger(input.minutes) || input.minutes < 1 || input.minutes > 1440) {
    const sentence =
      'Enter how many minutes you were there, from 1 to 1,440. If nobody answered the door, say that instead.'
    throw new DomainError('INVALID', sentence, { fields: { minutes: [sentence] } })
  }
  const visit = await ownVisit(deps, actor, input.visitId)
  const now = deps.clock.now()
  if (now.epochMilliseconds < visit.startsAt.getTime())
    throw new DomainError(
      'STALE_STATE',
      'This visit has not begun yet. Say that it was made when it is over.',
    )
  await deps.db.tx(async (tx) => {
    await moveVisits(tx, now, 'deliver', [visit.id], {
      actualMinutes: input.minutes,
      deliveredAt: toDate(now),
      providerNote: input.note.trim().slice(0, 500),
    })
    await tell(tx, now, [
      {
        to: { personId: visit.personId },
        kind: 'visit.delivered',
        title: `Did ${visit.booking.provider.name} come?`,
        body: `They say they came on ${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))} and stayed ${duration(input.minutes)}. Please say yes, or what was different. After 7 days we take it as a yes.`,
        path: `/my/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.delivered',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
      facts: { minutes: input.minutes },
    })
  })
}

/** Nobody answered the door: by the terms a share is owed, and the person may say it was different for 7 days. */
export async function noAnswer(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; note: string },
): Promise<void> {
  const visit = await ownVisit(deps, actor, input.visitId)
  const now = deps.clock.now()
  if (now.epochMilliseconds < visit.startsAt.getTime())
    throw new DomainError('STALE_STATE', 'This visit has not begun yet.')
  const terms = termsSchema.parse(visit.booking.terms)
  const owed = share(pence(visit.quotedPence), terms.noAnswerShareBps)
  await deps.db.tx(async (tx) => {
    await moveVisits(tx, now, 'no_answer', [visit.id], {
      outcome: 'no_answer',
      finalPence: owed,
      actualMinutes: 0,
      confirmedAt: toDate(now),
      providerNote: input.note.trim().slice(0, 500),
    })
    // Settled by the clock after the 7 days in which the person may say that it was different.
    await tell(tx, now, [
      {
        to: { personId: visit.personId },
        kind: 'visit.no_answer',
        title: `${visit.booking.provider.name} say nobody answered the door`,
        body: `${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. If that is not right, tell us within 7 days.`,
        path: `/my/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.no_answer',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
      facts: { owed },
    })
  })
}
