import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from './fields.schema.ts'
import { freeNames, isUnnamed } from './lanes.rules.ts'
import { MOST_LANES, capacitySchema, laneNameSchema } from './lanes.schema.ts'
import { requireMember } from './providers.policy.ts'
import { type LaneAhead, readLanes } from './read-lanes.server.ts'
import { reindexProvider } from './reindex-provider.server.ts'

interface Change {
  action: string
  subjectId: string
  facts?: Record<string, string | number>
}

/** One change of a provider's lanes at a time; every listing's next free time follows. */
async function changeLanes(
  deps: Deps,
  actor: Actor,
  providerId: string,
  work: (tx: Tx, lanes: LaneAhead[]) => Promise<Change | null>,
): Promise<void> {
  requireMember(actor, providerId, 'edit_hours')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await tx.$queryRaw`SELECT 1 FROM provider WHERE id = ${providerId}::uuid FOR UPDATE`
    const change = await work(tx, await readLanes(tx, now, providerId))
    if (!change) return
    await recordAudit(tx, now, actor, {
      action: change.action,
      subjectType: 'lane',
      subjectId: change.subjectId,
      forPersonId: null,
      facts: { providerId, ...change.facts },
    })
    await reindexProvider(tx, now, providerId)
  })
}

const theirs = (lanes: readonly LaneAhead[], laneId: string): LaneAhead => {
  const lane = isId(laneId) ? lanes.find(({ id }) => id === laneId) : undefined
  if (!lane) throw notFound()
  return lane
}
const tooMany = (): DomainError =>
  new DomainError('TOO_MANY', `At most ${String(MOST_LANES)} visits can run at the same time here.`)

function requireFreeName(lanes: readonly LaneAhead[], name: string, except: string | null): void {
  const same = (lane: LaneAhead): boolean =>
    lane.id !== except && lane.active && lane.name.toLowerCase() === name.toLowerCase()
  if (lanes.some(same))
    throw invalid({ laneName: [`There is a ${name} already. Add a letter or a second name.`] })
}

/**
 * Adds somebody by name whom visits can be given to; they need no account.
 * @throws NOT_FOUND for strangers, FORBIDDEN for workers, INVALID, TOO_MANY
 */
export async function addLane(deps: Deps, actor: Actor, providerId: string, input: unknown): Promise<void> {
  await changeLanes(deps, actor, providerId, async (tx, lanes) => {
    const { laneName } = parseInput(laneNameSchema, input)
    requireFreeName(lanes, laneName, null)
    if (lanes.filter((lane) => lane.active).length >= MOST_LANES) throw tooMany()
    const id = newId()
    await tx.lane.create({ data: { id, providerId, name: laneName }, select: { id: true } })
    return { action: 'lane.added', subjectId: id }
  })
}

/** Another name for a worker or a place; visits keep whom they are with. */
export async function renameLane(
  deps: Deps,
  actor: Actor,
  providerId: string,
  laneId: string,
  input: unknown,
): Promise<void> {
  await changeLanes(deps, actor, providerId, async (tx, lanes) => {
    const lane = theirs(lanes, laneId)
    const { laneName } = parseInput(laneNameSchema, input)
    if (laneName === lane.name) return null
    requireFreeName(lanes, laneName, lane.id)
    await tx.lane.update({ where: { id: lane.id }, data: { name: laneName }, select: { id: true } })
    return { action: 'lane.renamed', subjectId: lane.id }
  })
}

/**
 * Switches a lane off, so that nothing new is put in it, or on again. With visits ahead in it, off is refused and they are
 * named. One that stands so already: nothing changes.
 * @throws NOT_FOUND, FORBIDDEN; REFUSED_BY_RULE with what is in the way; INVALID for a name that was taken meanwhile
 */
export async function switchLane(
  deps: Deps,
  actor: Actor,
  providerId: string,
  laneId: string,
  to: 'on' | 'off',
): Promise<void> {
  await changeLanes(deps, actor, providerId, async (tx, lanes) => {
    const lane = theirs(lanes, laneId)
    const active = to === 'on'
    if (lane.active === active) return null
    if (!active && lane.visitsAhead > 0) throw stillBooked(lane.name, [lane], lane.visitsAhead)
    if (active) requireFreeName(lanes, lane.name, lane.id)
    if (active && lanes.filter((one) => one.active).length >= MOST_LANES) throw tooMany()
    await tx.lane.update({ where: { id: lane.id }, data: { active }, select: { id: true } })
    return { action: `lane.switched_${to}`, subjectId: lane.id }
  })
}

/**
 * How many visits can run at the same time besides those of named workers. Fewer than before switches off lanes that no
 * visit holds; when too many hold one, it is refused and the visits are named.
 */
export async function saveCapacity(
  deps: Deps,
  actor: Actor,
  providerId: string,
  input: unknown,
): Promise<void> {
  await changeLanes(deps, actor, providerId, async (tx, lanes) => {
    const { count } = parseInput(capacitySchema, input)
    const unnamed = lanes.filter((lane) => lane.service === null && isUnnamed(lane))
    const on = unnamed.filter((lane) => lane.active)
    const more = count - on.length
    if (more === 0) return null
    if (more > 0) {
      if (lanes.filter((lane) => lane.active).length + more > MOST_LANES) throw tooMany()
      const again = unnamed.filter((lane) => !lane.active).slice(0, more)
      await tx.lane.updateMany({
        where: { id: { in: again.map(({ id }) => id) } },
        data: { active: true },
      })
      const names = freeNames(
        lanes.map(({ name }) => name),
        more - again.length,
      )
      await tx.lane.createMany({ data: names.map((name) => ({ id: newId(), providerId, name })) })
    } else {
      const idle = on.filter((lane) => lane.visitsAhead === 0)
      if (idle.length < -more) {
        const held = on.filter((lane) => lane.visitsAhead > 0)
        throw stillBooked(
          `${String(held.length)} of the ${String(on.length)}`,
          held,
          held.reduce((sum, lane) => sum + lane.visitsAhead, 0),
          'count',
        )
      }
      await tx.lane.updateMany({
        where: { id: { in: idle.slice(more).map(({ id }) => id) } },
        data: { active: false },
      })
    }
    return { action: 'capacity.saved', subjectId: providerId, facts: { count } }
  })
}

function stillBooked(who: string, lanes: readonly LaneAhead[], visits: number, field?: 'count'): DomainError {
  const next = lanes.flatMap((lane) => lane.next).slice(0, 3)
  const more = visits > next.length ? ` and ${String(visits - next.length)} more` : ''
  const sentence = `${who} still ${lanes.length === 1 ? 'has' : 'have'} ${visits === 1 ? 'a visit' : `${String(visits)} visits`} ahead: ${next.map(({ when }) => when).join('; ')}${more}. Give them to somebody else or cancel them first. Nothing was changed.`
  return new DomainError('REFUSED_BY_RULE', sentence, { fields: { [field ?? '']: [sentence] } })
}
