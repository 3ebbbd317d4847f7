import type { Tx } from '#services/db/client.server.ts'
import { at, HOUR, insertRows, type Kit } from './kit.ts'

interface Story {
  /** Start of a service's address. */
  slug: string
  hoursAgo: number
  note: string
  /** Kept by her brother and not by herself. */
  brother?: true
  said: readonly { by: 'joan' | 'daniel'; hoursAgo: number; words: string }[]
}

/** What Joan is thinking over: somebody for the house, and a morning out. Her brother looks with her. */
const KEPT: readonly Story[] = [
  {
    slug: 'cleaning-with-tact',
    hoursAgo: 190,
    note: 'They ask before they move anything. I like that.',
    said: [
      { by: 'daniel', hoursAgo: 100, words: 'They could come on Thursdays, when I am at work.' },
      { by: 'joan', hoursAgo: 75, words: 'Thursday is my class. Ask them about Fridays?' },
    ],
  },
  { slug: 'a-hand-with-the-house', hoursAgo: 170, note: 'The same people as for my mornings.', said: [] },
  {
    slug: 'memory-cafe',
    hoursAgo: 99,
    note: '',
    brother: true,
    said: [{ by: 'daniel', hoursAgo: 98, words: 'Free, and Aunt Peg goes there. I could drive you both.' }],
  },
]

/** Joan's shortlist, as the use cases would have left it. */
export async function writeShortlists(tx: Tx, kit: Kit): Promise<void> {
  const joan = await tx.person.findFirst({
    where: { name: 'Joan Ellery' },
    select: {
      id: true,
      userId: true,
      authorities: {
        where: { supporterUser: { name: 'Daniel Ellery' } },
        select: { id: true, supporterUserId: true },
      },
    },
  })
  const daniel = joan?.authorities[0]
  const services = await tx.service.findMany({
    where: { state: 'published', OR: KEPT.map(({ slug }) => ({ slug: { startsWith: slug } })) },
    select: { id: true, slug: true },
    orderBy: { slug: 'asc' },
  })
  if (!joan?.userId || !daniel?.supporterUserId) return
  const who = {
    joan: { userId: joan.userId, authorityId: null },
    daniel: { userId: daniel.supporterUserId, authorityId: daniel.id },
  }
  const entries: object[] = []
  const comments: object[] = []
  for (const story of KEPT) {
    const service = services.find(({ slug }) => slug.startsWith(story.slug))
    if (!service) continue
    const by = story.brother ? who.daniel : who.joan
    const then = kit.nowMs - story.hoursAgo * HOUR
    const id = kit.id(then)
    entries.push({
      id,
      personId: joan.id,
      serviceId: service.id,
      note: story.note,
      keptById: by.userId,
      authorityId: by.authorityId,
      createdAt: at(then),
    })
    for (const { by: author, hoursAgo, words } of story.said)
      comments.push({
        id: kit.id(kit.nowMs - hoursAgo * HOUR),
        entryId: id,
        authorId: who[author].userId,
        authorityId: who[author].authorityId,
        body: words,
        createdAt: at(kit.nowMs - hoursAgo * HOUR),
      })
  }
  await insertRows(tx, 'shortlist_entry', entries)
  await insertRows(tx, 'shortlist_comment', comments)
}
