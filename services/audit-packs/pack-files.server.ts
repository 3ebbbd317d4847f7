/** A pack to keep: its paper, its lines as a table, or all of it with every document in one file. */
import type { PeriodQuery } from '#services/budgets/fund-statement.server.ts'
import { makePdf } from '#services/documents/pdf.server.ts'
import { type ZipEntry, makeZip } from '#services/documents/zip.server.ts'
import { paperOfInvoice } from '#services/invoicing/invoice-page.server.ts'
import { readInvoice, readInvoicesWhole } from '#services/invoicing/read-invoice.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { csvFile } from '#services/kernel/csv.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId, shortReference } from '#services/kernel/ids.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readPapers } from '#services/purchases/evidence.server.ts'
import { requireHolder } from './audit-packs.policy.ts'
import { recordTaken, requireOpening } from './open-pack.server.ts'
import { periodIn } from './pack-page.server.ts'
import { packCsv, packPaper, tableCsv } from './pack-paper.rules.ts'
import { type Fund, readFund } from './read-fund.server.ts'
import { type Pack, readPack } from './read-pack.server.ts'
import { paysInvoice } from './read-papers.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** In one file; what is left out is named in it. */
const MOST_BYTES = 40_000_000
const MOST_INVOICES = 200

export type PackFile = 'csv' | 'pdf' | 'zip'
export interface MadeFile {
  filename: string
  bytes: Buffer
}

/**
 * A file of a pack, for whoever of the council has opened it. That it was taken is written down.
 * @throws as `requireOpening`; INVALID for what is no period
 */
export async function councilPackFile(
  deps: Needs,
  actor: Actor,
  at: { allocationId: string; openingId: string },
  query: PeriodQuery,
  kind: PackFile,
): Promise<MadeFile> {
  const { prisma } = deps.db
  const opened = await requireOpening(prisma, deps.clock.now(), actor, at)
  const file = await fileOf(deps, opened.fund, query, kind)
  await recordTaken(prisma, deps.clock.now(), opened, kind)
  return file
}

/** The same for the person and their supporters who see the money. @throws as `personPackPage` */
export async function personPackFile(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  query: PeriodQuery,
  kind: PackFile,
): Promise<MadeFile> {
  const fund = await readFund(deps.db.prisma, allocationId)
  requireHolder(actor, fund.person.id)
  return fileOf(deps, fund, query, kind)
}

/**
 * One invoice of an opened pack as a paper: also one that is addressed to the person, which the council sees in no other way.
 * @throws as `requireOpening`; NOT_FOUND for an invoice that the fund does not pay
 */
export async function packInvoice(
  deps: Needs,
  actor: Actor,
  at: { allocationId: string; openingId: string; invoiceId: string },
): Promise<{ filename: string; pdf: Buffer }> {
  const { prisma } = deps.db
  const opened = await requireOpening(prisma, deps.clock.now(), actor, at)
  if (!isId(at.invoiceId) || !(await paysInvoice(prisma, opened.fund, at.invoiceId))) throw notFound()
  const view = await readInvoice(prisma, at.invoiceId, londonDate(deps.clock.now()))
  await recordTaken(prisma, deps.clock.now(), opened, view.number)
  return { filename: `${view.number}.pdf`, pdf: await paperOfInvoice(deps, view) }
}

async function fileOf(deps: Needs, fund: Fund, query: PeriodQuery, kind: PackFile): Promise<MadeFile> {
  const today = londonDate(deps.clock.now())
  const pack = await readPack(deps.db.prisma, fund, periodIn(query, fund, today), today)
  // No name in it: a file's name ends up in lists of downloads.
  const name = `audit-${shortReference(fund.id)}-${pack.period.from}-${pack.period.until}`
  const filename = `${name}.${kind}`
  if (kind === 'csv') return { filename, bytes: Buffer.from(packCsv(pack)) }
  const pdf = await makePdf(packPaper(pack, deps.clock.now()))
  if (kind === 'pdf') return { filename, bytes: pdf }
  return { filename, bytes: makeZip(await entriesOf(deps, pack, pdf), deps.clock.now()) }
}

/** The paper, each table, every invoice and every receipt; a list says which are here. */
async function entriesOf(deps: Needs, pack: Pack, pdf: Buffer): Promise<ZipEntry[]> {
  const { prisma } = deps.db
  const documents = [
    ...new Map(
      pack.tables.flatMap(({ rows }) => rows.flatMap((row) => row.documents)).map((one) => [one.id, one]),
    ).values(),
  ]
  const idsOf = (kind: 'invoice' | 'receipt'): string[] =>
    documents.filter((one) => one.kind === kind).map(({ id }) => id)
  const [invoices, receipts] = [
    await readInvoicesWhole(prisma, idsOf('invoice').slice(0, MOST_INVOICES), londonDate(deps.clock.now())),
    await readPapers(prisma, idsOf('receipt'), MOST_BYTES),
  ]
  const files: (ZipEntry & { id: string })[] = []
  // One after the other: each paper is made in memory.
  for (const view of invoices)
    files.push({ id: view.id, name: `invoices/${view.number}.pdf`, bytes: await paperOfInvoice(deps, view) })
  receipts.forEach((paper, at) => {
    files.push({ id: paper.id, name: `receipts/${String(at + 1)}-${paper.name}`, bytes: paper.bytes })
  })
  const fileOfId = new Map(files.map(({ id, name }) => [id, name]))
  const text = (words: string): Uint8Array => Buffer.from(words)
  return [
    { name: 'pack.pdf', bytes: pdf },
    { name: 'lines.csv', bytes: text(packCsv(pack)) },
    ...pack.tables
      .filter(({ id, rows }) => id !== 'lines' && rows.length > 0)
      .map((table) => ({ name: `${table.id}.csv`, bytes: text(tableCsv(table)) })),
    {
      name: 'documents.csv',
      bytes: text(
        csvFile(
          ['Document', 'File'],
          documents.map(({ id, label }) => [
            label,
            fileOfId.get(id) ?? 'Not in this file: open it on its page',
          ]),
        ),
      ),
    },
    ...files.map(({ name, bytes }) => ({ name, bytes })),
  ]
}
