import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import { freeWeek } from './free-week.rules.ts'
import { londonDays } from './hours.rules.ts'
import { firstFree, type FreeTimeFacts } from './next-free.rules.ts'

/** How far ahead is looked. Later than this a service says "nothing free in the next 60 days". */
export const HORIZON_DAYS = 60

const span = z.tuple([z.number(), z.number()]).transform(([from, until]) => ({ from, until }))
const row = z.object({
  id: z.string(),
  min_minutes: z.number(),
  step_minutes: z.number(),
  buffer_minutes: z.number(),
  notice_hours: z.number(),
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
  lanes: z.array(z.array(span)),
})

export interface FreeTimes {
  /** When it could next come: inside its hours, after the notice it needs, in a lane without a visit that holds it. */
  next: Date | null
  /** The Monday of this week, ISO, and which hours of the week are free from which week on (`free-week.rules.ts`). */
  week: { monday: string; from: Uint8Array } | null
}
const NOTHING_FREE: FreeTimes = { next: null, week: null }

/**
 * When each service is free. One statement for all. Nothing: not published, takes nobody new, its provider is paused, it keeps no hours.
 * `next` is null, too, when nothing is free in the next 60 days. A service with lanes of its own (places in a group) uses only those.
 */
export async function readFreeTimes(
  tx: Tx,
  now: Temporal.Instant,
  serviceIds: readonly string[],
): Promise<Map<string, FreeTimes>> {
  const answer = new Map<string, FreeTimes>(serviceIds.map((id) => [id, NOTHING_FREE]))
  if (serviceIds.length === 0) return answer
  const today = londonDate(now)
  const monday = today.subtract({ days: today.dayOfWeek - 1 })
  const weeks = londonDays(monday.subtract({ days: 1 }))
  const yesterday = today.subtract({ days: 1 })
  const days = londonDays(yesterday)
  const from = toDate(now)
  const until = toDate(now.add({ hours: (HORIZON_DAYS + 2) * 24 }))
  const rows = await tx.$queryRaw`
    SELECT s.id, v.min_minutes, v.step_minutes, v.buffer_minutes, v.notice_hours,
      coalesce((SELECT json_agg(json_build_object('weekday', r.weekday, 'fromMinute', r.from_minute, 'untilMinute', r.until_minute,
                                                  'validFrom', r.valid_from, 'validUntil', r.valid_until))
                FROM availability_rule r WHERE r.service_id = s.id), '[]') AS rules,
      coalesce((SELECT json_agg(json_build_object('day', e.day, 'closed', e.closed, 'fromMinute', e.from_minute, 'untilMinute', e.until_minute))
                FROM availability_exception e WHERE e.service_id = s.id AND e.day >= ${yesterday.toString()}::date), '[]') AS exceptions,
      coalesce((SELECT json_agg(coalesce((
                  SELECT json_agg(json_build_array(extract(epoch FROM t.occupied_from) * 1000, extract(epoch FROM t.occupied_until) * 1000)
                                  ORDER BY t.occupied_from)
                  FROM visit t
                  WHERE t.lane_id = l.id AND t.holds_lane
                    AND tstzrange(t.occupied_from, t.occupied_until) && tstzrange(${from}::timestamptz, ${until}::timestamptz)), '[]'))
                FROM lane l
                WHERE l.provider_id = s.provider_id AND l.active
                  AND l.service_id IS NOT DISTINCT FROM
                      (SELECT o.service_id FROM lane o WHERE o.service_id = s.id AND o.active LIMIT 1)), '[]') AS lanes
    FROM service s
    JOIN service_version v ON v.id = s.current_version_id
    JOIN provider p ON p.id = s.provider_id
    WHERE s.id = ANY (${[...serviceIds]}::uuid[]) AND s.state = 'published' AND s.accepts_new AND p.paused_at IS NULL`
  for (const service of z.array(row).parse(rows)) {
    const facts: FreeTimeFacts = {
      rules: service.rules,
      exceptions: service.exceptions,
      minMinutes: service.min_minutes,
      stepMinutes: service.step_minutes,
      bufferMinutes: service.buffer_minutes,
      noticeHours: service.notice_hours,
      lanes: service.lanes,
    }
    const moment = firstFree(facts, days, now.epochMilliseconds, HORIZON_DAYS)
    answer.set(service.id, {
      next: moment === null ? null : new Date(moment),
      week:
        service.rules.length === 0
          ? null
          : { monday: monday.toString(), from: freeWeek(facts, weeks, now.epochMilliseconds) },
    })
  }
  return answer
}

/** When each service could next come (`readFreeTimes`). */
export async function nextFreeAt(
  tx: Tx,
  now: Temporal.Instant,
  serviceIds: readonly string[],
): Promise<Map<string, Date | null>> {
  return new Map([...(await readFreeTimes(tx, now, serviceIds))].map(([id, { next }]) => [id, next]))
}
