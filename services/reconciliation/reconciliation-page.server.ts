import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type CsvCell, csvFile, csvMoney, csvNumber } from '#services/kernel/csv.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Temporal, fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  type ItemState,
  LATE_DAYS,
  SOURCES,
  SOURCE_WORDS,
  type Source,
  ageWords,
  between,
} from './difference.rules.ts'
import { type Desk, isTheirs, requireDesk } from './reconciliation.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const PER_PAGE = 25
const MOST_IN_A_FILE = 5_000

export interface ItemsQuery {
  /** 'open' or 'all'. */
  show: string | null
  source: string | null
  page: string | null
}

export interface ItemView {
  id: string
  source: string
  words: string
  found: string
  /** ISO. */
  foundOn: string
  age: string
  days: number
  late: boolean
  ledger: number | null
  outside: number | null
  between: number | null
  state: ItemState
  owner: string | null
  mine: boolean
  closed: string | null
  closedBy: string | null
  note: string
}

type Row = Prisma.ReconciliationItemGetPayload<object>

function whereOf(
  desk: Desk,
  show: 'open' | 'all',
  source: Source | null,
): Prisma.ReconciliationItemWhereInput {
  return {
    AND: [
      {
        OR: [{ councilId: { in: desk.councilIds } }, ...(desk.operates ? [{ councilId: null }] : [])],
      },
      ...(show === 'open' ? [{ state: 'open' }] : []),
      ...(source ? [{ source }] : []),
    ],
  }
}

async function viewsOf(
  tx: Tx,
  desk: Desk,
  rows: readonly Row[],
  today: Temporal.PlainDate,
): Promise<ItemView[]> {
  const ids = [
    ...new Set(
      rows.flatMap((row) => [row.ownerUserId, row.closedById].filter((id): id is string => id !== null)),
    ),
  ]
  const users = ids.length
    ? await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
    : []
  const nameOf = new Map(users.map(({ id, name }) => [id, name]))
  return rows.map((row) => {
    const foundOn = londonDate(fromDate(row.foundAt))
    const end = row.closedAt ? londonDate(fromDate(row.closedAt)) : today
    const days = foundOn.until(end).days
    return {
      id: row.id,
      source: SOURCE_WORDS[row.source as Source],
      words: row.words,
      found: longDate(foundOn),
      foundOn: foundOn.toString(),
      age: ageWords(days),
      days,
      late: row.state === 'open' && days > LATE_DAYS,
      ledger: row.ledgerPence,
      outside: row.outsidePence,
      between: between(row),
      state: row.state as ItemState,
      owner: row.ownerUserId ? (nameOf.get(row.ownerUserId) ?? 'Somebody who has left') : null,
      mine: row.ownerUserId === desk.actor.userId,
      closed: row.closedAt ? longDate(londonDate(fromDate(row.closedAt))) : null,
      closedBy: row.closedById ? (nameOf.get(row.closedById) ?? 'Somebody who has left') : null,
      note: row.note,
    }
  })
}

const readShow = (text: string | null): 'open' | 'all' => (text === 'all' ? 'all' : 'open')
const readSource = (text: string | null): Source | null => SOURCES.find((one) => one === text) ?? null
const ORDER = [{ foundAt: 'asc' as const }, { id: 'asc' as const }]

/**
 * Differences of the actor's desk, the oldest first.
 * @throws SIGN_IN; NOT_FOUND for all but finance and operators
 */
export async function reconciliationPage(deps: Needs, given: Actor, query: ItemsQuery) {
  const desk = requireDesk(given)
  const { prisma } = deps.db
  const [show, source] = [readShow(query.show), readSource(query.source)]
  const where = whereOf(desk, show, source)
  const [total, bySource] = await Promise.all([
    prisma.reconciliationItem.count({ where }),
    prisma.reconciliationItem.groupBy({
      by: ['source'],
      where: whereOf(desk, 'open', null),
      _count: { _all: true },
      _min: { foundAt: true },
    }),
  ])
  const pages = Math.max(1, Math.ceil(total / PER_PAGE))
  const page = Math.min(pages, /^[1-9]\d{0,4}$/.test(query.page ?? '') ? Number(query.page) : 1)
  const rows = await prisma.reconciliationItem.findMany({
    where,
    orderBy: show === 'open' ? ORDER : [{ foundAt: 'desc' }, { id: 'desc' }],
    skip: (page - 1) * PER_PAGE,
    take: PER_PAGE,
  })
  const today = londonDate(deps.clock.now())
  const oldest = bySource
    .flatMap(({ _min }) => (_min.foundAt ? [_min.foundAt.getTime()] : []))
    .sort((a, b) => a - b)[0]
  const open = bySource.reduce((sum, { _count }) => sum + _count._all, 0)
  return {
    /** Finance finds it behind Money; an operator has no such page. */
    fromMoney: desk.councilIds.length > 0,
    show,
    source,
    page,
    pages,
    total,
    open,
    sentence: sentenceOf(
      open,
      oldest === undefined ? null : londonDate(fromDate(new Date(oldest))).until(today).days,
    ),
    sources: SOURCES.map((id) => ({
      id,
      label: SOURCE_WORDS[id],
      open: bySource.find((one) => one.source === id)?._count._all ?? 0,
    })),
    items: await viewsOf(prisma, desk, rows, today),
  }
}

function sentenceOf(open: number, oldestDays: number | null): string {
  if (open === 0) return 'Everything agrees.'
  const oldest = oldestDays === null || oldestDays <= 0 ? 'found today' : `found ${ageWords(oldestDays)} ago`
  return open === 1
    ? `One thing does not agree; it was ${oldest}.`
    : `${String(open)} things do not agree; the oldest was ${oldest}.`
}

/** The same as a file. @throws as `reconciliationPage` */
export async function reconciliationCsv(
  deps: Needs,
  given: Actor,
  query: Pick<ItemsQuery, 'show' | 'source'>,
): Promise<{ filename: string; csv: string }> {
  const desk = requireDesk(given)
  const [show, source] = [readShow(query.show), readSource(query.source)]
  const rows = await deps.db.prisma.reconciliationItem.findMany({
    where: whereOf(desk, show, source),
    orderBy: ORDER,
    take: MOST_IN_A_FILE,
  })
  const items = await viewsOf(deps.db.prisma, desk, rows, londonDate(deps.clock.now()))
  const money = (pence: number | null): CsvCell => (pence === null ? '' : csvMoney(pence))
  return {
    filename: `reconciliation-${show}.csv`,
    csv: csvFile(
      ['Source', 'What', 'Found on', 'Age in days', 'In Kith (£)', 'Outside (£)', 'Between (£)', 'State', 'Owner', 'Explained by', 'Why'],
      items.map((item) => [
        item.source, item.words, item.foundOn, csvNumber(item.days), money(item.ledger), money(item.outside), money(item.between),
        item.state, item.owner ?? '', item.closedBy ?? '', item.note,
      ]),
    ), // prettier-ignore
  }
}

/** Where finance looks at what a difference is about; null where it has no page of theirs. */
async function lookOf(tx: Tx, row: Row): Promise<{ href: string; label: string } | null> {
  if (row.councilId === null) return null
  switch (row.source as Source) {
    case 'payment_run': {
      // It is about a run, or about one payment in it.
      const payment = row.subjectId
        ? await tx.payment.findUnique({ where: { id: row.subjectId }, select: { runId: true } })
        : null
      const runId = payment ? payment.runId : row.subjectId
      return runId ? { href: `/council/money/runs/${runId}`, label: 'Look at the payment run' } : null
    }
    case 'cards':
      return { href: '/council/money/cards', label: 'Look at the prepaid cards' }
    case 'bank':
      return row.providerId === null
        ? { href: '/council/money/bank', label: 'Look at the bank’s lines' }
        : null
    case 'payments':
      return null
  }
}

/**
 * One difference, and where to look at what it is about.
 * @throws SIGN_IN; NOT_FOUND for all others, and for an item that is not on the actor's desk
 */
export async function reconciliationItemPage(
  deps: Needs,
  given: Actor,
  itemId: string,
): Promise<ItemView & { look: { href: string; label: string } | null }> {
  const desk = requireDesk(given)
  const { prisma } = deps.db
  const row = isId(itemId) ? await prisma.reconciliationItem.findUnique({ where: { id: itemId } }) : null
  if (!row || !isTheirs(desk, row)) throw notFound()
  const [view] = await viewsOf(prisma, desk, [row], londonDate(deps.clock.now()))
  if (!view) throw notFound()
  return { ...view, look: await lookOf(prisma, row) }
}
