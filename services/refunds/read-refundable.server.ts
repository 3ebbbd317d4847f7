import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { PaidByFund } from './refund.rules.ts'

const state = z.enum(['due', 'in_payment', 'sent', 'paid'])
const part = z.object({
  payableId: z.string(),
  bookingId: z.string(),
  allocationId: z.string(),
  fund: z.string(),
  /** Only for social care are people charged. */
  social: z.boolean(),
  payerKind: z.enum(['person', 'council', 'fund_holder']),
  payerId: z.string(),
  orderId: z.string().nullable(),
  paid: z.number(),
  refunded: z.number(),
  state,
  invoiceId: z.string().nullable(),
  method: z.string().nullable(),
})
const credit = z.object({
  payableId: z.string(),
  refundId: z.string(),
  allocationId: z.string(),
  fund: z.string(),
  payerKind: z.enum(['person', 'council', 'fund_holder']),
  payerId: z.string(),
  pence: z.number(),
  state,
  paymentId: z.string().nullable(),
  original: state,
})

/** What a fund paid for a visit, and how. */
export type RefundablePart = z.infer<typeof part> & PaidByFund
/** What goes back to a fund by one refund. */
export type RefundCredit = z.infer<typeof credit>

export interface Refundable {
  parts: RefundablePart[]
  credits: RefundCredit[]
}

/** What each fund paid for these visits, what went back, and where that money is: two statements. */
export async function readRefundables(tx: Tx, visitIds: readonly string[]): Promise<Map<string, Refundable>> {
  const result = new Map<string, Refundable>(visitIds.map((id) => [id, { parts: [], credits: [] }]))
  if (visitIds.length === 0) return result
  const withVisit = { visitId: z.string() }
  const parts = z.array(part.extend(withVisit)).parse(
    await tx.$queryRaw`
      select p.visit_id::text as "visitId", p.id::text as "payableId", p.booking_id::text as "bookingId", p.allocation_id::text as "allocationId", st.name as fund, st.kind = 'adult_social_care' as social,
        p.payer_kind::text as "payerKind", p.payer_id::text as "payerId", p.order_id::text as "orderId", p.pence as paid,
        coalesce((select -sum(c.pence) from payable c where c.visit_id = p.visit_id and c.allocation_id = p.allocation_id and c.refund_id is not null), 0)::int as refunded,
        p.state::text as state, p.invoice_id::text as "invoiceId", m.method::text as method
      from payable p join allocation a on a.id = p.allocation_id join funding_stream st on st.id = a.stream_id
      left join payment m on m.id = p.payment_id
      where p.visit_id = any(${[...visitIds]}::uuid[]) and p.refund_id is null and p.booking_id is not null order by p.id`,
  )
  const credits = z.array(credit.extend(withVisit)).parse(
    await tx.$queryRaw`
      select c.visit_id::text as "visitId", c.id::text as "payableId", c.refund_id::text as "refundId", c.allocation_id::text as "allocationId", st.name as fund,
        c.payer_kind::text as "payerKind", c.payer_id::text as "payerId", -c.pence as pence, c.state::text as state, c.payment_id::text as "paymentId",
        coalesce((select p.state from payable p where p.visit_id = c.visit_id and p.allocation_id = c.allocation_id and p.refund_id is null), 'paid')::text as original
      from payable c join allocation a on a.id = c.allocation_id join funding_stream st on st.id = a.stream_id
      where c.visit_id = any(${[...visitIds]}::uuid[]) and c.refund_id is not null order by c.id`,
  )
  for (const { visitId, ...row } of parts) result.get(visitId)?.parts.push(row)
  for (const { visitId, ...row } of credits) result.get(visitId)?.credits.push(row)
  return result
}

export async function readRefundable(tx: Tx, visitId: string): Promise<Refundable> {
  return (await readRefundables(tx, [visitId])).get(visitId) ?? { parts: [], credits: [] }
}
