import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import { sqlState } from '#services/db/errors.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { indexServices } from './index-services.server.ts'
import { type Press, RULES, mayPress } from './presses.rules.ts'
import { draftOf, holdServices, isWaiting } from './versions.server.ts'

const changed = (): DomainError =>
  new DomainError('STALE_STATE', 'This listing has changed in the meantime. Look at how it stands now.')

/**
 * Pauses, resumes or takes off a listing, says that it is still right, stops or starts taking new people, takes it back
 * from the checkers or drops a change. The search follows in the same transaction. Agreed bookings stand whatever is
 * pressed.
 * @throws DomainError NOT_FOUND for strangers; FORBIDDEN for workers; STALE_STATE; REFUSED_BY_RULE when a listing may not
 *   be public any more because a check it rests on is gone
 */
export async function pressListing(deps: Deps, actor: Actor, serviceId: string, press: Press): Promise<void> {
  const owner = await deps.db.prisma.service.findUnique({
    where: { id: serviceId },
    select: { providerId: true },
  })
  if (!owner) throw notFound()
  requireMember(actor, owner.providerId, 'edit_listing')
  const now = deps.clock.now()
  try {
    await deps.db.tx(async (tx) => {
      await holdServices(tx, [serviceId])
      const service = await tx.service.findUniqueOrThrow({
        where: { id: serviceId },
        select: { id: true, state: true, submittedAt: true },
      })
      if (!mayPress(press, service.state)) throw changed()
      const data = await effectOf(tx, now, press, service)
      const { to } = RULES[press]
      await tx.service.update({
        where: { id: serviceId },
        data: { ...(to ? { state: to } : {}), ...data },
        select: { id: true },
      })
      await recordAudit(tx, now, actor, {
        action: `service.${press}`,
        subjectType: 'service',
        subjectId: serviceId,
        forPersonId: null,
        facts: { from: service.state },
      })
      await indexServices(tx, now, [serviceId])
    })
  } catch (error) {
    if (['KP002', 'KP003'].includes(sqlState(error) ?? ''))
      throw new DomainError(
        'REFUSED_BY_RULE',
        'A check that this listing rests on no longer stands, so it may not be shown. Look at your checks.',
        {},
        { cause: error },
      )
    throw error
  }
}

async function effectOf(
  tx: Tx,
  now: Temporal.Instant,
  press: Press,
  service: { id: string; state: string; submittedAt: Date | null },
): Promise<Prisma.ServiceUncheckedUpdateInput> {
  switch (press) {
    case 'take_back':
      if (!isWaiting(service.submittedAt, await draftOf(tx, service.id))) throw changed()
      return { submittedAt: null, ...(service.state === 'submitted' ? { state: 'draft' as const } : {}) }
    case 'drop_changes': {
      const draft = await draftOf(tx, service.id)
      if (!draft || isWaiting(service.submittedAt, draft)) throw changed()
      await tx.serviceVersion.delete({ where: { id: draft.id }, select: { id: true } })
      return {}
    }
    case 'still_right':
      return { confirmedAt: toDate(now) }
    case 'stop_new':
      return { acceptsNew: false }
    case 'take_new':
      return { acceptsNew: true }
    case 'take_off':
      return { submittedAt: null }
    case 'pause':
    case 'resume':
      return {}
  }
}
