import type { Actor } from '#services/kernel/actor.ts'
import type { PageLink } from '#services/kernel/page-link.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { Deps } from '#services/ports/deps.ts'
import { PROVIDER_MONEY_PAGES } from './money-pages.rules.ts'
import { providerInView, requireMember } from './providers.policy.ts'

export interface ProviderMoneyPage {
  provider: { id: string; name: string }
  /** Owed and nothing done about it yet; on its way; arrived in the last 28 days. Pence. */
  due: Pence
  sent: Pence
  paid: Pence
  links: readonly PageLink[]
}

/**
 * Where a provider's owner or coordinator begins with money.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers
 */
export async function providerMoneyPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  org: string | null,
): Promise<ProviderMoneyPage> {
  const { providerId } = providerInView(actor, org)
  requireMember(actor, providerId, 'see_money')
  const since = new Date(deps.clock.now().subtract({ hours: 28 * 24 }).epochMilliseconds)
  const [provider, owed, paid] = await Promise.all([
    deps.db.prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { name: true } }),
    deps.db.prisma.payable.groupBy({
      by: ['state'],
      where: { providerId, state: { in: ['due', 'in_payment', 'sent'] } },
      _sum: { pence: true },
    }),
    deps.db.prisma.payment.aggregate({
      where: { providerId, state: 'confirmed', endedAt: { gte: since } },
      _sum: { pence: true },
    }),
  ])
  const sum = (...states: string[]): Pence =>
    pence(
      owed.filter(({ state }) => states.includes(state)).reduce((all, one) => all + (one._sum.pence ?? 0), 0),
    )
  return {
    provider: { id: providerId, name: provider.name },
    due: sum('due', 'in_payment'),
    sent: sum('sent'),
    paid: pence(paid._sum.pence ?? 0),
    links: PROVIDER_MONEY_PAGES,
  }
}
