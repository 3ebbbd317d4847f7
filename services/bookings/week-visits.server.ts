import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { BOOKING_STATES, VISIT_STATES } from './transitions.rules.ts'

const row = z.object({
  id: z.string(),
  state: z.enum(VISIT_STATES),
  outcome: z.enum(['attended', 'amended', 'late_cancellation', 'no_answer']).nullable(),
  startsAt: z.date(),
  endsAt: z.date(),
  minutes: z.number(),
  actualMinutes: z.number().nullable(),
  approvedMinutes: z.number().nullable(),
  deliveredAt: z.date().nullable(),
  missedSaidAt: z.date().nullable(),
  /** Stopped with its booking for a while. */
  paused: z.boolean(),
  pence: z.number(),
  terms: z.unknown(),
  bookingId: z.string(),
  bookingState: z.enum(BOOKING_STATES),
  answerBy: z.date().nullable(),
  place: z.string(),
  setting: z.string(),
  providerId: z.string(),
  providerName: z.string(),
  providerKind: z.string(),
  providerPhone: z.string().nullable(),
  worker: z.string().nullable(),
  /** Funds that pay, in the order of the split; and whether some of its money is still to come. */
  funds: z.array(z.string()),
  planned: z.boolean(),
})
export type WeekVisit = z.infer<typeof row>

/** Far more than a week and its open questions hold. */
const MOST = 400

/** Visits of a person that touch this week, and those of any time about which something is still to be said. One statement. */
export async function readWeekVisits(
  tx: Tx,
  personId: string,
  week: { from: Temporal.Instant; until: Temporal.Instant },
  now: Temporal.Instant,
): Promise<WeekVisit[]> {
  const [from, until, at] = [toDate(week.from), toDate(week.until), toDate(now)]
  return z.array(row).parse(
    await tx.$queryRaw`
      select v.id::text as id, v.state::text as state, v.outcome::text as outcome, v.starts_at as "startsAt", v.ends_at as "endsAt",
        v.minutes, v.actual_minutes as "actualMinutes", v.approved_minutes as "approvedMinutes", v.delivered_at as "deliveredAt", v.missed_said_at as "missedSaidAt", v.paused_at is not null as paused,
        coalesce(v.final_pence, v.quoted_pence) as pence, b.terms, b.id::text as "bookingId", b.state::text as "bookingState",
        b.answer_by as "answerBy", b.place, e.setting::text as setting, p.id::text as "providerId", p.name as "providerName", p.kind::text as "providerKind",
        p.phone as "providerPhone", split_part(m.name, ' ', 1) as worker, f.funds, f.planned
      from visit v
      join booking b on b.id = v.booking_id
      join service_version e on e.id = b.service_version_id
      join provider p on p.id = v.provider_id
      left join lane l on l.id = v.lane_id
      left join member m on m.id = l.member_id
      cross join lateral (
        select coalesce(array_agg(distinct s.name), '{}') as funds, coalesce(bool_or(g.state = 'planned'), false) as planned
        from funding_line g join allocation a on a.id = g.allocation_id join funding_stream s on s.id = a.stream_id
        where g.visit_id = v.id and g.pence > 0 and g.state <> 'released'
      ) f
      where v.person_id = ${personId}::uuid
        and b.state in ('requested', 'countered', 'accepted', 'paused', 'ended')
        and ((v.starts_at < ${until} and v.ends_at > ${from})
          or v.state in ('delivered', 'disputed')
          or (v.state = 'planned' and v.paused_at is null and v.starts_at <= ${at} and b.state in ('accepted', 'paused', 'ended')))
      order by v.starts_at, v.id
      limit ${MOST}`,
  )
}
