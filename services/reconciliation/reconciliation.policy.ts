/** Who may see and work on differences: finance its council's, an operator those of no council. Deny by default. */
import { councilsFor } from '#services/accounts/staff.policy.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

export interface Desk {
  actor: UserActor
  councilIds: string[]
  /** Whether items of no council are theirs. */
  operates: boolean
}

/** @throws SIGN_IN; NOT_FOUND for all but finance and operators, and before their second step */
export function requireDesk(actor: Actor): Desk {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const councilIds = councilsFor(actor, 'money.read')
  if (actor.kind !== 'user') throw notFound()
  const operates = actor.operator && actor.secondStep
  if (councilIds.length === 0 && !operates) throw notFound()
  return { actor, councilIds, operates }
}

/** Whether an item is on this desk. */
export const isTheirs = ({ councilIds, operates }: Desk, item: { councilId: string | null }): boolean =>
  item.councilId === null ? operates : councilIds.includes(item.councilId)
