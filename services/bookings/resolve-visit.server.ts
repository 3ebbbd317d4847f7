import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireProvider } from './bookings.policy.ts'
import { moveVisits, releaseVisits } from './move.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** A provider has this long to say that somebody did come. */
export const MISSED_HOURS = 48

/** The person says that nobody came. The provider agrees, or 48 hours pass; then the money comes back. */
export async function sayNobodyCame(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; personId: string },
): Promise<void> {
  requireScope(actor, input.personId, 'confirm_hours')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const moved = await tx.visit.updateMany({
      where: {
        id: input.visitId,
        personId: input.personId,
        state: 'planned',
        missedSaidAt: null,
        pausedAt: null,
        startsAt: { lte: toDate(now) },
        booking: { state: { in: ['accepted', 'paused', 'ended'] } },
      },
      data: { missedSaidAt: toDate(now) },
    })
    const visit = await tx.visit.findFirst({ where: { id: input.visitId, personId: input.personId } })
    if (!visit) throw notFound()
    if (moved.count === 0) {
      if (visit.missedSaidAt) return
      throw new DomainError(
        'STALE_STATE',
        'This can be said once the visit should have begun, and before they say how it went.',
      )
    }
    await tell(tx, now, [
      {
        to: { providerId: visit.providerId },
        kind: 'visit.missed_said',
        title: 'Somebody is waiting: nobody has come',
        body: `${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. Ring them now. If somebody did come, say so within 48 hours.`,
        path: `/provider/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.missed_said',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
    })
  })
}

/** The provider agrees that nobody came. */
export async function agreeMissed(deps: Needs, actor: Actor, visitId: string): Promise<void> {
  const visit = await deps.db.prisma.visit.findUnique({
    where: { id: visitId },
    select: { id: true, providerId: true },
  })
  if (!visit) throw notFound()
  requireProvider(actor, visit.providerId, 'deliver')
  await endMissed(deps, actor, [visit.id])
}

/** Job: 48 hours without a word from the provider. */
export async function endMissedVisits(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const late = await deps.db.prisma.visit.findMany({
    where: { state: 'planned', missedSaidAt: { lte: toDate(now.subtract({ hours: MISSED_HOURS })) } },
    select: { id: true },
    take: 100,
  })
  for (const visit of late) await endMissed(deps, system('end_missed_visits'), [visit.id])
  return late.length
}

async function endMissed(deps: Needs, actor: Actor, visitIds: readonly string[]): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const visits = await tx.visit.findMany({
      where: { id: { in: [...visitIds] }, missedSaidAt: { not: null } },
    })
    if (visits.length !== visitIds.length)
      throw new DomainError('STALE_STATE', 'Nobody has said that this visit was missed.')
    for (const visit of visits) {
      await moveVisits(tx, now, 'missed', [visit.id], { holdsLane: false })
      await releaseVisits(tx, now, actor, `missed:${visit.id}`, visit.bookingId, [visit.id])
      const when = visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))
      await tell(tx, now, [
        {
          to: { personId: visit.personId },
          kind: 'visit.missed',
          title: 'Nobody came: your money is back',
          body: `${when}. What was set aside is in your funds again.`,
          path: `/my/visits/${visit.id}`,
          subjectId: visit.id,
        },
        {
          to: { providerId: visit.providerId },
          kind: 'visit.missed',
          title: 'A visit counts as missed',
          body: `${when}. Nothing is owed for it.`,
          path: `/provider/visits/${visit.id}`,
          subjectId: visit.id,
        },
      ])
      await recordAudit(tx, now, actor, {
        action: 'visit.missed',
        subjectType: 'visit',
        subjectId: visit.id,
        forPersonId: visit.personId,
      })
    }
  })
}
