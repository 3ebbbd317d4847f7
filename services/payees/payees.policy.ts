/** Who may see and check where a provider is paid: finance of a council that pays it, and operators. Deny by default. */
import { type StaffAct, councilsFor } from '#services/accounts/staff.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'

type Act = Extract<StaffAct, 'money.read' | 'money.work'>

export interface PayeeReader {
  actor: UserActor
  /** Null: an operator, who may see every provider's. */
  councilIds: string[] | null
}

/** @throws SIGN_IN; NOT_FOUND for everybody else */
export function requirePayeeReader(actor: Actor, act: Act): PayeeReader {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (actor.kind !== 'user') throw notFound()
  if (actor.operator && actor.secondStep) return { actor, councilIds: null }
  const councilIds = councilsFor(actor, act)
  if (councilIds.length === 0) throw notFound()
  return { actor, councilIds }
}

/** Providers that a council pays: it owes or has paid them, gave them a number, or has ordered from them. */
export const paidBy = (councilIds: readonly string[]) => ({
  OR: [
    { supplierOf: { some: { councilId: { in: [...councilIds] } } } },
    { orders: { some: { councilId: { in: [...councilIds] } } } },
    { payables: { some: { payerKind: 'council' as const, payerId: { in: [...councilIds] } } } },
  ],
})

/** @throws as `requirePayeeReader`; NOT_FOUND for a provider that none of the actor's councils pays */
export async function requirePayeeOf(tx: Tx, actor: Actor, act: Act, payeeId: string) {
  const reader = requirePayeeReader(actor, act)
  const payee = await tx.payeeAccount.findFirst({
    where: { id: payeeId, ...(reader.councilIds ? { provider: paidBy(reader.councilIds) } : {}) },
    include: { provider: { select: { id: true, name: true, kind: true, phone: true, email: true } } },
  })
  if (!payee) throw notFound()
  return { ...reader, payee }
}
