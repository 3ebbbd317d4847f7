import { councilsFor } from '#services/accounts/staff.policy.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { dateColumn, fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Limits, deciderOf, recorderOf } from './purchase.rules.ts'
import { requireCouncilSees } from './purchases.policy.ts'

const PER_PAGE = 30
/** A queue that is longer than this is looked at from its front. */
const MOST_WAITING = 300

export const SHOWS = ['waiting', 'to_pay', 'all'] as const
export type Show = (typeof SHOWS)[number]

const INCLUDE = {
  person: { select: { name: true, councilId: true } },
  allocation: {
    select: { deployment: true, adviserUserId: true, stream: { select: { name: true, kind: true } } },
  },
} as const satisfies Prisma.PurchaseInclude
type Row = Prisma.PurchaseGetPayload<{ include: typeof INCLUDE }>

const line = (row: Row) => ({
  id: row.id,
  person: row.person.name,
  what: row.what,
  seller: row.seller,
  pence: row.paidPence ?? row.pence,
  fund: row.allocation.stream.name,
  state: row.state,
  since: longDate(londonDate(fromDate(row.proposedAt))),
  /** The person themselves has not said yes. */
  waitsForPerson: row.state === 'proposed' && row.personAgreedAt === null,
})

async function limitsOf(deps: Pick<Deps, 'db'>, councilIds: readonly string[]): Promise<Map<string, Limits>> {
  const rows = await deps.db.prisma.councilMoney.findMany({ where: { councilId: { in: [...councilIds] } } })
  return new Map(
    rows.map((row) => [
      row.councilId,
      { atOncePence: row.purchaseAtOncePence, adviserPence: row.adviserLimitPence },
    ]),
  )
}

export type CouncilPurchasesPage = Awaited<ReturnType<typeof councilPurchasesPage>>

/**
 * The council's queue: what waits for this actor's yes or no, what they are to pay, or all of it; and, for an adviser, the
 * funds that they hold.
 * @throws SIGN_IN; NOT_FOUND for all but advisers and finance
 */
export async function councilPurchasesPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  given: Actor,
  input: { show: Show; page: number },
) {
  const { actor, councilIds } = requireCouncilSees(given)
  const adviserOf = new Set(councilsFor(actor, 'people.read'))
  const financeOf = new Set(councilsFor(actor, 'money.work'))
  const ofPeople = { person: { councilId: { in: councilIds } } }
  const limits = await limitsOf(deps, councilIds)
  const named = (row: Row): boolean =>
    adviserOf.has(row.person.councilId) && row.allocation.adviserUserId === actor.userId
  const decides = (row: Row): boolean => {
    const { deployment, stream } = row.allocation
    const limit = limits.get(row.person.councilId) ?? { atOncePence: null, adviserPence: null }
    const decider = deciderOf({ streamKind: stream.kind, deployment }, row.pence, limit)
    if (decider === 'named_adviser') return named(row)
    if (decider === 'finance')
      return financeOf.has(row.person.councilId) && row.allocation.adviserUserId !== actor.userId
    return decider === 'adviser' && adviserOf.has(row.person.councilId)
  }
  const pays = (row: Row): boolean => {
    const recorder = recorderOf(row.allocation.deployment)
    return recorder === 'finance' ? financeOf.has(row.person.councilId) : recorder === 'adviser' && named(row)
  }
  const queue = async (where: Prisma.PurchaseWhereInput): Promise<Row[]> =>
    deps.db.prisma.purchase.findMany({
      where: { ...where, ...ofPeople },
      orderBy: [{ proposedAt: 'asc' }, { id: 'asc' }],
      take: MOST_WAITING,
      include: INCLUDE,
    })
  const [proposed, ordered, funds] = await Promise.all([
    queue({ state: 'proposed', agreedAt: null }),
    queue({ state: 'ordered', allocation: { deployment: { in: ['council_managed', 'adviser_held'] } } }),
    fundsHeldBy(deps, actor.userId, [...adviserOf]),
  ])
  const waiting = proposed.filter(decides)
  const toPay = ordered.filter(pays)
  const all = input.show === 'all' ? await allOf(deps, ofPeople, input.page) : null
  if (input.page > 1 && (all === null || all.rows.length === 0)) throw notFound()
  const shown = input.show === 'waiting' ? waiting : input.show === 'to_pay' ? toPay : (all?.rows ?? [])
  return {
    show: input.show,
    counts: { waiting: waiting.length, toPay: toPay.length },
    purchases: shown.map(line),
    page: input.page,
    pages: all ? Math.max(1, Math.ceil(all.total / PER_PAGE)) : 1,
    funds,
    audits: financeOf.size > 0,
  }
}

async function allOf(deps: Pick<Deps, 'db'>, where: Prisma.PurchaseWhereInput, page: number) {
  const [total, rows] = await Promise.all([
    deps.db.prisma.purchase.count({ where }),
    deps.db.prisma.purchase.findMany({
      where,
      orderBy: [{ proposedAt: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * PER_PAGE,
      take: PER_PAGE,
      include: INCLUDE,
    }),
  ])
  return { total, rows }
}

/** Funds that an adviser spends with people, today. */
async function fundsHeldBy(deps: Pick<Deps, 'db' | 'clock'>, userId: string, councilIds: readonly string[]) {
  if (councilIds.length === 0) return []
  const today = dateColumn(londonDate(deps.clock.now()))
  const rows = await deps.db.prisma.allocation.findMany({
    where: {
      deployment: 'adviser_held',
      adviserUserId: userId,
      startsOn: { lte: today },
      endsOn: { gte: today },
      OR: [{ movedOn: null }, { movedOn: { gte: today } }],
      budget: { person: { councilId: { in: [...councilIds] } } },
    },
    orderBy: [{ endsOn: 'asc' }, { id: 'asc' }],
    take: 100,
    select: {
      id: true,
      endsOn: true,
      stream: { select: { name: true } },
      budget: { select: { person: { select: { name: true } } } },
    },
  })
  const balances = await readBalances(
    deps.db.prisma,
    rows.map(({ id }) => id),
  )
  return rows.map((row) => ({
    id: row.id,
    person: row.budget.person.name,
    name: row.stream.name,
    left: balances.get(row.id)?.available ?? 0,
    until: longDate(plainDateOf(row.endsOn)),
  }))
}
