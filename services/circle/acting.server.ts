import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { heldBy, live } from './live.ts'

/**
 * From now on this session acts for the person of that authority. Whether it still counts is asked again at every
 * request (accounts/read-actor), so that ending it stops new acts at once.
 * @returns how the person is called
 * @throws SIGN_IN; NOT_FOUND for an authority that is not theirs or does not count now
 */
export async function startActing(deps: Deps, actor: Actor, input: { authorityId: string }): Promise<string> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (!isId(input.authorityId)) throw notFound()
  return deps.db.tx(async (tx) => {
    const authority = await tx.authority.findFirst({
      where: { id: input.authorityId, AND: [live(deps.clock.now()), heldBy(actor.userId)] },
      select: { id: true, personId: true, person: { select: { shortName: true } } },
    })
    if (!authority) throw notFound()
    await tx.session.updateMany({ where: { id: actor.sessionId }, data: { actingAuthorityId: authority.id } })
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'acting.started',
      subjectType: 'authority',
      subjectId: authority.id,
      forPersonId: authority.personId,
    })
    return authority.person.shortName
  })
}

/** Back to one's own pages. Harmless when nobody was acted for. */
export async function stopActing(deps: Deps, actor: Actor): Promise<void> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  await deps.db.tx(async (tx) => {
    await tx.session.updateMany({ where: { id: actor.sessionId }, data: { actingAuthorityId: null } })
    if (!actor.actingFor) return
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'acting.stopped',
      subjectType: 'authority',
      subjectId: actor.actingFor.authorityId,
    })
  })
}
