/**
 * What a council's own record of a visit does, where the council is the customer: it says that the visit was made and how long it
 * was, or that nobody came. It presses what the provider or the person would have pressed, so everything that they may
 * answer stays open: the person has 7 days to say that it was different, the provider 48 hours to say that they came.
 */
import { z } from 'zod'
import { recordAudits } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { type Temporal, duration, fromDate, isoText, visitTime } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import { visitBecomes, visitMayFrom } from './transitions.rules.ts'

export interface RecordedVisit {
  visitId: string
  /** Whole minutes, 1 to 1,440. */
  minutes: number
  /** So much above what was booked was approved by whoever pays. */
  approved?: boolean
}

const moved = z.array(
  z.object({
    id: z.string(),
    personId: z.string(),
    providerId: z.string(),
    provider: z.string(),
    startsAt: z.date(),
    endsAt: z.date(),
    minutes: z.number().nullable(),
    wasDelivered: z.boolean(),
  }),
)
type Moved = z.infer<typeof moved>[number]

const CHANGED = 'Some of these visits have changed meanwhile. Read the file again; nothing was done.'
const timeOf = (visit: Moved): string => visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))

/**
 * The visits were made, so long each: those not said yet become delivered; of those that the provider said already the time
 * becomes the record's. The person is told, and has 7 days from now.
 * @throws STALE_STATE when one of them is in another state: then nothing is done
 */
export async function deliverByRecord(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  council: string,
  visits: readonly RecordedVisit[],
): Promise<void> {
  if (visits.length === 0) return
  const from = [...visitMayFrom('deliver'), visitBecomes('deliver')]
  const rows = moved.parse(
    await tx.$queryRaw`
      with w as (select * from unnest(${visits.map(({ visitId }) => visitId)}::uuid[], ${visits.map(({ minutes }) => minutes)}::int[],
        ${visits.map(({ approved }) => approved === true)}::boolean[]) as w (id, minutes, approved)),
      before as (
        select v.id, v.state from visit v join w on w.id = v.id join booking b on b.id = v.booking_id
        where v.state = any(${from}::visit_state[]) and v.paused_at is null and v.starts_at <= ${isoText(now)}::timestamptz
          and b.state in ('accepted', 'paused', 'ended')
        order by v.id for update of v
      )
      update visit v set state = ${visitBecomes('deliver')}::visit_state, actual_minutes = w.minutes, missed_said_at = null,
        approved_minutes = case when w.approved and w.minutes > v.minutes then w.minutes end,
        delivered_at = ${isoText(now)}::timestamptz, updated_at = ${isoText(now)}::timestamptz
      from w, before, provider o where v.id = w.id and before.id = v.id and o.id = v.provider_id
      returning v.id::text, v.person_id::text as "personId", v.provider_id::text as "providerId", o.name as provider,
        v.starts_at as "startsAt", v.ends_at as "endsAt", v.actual_minutes as minutes, before.state = 'delivered' as "wasDelivered"`,
  )
  if (rows.length !== new Set(visits.map(({ visitId }) => visitId)).size)
    throw new DomainError('STALE_STATE', CHANGED)
  await tell(
    tx,
    now,
    rows.flatMap((visit): NewNotice[] => [
      {
        to: { personId: visit.personId },
        kind: 'visit.delivered',
        title: `Did ${visit.provider} come?`,
        body: `By the record of ${council} they came on ${timeOf(visit)} and stayed ${duration(visit.minutes ?? 0)}. If that is not right, say what was different within 7 days.`,
        path: `/my/visits/${visit.id}`,
        subjectId: visit.id,
      },
      ...(visit.wasDelivered
        ? [
            {
              to: { providerId: visit.providerId },
              kind: 'visit.recorded',
              title: 'A council’s record says another time than you',
              body: `${timeOf(visit)}. ${council} pays for ${duration(visit.minutes ?? 0)}. If that is not right, talk with them.`,
              path: `/provider/visits/${visit.id}`,
              subjectId: visit.id,
            },
          ]
        : []),
    ]),
  )
  await recordAudits(
    tx,
    now,
    actor,
    rows.map((visit) => ({
      action: 'visit.recorded',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
      facts: { minutes: visit.minutes },
    })),
  )
}

/**
 * Nobody came, by the record. The provider has 48 hours to say that they did, as when the person says so.
 * @throws STALE_STATE as above
 */
export async function missByRecord(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  council: string,
  visitIds: readonly string[],
): Promise<void> {
  if (visitIds.length === 0) return
  const rows = moved.parse(
    await tx.$queryRaw`
      update visit v set missed_said_at = coalesce(v.missed_said_at, ${isoText(now)}::timestamptz), updated_at = ${isoText(now)}::timestamptz
      from booking b, provider o
      where v.id = any(${[...visitIds]}::uuid[]) and b.id = v.booking_id and o.id = v.provider_id and v.state = any(${visitMayFrom('missed')}::visit_state[])
        and v.paused_at is null and v.starts_at <= ${isoText(now)}::timestamptz and b.state in ('accepted', 'paused', 'ended')
      returning v.id::text, v.person_id::text as "personId", v.provider_id::text as "providerId", o.name as provider,
        v.starts_at as "startsAt", v.ends_at as "endsAt", null::int as minutes, false as "wasDelivered"`,
  )
  if (rows.length !== new Set(visitIds).size) throw new DomainError('STALE_STATE', CHANGED)
  await tell(
    tx,
    now,
    rows.map((visit) => ({
      to: { providerId: visit.providerId },
      kind: 'visit.missed_said',
      title: 'By a council’s record nobody came',
      body: `${timeOf(visit)}. ${council} says so. If somebody did come, say so within 48 hours.`,
      path: `/provider/visits/${visit.id}`,
      subjectId: visit.id,
    })),
  )
  await recordAudits(
    tx,
    now,
    actor,
    rows.map((visit) => ({
      action: 'visit.missed_said',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
    })),
  )
}
