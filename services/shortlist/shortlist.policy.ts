import { may, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'

/**
 * Whose list the actor sees: the person's in view, or the one that this browser keeps, for whoever is nobody with a page of
 * their own: somebody signed out, a provider, a supporter before they choose for whom they act.
 */
export type WhoseList = { kind: 'browser' } | { kind: 'person'; personId: string; self: boolean }

export function whoseList(actor: Actor): WhoseList {
  if (actor.kind !== 'user') return { kind: 'browser' }
  if (actor.actingFor) return { kind: 'person', personId: actor.actingFor.personId, self: false }
  return actor.personId ? { kind: 'person', personId: actor.personId, self: true } : { kind: 'browser' }
}

/** Whether the actor may see the list and change it. A browser's own list is for whoever sits before it. */
export function mayKeep(actor: Actor): boolean {
  const whose = whoseList(actor)
  return whose.kind === 'browser' || may(actor, whose.personId, 'shortlist')
}

/**
 * The list belongs to a person, and the actor may see it and change it.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export function requireShortlist(actor: Actor, personId: string): void {
  requireScope(actor, personId, 'shortlist')
}

/**
 * A note says why the person keeps it: nobody writes it for them.
 * @throws as `requireShortlist`; FORBIDDEN for every supporter
 */
export function requireOwnShortlist(actor: Actor, personId: string): void {
  requireShortlist(actor, personId)
  if (actor.kind === 'user' && actor.actingFor)
    throw new DomainError(
      'FORBIDDEN',
      `Only ${actor.actingFor.personName} writes why it was kept. You can add a comment.`,
    )
}

/**
 * A form names the person for whose list it was opened; none for a browser’s list, which whoever signs in since takes with
 * them. When the session has begun to act for somebody else meanwhile, nothing is done.
 * @throws SIGN_IN when the session has ended; NOT_FOUND; STALE_STATE
 */
export function requireSameList(actor: Actor, named: string): void {
  if (named !== '') requirePersonInView(actor, named)
  else if (actor.kind === 'user' && actor.actingFor) requirePersonInView(actor, '')
}
