import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'

/** A council's finance sees what is due to people. @throws SIGN_IN; NOT_FOUND */
export const requireInstalmentReader = (actor: Actor): string[] =>
  requireStaff(actor, 'money.read').councilIds

/** And says that it was paid, with a fresh second step. @throws SIGN_IN; NOT_FOUND; SECOND_STEP */
export function requireInstalmentWorker(actor: Actor): string[] {
  const { councilIds } = requireStaff(actor, 'money.work')
  requireFreshSecondStep(actor)
  return councilIds
}

/** Whose money is not the council's, though its people have it: the council neither sees it here nor says that it was paid. */
export const NOT_THE_COUNCILS = ['nhs_personal_health_budget', 'contribution', 'own_money'] as const
