/** Who may look at everything about one fund. Deny by default. */
import { requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'

/** The councils whose funds the actor may audit. @throws SIGN_IN; NOT_FOUND for all but finance */
export const auditedCouncils = (actor: Actor): string[] => requireStaff(actor, 'money.read').councilIds

/** @throws SIGN_IN; NOT_FOUND for all but finance of the person's council */
export const requireAuditor = (actor: Actor, councilId: string): UserActor =>
  requireStaffOf(actor, 'money.read', councilId)

/**
 * The person, or a supporter who may see their money.
 * @throws SIGN_IN; NOT_FOUND for strangers and for a fund of somebody else; FORBIDDEN for a supporter without the scope
 */
export function requireHolder(actor: Actor, personId: string): void {
  const inView = personInView(actor)
  if (inView !== personId) throw notFound()
  requireScope(actor, personId, 'see_money')
}
