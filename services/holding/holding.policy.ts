import { councilsFor, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, type UserActor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { requireMember } from '#services/providers/providers.policy.ts'

/** What these rules ask of an account. */
interface Account {
  personId: string
  councilId: string
  holderId: string
}

/**
 * Owners and coordinators of the provider that holds this fund, and nobody else.
 * @throws SIGN_IN; NOT_FOUND for strangers and for holders of other funds; FORBIDDEN for the holder's workers
 */
export function requireHolder(actor: Actor, account: Pick<Account, 'holderId'>): void {
  requireMember(actor, account.holderId, 'hold_money')
}

/**
 * The person, or who acts for them with the scope, on the pages of this fund.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN without the scope
 */
export function requireOwner(
  actor: Actor,
  account: Pick<Account, 'personId'>,
  scope: 'see_money' | 'manage_money',
): void {
  requireScope(actor, account.personId, scope)
}

/**
 * For a press on a form that names the person whose page it was.
 * @throws as `requireOwner`; STALE_STATE when the session acts for somebody else now
 */
export function requireOwnerPress(actor: Actor, personId: string): UserActor {
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  return actor
}

/**
 * Advisers and finance of the person's council: they see the agreement and write it with the person.
 * @throws SIGN_IN; NOT_FOUND for all others
 */
export function requireCouncil(actor: Actor, account: Pick<Account, 'councilId'>): UserActor {
  return requireStaffOf(actor, 'funds_held.agree', account.councilId)
}

/** Councils whose held funds the actor may see. @throws SIGN_IN; NOT_FOUND for those of none */
export function councilsOfHeld(actor: Actor): string[] {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const councilIds = councilsFor(actor, 'funds_held.agree')
  if (councilIds.length === 0) throw notFound()
  return councilIds
}

/** Who pressed, by which authority: for a row that records it. */
export const pressedBy = (actor: Actor): { askedById: string | null; authorityId: string | null } => {
  const { actorUserId, authorityId } = traceOf(actor)
  return { askedById: actorUserId, authorityId }
}
