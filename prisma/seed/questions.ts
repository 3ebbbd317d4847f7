import type { Tx } from '#services/db/client.server.ts'
import { at, HOUR, insertRows, type Kit } from './kit.ts'

/** Who asked what of which service, how long ago, and what was answered. */
const ASKED = [
  {
    person: 'Joan Ellery',
    slug: 'a-hand-with-the-house-weavers-care',
    kind: 'meet',
    hoursAgo: 50,
    words:
      'I would like to meet who would come, before I decide. When would suit you, and does it cost anything?',
    answer: 'Of course. Any Thursday after two. It costs nothing and takes a quarter of an hour.',
  },
  {
    person: 'Stanley Hough',
    slug: 'evening-help-and-settling-in-weavers-care',
    kind: 'question',
    hoursAgo: 20,
    words:
      'Who would come, and would it be the same person each time?\n\nI am slow to the door. Would they wait?',
    answer: null,
  },
] as const

/** What people asked before they decided, as the use cases would have left it. */
export async function writeQuestions(tx: Tx, kit: Kit): Promise<void> {
  for (const { person: name, slug, kind, hoursAgo, words, answer } of ASKED) {
    const person = await tx.person.findFirst({ where: { name }, select: { id: true, userId: true } })
    const service = await tx.service.findUnique({
      where: { slug },
      select: {
        id: true,
        providerId: true,
        provider: { select: { members: { where: { role: 'owner' }, take: 1, select: { userId: true } } } },
      },
    })
    const owner = service?.provider.members[0]?.userId
    if (!person?.userId || !service || !owner) throw new Error(`${name} cannot have asked about ${slug}`)
    const askedMs = kit.nowMs - hoursAgo * HOUR
    const answeredMs = askedMs + 5 * HOUR
    const id = kit.id(askedMs)
    const said = (ms: number, side: 'person' | 'provider', authorId: string, body: string) => ({
      id: kit.id(ms),
      questionId: id,
      side,
      authorId,
      authorityId: null,
      body,
      createdAt: at(ms),
    })
    await insertRows(tx, 'question', [
      {
        id,
        personId: person.id,
        serviceId: service.id,
        providerId: service.providerId,
        kind,
        lastSide: answer ? 'provider' : 'person',
        lastAt: at(answer ? answeredMs : askedMs),
        createdAt: at(askedMs),
        closedAt: null,
      },
    ])
    await insertRows(tx, 'question_message', [
      said(askedMs, 'person', person.userId, words),
      ...(answer ? [said(answeredMs, 'provider', owner, answer)] : []),
    ])
  }
}
