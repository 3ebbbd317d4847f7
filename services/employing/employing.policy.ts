import { actsFor, may, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import { memberMay } from '#services/providers/providers.policy.ts'
import { type Actor, traceOf, type UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

/** Whose page of hours it is for the reader: the employer's (or who acts for them), or the assistant's own. */
export type Side = 'employer' | 'assistant'

export interface EmploymentParties {
  personId: string
  assistantUserId: string | null
}

/**
 * Who may see the hours of an employment: the employer's side with `see_money`, and the assistant, who sees nothing else. While acting
 * for somebody one's own hours are out of reach, like all one's own pages.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope
 */
export function sideOf(actor: Actor, { personId, assistantUserId }: EmploymentParties): Side {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actsFor(actor, personId).allowed) {
    requireScope(actor, personId, 'see_money')
    return 'employer'
  }
  if (isAssistant(actor, assistantUserId) && actor.kind === 'user' && !actor.actingFor) return 'assistant'
  throw notFound()
}

const isAssistant = (actor: Actor, assistantUserId: string | null): boolean =>
  actor.kind === 'user' && assistantUserId !== null && actor.userId === assistantUserId

/**
 * Who commits an employer: the person, or a supporter who manages their money. The form says for whom it was opened.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN, STALE_STATE when the session acts for somebody else now
 */
export function requireEmployer(actor: Actor, personId: string): UserActor {
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  if (actor.kind !== 'user') throw notFound()
  return actor
}

const OWN = {
  hours: 'These are your own hours. Somebody else has to approve them or send them back.',
  terms: 'This is your own employment. Somebody else has to change it.',
} as const

/** @throws FORBIDDEN for whoever is the assistant: also when they support their employer, and whoever wrote the hours down */
export function mustNotBeAssistant(
  actor: Actor,
  { assistantUserId }: Pick<EmploymentParties, 'assistantUserId'>,
  about: keyof typeof OWN = 'hours',
): void {
  if (isAssistant(actor, assistantUserId)) throw new DomainError('FORBIDDEN', OWN[about])
}

/** Whether an approval would be theirs to give: for a page that shows or leaves out the button. */
export const mayApprove = (actor: Actor, parties: EmploymentParties): boolean =>
  may(actor, parties.personId, 'manage_money') && !isAssistant(actor, parties.assistantUserId)

/**
 * Who changes what is kept back in a fund: the employer's side, or an owner of whoever holds it.
 * @returns whether it was the holder
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN
 */
export function requireKeeper(
  actor: Actor,
  fund: { personId: string; holderProviderId: string | null },
  scope: 'see_money' | 'manage_money',
): { holder: boolean } {
  if (actor.kind === 'user' && !actsFor(actor, fund.personId).allowed && fund.holderProviderId) {
    const member = actor.providers.find(({ providerId }) => providerId === fund.holderProviderId)
    if (member && memberMay(member.role, scope)) return { holder: true }
  }
  requireScope(actor, fund.personId, scope)
  return { holder: false }
}

/** By which authority something was done; null when by oneself. */
export const authorityOf = (actor: Actor): string | null => traceOf(actor).authorityId
