import type { Actor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { auditedCouncils } from './audit-packs.policy.ts'
import { HELD, bareDay } from './pack.rules.ts'

const PER_PAGE = 25

/**
 * Funds of the actor's councils, to open one: by the person's name, or by a case reference of an order.
 * @param input.search a part of a name, or a whole case reference; it comes in a form, since a name belongs in no address
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function auditListPage(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  input: { search: string; page: number },
) {
  const councilIds = auditedCouncils(actor)
  const { prisma } = deps.db
  const search = input.search.trim().slice(0, 120)
  // What stands for any letters in a pattern stands for itself.
  const part = search.replace(/[\\%_]/g, '\\$&')
  const isCase = { equals: part, mode: 'insensitive' as const }
  const where = {
    towardsId: null,
    stream: { kind: { not: 'own_money' as const } },
    budget: { person: { councilId: { in: councilIds } } },
    ...(search
      ? {
          OR: [
            { budget: { person: { name: { contains: part, mode: 'insensitive' as const } } } },
            { planLines: { some: { caseReference: isCase } } },
            { orders: { some: { caseReference: isCase } } },
          ],
        }
      : {}),
  }
  const total = await prisma.allocation.count({ where })
  const pages = Math.max(1, Math.ceil(total / PER_PAGE))
  const page = Math.min(Math.max(1, input.page), pages)
  const rows = await prisma.allocation.findMany({
    where,
    orderBy: [{ budget: { person: { name: 'asc' } } }, { endsOn: 'desc' }, { id: 'asc' }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
    select: {
      id: true,
      deployment: true,
      endsOn: true,
      movedOn: true,
      stream: { select: { name: true } },
      budget: { select: { person: { select: { name: true } } } },
    },
  })
  const looks = await prisma.auditOpening.groupBy({
    by: ['allocationId'],
    where: { allocationId: { in: rows.map(({ id }) => id) } },
    _max: { openedAt: true },
  })
  const lastLook = new Map(looks.map(({ allocationId, _max }) => [allocationId, _max.openedAt]))
  return {
    total,
    page,
    pages,
    funds: rows.map((row) => {
      const last = lastLook.get(row.id)
      return {
        id: row.id,
        person: row.budget.person.name,
        fund: row.stream.name,
        held: HELD[row.deployment] ?? row.deployment,
        until: bareDay(plainDateOf(row.movedOn ?? row.endsOn)),
        looked: last ? bareDay(londonDate(fromDate(last))) : null,
      }
    }),
  }
}
