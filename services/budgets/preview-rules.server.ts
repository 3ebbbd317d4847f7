import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, isoText } from '#services/kernel/time.ts'
import type { FundRules } from './fund-rules.schema.ts'
import { type Fund, fundRefusal } from './split.rules.ts'

const booked = z.object({
  serviceId: z.string(),
  title: z.string(),
  provider: z.string(),
  category: z.string(),
  /** ISO, the last of its visits to come. */
  lastOn: z.string(),
  unitPence: z.number(),
  accredited: z.boolean(),
  inArea: z.boolean(),
  visits: z.number(),
  people: z.number(),
})
type Booked = z.infer<typeof booked>

export interface RefusedService {
  serviceId: string
  title: string
  provider: string
  visits: number
  people: number
  why: string
}
export interface RulesPreview {
  /** Services with visits to come that this fund pays for, in whole or in part. */
  services: number
  /** Those of them that could not be booked again under the new rules, and could be under the old ones. */
  refused: RefusedService[]
}

const MOST = 2_000

/** What people book from this fund now, one row a service and kind of support, with its dearest rate. */
async function readBooked(tx: Tx, now: Temporal.Instant, streamId: string): Promise<Booked[]> {
  return z.array(booked).parse(
    await tx.$queryRaw`
      with lines as (
        select b.service_id, b.person_id, b.provider_id, q.category_code, v.id as visit_id, v.starts_at, v.minutes, b.terms ->> 'unit' as unit,
          (select sum(t.pence) from quote_line t where t.visit_id = v.id and t.kind not in ('travel', 'extra')) as time_pence
        from allocation a
        join funding_line f on f.allocation_id = a.id and f.state in ('planned', 'set_aside')
        join quote_line q on q.id = f.quote_line_id
        join visit v on v.id = f.visit_id and v.starts_at >= ${isoText(now)}::timestamptz and v.state in ('planned', 'started')
        join booking b on b.id = v.booking_id and b.state in ('requested', 'countered', 'accepted', 'paused')
        where a.stream_id = ${streamId}::uuid
      )
      select l.service_id::text as "serviceId", max(s.title) as title, max(o.name) as provider, l.category_code as category,
        (max(l.starts_at) at time zone 'Europe/London')::date::text as "lastOn",
        max(case when l.unit = 'hour' then round(l.time_pence * 60.0 / l.minutes) else l.time_pence end)::int as "unitPence",
        bool_or(exists (select 1 from verification c where c.provider_id = o.id and c.kind = 'training' and c.state = 'verified')) as accredited,
        bool_and(o.council_id is not distinct from p.council_id) as "inArea",
        count(distinct l.visit_id)::int as visits, count(distinct l.person_id)::int as people
      from lines l
      join provider o on o.id = l.provider_id
      join person p on p.id = l.person_id
      join lateral (select v.title from service e join service_version v on v.id = coalesce(e.current_version_id, (
          select w.id from service_version w where w.service_id = e.id order by w.number desc limit 1)) where e.id = l.service_id) s on true
      group by l.service_id, l.category_code
      order by provider, title, category
      limit ${MOST}`,
  )
}

/** A fund that has nothing but these rules: no dates of its own, no balance, no council's order. */
const ruled = (rules: {
  canBuy: string
  allowed: readonly string[]
  refused: readonly string[]
  refusalReason: string
  reasons: Readonly<Record<string, string>>
  area: string
  accreditedOnly: boolean
  ceiling: number | null
  expiresOn: string | null
}): Fund => ({
  allocationId: '',
  name: '',
  streamKind: '',
  deployment: 'direct_payment_bank',
  allowedCategories: rules.allowed,
  refusedCategories: rules.refused,
  canBuy: rules.canBuy,
  refusalReason: rules.refusalReason,
  refusedReasons: rules.reasons,
  area: rules.area,
  accreditedOnly: rules.accreditedOnly,
  unitCeilingPence: rules.ceiling,
  startsOn: '0001-01-01',
  endsOn: rules.expiresOn ?? '9999-12-31',
  available: pence(0),
  planLines: [],
  orders: [],
  towards: null,
  expected: [],
  planned: [],
})

export interface RulesNow {
  canBuy: string
  allowedCategories: readonly string[]
  refusedCategories: readonly string[]
  refusalReason: string
  refusedReasons: Readonly<Record<string, string>>
  area: string
  accreditedOnly: boolean
  unitCeilingPence: number | null
  expiresOn: string | null
}

/**
 * What a change of a fund's rules would refuse of what people book from it now. Agreed visits stand; this is about asking
 * again. Only what the old rules allow is counted.
 */
export async function previewRules(
  tx: Tx,
  now: Temporal.Instant,
  streamId: string,
  before: RulesNow,
  after: FundRules,
): Promise<RulesPreview> {
  const old = ruled({
    ...before,
    allowed: before.allowedCategories,
    refused: before.refusedCategories,
    reasons: before.refusedReasons,
    ceiling: before.unitCeilingPence,
  })
  const fresh = ruled({
    ...after,
    allowed: after.list === 'only' ? after.categories : [],
    refused: after.list === 'except' ? after.categories : [],
    area: after.councilOnly ? 'council' : 'anywhere',
  })
  const found = await readBooked(tx, now, streamId)
  const refused = new Map<string, RefusedService>()
  for (const one of found) {
    const visit = {
      on: one.lastOn,
      unitPence: one.unitPence,
      accredited: one.accredited,
      supplier: true,
      inArea: one.inArea,
    }
    const why = fundRefusal(fresh, one.category, visit)
    if (why === null || fundRefusal(old, one.category, visit) !== null || refused.has(one.serviceId)) continue
    const { serviceId, title, provider, visits, people } = one
    refused.set(serviceId, { serviceId, title, provider, visits, people, why })
  }
  return { services: new Set(found.map(({ serviceId }) => serviceId)).size, refused: [...refused.values()] }
}
