import { z } from 'zod'
import type { Db } from '#services/db/client.server.ts'
import { SETTINGS } from './setting-words.ts'
import { type Choices, choicesSchema } from './draft.schema.ts'
import { LINE_KINDS, UNITS } from './terms.schema.ts'

const price = z.object({
  position: z.number(),
  kind: z.enum(LINE_KINDS),
  label: z.string(),
  pence: z.number(),
  upliftBps: z.number(),
  categoryCode: z.string().nullable(),
})

const fund = z.object({
  allocationId: z.string(),
  name: z.string(),
  funder: z.string(),
  streamKind: z.string(),
  deployment: z.enum([
    'council_managed',
    'direct_payment_bank',
    'direct_payment_card',
    'direct_payment_managed_account',
    'individual_service_fund',
    'adviser_held',
  ]),
  agreed: z.number(),
  allowedCategories: z.array(z.string()),
  refusedCategories: z.array(z.string()),
  canBuy: z.string(),
  refusalReason: z.string(),
  refusedReasons: z.record(z.string(), z.string()),
  area: z.string(),
  towards: z.string().nullable(),
  accreditedOnly: z.boolean(),
  unitCeilingPence: z.number().nullable(),
  startsOn: z.string(),
  endsOn: z.string(),
  available: z.number(),
  held: z.number(),
  spent: z.number(),
  planLines: z.array(
    z.object({ category: z.string(), approved: z.boolean(), startsOn: z.string(), endsOn: z.string() }),
  ),
  orders: z.array(z.object({ category: z.string(), startsOn: z.string(), endsOn: z.string() })),
  expected: z.array(z.object({ dueOn: z.string(), pence: z.number() })),
  planned: z.array(z.object({ on: z.string(), pence: z.number() })),
})

const factsSchema = z.object({
  booking: z.object({
    id: z.string(),
    reference: z.string(),
    state: z.string(),
    choices: choicesSchema,
    fundOrder: z.array(z.string()),
    note: z.string(),
    place: z.string(),
    versionId: z.string(),
  }),
  person: z.object({ id: z.string(), shortName: z.string(), councilId: z.string() }),
  service: z.object({
    id: z.string(),
    slug: z.string(),
    state: z.string(),
    acceptsNew: z.boolean(),
    currentVersionId: z.string().nullable(),
    /** The regulator took away the registration that it rests on. */
    offRegister: z.boolean(),
  }),
  provider: z.object({
    id: z.string(),
    name: z.string(),
    slug: z.string(),
    kind: z.string(),
    paused: z.boolean(),
    claimed: z.boolean(),
    accredited: z.boolean(),
    supplier: z.boolean(),
    inArea: z.boolean(),
  }),
  version: z.object({
    title: z.string(),
    categoryCode: z.string(),
    setting: z.enum(SETTINGS),
    unit: z.enum(UNITS),
    chargingBasis: z.enum(['booked_time', 'actual_minutes']),
    roundingMinutes: z.number(),
    toleranceMinutes: z.number(),
    minMinutes: z.number(),
    maxMinutes: z.number(),
    stepMinutes: z.number(),
    bufferMinutes: z.number(),
    noticeHours: z.number(),
    cancelWindowHours: z.number(),
    cancelShareBps: z.number(),
    noAnswerShareBps: z.number(),
    endNoticeDays: z.number(),
    contingency: z.string(),
    prices: z.array(price),
  }),
  rules: z.array(
    z.object({
      weekday: z.number(),
      fromMinute: z.number(),
      untilMinute: z.number(),
      validFrom: z.string().nullable(),
      validUntil: z.string().nullable(),
    }),
  ),
  exceptions: z.array(
    z.object({
      day: z.string(),
      closed: z.boolean(),
      fromMinute: z.number().nullable(),
      untilMinute: z.number().nullable(),
    }),
  ),
  /** For each slot of the draft, in order: whether a lane is free for it with its buffers. */
  freeLanes: z.array(z.boolean()),
  funds: z.array(fund),
  categories: z.record(z.string(), z.string()),
})

/** All that decides whether, and at what price, a draft can be asked for. */
export type AskFacts = z.infer<typeof factsSchema>

/**
 * One statement, prepared once a connection: this is the read of the hottest path. It names tables of other domains on
 * purpose (docs/decisions/2026-11-21-hot-paths.md).
 */
const READ = `
select json_build_object(
  'booking', json_build_object('id', b.id, 'reference', b.reference, 'state', b.state, 'choices', coalesce($4::jsonb, b.choices), 'fundOrder', b.fund_order,
    'note', b.note, 'place', b.place, 'versionId', b.service_version_id),
  'person', json_build_object('id', p.id, 'shortName', p.short_name, 'councilId', p.council_id),
  'service', json_build_object('id', s.id, 'slug', s.slug, 'state', s.state, 'acceptsNew', s.accepts_new, 'currentVersionId', s.current_version_id,
    'offRegister', v.regulation = 'registered' and is_off_register(s.id, v.id)),
  'provider', json_build_object('id', o.id, 'name', o.name, 'slug', o.slug, 'kind', o.kind, 'paused', o.paused_at is not null, 'claimed', o.claimed,
    'accredited', exists (select 1 from verification c where c.provider_id = o.id and c.kind = 'training' and c.state = 'verified'),
    'supplier', exists (select 1 from council_supplier u where u.council_id = p.council_id and u.provider_id = o.id), 'inArea', o.council_id is not distinct from p.council_id),
  'version', json_build_object('title', v.title, 'categoryCode', v.category_code, 'setting', v.setting, 'unit', v.unit,
    'chargingBasis', v.charging_basis, 'roundingMinutes', v.rounding_minutes, 'toleranceMinutes', v.tolerance_minutes,
    'minMinutes', v.min_minutes, 'maxMinutes', v.max_minutes, 'stepMinutes', v.step_minutes, 'bufferMinutes', v.buffer_minutes,
    'noticeHours', v.notice_hours, 'cancelWindowHours', v.cancel_window_hours, 'cancelShareBps', v.cancel_share_bps,
    'noAnswerShareBps', v.no_answer_share_bps, 'endNoticeDays', v.end_notice_days, 'contingency', v.contingency,
    'prices', coalesce((select json_agg(json_build_object('position', l.position, 'kind', l.kind, 'label', l.label, 'pence', l.pence,
      'upliftBps', l.uplift_bps, 'categoryCode', l.category_code) order by l.position) from price_line l where l.version_id = v.id), '[]')),
  'rules', coalesce((select json_agg(json_build_object('weekday', r.weekday, 'fromMinute', r.from_minute, 'untilMinute', r.until_minute,
      'validFrom', r.valid_from, 'validUntil', r.valid_until)) from availability_rule r where r.service_id = s.id), '[]'),
  'exceptions', coalesce((select json_agg(json_build_object('day', e.day, 'closed', e.closed, 'fromMinute', e.from_minute, 'untilMinute', e.until_minute))
      from availability_exception e where e.service_id = s.id and e.day >= ($3::timestamptz at time zone 'Europe/London')::date - 1), '[]'),
  'freeLanes', coalesce((select json_agg(exists (
        select 1 from lane n
        where n.provider_id = s.provider_id and n.active
          and n.service_id is not distinct from (select w.service_id from lane w where w.service_id = s.id and w.active limit 1)
          and not exists (select 1 from visit t where t.lane_id = n.id and t.holds_lane
            and tstzrange(t.occupied_from, t.occupied_until) && tstzrange(
              (k.value->>'startsAt')::timestamptz - make_interval(mins => v.buffer_minutes),
              (k.value->>'endsAt')::timestamptz + make_interval(mins => v.buffer_minutes)))) order by k.ordinality)
      from jsonb_array_elements(coalesce($4::jsonb, b.choices)->'slots') with ordinality k), '[]'),
  'funds', coalesce((select json_agg(json_build_object('allocationId', a.id, 'name', f.name, 'funder', f.funder, 'streamKind', f.kind,
      'deployment', a.deployment, 'agreed', a.agreed_pence, 'allowedCategories', r.allowed_categories, 'refusedCategories', r.refused_categories,
      'canBuy', r.can_buy, 'refusalReason', r.refusal_reason, 'refusedReasons', r.refused_reasons, 'area', r.area, 'towards', a.towards_id,
      'accreditedOnly', r.accredited_only, 'unitCeilingPence', r.unit_ceiling_pence,
      'startsOn', a.starts_on, 'endsOn', least(a.ends_on, r.expires_on),
      'available', l.available + coalesce((select sum(h.amount) from ledger_hold h where h.allocation_id = a.id and h.booking_id = b.id), 0),
      'held', l.held, 'spent', l.spent,
      'planLines', coalesce((select json_agg(json_build_object('category', q.category_code, 'approved', q.approved_at is not null,
          'startsOn', q.starts_on, 'endsOn', q.ends_on)) from plan_line q where q.allocation_id = coalesce(a.towards_id, a.id)), '[]'),
      'orders', case when a.deployment = 'council_managed' then coalesce((select json_agg(json_build_object('category', w.category_code,
          'startsOn', w.starts_on, 'endsOn', w.ends_on)) from council_order w
          where w.allocation_id = a.id and w.provider_id = o.id and w.state = 'placed'), '[]') else '[]' end,
      'expected', coalesce((select json_agg(json_build_object('dueOn', i.due_on, 'pence', i.pence) order by i.due_on)
          from instalment i where i.allocation_id = a.id and i.arrived_at is null), '[]'),
      'planned', coalesce((select json_agg(json_build_object('on', (t.starts_at at time zone 'Europe/London')::date, 'pence', g.pence))
          from funding_line g join visit t on t.id = g.visit_id where g.allocation_id = a.id and g.state = 'planned' and t.booking_id <> b.id), '[]')) order by a.ends_on, a.id)
      from allocation a join funding_stream f on f.id = a.stream_id
      join funding_stream r on r.id = coalesce((select m.stream_id from allocation m where m.id = a.towards_id), f.id)
      cross join lateral (select coalesce(max(n.balance) filter (where n.kind = 'available'), 0) as available,
        coalesce(max(n.balance) filter (where n.kind = 'held'), 0) as held, coalesce(max(n.balance) filter (where n.kind = 'spent'), 0) as spent
        from ledger_account n where n.allocation_id = a.id) l
      where a.person_id = p.id and a.ends_on >= ($3::timestamptz at time zone 'Europe/London')::date), '[]'),
  'categories', (select json_object_agg(c.code, c.name) from category c
      where c.code = any (array(select l.category_code from price_line l where l.version_id = v.id) || v.category_code))
) as facts
from booking b
join person p on p.id = b.person_id
join service s on s.id = b.service_id
join service_version v on v.id = b.service_version_id
join provider o on o.id = b.provider_id
where b.id = $1 and b.person_id = $2`

let shapeIsKnown = false

/**
 * The facts for a person's own booking; null when it is not theirs or not there. What this booking itself has set aside
 * counts as available, because asking anew releases it first.
 * @param instead other dates than the booking's own: a counter-offer's
 */
export async function readAskFacts(
  db: Pick<Db, 'hot'>,
  bookingId: string,
  personId: string,
  now: string,
  instead: Choices | null = null,
): Promise<AskFacts | null> {
  const [row] = await db.hot<{ facts: unknown }>('bookings.ask_facts', READ, [
    bookingId,
    personId,
    now,
    instead ? JSON.stringify(instead) : null,
  ])
  if (!row) return null
  // The statement and all that it reads are ours: its shape is proved by the first row of a process, not again by each.
  const facts = shapeIsKnown ? (row.facts as AskFacts) : factsSchema.parse(row.facts)
  shapeIsKnown = true
  return facts
}
