import { actsFor, may, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor, AuthorityType } from '#services/kernel/actor.ts'
import { requireShortlist } from '#services/shortlist/shortlist.policy.ts'

export type Consent = 'self' | 'said_to_supporter' | 'decided_for'

/** Those who lawfully decide on care for somebody who cannot make this decision, even with support. */
const DECIDE: readonly AuthorityType[] = ['authorised_person', 'attorney_or_deputy_welfare']

/** @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for a supporter without `see_plan` */
export const requireSeePlan = (actor: Actor, personId: string): void =>
  requireScope(actor, personId, 'see_plan')

/** @throws as `requireSeePlan`; FORBIDDEN for a supporter without `propose` */
export function requireChangeAnswers(actor: Actor, personId: string): void {
  requireSeePlan(actor, personId)
  requireScope(actor, personId, 'propose')
}

/** @throws as `requireChangeAnswers`; FORBIDDEN for a supporter who may not see what was answered */
export function requirePutAnswers(actor: Actor, personId: string): void {
  requireShortlist(actor, personId)
  requireChangeAnswers(actor, personId)
}

/** Whether the actor may put answers into the plan, for pages that offer it. */
export const mayPutAnswers = (actor: Actor, personId: string): boolean =>
  (['shortlist', 'see_plan', 'propose'] as const).every((scope) => may(actor, personId, scope))

/** How it is known that the person agrees when this actor presses; null for strangers. */
export function consentOf(actor: Actor, personId: string): Consent | null {
  const standing = actsFor(actor, personId)
  if (!standing.allowed) return null
  if (standing.as === 'self') return 'self'
  return DECIDE.includes(standing.as) ? 'decided_for' : 'said_to_supporter'
}
