import { z } from 'zod'
import { requireStaff } from '#services/accounts/staff.policy.ts'
import { categoryOf } from '#services/catalogue/categories.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { purchasesByCategory } from '#services/purchases/spent-by-category.server.ts'
import { words as csvText } from './statement-csv.rules.ts'
import {
  type Cell,
  type IssuedVoucher,
  type ReportTable,
  type VoucherUse,
  voucherReport,
} from './voucher-report.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** More than any council issues in the years that are kept. */
const MOST = 50_000

const TABLES = ['counts', 'money', 'categories'] as const
type TableId = (typeof TABLES)[number]

const CAPTIONS: Record<TableId, string> = {
  counts: 'Vouchers by purpose, and how they stand',
  money: 'Where their money is',
  categories: 'What they paid for',
}
const COLUMNS: Record<string, string> = {
  not_used: 'Not used yet',
  partly_used: 'Partly used',
  all_used: 'All used',
  ended_unused: 'Ended, not used',
  ended_partly: 'Ended, partly used',
  all: 'In all',
  used: 'Used',
  setAside: 'Set aside',
  left: 'Left',
  wentBack: 'Went back',
  issued: 'Issued',
}

export interface ShownTable {
  id: TableId
  caption: string
  first: string
  columns: string[]
  rows: { key: string; name: string; cells: { text: string; csv: string; hidden: boolean }[] }[]
}

const counted = ({ value, mark }: Cell) =>
  mark === 'shown'
    ? { text: String(value), csv: String(value), hidden: false }
    : mark === 'small'
      ? { text: '1 to 4, not shown', csv: '1 to 4, not shown', hidden: true }
      : { text: 'not shown', csv: 'not shown', hidden: true }
const summed = ({ value, mark }: Cell) =>
  mark === 'shown'
    ? { text: pounds(value), csv: (value / 100).toFixed(2), hidden: false }
    : { text: 'not shown', csv: 'not shown', hidden: true }

function shown(id: TableId, table: ReportTable): ShownTable {
  const cell = id === 'counts' ? counted : summed
  return {
    id,
    caption: CAPTIONS[id],
    first: id === 'categories' ? 'Kind of support' : 'Purpose',
    columns: table.columns.map((key) => COLUMNS[key] ?? key),
    rows: [
      ...table.rows.map(({ key, cells }) => ({
        key,
        name: id === 'categories' ? categoryOf(key).name : key,
        cells: cells.map(cell),
      })),
      ...(table.rows.length > 0 ? [{ key: 'total', name: 'In all', cells: table.total.map(cell) }] : []),
    ],
  }
}

async function readVouchers(
  deps: Needs,
  councilIds: readonly string[],
): Promise<{ vouchers: IssuedVoucher[]; uses: VoucherUse[] }> {
  const { prisma } = deps.db
  const today = londonDate(deps.clock.now())
  const rows = await prisma.allocation.findMany({
    where: { stream: { kind: 'voucher', councilId: { in: [...councilIds] } } },
    take: MOST,
    select: { id: true, personId: true, agreedPence: true, endsOn: true, stream: { select: { name: true } } },
  })
  const ids = rows.map(({ id }) => id)
  const [balances, booked, bought] = await Promise.all([
    readBalances(prisma, ids),
    bookedByCategory(prisma, ids),
    purchasesByCategory(prisma, ids),
  ])
  return {
    vouchers: rows.flatMap((row) => {
      const of = balances.get(row.id)
      if (!of) return []
      const value = Number(row.agreedPence)
      const ended = today.until(plainDateOf(row.endsOn)).days < 0
      return [
        {
          personId: row.personId,
          purpose: row.stream.name,
          value,
          used: of.spent,
          setAside: of.held,
          // What has not yet begun is all left.
          left: ended ? of.available : value - of.spent - of.held,
          ended,
        },
      ]
    }),
    uses: [...booked, ...bought],
  }
}

const uses = z.array(z.object({ personId: z.string(), category: z.string(), pence: z.coerce.number() }))

/** What was paid for visits from these funds, by person and kind of support. */
async function bookedByCategory(tx: Tx, allocationIds: readonly string[]): Promise<VoucherUse[]> {
  if (allocationIds.length === 0) return []
  return uses.parse(
    await tx.$queryRaw`
      select v.person_id::text as "personId", q.category_code as category, sum(f.used_pence)::bigint as pence
      from funding_line f join quote_line q on q.id = f.quote_line_id join visit v on v.id = f.visit_id
      where f.allocation_id = any(${[...allocationIds]}::uuid[]) and f.state = 'used' and f.used_pence > 0
      group by 1, 2`,
  )
}

/**
 * The issuer's report: how many vouchers were issued, used, used in part and left over, by purpose; where their money is;
 * what they paid for. Counts from 1 to 4, and what would give them away, are hidden.
 * @throws SIGN_IN; NOT_FOUND for all but finance and commissioners
 */
export async function voucherReportPage(deps: Needs, actor: Actor) {
  const { councilIds } = requireStaff(actor, 'vouchers.read')
  const { vouchers, uses: spent } = await readVouchers(deps, councilIds)
  const report = voucherReport(vouchers, spent)
  const all = report.money.total.at(-1)
  const used = report.money.total[0]
  return {
    today: longDate(londonDate(deps.clock.now())),
    none: vouchers.length === 0,
    issued: all?.mark === 'shown' ? pounds(all.value) : null,
    used: used?.mark === 'shown' ? pounds(used.value) : null,
    count: report.counts.total.at(-1)?.mark === 'shown' ? vouchers.length : null,
    tables: TABLES.map((id) => shown(id, report[id])),
  }
}

/**
 * One table of the report as a file; it is cut from the page, so neither shows what the other hides.
 * @throws as `voucherReportPage`; INVALID for a table that does not exist
 */
export async function voucherReportCsv(
  deps: Needs,
  actor: Actor,
  table: string | null,
): Promise<{ filename: string; csv: string }> {
  requireStaff(actor, 'vouchers.read')
  const page = await voucherReportPage(deps, actor)
  const found = page.tables.find(({ id }) => id === table)
  if (!found)
    throw new DomainError('INVALID', 'There is no such table. Use a link under a table of the voucher page.')
  const unit = found.id === 'counts' ? '' : ' (£)'
  const head = [found.first, ...found.columns.map((name) => `${name}${unit}`), 'On'].join(',')
  const day = londonDate(deps.clock.now()).toString()
  const rows = found.rows.map((row) =>
    [csvText(row.name), ...row.cells.map(({ csv }) => csvText(csv)), day].join(','),
  )
  return { filename: `vouchers-${found.id}-${day}.csv`, csv: `\uFEFF${[head, ...rows].join('\r\n')}\r\n` }
}
