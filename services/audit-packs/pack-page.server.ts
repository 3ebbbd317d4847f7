import { type PeriodQuery, readPeriod } from '#services/budgets/fund-statement.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import { requireHolder } from './audit-packs.policy.ts'
import { requireOpening } from './open-pack.server.ts'
import { HELD, type PackPeriod, type PackTable, bareDay, wholeLife } from './pack.rules.ts'
import { type Fund, readFund } from './read-fund.server.ts'
import { type Pack, readPack } from './read-pack.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** On a page; the files hold all. */
const MOST_ROWS = 200

export interface PackPage extends Pack {
  today: string
  /** Rows that stand in the files only, by table. */
  shortened: Record<string, number>
}

/** The days of an address, or the fund's whole life. @throws INVALID for what is no period */
export function periodIn(
  query: PeriodQuery,
  fund: Pick<Fund, 'startsOn' | 'endsOn'>,
  today: ReturnType<typeof londonDate>,
): PackPeriod {
  return query.from || query.until ? readPeriod(query, today) : wholeLife(fund, today)
}

async function pageOf(deps: Needs, fund: Fund, query: PeriodQuery): Promise<PackPage> {
  const today = londonDate(deps.clock.now())
  const pack = await readPack(deps.db.prisma, fund, periodIn(query, fund, today), today)
  const shortened: Record<string, number> = {}
  const tables = pack.tables.map((table): PackTable => {
    if (table.rows.length <= MOST_ROWS) return table
    shortened[table.id] = table.rows.length - MOST_ROWS
    return { ...table, rows: table.rows.slice(0, MOST_ROWS) }
  })
  return { ...pack, tables, shortened, today: longDate(today) }
}

/**
 * Everything about one fund, for whoever of the council has said why.
 * @throws as `requireOpening`; INVALID for what is no period
 */
export async function councilPackPage(
  deps: Needs,
  actor: Actor,
  at: { allocationId: string; openingId: string },
  query: PeriodQuery,
): Promise<PackPage & { openingId: string }> {
  const { fund, openingId } = await requireOpening(deps.db.prisma, deps.clock.now(), actor, at)
  return { ...(await pageOf(deps, fund, query)), openingId }
}

/**
 * The same for the person, and for a supporter who may see their money: nothing is asked.
 * @throws SIGN_IN; NOT_FOUND for a fund of somebody else; FORBIDDEN for a supporter without `see_money`; INVALID
 */
export async function personPackPage(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  query: PeriodQuery,
): Promise<PackPage & { self: boolean }> {
  const fund = await readFund(deps.db.prisma, allocationId)
  requireHolder(actor, fund.person.id)
  return { ...(await pageOf(deps, fund, query)), self: !(actor.kind === 'user' && actor.actingFor) }
}

/** The person's funds, newest first, to open one. @throws as `personPackPage` */
export async function personPacksPage(deps: Needs, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const [person, rows] = await Promise.all([
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { name: true, shortName: true },
    }),
    prisma.allocation.findMany({
      where: { personId, towardsId: null },
      orderBy: [{ endsOn: 'desc' }, { id: 'asc' }],
      take: 100,
      select: {
        id: true,
        deployment: true,
        startsOn: true,
        endsOn: true,
        movedOn: true,
        stream: { select: { name: true } },
      },
    }),
  ])
  const looks = await prisma.auditOpening.groupBy({
    by: ['allocationId'],
    where: { allocationId: { in: rows.map(({ id }) => id) } },
    _count: { _all: true },
  })
  const lookedAt = new Map(looks.map(({ allocationId, _count }) => [allocationId, _count._all]))
  return {
    person: { ...person, self: !(actor.kind === 'user' && actor.actingFor) },
    funds: rows.map((row) => ({
      id: row.id,
      name: row.stream.name,
      held: HELD[row.deployment] ?? row.deployment,
      days: `${bareDay(plainDateOf(row.startsOn))} to ${bareDay(plainDateOf(row.movedOn ?? row.endsOn))}`,
      looks: lookedAt.get(row.id) ?? 0,
    })),
  }
}
