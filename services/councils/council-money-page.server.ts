import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { COUNCIL_MONEY_GROUPS } from './money-pages.rules.ts'

/**
 * Where a council's finance staff begin.
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function councilMoneyPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
): Promise<{ council: string; groups: typeof COUNCIL_MONEY_GROUPS }> {
  const { councilIds } = requireStaff(actor, 'money.read')
  const councils = await deps.db.prisma.council.findMany({
    where: { id: { in: councilIds } },
    orderBy: { name: 'asc' },
    select: { name: true },
  })
  return { council: councils.map(({ name }) => name).join(' and '), groups: COUNCIL_MONEY_GROUPS }
}
