import { createHash } from 'node:crypto'
import { requireStaff } from '#services/accounts/staff.policy.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

const PER_PAGE = 30
/** So many are drawn each month, the same ones for everybody. */
const SAMPLE = 10
const MOST_DRAWN_FROM = 2_000

export const AUDIT_SHOWS = ['waiting', 'sample', 'flagged', 'looked_at'] as const
export type AuditShow = (typeof AUDIT_SHOWS)[number]

const SELECT = {
  id: true,
  what: true,
  seller: true,
  paidPence: true,
  paidOn: true,
  outcome: true,
  auditedAt: true,
  flagged: true,
  auditNote: true,
  person: { select: { name: true } },
  allocation: { select: { adviserUserId: true, stream: { select: { name: true } } } },
} as const satisfies Prisma.PurchaseSelect

/**
 * What personal advisers spent with people, for finance to look at: all that nobody has looked at, this month's sample,
 * what was flagged, what was looked at.
 * @throws SIGN_IN; NOT_FOUND for all but finance
 */
export async function adviserSpendingPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { show: AuditShow; page: number },
) {
  const { councilIds } = requireStaff(actor, 'money.read')
  const { prisma } = deps.db
  const paid: Prisma.PurchaseWhereInput = {
    state: 'paid',
    allocation: { deployment: 'adviser_held' },
    person: { councilId: { in: councilIds } },
  }
  const drawn = await sampleOf(deps, paid)
  const where: Prisma.PurchaseWhereInput =
    input.show === 'waiting'
      ? { ...paid, auditedAt: null }
      : input.show === 'flagged'
        ? { ...paid, flagged: true }
        : input.show === 'looked_at'
          ? { ...paid, auditedAt: { not: null }, flagged: false }
          : { ...paid, id: { in: drawn } }
  const [sums, waiting, flagged, total, rows] = await Promise.all([
    prisma.purchase.aggregate({ where: paid, _count: true, _sum: { paidPence: true } }),
    prisma.purchase.count({ where: { ...paid, auditedAt: null } }),
    prisma.purchase.count({ where: { ...paid, flagged: true } }),
    prisma.purchase.count({ where }),
    prisma.purchase.findMany({
      where,
      orderBy: [{ paidOn: 'desc' }, { id: 'desc' }],
      skip: (input.page - 1) * PER_PAGE,
      take: PER_PAGE,
      select: SELECT,
    }),
  ])
  if (input.page > 1 && rows.length === 0) throw notFound()
  const advisers = await prisma.user.findMany({
    where: { id: { in: rows.flatMap(({ allocation }) => allocation.adviserUserId ?? []) } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(advisers.map(({ id, name }) => [id, name]))
  return {
    show: input.show,
    page: input.page,
    pages: Math.max(1, Math.ceil(total / PER_PAGE)),
    all: { count: sums._count, pence: sums._sum.paidPence ?? 0 },
    counts: { waiting, flagged, sample: drawn.length },
    purchases: rows.map((row) => ({
      id: row.id,
      what: row.what,
      seller: row.seller,
      pence: row.paidPence ?? 0,
      on: row.paidOn ? longDate(plainDateOf(row.paidOn)) : '',
      outcome: row.outcome,
      person: row.person.name,
      fund: row.allocation.stream.name,
      adviser: nameOf.get(row.allocation.adviserUserId ?? '') ?? '',
      lookedAt: row.auditedAt !== null,
      flagged: row.flagged,
      note: row.auditNote,
    })),
  }
}

/**
 * Ten of the newest, drawn by a digest of their id and the month: nobody chooses them, nobody can know them before the
 * month begins, and each who looks sees the same ones.
 */
async function sampleOf(
  deps: Pick<Deps, 'db' | 'clock'>,
  paid: Prisma.PurchaseWhereInput,
): Promise<string[]> {
  const month = londonDate(deps.clock.now()).toPlainYearMonth().toString()
  const rows = await deps.db.prisma.purchase.findMany({
    where: paid,
    orderBy: { paidOn: 'desc' },
    take: MOST_DRAWN_FROM,
    select: { id: true },
  })
  const place = (id: string): string => createHash('sha256').update(`${month} ${id}`).digest('hex')
  return rows
    .map(({ id }) => ({ id, place: place(id) }))
    .sort((a, b) => (a.place < b.place ? -1 : 1))
    .slice(0, SAMPLE)
    .map(({ id }) => id)
}
