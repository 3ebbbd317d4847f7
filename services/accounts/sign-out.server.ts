import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { recordAudit } from './record-audit.server.ts'

/** Ends the session that asks. Signed out already is as good. */
export async function signOut(deps: Deps, actor: Actor): Promise<void> {
  if (actor.kind !== 'user') return
  await deps.db.tx(async (tx) => {
    await tx.session.deleteMany({ where: { id: actor.sessionId } })
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'session.ended',
      subjectType: 'user',
      subjectId: actor.userId,
    })
  })
}

/**
 * Ends one session of the actor's own, such as that of a lost telephone; or all of them but this one.
 * @throws SIGN_IN; NOT_FOUND for somebody else's
 */
export async function endSessions(
  deps: Deps,
  actor: Actor,
  which: { sessionId: string } | 'others' | 'all',
): Promise<number> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  return deps.db.tx(async (tx) => {
    const { count } = await tx.session.deleteMany({
      where: {
        userId: actor.userId,
        ...(which === 'all' ? {} : { id: which === 'others' ? { not: actor.sessionId } : which.sessionId }),
      },
    })
    if (typeof which === 'object' && count === 0) throw notFound()
    await recordAudit(tx, deps.clock.now(), actor, {
      action: 'session.ended',
      subjectType: 'user',
      subjectId: actor.userId,
      facts: { ended: count, which: typeof which === 'object' ? 'one' : which },
    })
    return count
  })
}
