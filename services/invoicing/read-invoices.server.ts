import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, plainDateOf, shortDate } from '#services/kernel/time.ts'
import { partySchema } from './invoice.schema.ts'
import { numberWords } from './numbers.rules.ts'
import { periodWords } from './periods.rules.ts'
import { type InvoiceFacts, type Standing, standingOf } from './standing.rules.ts'

const PAYABLES = {
  select: {
    pence: true,
    state: true,
    visit: { select: { refunds: { where: { state: 'asked' }, select: { id: true }, take: 1 } } },
    payment: { select: { disputes: { where: { state: 'open' }, select: { id: true }, take: 1 } } },
  },
  take: 2_000,
} satisfies Prisma.Invoice$payablesArgs

/** What a list or a page needs to say how an invoice stands. */
export const WITH_STANDING = {
  payables: PAYABLES,
  correctedBy: { select: { grossPence: true, payables: PAYABLES }, orderBy: { number: 'asc' }, take: 100 },
  person: { select: { name: true, shortName: true } },
  corrects: { select: { id: true, prefix: true, number: true } },
} satisfies Prisma.InvoiceInclude

type Row = Prisma.InvoiceGetPayload<{ include: typeof WITH_STANDING }>

export function factsOf(row: Row): InvoiceFacts {
  const payables = [...row.payables, ...row.correctedBy.flatMap((note) => note.payables)]
  const sum = (...states: string[]): number =>
    payables.filter(({ state }) => states.includes(state)).reduce((all, one) => all + one.pence, 0)
  return {
    kind: row.kind,
    gross: row.grossPence,
    credited: row.correctedBy.reduce((all, note) => all + note.grossPence, 0),
    unpaid: sum('due', 'in_payment'),
    sent: sum('sent'),
    paid: sum('paid'),
    questioned: payables.some(
      ({ visit, payment }) => (visit?.refunds.length ?? 0) > 0 || (payment?.disputes.length ?? 0) > 0,
    ),
    dueOn: plainDateOf(row.dueOn),
  }
}

export interface InvoiceLineOfList {
  id: string
  number: string
  kind: 'invoice' | 'credit_note'
  from: string
  to: string
  person: string
  issued: string
  /** ISO. */
  issuedOn: string
  period: string
  gross: number
  stands: Standing
}

export const SHOWN = ['all', 'open', 'paid', 'credit_notes'] as const
export type Shown = (typeof SHOWN)[number]
export const readShown = (text: string | null): Shown => SHOWN.find((one) => one === text) ?? 'all'

const NOT_PAID = { some: { state: { not: 'paid' as const } } }
const WHERE: Record<Shown, Prisma.InvoiceWhereInput> = {
  all: {},
  open: { kind: 'invoice', payables: NOT_PAID },
  paid: { kind: 'invoice', NOT: { payables: NOT_PAID } },
  credit_notes: { kind: 'credit_note' },
}

const A_PAGE = 30

/** A page of invoices, newest first. @param where whose they are; the caller has asked who may */
export async function listInvoices(
  tx: Tx,
  where: Prisma.InvoiceWhereInput,
  shown: Shown,
  page: number,
  today: Temporal.PlainDate,
): Promise<{ invoices: InvoiceLineOfList[]; page: number; pages: number; total: number }> {
  const filter = { AND: [where, WHERE[shown]] }
  const [rows, total] = await Promise.all([
    tx.invoice.findMany({
      where: filter,
      include: WITH_STANDING,
      orderBy: [{ issuedOn: 'desc' }, { kind: 'desc' }, { number: 'desc' }, { id: 'desc' }],
      skip: (page - 1) * A_PAGE,
      take: A_PAGE,
    }),
    tx.invoice.count({ where: filter }),
  ])
  return {
    invoices: rows.map((row) => ({
      id: row.id,
      number: numberWords(row),
      kind: row.kind,
      from: partySchema.parse(row.seller).name,
      to: partySchema.parse(row.addressee).name,
      person: row.person.name,
      issued: shortDate(plainDateOf(row.issuedOn)),
      issuedOn: plainDateOf(row.issuedOn).toString(),
      period: periodWords({ from: plainDateOf(row.periodFrom), until: plainDateOf(row.periodUntil) }),
      gross: row.grossPence,
      stands: standingOf(factsOf(row), today),
    })),
    page,
    pages: Math.max(1, Math.ceil(total / A_PAGE)),
    total,
  }
}
