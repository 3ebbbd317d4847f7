import { z } from 'zod'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Temporal, dateColumn, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import type { FileKind } from './invoice-file-kinds.ts'
import { fileOf } from './invoice-files.rules.ts'
import { type InvoicesPage, readPage } from './invoices-pages.server.ts'
import { type BilledEvery, EVERY_SHORT, periodOf, periodWords } from './periods.rules.ts'
import { readGroups } from './read-billable.server.ts'
import { readInvoicesWhole } from './read-invoice.server.ts'
import { listInvoices, readShown } from './read-invoices.server.ts'
import { type AgedDebt, agedDebt } from './standing.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** What a provider can bill now, for one payer and person. */
export interface ToBill {
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
  personId: string
  person: string
  payer: string
  visits: number
  pence: number
}

export interface ProviderInvoicesPage extends InvoicesPage {
  provider: { id: string; name: string }
  /** Null until they have said how they bill: nothing is made before. */
  billing: { every: string; period: string } | null
  toBill: ToBill[]
  debt: AgedDebt
  /** What the provider owes back. Pence. */
  owesBack: number
  /** 'YYYY-MM' of months with invoices, newest first, for files. */
  months: string[]
}

const owedRow = z.array(
  z.object({ payerKind: z.enum(['person', 'council', 'fund_holder']), days: z.number(), pence: z.number() }),
)
const SHOWN_TO_BILL = 50

/**
 * A provider's invoices: what can be billed now, what is owed and how old it is, and all that was sent.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN as the provider's policy
 */
export async function providerInvoicesPage(
  deps: Needs,
  actor: Actor,
  query: { org: string | null; show: string | null; page: string | null },
): Promise<ProviderInvoicesPage> {
  const { providerId } = providerInView(actor, query.org)
  requireMember(actor, providerId, 'see_money')
  const { prisma } = deps.db
  const today = londonDate(deps.clock.now())
  const shown = readShown(query.show)
  const page = readPage(query.page)
  const [provider, groups, owed, found, months] = await Promise.all([
    prisma.provider.findUniqueOrThrow({
      where: { id: providerId },
      select: { name: true, billing: { select: { every: true } } },
    }),
    readGroups(prisma, [{ providerId, until: today.toString() }], { closed: false }),
    prisma.$queryRaw`
      select i.payer_kind::text as "payerKind", (${today.toString()}::date - i.issued_on)::int as days, sum(p.pence)::int as pence
      from payable p join invoice m on m.id = p.invoice_id join invoice i on i.id = coalesce(m.corrects_id, m.id)
      where p.provider_id = ${providerId}::uuid and p.state <> 'paid' group by i.id`,
    listInvoices(prisma, { providerId }, shown, page, today),
    prisma.$queryRaw<{ month: string }[]>`
      select distinct to_char(issued_on, 'YYYY-MM') as month from invoice where provider_id = ${providerId}::uuid order by 1 desc limit 24`,
  ])
  if (found.invoices.length === 0 && page > 1) throw notFound()
  const rows = owedRow.parse(owed)
  const every = provider.billing?.every as BilledEvery | undefined
  return {
    ...found,
    shown,
    provider: { id: providerId, name: provider.name },
    billing: every ? { every: EVERY_SHORT[every], period: periodWords(periodOf(every, today)) } : null,
    toBill: await namedGroups(deps, groups.slice(0, SHOWN_TO_BILL)),
    debt: agedDebt(rows.filter(({ pence }) => pence > 0)),
    owesBack: -rows.filter(({ pence }) => pence < 0).reduce((sum, { pence }) => sum + pence, 0),
    months: months.map(({ month }) => month),
  }
}

async function namedGroups(deps: Needs, groups: Awaited<ReturnType<typeof readGroups>>): Promise<ToBill[]> {
  const { prisma } = deps.db
  const ids = (kind: ToBill['payerKind']): string[] =>
    groups.filter(({ payerKind }) => payerKind === kind).map(({ payerId }) => payerId)
  const [people, councils, holders] = await Promise.all([
    prisma.person.findMany({
      where: { id: { in: groups.map(({ personId }) => personId) } },
      select: { id: true, name: true },
    }),
    prisma.council.findMany({ where: { id: { in: ids('council') } }, select: { id: true, name: true } }),
    prisma.provider.findMany({ where: { id: { in: ids('fund_holder') } }, select: { id: true, name: true } }),
  ])
  const nameOf = (rows: readonly { id: string; name: string }[], id: string): string =>
    rows.find((row) => row.id === id)?.name ?? ''
  return groups.map(({ payerKind, payerId, personId, visits, pence }) => ({
    payerKind,
    payerId,
    personId,
    person: nameOf(people, personId),
    payer: nameOf(
      payerKind === 'council' ? councils : payerKind === 'fund_holder' ? holders : people,
      payerId,
    ),
    visits,
    pence,
  }))
}

const MOST_IN_A_FILE = 2_000

/**
 * The invoices of a month as a file, for the provider's accounts.
 * @throws as providerInvoicesPage; INVALID for a month that is none
 */
export async function invoicesFile(
  deps: Needs,
  actor: Actor,
  query: { org: string | null; month: string | null; as: FileKind },
): Promise<{ filename: string; csv: string }> {
  const { providerId } = providerInView(actor, query.org)
  requireMember(actor, providerId, 'see_money')
  const today = londonDate(deps.clock.now())
  const month = query.month ?? today.toString().slice(0, 7)
  if (!/^20\d{2}-(0[1-9]|1[0-2])$/.test(month))
    throw new DomainError('INVALID', 'Choose a month, such as 2026-11.')
  const first = Temporal.PlainYearMonth.from(month).toPlainDate({ day: 1 })
  const ids = await deps.db.prisma.invoice.findMany({
    where: {
      providerId,
      issuedOn: { gte: dateColumn(first), lt: dateColumn(first.add({ months: 1 })) },
    },
    select: { id: true },
    orderBy: [{ kind: 'asc' }, { number: 'asc' }],
    take: MOST_IN_A_FILE,
  })
  const views = await readInvoicesWhole(
    deps.db.prisma,
    ids.map(({ id }) => id),
    today,
  )
  return { filename: `invoices-${month}-${query.as}.csv`, csv: fileOf(query.as, views) }
}
