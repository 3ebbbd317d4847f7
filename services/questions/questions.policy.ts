import { requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/** @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for a supporter without `message` */
export const requireAsk = (actor: Actor, personId: string): void => requireScope(actor, personId, 'message')

/**
 * Organisations for which the actor answers: owners and coordinators. A worker, and everybody else, is not told that there is
 * such a thing.
 * @throws SIGN_IN; NOT_FOUND
 */
export function answersFor(actor: Actor): string[] {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const offices =
    actor.kind === 'user'
      ? actor.providers.filter(({ role }) => role !== 'worker').map(({ providerId }) => providerId)
      : []
  if (offices.length === 0) throw notFound()
  return offices
}
