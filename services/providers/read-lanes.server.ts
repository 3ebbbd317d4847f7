import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { isUnnamed } from './lanes.rules.ts'
import { MOST_LANES } from './lanes.schema.ts'

/** So many of the visits ahead are named; the rest are counted. */
const NAMED_VISITS = 5

export interface LaneAhead {
  id: string
  name: string
  memberId: string | null
  /** The service that it serves alone, such as a place in a group. */
  service: string | null
  active: boolean
  visitsAhead: number
  /** The next of them. */
  next: { id: string; when: string }[]
}

export interface Capacity {
  /** Named workers and places of one service, switched on. */
  named: LaneAhead[]
  /** How many more can be out at the same time without a name. */
  unnamed: number
  /** Those among them that visits hold. */
  unnamedHeld: number
  off: LaneAhead[]
}

/** A provider's lanes with the visits ahead that hold them. A paused visit holds none. */
export async function readLanes(tx: Tx, now: Temporal.Instant, providerId: string): Promise<LaneAhead[]> {
  const ahead = { holdsLane: true, endsAt: { gt: toDate(now) } }
  const lanes = await tx.lane.findMany({
    // A lane of somebody who has left is not switched on again.
    where: { providerId, OR: [{ active: true }, { memberId: null }, { member: { endedAt: null } }] },
    orderBy: [{ name: 'asc' }, { id: 'asc' }],
    take: 2 * MOST_LANES,
    select: {
      id: true,
      name: true,
      memberId: true,
      active: true,
      service: { select: { currentVersion: { select: { title: true } } } },
      serviceId: true,
      _count: { select: { visits: { where: ahead } } },
      visits: {
        where: ahead,
        orderBy: { startsAt: 'asc' },
        take: NAMED_VISITS,
        select: { id: true, startsAt: true, endsAt: true },
      },
    },
  })
  return lanes.map((lane) => ({
    id: lane.id,
    name: lane.name,
    memberId: lane.memberId,
    service: lane.serviceId === null ? null : (lane.service?.currentVersion?.title ?? 'One service'),
    active: lane.active,
    visitsAhead: lane._count.visits,
    next: lane.visits.map((visit) => ({
      id: visit.id,
      when: visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt)),
    })),
  }))
}

/** The same as a page shows it: who by name, how many without, and what is switched off. */
export async function readCapacity(tx: Tx, now: Temporal.Instant, providerId: string): Promise<Capacity> {
  const lanes = await readLanes(tx, now, providerId)
  const counted = (lane: LaneAhead): boolean => lane.service === null && isUnnamed(lane)
  const unnamed = lanes.filter((lane) => lane.active && counted(lane))
  return {
    named: lanes.filter((lane) => lane.active && !counted(lane)),
    unnamed: unnamed.length,
    unnamedHeld: unnamed.filter((lane) => lane.visitsAhead > 0).length,
    off: lanes.filter((lane) => !lane.active && !counted(lane)),
  }
}
