import type { Actor, AuthorityType, Scope } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

export type Standing = { allowed: false } | { allowed: true; as: 'self' | AuthorityType }

/** Whether the actor is this person, or acts for them right now under an authority. */
export function actsFor(actor: Actor, personId: string): Standing {
  if (actor.kind !== 'user') return { allowed: false }
  if (actor.actingFor) {
    // While acting for somebody, one's own pages are out of reach too: what is done is never done for the wrong person.
    return actor.actingFor.personId === personId
      ? { allowed: true, as: actor.actingFor.type }
      : { allowed: false }
  }
  return actor.personId === personId ? { allowed: true, as: 'self' } : { allowed: false }
}

const NEEDED: Record<Scope, string> = {
  see_plan: 'see the plan',
  see_money: 'see the money',
  message: 'send messages',
  shortlist: 'keep a shortlist',
  propose: 'put forward support',
  book: 'ask for support',
  confirm_hours: 'say whether a visit happened',
  review: 'say how it went',
  manage_money: 'manage the money',
}

/** The person may do all; a supporter only what their authority names. */
export function may(actor: Actor, personId: string, scope: Scope): boolean {
  const standing = actsFor(actor, personId)
  if (!standing.allowed) return false
  if (standing.as === 'self') return true
  return actor.kind === 'user' && (actor.actingFor?.scopes.includes(scope) ?? false)
}

/**
 * @throws NOT_FOUND for strangers; FORBIDDEN, saying what is missing, for a supporter without the scope.
 */
export function requireScope(actor: Actor, personId: string, scope: Scope): void {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (!actsFor(actor, personId).allowed) throw notFound()
  if (!may(actor, personId, scope)) {
    throw new DomainError(
      'FORBIDDEN',
      `You may not ${NEEDED[scope]} for this person. They, or their council, can change what you may do.`,
    )
  }
}

/**
 * The person whose pages these are: the one acted for, else the actor.
 * @throws SIGN_IN when signed out; NOT_FOUND when the actor is nobody with a budget and acts for nobody.
 */
export function personInView(actor: Actor): string {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const personId = actor.kind === 'user' ? (actor.actingFor?.personId ?? actor.personId) : null
  if (!personId) throw notFound()
  return personId
}

/**
 * A form names the person it was opened for. When the session has begun to act for somebody else since, nothing is done.
 * @throws STALE_STATE
 */
export function requirePersonInView(actor: Actor, personId: string): void {
  if (personInView(actor) !== personId)
    throw new DomainError('STALE_STATE', 'You have switched to somebody else. Nothing was changed.')
}
