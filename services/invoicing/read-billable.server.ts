import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { Billable } from './drafts.rules.ts'

/** Payers and people with something that is not billed yet. */
export interface BillableGroup {
  providerId: string
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
  personId: string
}

const group = z.object({
  providerId: z.string(),
  payerKind: z.enum(['person', 'council', 'fund_holder']),
  payerId: z.string(),
  personId: z.string(),
  pence: z.number(),
  visits: z.number(),
})
const MOST_GROUPS = 2_000

/**
 * Who can be billed by these providers for what was agreed up to a day, and how much. Late ones of a period whose invoice is
 * out wait for the next (`closed`), unless somebody asks for them now.
 */
export async function readGroups(
  tx: Tx,
  wanted: readonly { providerId: string; until: string }[],
  { closed }: { closed: boolean },
): Promise<z.infer<typeof group>[]> {
  if (wanted.length === 0) return []
  return z.array(group).parse(
    await tx.$queryRaw`
      select p.provider_id::text as "providerId", p.payer_kind::text as "payerKind", p.payer_id::text as "payerId", p.person_id::text as "personId",
        sum(p.pence)::int as pence, (count(distinct p.visit_id))::int as visits
      from unnest(${wanted.map(({ providerId }) => providerId)}::uuid[], ${wanted.map(({ until }) => until)}::date[]) as w (provider_id, until)
      join payable p on p.provider_id = w.provider_id and p.invoice_id is null and p.on_day <= w.until
      left join billing g on g.provider_id = p.provider_id
      where p.on_day >= coalesce(g.starts_on, '-infinity') and (not ${closed} or not exists (
        select 1 from invoice i where i.kind = 'invoice' and i.provider_id = p.provider_id and i.payer_kind = p.payer_kind
          and i.payer_id = p.payer_id and i.person_id = p.person_id and i.period_until >= w.until))
      group by 1, 2, 3, 4 having sum(p.pence) > 0
      order by 1, min(p.on_day), 4, 2, 3 limit ${MOST_GROUPS}`,
  )
}

const row = z.object({
  payableId: z.string(),
  visitId: z.string().nullable(),
  payerKind: z.enum(['person', 'council', 'fund_holder']),
  payerId: z.string(),
  personId: z.string(),
  managedAccount: z.boolean(),
  pence: z.number(),
  onDay: z.string(),
  fund: z.string(),
  title: z.string(),
  startsAt: z.date().nullable(),
  minutes: z.number().nullable(),
  outcome: z.string().nullable(),
  serviceId: z.string().nullable(),
  category: z.string(),
  order: z.string(),
})

/** What these groups owe and was not billed, locked until the transaction ends, in the order of the visits. */
export async function readBillables(
  tx: Tx,
  groups: readonly BillableGroup[],
  until: string,
): Promise<Billable[]> {
  if (groups.length === 0) return []
  return z.array(row).parse(
    await tx.$queryRaw`
      select p.id::text as "payableId", p.visit_id::text as "visitId", p.payer_kind::text as "payerKind", p.payer_id::text as "payerId",
        p.person_id::text as "personId", a.deployment = 'direct_payment_managed_account' as "managedAccount", p.pence,
        p.on_day::text as "onDay", st.name as fund, coalesce(b.terms->>'title', 'Support') as title, v.starts_at as "startsAt",
        coalesce(v.actual_minutes, v.minutes) as minutes, v.outcome::text as outcome, b.service_id::text as "serviceId",
        coalesce(b.category_code, '') as category,
        coalesce(
          (select concat_ws(', ', 'order ' || o.number, 'cost code ' || o.cost_code, 'case ' || o.case_reference) from council_order o where o.id = p.order_id),
          (select concat_ws(', ', 'order ' || l.order_number, 'cost code ' || l.cost_code, 'case ' || l.case_reference) from plan_line l
           where p.payer_kind = 'council' and l.allocation_id = p.allocation_id and l.category_code = b.category_code
             and l.approved_at is not null and p.on_day between l.starts_on and l.ends_on order by l.starts_on desc limit 1),
          '') as "order"
      from unnest(${groups.map((one) => one.providerId)}::uuid[], ${groups.map((one) => one.payerKind)}::text[], ${groups.map((one) => one.payerId)}::uuid[],
        ${groups.map((one) => one.personId)}::uuid[]) as g (provider_id, payer_kind, payer_id, person_id)
      join payable p on p.provider_id = g.provider_id and p.payer_kind::text = g.payer_kind and p.payer_id = g.payer_id and p.person_id = g.person_id
      join allocation a on a.id = p.allocation_id join funding_stream st on st.id = a.stream_id
      left join visit v on v.id = p.visit_id left join booking b on b.id = p.booking_id
      left join billing t on t.provider_id = p.provider_id
      where p.invoice_id is null and p.on_day <= ${until}::date and p.on_day >= coalesce(t.starts_on, '-infinity')
      order by p.on_day, v.starts_at, p.id
      for update of p`,
  )
}
