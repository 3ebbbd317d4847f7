import { may, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor, Scope } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/**
 * Who may do what about a request for support; deny by default. On the person's side one of these scopes is enough, and
 * the person may do all. Taking an offer books, so it needs `book`, which an advocate never has.
 * These tables are under no row-level security, so every read and write of them asks here first.
 */
const NEEDS = {
  see: ['propose', 'book'],
  ask: ['propose', 'book'],
  withdraw: ['propose', 'book'],
  take: ['book'],
} as const satisfies Record<string, readonly Scope[]>
export type PersonAct = keyof typeof NEEDS

export const personMay = (actor: Actor, personId: string, act: PersonAct): boolean =>
  NEEDS[act].some((scope) => may(actor, personId, scope))

/** @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN, saying what is missing, for a supporter without the scope */
export function requirePersonMay(actor: Actor, personId: string, act: PersonAct): void {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (!personMay(actor, personId, act)) requireScope(actor, personId, NEEDS[act][0])
}

/**
 * Organisations for which somebody answers requests: owners and coordinators. A worker, and everybody else, is not told
 * that there is such a thing.
 * @throws SIGN_IN; NOT_FOUND
 */
export function officesOf(actor: Actor): string[] {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const offices =
    actor.kind === 'user'
      ? actor.providers.filter(({ role }) => role !== 'worker').map(({ providerId }) => providerId)
      : []
  if (offices.length === 0) throw notFound()
  return offices
}
