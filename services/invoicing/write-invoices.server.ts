import { z } from 'zod'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, toDate } from '#services/kernel/time.ts'
import type { DraftInvoice, DraftLine } from './drafts.rules.ts'
import type { Party } from './invoice.schema.ts'
import { type InvoiceKind, prefixOf } from './numbers.rules.ts'
import { VAT_KINDS, type VatStatus } from './vat.rules.ts'

const billingRow = z.object({
  prefix: z.string(),
  nextInvoice: z.number(),
  nextCreditNote: z.number(),
  every: z.enum(['week', 'four_weeks', 'month']),
  daysToPay: z.number(),
  vatNumber: z.string().nullable(),
  vatStatus: z.enum(['not_registered', 'registered']),
  welfareExempt: z.boolean(),
  serviceVat: z.record(z.string(), z.enum(VAT_KINDS)),
})
export type BillingTerms = z.infer<typeof billingRow>

/**
 * How a provider bills, locked until the transaction ends: everything that gives a number waits here, so numbers have no gap
 * and come once. Null for who has not said yet how they bill.
 */
export async function lockBilling(tx: Tx, providerId: string): Promise<BillingTerms | null> {
  const [row] = z.array(billingRow).parse(
    await tx.$queryRaw`
      select prefix, next_invoice as "nextInvoice", next_credit_note as "nextCreditNote", every, days_to_pay as "daysToPay", vat_number as "vatNumber",
        vat_status as "vatStatus", welfare_exempt as "welfareExempt", service_vat as "serviceVat"
      from billing where provider_id = ${providerId}::uuid for update`,
  )
  return row ?? null
}

export const vatStatusOf = (billing: BillingTerms): VatStatus => ({
  registered: billing.vatStatus === 'registered',
  welfareExempt: billing.welfareExempt,
  serviceVat: billing.serviceVat,
})

export interface NewInvoice {
  kind: InvoiceKind
  draft: Pick<
    DraftInvoice,
    'payerKind' | 'payerId' | 'personId' | 'lines' | 'net' | 'vat' | 'gross' | 'payableIds'
  >
  addressee: Party
  seller: Party
  periodFrom: Temporal.PlainDate
  periodUntil: Temporal.PlainDate
  orderWords: string
  vatNumber: string | null
  corrects?: string
  refundId?: string
}

export interface Issued {
  id: string
  kind: InvoiceKind
  prefix: string
  number: number
  personId: string
  payerKind: DraftInvoice['payerKind']
  payerId: string
  gross: number
}

/**
 * Gives numbers and freezes. The provider's billing must be locked (`lockBilling`) and is passed in; its counters go on in
 * the same transaction.
 */
export async function writeInvoices(
  tx: Tx,
  now: Temporal.Instant,
  providerId: string,
  billing: BillingTerms,
  invoices: readonly NewInvoice[],
  issuedOn: Temporal.PlainDate,
): Promise<Issued[]> {
  if (invoices.length === 0) return []
  const next = { invoice: billing.nextInvoice, credit_note: billing.nextCreditNote }
  const rows = invoices.map((one) => {
    const number = next[one.kind]
    next[one.kind] += 1
    return { ...one, id: newId(), number, prefix: prefixOf(billing.prefix, one.kind) }
  })
  await tx.invoice.createMany({
    data: rows.map((row) => ({
      id: row.id,
      providerId,
      kind: row.kind,
      prefix: row.prefix,
      number: row.number,
      payerKind: row.draft.payerKind,
      payerId: row.draft.payerId,
      personId: row.draft.personId,
      addressee: row.addressee,
      seller: partyOf(row.seller),
      issuedOn: dateColumn(issuedOn),
      dueOn: dateColumn(row.kind === 'invoice' ? issuedOn.add({ days: billing.daysToPay }) : issuedOn),
      periodFrom: dateColumn(row.periodFrom),
      periodUntil: dateColumn(row.periodUntil),
      netPence: row.draft.net,
      vatPence: row.draft.vat,
      grossPence: row.draft.gross,
      vatNumber: row.vatNumber,
      orderWords: row.orderWords,
      correctsId: row.corrects ?? null,
      refundId: row.refundId ?? null,
      issuedAt: toDate(now),
    })),
  })
  await tx.invoiceLine.createMany({
    data: rows.flatMap((row) => row.draft.lines.map((line, position) => lineRow(row.id, position + 1, line))),
  })
  const pairs = rows.flatMap((row) => row.draft.payableIds.map((payableId) => ({ payableId, id: row.id })))
  const billed = await tx.$executeRaw`
    update payable p set invoice_id = w.invoice
    from unnest(${pairs.map(({ payableId }) => payableId)}::uuid[], ${pairs.map(({ id }) => id)}::uuid[]) as w (payable, invoice)
    where p.id = w.payable and p.invoice_id is null`
  if (billed !== pairs.length) throw new Error('a payable was billed twice')
  await tx.billing.update({
    where: { providerId },
    data: { nextInvoice: next.invoice, nextCreditNote: next.credit_note, updatedAt: toDate(now) },
    select: { providerId: true },
  })
  return rows.map((row) => ({
    id: row.id,
    kind: row.kind,
    prefix: row.prefix,
    number: row.number,
    personId: row.draft.personId,
    payerKind: row.draft.payerKind,
    payerId: row.draft.payerId,
    gross: row.draft.gross,
  }))
}

/** Only what the invoice keeps of whoever bills. */
const partyOf = ({ kind, name, careOf, lines, notes }: Party): Party => ({ kind, name, careOf, lines, notes })

/** One line as it is kept. The demo writes the same. */
export const lineRow = (
  invoiceId: string,
  position: number,
  line: DraftLine,
): Prisma.InvoiceLineCreateManyInput => ({
  invoiceId,
  position,
  visitId: line.visitId,
  label: line.label,
  day: dateColumn(Temporal.PlainDate.from(line.day)),
  startsAt: line.startsAt,
  minutes: line.minutes,
  taxPoint: line.taxPoint === null ? null : dateColumn(Temporal.PlainDate.from(line.taxPoint)),
  netPence: line.net,
  vat: line.kind,
  vatBps: line.bps,
  vatPence: line.vat,
  funds: line.funds,
})
