import { serviceCards, type ServiceCard } from '#services/catalogue/service-cards.server.ts'
import {
  type CircleName,
  namesOfAuthorities,
  supportersWith,
} from '#services/circle/supporters-with.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { MOST_COMPARED } from './compare.rules.ts'
import { MOST_KEPT } from './list-rows.server.ts'
import { MOST_COMMENTS } from './say.server.ts'
import { requireShortlist, whoseList } from './shortlist.policy.ts'

export interface ShortlistComment {
  id: string
  /** 'You', 'Joan', 'Daniel Ellery, your brother'. */
  who: string
  when: string
  body: string
  /** Said by the reader, who may take it back. */
  mine: boolean
}

export interface KeptEntry {
  card: ServiceCard
  /** Null in a browser’s list, which keeps no words. */
  written: {
    entryId: string
    keptOn: string
    /** Who kept it for the person; null when they did so themselves. */
    keptBy: string | null
    note: string
    comments: ShortlistComment[]
  } | null
}

export interface ShortlistPage {
  whose:
    | { kind: 'browser'; signedIn: boolean; supports: boolean }
    | { kind: 'person'; personId: string; shortName: string; self: boolean }
  entries: KeptEntry[]
  /** Who else sees it; only told to the person, because a supporter does not see who else supports them. */
  supporters: CircleName[] | null
  /** How many this browser keeps beside the person’s list: they can be joined by a press. */
  inBrowser: number
  mostCompared: number
}

/**
 * The list that the actor sees: the person’s in view with notes and comments, newest first, or the one that this browser keeps.
 * @param inBrowser ids that the browser keeps
 * @throws NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function shortlistPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  inBrowser: readonly string[],
): Promise<ShortlistPage> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser' || actor.kind !== 'user') {
    const cards = await serviceCards(deps, inBrowser)
    return {
      whose: { kind: 'browser', signedIn: actor.kind === 'user', supports: actor.kind === 'user' },
      entries: [...inBrowser].reverse().flatMap((id) => {
        const card = cards.get(id)
        return card ? [{ card, written: null }] : []
      }),
      supporters: null,
      inBrowser: 0,
      mostCompared: MOST_COMPARED,
    }
  }
  const { personId, self } = whose
  requireShortlist(actor, personId)
  const [person, rows, supporters] = await Promise.all([
    deps.db.prisma.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
    readRows(deps, actor, personId),
    self ? supportersWith(deps.db.prisma, personId, 'shortlist', deps.clock.now()) : null,
  ])
  const [cards, name] = await Promise.all([
    serviceCards(
      deps,
      rows.map(({ serviceId }) => serviceId),
    ),
    namer(deps, actor, person.shortName, rows),
  ])
  const held = new Set(rows.map(({ serviceId }) => serviceId))
  return {
    whose: { kind: 'person', personId, shortName: person.shortName, self },
    entries: rows.flatMap((row) => {
      const card = cards.get(row.serviceId)
      if (!card) return []
      return [
        {
          card,
          written: {
            entryId: row.id,
            keptOn: dayOf(row.createdAt),
            keptBy: row.authorityId === null ? null : name(row.keptById, row.authorityId),
            note: row.note,
            comments: row.comments.map((said) => ({
              id: said.id,
              who: name(said.authorId, said.authorityId),
              when: dayOf(said.createdAt),
              body: said.body,
              mine: said.authorId === actor.userId,
            })),
          },
        },
      ]
    }),
    supporters,
    inBrowser: inBrowser.filter((id) => !held.has(id)).length,
    mostCompared: MOST_COMPARED,
  }
}

type Row = Awaited<ReturnType<typeof readRows>>[number]

const readRows = (deps: Pick<Deps, 'db'>, actor: Actor, personId: string) =>
  deps.db.asActor(actor, (tx) =>
    tx.shortlistEntry.findMany({
      where: { personId },
      orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
      take: MOST_KEPT,
      include: {
        comments: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_COMMENTS },
      },
    }),
  )

const dayOf = (date: Date): string => longDate(londonDate(fromDate(date)))

/** Says who did something, as the reader knows them. Two statements for all of a list. */
async function namer(
  deps: Pick<Deps, 'db'>,
  reader: UserActor,
  shortName: string,
  rows: readonly Row[],
): Promise<(userId: string, authorityId: string | null) => string> {
  const acts = rows.flatMap((row) => [
    { userId: row.keptById, authorityId: row.authorityId },
    ...row.comments.map(({ authorId, authorityId }) => ({ userId: authorId, authorityId })),
  ])
  const byAuthority = acts.filter(({ authorityId }) => authorityId !== null)
  const [names, users] = await Promise.all([
    namesOfAuthorities(
      deps.db.prisma,
      byAuthority.map(({ authorityId }) => authorityId ?? ''),
    ),
    deps.db.prisma.user.findMany({
      where: { id: { in: [...new Set(byAuthority.map(({ userId }) => userId))] } },
      select: { id: true, name: true },
    }),
  ])
  const staff = new Map(users.map(({ id, name }) => [id, name]))
  return (userId, authorityId) => {
    if (userId === reader.userId) return 'You'
    if (authorityId === null) return shortName
    const known = names.get(authorityId)
    if (!known) return 'A supporter'
    // One of an organisation's staff says so by their own name as well.
    const own = known.organisation ? staff.get(userId) : null
    const is = reader.actingFor ? known.relationship : `your ${known.relationship}`
    return [own, known.name, is].filter(Boolean).join(', ')
  }
}
