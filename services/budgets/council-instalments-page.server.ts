import { csvFile, csvMoney } from '#services/kernel/csv.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { shortReference } from '#services/kernel/ids.ts'
import { type Temporal, dateColumn, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { NOT_THE_COUNCILS, requireInstalmentReader } from './council-instalments.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const A_PAGE = 25
const MOST_IN_A_FILE = 20_000
/** So many days ahead is worth preparing. */
const DAYS_AHEAD = 7

/** Money that travels: to a person, to a card, or to whoever holds the fund; what the person pays in is not the council's. */
const travels = (councilIds: readonly string[], today: Temporal.PlainDate) => ({
  arrivedAt: null,
  dueOn: { lte: dateColumn(today.add({ days: DAYS_AHEAD })) },
  allocation: {
    deployment: { notIn: ['council_managed' as const, 'adviser_held' as const] },
    towardsId: null,
    stream: {
      councilId: { in: [...councilIds] },
      kind: { notIn: [...NOT_THE_COUNCILS] },
      council: { money: { instalmentsArrive: 'recorded' } },
    },
  },
})

const withNames = {
  allocation: {
    select: {
      id: true,
      stream: { select: { name: true } },
      budget: { select: { person: { select: { name: true } } } },
    },
  },
} as const

export interface InstalmentsPage {
  councils: { id: string; name: string; recorded: boolean }[]
  due: {
    id: string
    person: string
    fund: string
    reference: string
    pence: number
    day: string
    late: boolean
  }[]
  /** Of all of it, not of this page alone. Pence. */
  total: number
  count: number
  page: number
  pages: number
}

/**
 * Direct payments that are due, or will be within a week, and that nobody has said were paid.
 * @throws SIGN_IN; NOT_FOUND for all but finance, and for a page that is not there
 */
export async function councilInstalmentsPage(
  deps: Needs,
  actor: Actor,
  query: { page: string | null },
): Promise<InstalmentsPage> {
  const councilIds = requireInstalmentReader(actor)
  const today = londonDate(deps.clock.now())
  const where = travels(councilIds, today)
  const page = query.page === null || query.page === '' ? 1 : Number(query.page)
  if (!Number.isInteger(page) || page < 1) throw notFound()
  const [councils, sums, rows] = await Promise.all([
    deps.db.prisma.council.findMany({
      where: { id: { in: councilIds } },
      orderBy: { name: 'asc' },
      take: councilIds.length,
      select: { id: true, name: true, money: { select: { instalmentsArrive: true } } },
    }),
    deps.db.prisma.instalment.aggregate({ where, _sum: { pence: true }, _count: { _all: true } }),
    deps.db.prisma.instalment.findMany({
      where,
      orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
      skip: (page - 1) * A_PAGE,
      take: A_PAGE,
      include: withNames,
    }),
  ])
  const pages = Math.max(1, Math.ceil(sums._count._all / A_PAGE))
  if (page > pages) throw notFound()
  return {
    page,
    pages,
    total: sums._sum.pence ?? 0,
    count: sums._count._all,
    councils: councils.map(({ id, name, money }) => ({
      id,
      name,
      recorded: money?.instalmentsArrive === 'recorded',
    })),
    due: rows.map((row) => ({
      id: row.id,
      person: row.allocation.budget.person.name,
      fund: row.allocation.stream.name,
      reference: shortReference(row.allocation.id),
      pence: row.pence,
      day: longDate(plainDateOf(row.dueOn)),
      late: today.until(plainDateOf(row.dueOn)).days < 0,
    })),
  }
}

/** What is due as a file, which comes back with the day on which each was paid. @throws as councilInstalmentsPage */
export async function councilInstalmentsCsv(
  deps: Needs,
  actor: Actor,
): Promise<{ filename: string; csv: string }> {
  const councilIds = requireInstalmentReader(actor)
  const today = londonDate(deps.clock.now())
  const rows = await deps.db.prisma.instalment.findMany({
    where: travels(councilIds, today),
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    take: MOST_IN_A_FILE,
    include: withNames,
  })
  return {
    filename: `direct-payments-due-${today.toString()}.csv`,
    csv: csvFile(
      ['Reference', 'Person', 'Fund', 'Due', 'Date', 'Amount'],
      rows.map((row) => [
        shortReference(row.allocation.id),
        row.allocation.budget.person.name,
        row.allocation.stream.name,
        plainDateOf(row.dueOn).toString(),
        // The day on which it was paid, when it was paid on the day on which it was due.
        plainDateOf(row.dueOn).toString(),
        csvMoney(row.pence),
      ]),
    ),
  }
}
