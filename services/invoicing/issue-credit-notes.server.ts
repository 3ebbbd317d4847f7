import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pence, total } from '#services/kernel/money.ts'
import { Temporal, londonDate } from '#services/kernel/time.ts'
import type { DraftLine } from './drafts.rules.ts'
import { partySchema } from './invoice.schema.ts'
import { readSeller } from './read-parties.server.ts'
import { VAT_KINDS, vatCredited } from './vat.rules.ts'
import { type Issued, type NewInvoice, lockBilling, writeInvoices } from './write-invoices.server.ts'

/** What is given back of what an invoice billed: the payable below zero, and which fund it goes back to. */
export interface Credit {
  payableId: string
  invoiceId: string
  fund: string
  /** Above zero. */
  pence: Pence
}

const billed = z.array(
  z.object({
    invoiceId: z.string(),
    payerKind: z.enum(['person', 'council', 'fund_holder']),
    payerId: z.string(),
    personId: z.string(),
    addressee: partySchema,
    orderWords: z.string(),
    vatNumber: z.string().nullable(),
    label: z.string(),
    day: z.string(),
    startsAt: z.coerce.date().nullable(),
    kind: z.enum(VAT_KINDS),
    bps: z.number(),
    credited: z.number(),
  }),
)

/**
 * A credit note for each invoice that billed a part of this visit, naming it; in the caller's transaction, whose refund wrote
 * the payables. What was not billed yet has none: it comes off the invoice's own line.
 */
export async function issueCreditNotes(
  tx: Tx,
  now: Temporal.Instant,
  input: { providerId: string; visitId: string; refundId: string; credits: readonly Credit[] },
): Promise<Issued[]> {
  const { providerId, visitId, refundId, credits } = input
  if (credits.length === 0) return []
  const billing = await lockBilling(tx, providerId)
  if (!billing) throw new Error('who sent an invoice has said how they bill')
  const lines = billed.parse(
    await tx.$queryRaw`
      select i.id::text as "invoiceId", i.payer_kind::text as "payerKind", i.payer_id::text as "payerId", i.person_id::text as "personId", i.addressee,
        i.order_words as "orderWords", i.vat_number as "vatNumber", l.label, l.day::text as day, l.starts_at as "startsAt", l.vat as kind, l.vat_bps as bps,
        coalesce((select sum(cl.net_pence + cl.vat_pence) from invoice c join invoice_line cl on cl.invoice_id = c.id
                  where c.corrects_id = i.id and cl.visit_id = l.visit_id), 0)::int as credited
      from invoice i join invoice_line l on l.invoice_id = i.id
      where i.id = any(${[...new Set(credits.map(({ invoiceId }) => invoiceId))]}::uuid[]) and l.visit_id = ${visitId}::uuid
      order by i.number`,
  )
  const seller = await readSeller(tx, providerId)
  const issuedOn = londonDate(now)
  return writeInvoices(
    tx,
    now,
    providerId,
    billing,
    lines.map((line): NewInvoice => {
      const mine = credits.filter(({ invoiceId }) => invoiceId === line.invoiceId)
      const gross = total(mine.map((credit) => credit.pence))
      const day = Temporal.PlainDate.from(line.day)
      const split = vatCredited(pence(line.credited), gross, line.bps)
      const draft: DraftLine = {
        visitId,
        label: `Given back: ${line.label}`,
        day: line.day,
        startsAt: line.startsAt,
        minutes: null,
        ...split,
        kind: line.kind,
        bps: line.bps,
        taxPoint: line.vatNumber === null ? null : issuedOn.toString(),
        funds: mine.map((credit) => ({ fund: credit.fund, pence: credit.pence })),
      }
      return {
        kind: 'credit_note',
        draft: {
          ...line,
          lines: [draft],
          ...split,
          gross,
          payableIds: mine.map(({ payableId }) => payableId),
        },
        addressee: line.addressee,
        seller,
        periodFrom: day,
        periodUntil: day,
        orderWords: line.orderWords,
        vatNumber: line.vatNumber,
        corrects: line.invoiceId,
        refundId,
      }
    }),
    issuedOn,
  )
}
