import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'

const rows = z.array(z.object({ visit_id: z.string(), lane_id: z.string(), name: z.string() }))

/**
 * Lanes that are free for each visit, buffers included, best first: a lane that is free for most of the visits comes
 * first, so that a series keeps one face where it can.
 */
export async function freeLanes(
  tx: Tx,
  serviceId: string,
  visitIds: readonly string[],
): Promise<Map<string, { id: string; name: string }[]>> {
  const found = rows.parse(
    await tx.$queryRaw`
      with free as (
        select v.id as visit_id, l.id as lane_id, l.name
        from visit v
        join lane l on l.provider_id = v.provider_id and l.active
          and l.service_id is not distinct from (select o.service_id from lane o where o.service_id = ${serviceId}::uuid and o.active limit 1)
        where v.id = any(${[...visitIds]}::uuid[])
          and not exists (select 1 from visit t where t.lane_id = l.id and t.holds_lane and t.id <> v.id
            and tstzrange(t.occupied_from, t.occupied_until) && tstzrange(v.occupied_from, v.occupied_until)))
      select visit_id::text, lane_id::text, name from free
      order by visit_id, (select count(*) from free f where f.lane_id = free.lane_id) desc, name, lane_id`,
  )
  const result = new Map<string, { id: string; name: string }[]>()
  for (const row of found) {
    const list = result.get(row.visit_id) ?? []
    list.push({ id: row.lane_id, name: row.name })
    result.set(row.visit_id, list)
  }
  return result
}

/**
 * Reserves a lane for each visit: the provider's choice where it is free, else the best. Returns the visits for which none
 * is free; then nothing was reserved. Two acceptances at once are kept apart by the exclusion constraint (SQLSTATE 23P01).
 */
export async function reserveLanes(
  tx: Tx,
  serviceId: string,
  visits: readonly { id: string; startsAt: Date }[],
  chosenLaneId: string | null,
): Promise<{ id: string; startsAt: Date }[]> {
  const free = await freeLanes(
    tx,
    serviceId,
    visits.map((visit) => visit.id),
  )
  const picked = visits.map((visit) => {
    const lanes = free.get(visit.id) ?? []
    return { visit, lane: lanes.find((lane) => lane.id === chosenLaneId) ?? lanes[0] }
  })
  const without = picked.filter((entry) => !entry.lane).map((entry) => entry.visit)
  if (without.length > 0) return without
  await tx.$executeRaw`
    update visit set lane_id = p.lane_id::uuid, holds_lane = true
    from unnest(${picked.map((entry) => entry.visit.id)}::text[], ${picked.map((entry) => entry.lane?.id ?? '')}::text[]) as p (id, lane_id)
    where visit.id = p.id::uuid`
  return []
}

const freeRows = z.array(z.object({ free: z.boolean() }))

/** For each time, in order: whether a lane of the service is free for it, buffers included. Nothing is reserved. */
export async function freeAt(
  tx: Tx,
  serviceId: string,
  bufferMinutes: number,
  slots: readonly { startsAt: string; endsAt: string }[],
): Promise<boolean[]> {
  const found = await tx.$queryRaw`
    select exists (
      select 1 from service s join lane n on n.provider_id = s.provider_id and n.active
        and n.service_id is not distinct from (select w.service_id from lane w where w.service_id = s.id and w.active limit 1)
      where s.id = ${serviceId}::uuid
        and not exists (select 1 from visit t where t.lane_id = n.id and t.holds_lane
          and tstzrange(t.occupied_from, t.occupied_until) && tstzrange(
            (k.value->>'startsAt')::timestamptz - make_interval(mins => ${bufferMinutes}::int),
            (k.value->>'endsAt')::timestamptz + make_interval(mins => ${bufferMinutes}::int)))) as free
    from jsonb_array_elements(${JSON.stringify(slots)}::jsonb) with ordinality k order by k.ordinality`
  return freeRows.parse(found).map(({ free }) => free)
}
