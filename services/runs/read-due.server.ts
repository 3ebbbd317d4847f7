import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, isoText } from '#services/kernel/time.ts'
import type { DueRow } from './due.rules.ts'

const row = z.object({
  id: z.string(),
  providerId: z.string(),
  provider: z.string(),
  personId: z.string(),
  person: z.string(),
  pence: z.number(),
  onDay: z.string(),
  supplier: z.string().nullable(),
  orderId: z.string().nullable(),
  order: z.string().nullable(),
  costCode: z.string().nullable(),
  caseReference: z.string().nullable(),
  payeeId: z.string().nullable(),
}) satisfies z.ZodType<DueRow>

/** More than any council owes at once; what is beyond goes into the next run. */
const MOST = 20_000

/**
 * What a council owes for days up to `until`, oldest first, each with the order or standing approval that it is paid under: an
 * order for this provider goes before a standing approval, and the first line of the visit's price that has either decides.
 * What is owed for no visit is paid under any order of its fund with this provider, or any standing approval of the fund.
 */
export async function readDue(
  tx: Tx,
  councilId: string,
  until: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<DueRow[]> {
  return z.array(row).parse(
    await tx.$queryRaw`
      select p.id::text, p.provider_id::text as "providerId", o.name as provider, p.person_id::text as "personId", n.name as person,
        p.pence, p.on_day::text as "onDay", s.number as supplier, w.order_id::text as "orderId", w.number as "order",
        w.cost_code as "costCode", w.case_reference as "caseReference", y.id::text as "payeeId"
      from payable p
      join provider o on o.id = p.provider_id
      join person n on n.id = p.person_id
      left join council_supplier s on s.council_id = p.payer_id and s.provider_id = p.provider_id
      left join payee_account y on y.provider_id = p.provider_id and y.state = 'active' and y.usable_from <= ${isoText(now)}::timestamptz
      left join lateral (
        with bought as (
          select q.category_code, min(q.position) as position from funding_line f join quote_line q on q.id = f.quote_line_id
          where f.visit_id = p.visit_id and f.allocation_id = p.allocation_id group by q.category_code
        )
        select x.* from (
          select 0 as rank, coalesce(b.position, 0) as position, c.id as order_id, c.number, c.cost_code, c.case_reference
          from council_order c left join bought b on b.category_code = c.category_code
          where c.allocation_id = p.allocation_id and c.provider_id = p.provider_id and c.state in ('placed', 'ended')
            and p.on_day between c.starts_on and c.ends_on and (b.category_code is not null or p.visit_id is null)
          union all
          select 1, coalesce(b.position, 0), null, l.order_number, l.cost_code, l.case_reference
          from plan_line l left join bought b on b.category_code = l.category_code
          where l.allocation_id = p.allocation_id and l.approved_at is not null and l.order_number <> '' and l.cost_code <> '' and l.case_reference <> ''
            and p.on_day between l.starts_on and l.ends_on and (b.category_code is not null or p.visit_id is null)
        ) x order by x.rank, x.position, x.number limit 1
      ) w on true
      where p.payer_kind = 'council' and p.payer_id = ${councilId}::uuid and p.state = 'due' and p.on_day <= ${until.toString()}::date
      order by p.on_day, p.id limit ${MOST}`,
  )
}
