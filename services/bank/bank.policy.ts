import { requireFreshSecondStep, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { requireMember } from '#services/providers/providers.policy.ts'

/** Whose account a bank file is of. */
export interface Owner {
  kind: 'person' | 'fund_holder' | 'council'
  id: string
}

/**
 * Who may see what a bank's file said: a person or a supporter with `manage_money`; an owner or a coordinator of whoever
 * holds the fund; a council's finance.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for those whose part is too small
 */
export function requireBankReader(actor: Actor, owner: Owner): void {
  switch (owner.kind) {
    case 'person':
      requireScope(actor, owner.id, 'manage_money')
      return
    case 'fund_holder':
      requireMember(actor, owner.id, 'see_money')
      return
    case 'council':
      requireStaffOf(actor, 'money.read', owner.id)
  }
}

/**
 * Who may bring a file in and say what a line was. Those who may see it; a council's finance with a fresh second step.
 * @throws as `requireBankReader`; SECOND_STEP
 */
export function requireBankWorker(actor: Actor, owner: Owner): void {
  requireBankReader(actor, owner)
  if (owner.kind !== 'council') return
  requireStaffOf(actor, 'money.work', owner.id)
  requireFreshSecondStep(actor)
}
