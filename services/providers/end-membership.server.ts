import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from './providers.policy.ts'
import { reindexProvider } from './reindex-provider.server.ts'

/**
 * Ends somebody's membership: from now on they see nothing of the organisation, and nothing new is put in their calendar.
 * Visits that are in it already stay there for the organisation to move or cancel.
 * @returns how many visits still lie ahead in their calendar
 * @throws DomainError NOT_FOUND for strangers and for members of others; FORBIDDEN for all but owners; REFUSED_BY_RULE for
 *   the last owner; STALE_STATE when it has ended already
 */
export async function endMembership(
  deps: Deps,
  actor: Actor,
  providerId: string,
  memberId: string,
): Promise<{ visitsAhead: number }> {
  requireMember(actor, providerId, 'manage_team')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    // Two owners who end each other at the same moment would leave nobody.
    await tx.$queryRaw`SELECT 1 FROM provider WHERE id = ${providerId}::uuid FOR UPDATE`
    const member = await tx.member.findFirst({
      where: { id: memberId, providerId },
      select: { id: true, role: true },
    })
    if (!member) throw notFound()
    if (member.role === 'owner') {
      const owners = await tx.member.count({ where: { providerId, role: 'owner', endedAt: null } })
      if (owners <= 1)
        throw new DomainError(
          'REFUSED_BY_RULE',
          'An organisation needs an owner. Add another one before you end this.',
        )
    }
    const ended = await tx.member.updateMany({
      where: { id: memberId, endedAt: null },
      data: { endedAt: toDate(now) },
    })
    if (ended.count !== 1) throw new DomainError('STALE_STATE', 'They have left your team already.')
    await tx.lane.updateMany({ where: { memberId }, data: { active: false } })
    const visitsAhead = await tx.visit.count({
      where: { lane: { memberId }, holdsLane: true, startsAt: { gt: toDate(now) } },
    })
    await recordAudit(tx, now, actor, {
      action: 'member.ended',
      subjectType: 'member',
      subjectId: memberId,
      forPersonId: null,
      facts: { providerId, role: member.role, visitsAhead },
    })
    await reindexProvider(tx, now, providerId)
    return { visitsAhead }
  })
}
