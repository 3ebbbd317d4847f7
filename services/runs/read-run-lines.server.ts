import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { numberWords } from '#services/invoicing/numbers.rules.ts'

const runLine = z.object({
  paymentId: z.string(),
  position: z.number(),
  state: z.enum(['started', 'needs_you', 'sent', 'confirmed', 'failed', 'returned', 'cancelled']),
  method: z.string(),
  failure: z.string().nullable(),
  reference: z.string(),
  providerId: z.string(),
  provider: z.string(),
  person: z.string(),
  supplier: z.string(),
  order: z.string(),
  costCode: z.string(),
  caseReference: z.string(),
  gross: z.number(),
  vat: z.number(),
  from: z.string(),
  until: z.string(),
  visits: z.number(),
  invoices: z.array(z.object({ prefix: z.string(), number: z.number() }).transform(numberWords)),
  accountName: z.string().nullable(),
  sortCode: z.string().nullable(),
  accountNumber: z.string().nullable(),
  payeeState: z.string().nullable(),
})
export type RunLineRow = z.infer<typeof runLine>

/**
 * The payments of a run with what each was made with, in the order of the run. VAT is the invoices' own, in proportion to what of
 * an invoiced visit the payment pays; without an invoice it is not known and nought.
 * @param only this payment
 */
export async function readRunLines(tx: Tx, runId: string, only: string | null = null): Promise<RunLineRow[]> {
  return z.array(runLine).parse(
    await tx.$queryRaw`
      select p.id::text as "paymentId", coalesce(r.position, 0) as position, p.state::text, p.method::text, p.failure, p.reference,
        p.provider_id::text as "providerId", o.name as provider, coalesce(n.name, '') as person,
        coalesce(r.supplier_number, '') as supplier, coalesce(r.order_number, '') as "order", coalesce(r.cost_code, '') as "costCode",
        coalesce(r.case_reference, '') as "caseReference", p.pence as gross, coalesce(l.vat, 0)::int as vat,
        l.first_day::text as "from", l.last_day::text as until, coalesce(l.visits, 0)::int as visits, coalesce(l.invoices, '[]'::jsonb) as invoices,
        y.account_name as "accountName", y.sort_code as "sortCode", y.account_number as "accountNumber", y.state::text as "payeeState"
      from payment p
      join provider o on o.id = p.provider_id
      left join person n on n.id = p.person_id
      left join run_line r on r.payment_id = p.id
      left join payee_account y on y.id = r.payee_id
      left join lateral (
        select min(b.on_day) as first_day, max(b.on_day) as last_day, count(distinct b.visit_id) as visits,
          round(sum(case when i.gross > 0 then i.vat::numeric * x.pence / i.gross else 0 end)) as vat,
          jsonb_agg(distinct jsonb_build_object('prefix', v.prefix, 'number', v.number)) filter (where v.id is not null) as invoices
        from payment_line x join payable b on b.id = x.payable_id
        left join invoice v on v.id = b.invoice_id
        left join lateral (select sum(g.vat_pence) as vat, sum(g.net_pence + g.vat_pence) as gross from invoice_line g
          where g.invoice_id = b.invoice_id and g.visit_id = b.visit_id) i on true
        where x.payment_id = p.id
      ) l on true
      where p.run_id = ${runId}::uuid and (${only}::uuid is null or p.id = ${only}::uuid)
      order by r.position nulls last, p.id limit 20000`,
  )
}
