/** Who may ask for a refund, and who decides. Deny by default; strangers find nothing. */
import { requireStaffOf } from '#services/accounts/staff.policy.ts'
import { actsFor, may, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { requireMember } from '#services/providers/providers.policy.ts'

/** The person, or who acts for them and may say whether a visit happened or manage the money. */
export function requireAsker(actor: Actor, personId: string): void {
  if (actsFor(actor, personId).allowed && may(actor, personId, 'manage_money')) return
  requireScope(actor, personId, 'confirm_hours')
}

export interface Contracted {
  providerId: string
  /** The council whose contract it is; null for the provider's own. */
  councilId: string | null
}

/**
 * The provider's owner decides on their own contracts; a council's finance on the council's.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN as the policies of either
 */
export function requireDecider(
  actor: Actor,
  as: 'provider' | 'council',
  { providerId, councilId }: Contracted,
): void {
  if (as === 'provider') {
    requireMember(actor, providerId, 'manage_money')
    return
  }
  if (councilId === null) throw notFound()
  requireStaffOf(actor, 'money.work', councilId)
}

/**
 * Who paid, and so knows whether money has come back: the person or who manages their money, the council's finance, the
 * owner of the organisation that holds the fund.
 */
export function requirePayer(
  actor: Actor,
  kind: 'person' | 'council' | 'fund_holder',
  payerId: string | null,
): void {
  if (payerId === null) throw notFound()
  if (kind === 'person') requireAsker(actor, payerId)
  else if (kind === 'council') requireStaffOf(actor, 'money.work', payerId)
  else requireMember(actor, payerId, 'manage_money')
}
