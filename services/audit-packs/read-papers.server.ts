/** The spending side of a pack: what each line leads to, and every paper about it. Set-based; bounded. */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { numberWords } from '#services/invoicing/numbers.rules.ts'
import { readInvoicesWhole } from '#services/invoicing/read-invoice.server.ts'
import {
  type Temporal,
  LONDON,
  dateColumn,
  fromDate,
  londonDate,
  plainDateOf,
  toDate,
} from '#services/kernel/time.ts'
import type { PackPeriod } from './pack.rules.ts'
import type { Fund } from './read-fund.server.ts'

const MOST_INVOICES = 150
const MOST = 1_000

const startOf = (day: Temporal.PlainDate): Date => toDate(day.toZonedDateTime(LONDON).toInstant())

const paid = z.array(
  z.object({
    visitId: z.string(),
    invoiceId: z.string().nullable(),
    prefix: z.string().nullable(),
    number: z.number().nullable(),
    payment: z.string().nullable(),
  }),
)
export interface VisitPapers {
  invoice: { id: string; number: string } | null
  /** The reference of its payment. */
  payment: string | null
}

/** For each visit that the fund paid for: its invoice and the reference of its payment. */
export async function readVisitPapers(
  tx: Tx,
  fund: Fund,
  visitIds: readonly string[],
): Promise<Map<string, VisitPapers>> {
  if (visitIds.length === 0) return new Map()
  const rows = paid.parse(
    await tx.$queryRaw`
      select distinct on (b.visit_id) b.visit_id::text as "visitId", i.id::text as "invoiceId",
        i.prefix, i.number, p.reference as payment
      from payable b left join invoice i on i.id = b.invoice_id left join payment p on p.id = b.payment_id
      where b.allocation_id = any(${fund.ids}::uuid[]) and b.visit_id = any(${[...visitIds]}::uuid[]) and b.refund_id is null
      order by b.visit_id, b.created_at`,
  )
  return new Map(
    rows.map(({ visitId, invoiceId, prefix, number, payment }) => [
      visitId,
      {
        invoice:
          invoiceId !== null && prefix !== null && number !== null
            ? { id: invoiceId, number: numberWords({ prefix, number }) }
            : null,
        payment,
      },
    ]),
  )
}

const payments = z.array(
  z.object({
    id: z.string(),
    reference: z.string(),
    to: z.string(),
    method: z.enum(['card', 'bank_transfer', 'prepaid_card', 'payment_run', 'fund_holder', 'set_off']),
    state: z.enum(['started', 'needs_you', 'sent', 'confirmed', 'failed', 'returned', 'cancelled']),
    at: z.date(),
    /** Of it, what is for this fund. */
    pence: z.coerce.number(),
    whole: z.number(),
    total: z.number(),
  }),
)

/** Payments that were begun in these days for what the fund owes, with what of each is this fund's. */
export async function readPayments(tx: Tx, fund: Fund, { from, until }: PackPeriod) {
  const rows = payments.parse(
    await tx.$queryRaw`
      select p.id::text, p.reference, v.name as "to", p.method::text, p.state::text, coalesce(p.sent_at, p.started_at) as at,
        sum(l.pence)::bigint as pence, p.pence as whole, (count(*) over ())::int as total
      from payment_line l join payable b on b.id = l.payable_id join payment p on p.id = l.payment_id join provider v on v.id = p.provider_id
      where b.allocation_id = any(${fund.ids}::uuid[])
        and coalesce(p.sent_at, p.started_at) >= ${startOf(from)} and coalesce(p.sent_at, p.started_at) < ${startOf(until.add({ days: 1 }))}
      group by p.id, v.name order by at, p.id limit ${MOST}`,
  )
  return {
    payments: rows.map((row) => ({ ...row, on: londonDate(fromDate(row.at)) })),
    leftOut: (rows[0]?.total ?? 0) - rows.length,
  }
}

const ofFund = z.array(z.object({ id: z.string(), pence: z.coerce.number(), total: z.number() }))

/** Invoices and credit notes of these days that the fund pays, whole, with what of each is this fund's. */
export async function readInvoices(
  tx: Tx,
  fund: Fund,
  { from, until }: PackPeriod,
  today: Temporal.PlainDate,
) {
  const rows = ofFund.parse(
    await tx.$queryRaw`
      select i.id::text, sum(b.pence)::bigint as pence, (count(*) over ())::int as total
      from payable b join invoice i on i.id = b.invoice_id
      where b.allocation_id = any(${fund.ids}::uuid[]) and i.issued_on between ${dateColumn(from)} and ${dateColumn(until)}
      group by i.id order by i.issued_on, i.id limit ${MOST_INVOICES}`,
  )
  const whole = await readInvoicesWhole(
    tx,
    rows.map(({ id }) => id),
    today,
  )
  const share = new Map(rows.map(({ id, pence }) => [id, pence]))
  return {
    invoices: whole.map((view) => ({ view, ofFund: share.get(view.id) ?? 0 })),
    leftOut: (rows[0]?.total ?? 0) - rows.length,
  }
}

/** Whether one invoice is among what this fund pays. */
export async function paysInvoice(tx: Tx, fund: Fund, invoiceId: string): Promise<boolean> {
  return (await tx.payable.count({ where: { invoiceId, allocationId: { in: fund.ids } } })) > 0
}

/** Movements of the fund's cards in these days. */
export async function readCardMovements(tx: Tx, fund: Fund, { from, until }: PackPeriod) {
  const rows = await tx.cardTransaction.findMany({
    where: {
      allocationId: { in: fund.ids },
      at: { gte: startOf(from), lt: startOf(until.add({ days: 1 })) },
    },
    orderBy: [{ at: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: { card: { select: { last4: true, holderName: true } } },
  })
  return rows.map((row) => ({
    id: row.id,
    on: londonDate(fromDate(row.at)),
    movement: row.movement,
    state: row.state,
    pence: row.pence,
    merchant: row.merchant,
    merchantCode: row.merchantCode,
    card: `${row.card.holderName}, ending ${row.card.last4}`,
  }))
}

/** Wages that were paid from it, by the bureau's figures. */
export async function readWages(tx: Tx, fund: Fund, { from, until }: PackPeriod) {
  const rows = await tx.payrollResult.findMany({
    where: {
      timesheet: {
        employment: { allocationId: { in: fund.ids } },
        periodStartsOn: { lte: dateColumn(until) },
        periodEndsOn: { gte: dateColumn(from) },
      },
    },
    orderBy: { timesheet: { periodStartsOn: 'asc' } },
    take: MOST,
    include: {
      timesheet: {
        select: {
          periodStartsOn: true,
          periodEndsOn: true,
          approvedAt: true,
          state: true,
          days: { select: { minutes: true, kind: true } },
          employment: { select: { assistantName: true } },
        },
      },
    },
  })
  return rows.map(({ timesheet, ...row }) => ({
    id: row.timesheetId,
    from: plainDateOf(timesheet.periodStartsOn),
    until: plainDateOf(timesheet.periodEndsOn),
    assistant: timesheet.employment.assistantName,
    minutes: timesheet.days.reduce((sum, one) => sum + one.minutes, 0),
    approvedOn: timesheet.approvedAt ? londonDate(fromDate(timesheet.approvedAt)) : null,
    paid: timesheet.state === 'paid',
    pence: row.totalPence,
  }))
}
