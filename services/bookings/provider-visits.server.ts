import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, fromDate, toDate } from '#services/kernel/time.ts'
import { deliveredQuote } from './quote.rules.ts'
import { SETTINGS } from './setting-words.ts'
import { termsSchema } from './terms.schema.ts'
import { BOOKING_STATES, VISIT_STATES } from './transitions.rules.ts'

const row = z.object({
  id: z.string(),
  state: z.enum(VISIT_STATES),
  startsAt: z.date(),
  endsAt: z.date(),
  minutes: z.number(),
  missedSaidAt: z.date().nullable(),
  bookingState: z.enum(BOOKING_STATES),
  title: z.string(),
  note: z.string(),
  place: z.string(),
  setting: z.enum(SETTINGS),
  person: z.string(),
  addressLine: z.string().nullable(),
  postcode: z.string().nullable(),
  phone: z.string().nullable(),
  lane: z.string().nullable(),
  laneMemberId: z.string().nullable(),
})
export type DiaryVisit = z.infer<typeof row>

/** More than nine workers do in a week and a day. */
const MOST = 600

/**
 * A provider's booked visits up to `until`, paused ones left out, and older ones about which something is still to be said. One statement.
 * @param memberId only this member's visits and those of lanes without a name; null for all
 */
export async function readDiary(
  tx: Tx,
  providerId: string,
  memberId: string | null,
  until: Temporal.Instant,
): Promise<DiaryVisit[]> {
  return z.array(row).parse(
    await tx.$queryRaw`
      select v.id::text as id, v.state::text as state, v.starts_at as "startsAt", v.ends_at as "endsAt", v.minutes,
        v.missed_said_at as "missedSaidAt", b.state::text as "bookingState", b.terms->>'title' as title, b.note, b.place,
        s.setting::text as setting, p.short_name as person, p.address_line as "addressLine", p.postcode, p.phone,
        l.name as lane, l.member_id::text as "laneMemberId"
      from visit v
      join booking b on b.id = v.booking_id
      join service_version s on s.id = b.service_version_id
      join person p on p.id = v.person_id
      left join lane l on l.id = v.lane_id
      where v.provider_id = ${providerId}::uuid
        and v.state in ('planned', 'started', 'disputed') and v.paused_at is null
        and b.state in ('accepted', 'paused', 'ended')
        and (v.state = 'disputed' or v.starts_at < ${toDate(until)})
        and (${memberId}::uuid is null or l.member_id is null or l.member_id = ${memberId}::uuid)
      order by v.starts_at, v.id
      limit ${MOST}`,
  )
}

const MOST_WAITING = 2000

/** What the visits cost that wait for a yes, and how many people that is up to. */
export async function readWaiting(tx: Tx, providerId: string): Promise<{ pence: number; people: number }> {
  const visits = await tx.visit.findMany({
    where: { providerId, state: { in: ['delivered', 'disputed'] } },
    select: {
      bookingId: true,
      personId: true,
      startsAt: true,
      minutes: true,
      actualMinutes: true,
      approvedMinutes: true,
      quotedPence: true,
    },
    take: MOST_WAITING,
  })
  const bookings = await tx.booking.findMany({
    where: { id: { in: [...new Set(visits.map((visit) => visit.bookingId))] } },
    select: { id: true, terms: true },
  })
  const terms = new Map(bookings.map((booking) => [booking.id, termsSchema.parse(booking.terms)]))
  const sum = visits.reduce((all, visit) => {
    const agreed = terms.get(visit.bookingId)
    if (!agreed || !visit.actualMinutes) return all
    return all + deliveredQuote(agreed, fromDate(visit.startsAt), visit).total
  }, 0)
  return { pence: sum, people: new Set(visits.map((visit) => visit.personId)).size }
}
