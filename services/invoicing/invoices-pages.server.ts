/** Lists of invoices, for whoever looks at them: the person, a council's finance, an organisation that holds funds. */
import { requireStaff } from '#services/accounts/staff.policy.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { listInvoices, readShown, type Shown } from './read-invoices.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface ListQuery {
  show: string | null
  page: string | null
}

/** 1 and up, as it stands in the address. @throws NOT_FOUND */
export function readPage(text: string | null): number {
  if (text === null || text === '') return 1
  if (!/^[1-9]\d{0,4}$/.test(text)) throw notFound()
  return Number(text)
}

export interface InvoicesPage extends Awaited<ReturnType<typeof listInvoices>> {
  shown: Shown
}

async function list(
  deps: Needs,
  where: Parameters<typeof listInvoices>[1],
  query: ListQuery,
): Promise<InvoicesPage> {
  const shown = readShown(query.show)
  const page = readPage(query.page)
  const found = await listInvoices(deps.db.prisma, where, shown, page, londonDate(deps.clock.now()))
  if (found.invoices.length === 0 && page > 1) throw notFound()
  return { ...found, shown }
}

/**
 * Every invoice for the person's support: to them, and to whoever pays for them.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without `see_money`
 */
export async function personInvoicesPage(deps: Needs, actor: Actor, query: ListQuery) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const [person, invoices] = await Promise.all([
    deps.db.prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { name: true, shortName: true },
    }),
    list(deps, { personId }, query),
  ])
  return { person: { ...person, self: !(actor.kind === 'user' && actor.actingFor) }, ...invoices }
}

/** Invoices to the council. @throws SIGN_IN; NOT_FOUND for all but its finance */
export async function councilInvoicesPage(deps: Needs, actor: Actor, query: ListQuery) {
  const { councilIds } = requireStaff(actor, 'money.read')
  return list(deps, { payerKind: 'council', payerId: { in: councilIds } }, query)
}

/** What an organisation that holds funds is to pay from them. @throws SIGN_IN, NOT_FOUND, FORBIDDEN as the provider's policy */
export async function billsPage(deps: Needs, actor: Actor, query: ListQuery & { org: string | null }) {
  const { providerId } = providerInView(actor, query.org)
  requireMember(actor, providerId, 'see_money')
  const [provider, invoices] = await Promise.all([
    deps.db.prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { name: true } }),
    list(deps, { payerKind: 'fund_holder', payerId: providerId }, query),
  ])
  return { provider: { id: providerId, name: provider.name }, ...invoices }
}
