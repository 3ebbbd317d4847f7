/** Who may see an invoice: whoever billed, whoever pays, and the person whose support it is. Deny by default. */
import { councilsFor, requireStaff } from '#services/accounts/staff.policy.ts'
import { may, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { memberMay, requireMember } from '#services/providers/providers.policy.ts'

export type Reader = 'provider' | 'person' | 'council' | 'fund_holder'

interface Seen {
  providerId: string
  personId: string
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
}

/**
 * In one capacity, as the page says it.
 * @throws SIGN_IN; NOT_FOUND for strangers and for an invoice of another kind; FORBIDDEN for those of theirs who may not
 */
export function requireInvoice(actor: Actor, reader: Reader, invoice: Seen): void {
  if (reader === 'provider') requireMember(actor, invoice.providerId, 'see_money')
  else if (reader === 'person') requireScope(actor, invoice.personId, 'see_money')
  else if (reader === 'council') {
    const { councilIds } = requireStaff(actor, 'money.read')
    if (invoice.payerKind !== 'council' || !councilIds.includes(invoice.payerId)) throw notFound()
  } else {
    if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
    if (invoice.payerKind !== 'fund_holder') throw notFound()
    requireMember(actor, invoice.payerId, 'see_money')
  }
}

/** In any capacity: for its files, which are the same for all. @throws SIGN_IN, NOT_FOUND */
export function requireInvoiceFile(actor: Actor, invoice: Seen): void {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const member = (id: string): boolean =>
    actor.kind === 'user' &&
    actor.providers.some(({ providerId, role }) => providerId === id && memberMay(role, 'see_money'))
  const sees =
    member(invoice.providerId) ||
    may(actor, invoice.personId, 'see_money') ||
    (invoice.payerKind === 'council' && councilsFor(actor, 'money.read').includes(invoice.payerId)) ||
    (invoice.payerKind === 'fund_holder' && member(invoice.payerId))
  if (!sees) throw notFound()
}
