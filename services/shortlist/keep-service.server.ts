import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { MOST_IN_BROWSER } from './browser-list.rules.ts'
import { addEntries, lockList, MOST_KEPT } from './list-rows.server.ts'
import { requireShortlist, whoseList } from './shortlist.policy.ts'

/** After a press: what the browser keeps from now on, and what to say. */
export interface KeptNow {
  /** Null: leave the browser's list as it is. */
  inBrowser: string[] | null
  notice: string
}

const titleOf = async (tx: Pick<Tx, 'service'>, where: object): Promise<string | null> =>
  (await tx.service.findFirst({ where, select: { currentVersion: { select: { title: true } } } }))
    ?.currentVersion?.title ?? null

const many = (count: number): string => (count === 1 ? '1 service' : `${String(count)} services`)

/**
 * Keeps a published service, or takes any off again, in the list that the actor sees. A second press of the same kind
 * changes nothing.
 * @param input.inBrowser ids that the browser keeps now
 * @throws NOT_FOUND for a service that nobody can see; FORBIDDEN for a supporter without the scope `shortlist`;
 *   TOO_MANY when the list is full
 */
export async function keepService(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { serviceId: string; intent: 'keep' | 'take_off'; inBrowser: readonly string[] },
): Promise<KeptNow> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser') return keepInBrowser(deps, input)
  requireShortlist(actor, whose.personId)
  const of = { personId: whose.personId, serviceId: input.serviceId }
  return input.intent === 'keep' ? keep(deps, actor, of) : takeOff(deps, actor, of)
}

async function keepInBrowser(
  deps: Pick<Deps, 'db'>,
  {
    serviceId,
    intent,
    inBrowser,
  }: { serviceId: string; intent: 'keep' | 'take_off'; inBrowser: readonly string[] },
): Promise<KeptNow> {
  const others = inBrowser.filter((id) => id !== serviceId)
  const published = await titleOf(deps.db.prisma, asAnybodySees(serviceId))
  if (intent === 'take_off')
    return { inBrowser: others, notice: `${published ?? 'It'} is off your shortlist.` }
  if (published === null) throw notFound()
  if (others.length >= MOST_IN_BROWSER)
    throw new DomainError(
      'TOO_MANY',
      `This browser keeps ${String(MOST_IN_BROWSER)} services at most, so this one was not kept. Take one off first, or sign in to keep up to ${String(MOST_KEPT)}.`,
    )
  const now = [...others, serviceId]
  return { inBrowser: now, notice: `Kept: ${published}. ${many(now.length)} on your shortlist.` }
}

const asAnybodySees = (id: string) => ({ id, state: 'published', provider: { claimed: true } }) as const

async function keep(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { personId, serviceId }: { personId: string; serviceId: string },
): Promise<KeptNow> {
  return deps.db.asActor(actor, async (tx) => {
    const title = await titleOf(tx, asAnybodySees(serviceId))
    if (title === null) throw notFound()
    const held = await lockList(tx, personId)
    if (!held.has(serviceId)) {
      if (held.size >= MOST_KEPT)
        throw new DomainError(
          'TOO_MANY',
          `A shortlist holds ${String(MOST_KEPT)} services at most, so this one was not kept. Take one off first.`,
        )
      await addEntries(deps, tx, actor, personId, [serviceId])
      held.add(serviceId)
    }
    return { inBrowser: null, notice: `Kept: ${title}. ${many(held.size)} on ${listWords(actor)}.` }
  })
}

/** 'your shortlist', or 'Joan’s shortlist'. */
const listWords = (actor: Actor): string =>
  actor.kind === 'user' && actor.actingFor ? `${actor.actingFor.personName}’s shortlist` : 'your shortlist'

async function takeOff(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { personId, serviceId }: { personId: string; serviceId: string },
): Promise<KeptNow> {
  return deps.db.asActor(actor, async (tx) => {
    // Only of a service that was on the list is anything said.
    const gone = await tx.shortlistEntry.deleteMany({ where: { personId, serviceId } })
    const title = gone.count > 0 ? await titleOf(tx, { id: serviceId }) : null
    if (gone.count > 0)
      await recordAudit(tx, deps.clock.now(), actor, {
        action: 'shortlist.taken_off',
        subjectType: 'person',
        subjectId: personId,
        forPersonId: personId,
      })
    return { inBrowser: null, notice: `${title ?? 'It'} is off ${listWords(actor)}.` }
  })
}
