import { personInView } from '#services/circle/circle.policy.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { clockTime, fromDate, inLondon, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { askedWords, standingOf } from './question.rules.ts'
import { answersFor, requireAsk } from './questions.policy.ts'

type Needs = Pick<Deps, 'db'>

/** The newest; what is older is over. */
const MOST = 50
const MOST_MESSAGES = 100

export interface QuestionRow {
  id: string
  about: string
  /** The provider, for the person; what it is, for the provider. */
  with: string
  standing: { words: string; tone: 'plain' | 'asked' | 'done' }
  last: string
}

const ROW = {
  id: true,
  kind: true,
  lastSide: true,
  lastAt: true,
  closedAt: true,
  provider: { select: { id: true, name: true, phone: true } },
  service: { select: { slug: true, state: true, currentVersion: { select: { title: true } } } },
} as const satisfies Prisma.QuestionSelect
type Row = Prisma.QuestionGetPayload<{ select: typeof ROW }>

const when = (at: Date): string => {
  const there = inLondon(fromDate(at))
  return `${longDate(there.toPlainDate())}, ${clockTime(there.toPlainTime())}`
}

const rowOf = (row: Row, side: 'person' | 'provider'): QuestionRow => ({
  id: row.id,
  about: row.service.currentVersion?.title ?? 'A service',
  with: side === 'person' ? row.provider.name : askedWords(row.kind),
  standing: standingOf(side, { lastSide: row.lastSide, closed: row.closedAt !== null }),
  last: when(row.lastAt),
})

export interface MyQuestions {
  self: boolean
  shortName: string
  questions: QuestionRow[]
}

/**
 * What the person in view has asked providers, the newest first.
 * @throws SIGN_IN; NOT_FOUND for whoever is nobody with pages; FORBIDDEN for a supporter without `message`
 */
export async function myQuestionsPage({ db }: Needs, actor: Actor): Promise<MyQuestions> {
  const personId = personInView(actor)
  requireAsk(actor, personId)
  const [person, rows] = await db.asActor(actor, (tx) =>
    Promise.all([
      tx.person.findUniqueOrThrow({ where: { id: personId }, select: { shortName: true } }),
      tx.question.findMany({
        where: { personId },
        orderBy: [{ lastAt: 'desc' }, { id: 'desc' }],
        take: MOST,
        select: ROW,
      }),
    ]),
  )
  return {
    self: actor.kind === 'user' && !actor.actingFor,
    shortName: person.shortName,
    questions: rows.map((row) => rowOf(row, 'person')),
  }
}

/**
 * What people ask an organisation, those that wait first.
 * @throws SIGN_IN; NOT_FOUND for everybody but owners and coordinators
 */
export async function providerQuestionsPage(
  { db }: Needs,
  actor: Actor,
): Promise<{ questions: QuestionRow[] }> {
  const offices = answersFor(actor)
  const rows = await db.asActor(actor, (tx) =>
    tx.question.findMany({
      where: { providerId: { in: offices } },
      orderBy: [{ closedAt: { sort: 'desc', nulls: 'first' } }, { lastSide: 'asc' }, { lastAt: 'desc' }],
      take: MOST,
      select: ROW,
    }),
  )
  return { questions: rows.map((row) => rowOf(row, 'provider')) }
}

/** How many wait for this organisation's answer, for the first page of its people. */
export const countWaiting = ({ db }: Needs, actor: Actor, providerId: string): Promise<number> =>
  db.asActor(actor, (tx) => tx.question.count({ where: { providerId, closedAt: null, lastSide: 'person' } }))

export interface OneQuestion extends QuestionRow {
  side: 'person' | 'provider'
  /** Of the person's side: whose it is, for the form. */
  personId: string | null
  self: boolean
  open: boolean
  /** Where the service is, while it is published. */
  serviceHref: string | null
  phone: string | null
  messages: { key: string; mine: boolean; from: string; at: string; lines: string[] }[]
}

/**
 * One conversation as the person's side reads it.
 * @throws SIGN_IN; NOT_FOUND for somebody else's; FORBIDDEN for a supporter without `message`
 */
export async function myQuestionPage(deps: Needs, actor: Actor, questionId: string): Promise<OneQuestion> {
  const personId = personInView(actor)
  requireAsk(actor, personId)
  return read(deps, actor, questionId, 'person', { personId })
}

/**
 * The same as the provider reads it: without who asks.
 * @throws SIGN_IN; NOT_FOUND for everybody but owners and coordinators of the provider
 */
export async function askedQuestionPage(deps: Needs, actor: Actor, questionId: string): Promise<OneQuestion> {
  return read(deps, actor, questionId, 'provider', { providerId: { in: answersFor(actor) } })
}

async function read(
  { db }: Needs,
  actor: Actor,
  questionId: string,
  side: 'person' | 'provider',
  whose: { personId: string } | { providerId: { in: string[] } },
): Promise<OneQuestion> {
  if (!isId(questionId)) throw notFound()
  const row = await db.asActor(actor, (tx) =>
    tx.question.findFirst({
      where: { id: questionId, ...whose },
      select: {
        ...ROW,
        messages: { orderBy: [{ createdAt: 'asc' }, { id: 'asc' }], take: MOST_MESSAGES },
      },
    }),
  )
  if (!row) throw notFound()
  const names = side === 'person' ? await supporters(db, row.messages) : new Map<string, string>()
  const self = actor.kind === 'user' && !actor.actingFor
  const spoke = (message: (typeof row.messages)[number]): string => {
    if (message.side === 'provider') return side === 'provider' ? 'You' : row.provider.name
    if (side === 'provider') return 'Somebody'
    // Whoever wrote for the person is named to the person's side.
    if (message.authorityId) return names.get(message.authorId) ?? 'A supporter'
    return self ? 'You' : 'They'
  }
  return {
    ...rowOf(row, side),
    side,
    personId: 'personId' in whose ? whose.personId : null,
    self,
    open: row.closedAt === null,
    serviceHref: row.service.state === 'published' ? `/services/${row.service.slug}` : null,
    phone: side === 'person' ? row.provider.phone : null,
    messages: row.messages.map((message) => ({
      key: message.id,
      mine: message.side === side,
      from: spoke(message),
      at: when(message.createdAt),
      lines: message.body.split('\n').filter(Boolean),
    })),
  }
}

async function supporters(
  db: Deps['db'],
  messages: readonly { authorId: string; authorityId: string | null }[],
): Promise<Map<string, string>> {
  const ids = [...new Set(messages.filter(({ authorityId }) => authorityId).map(({ authorId }) => authorId))]
  const users = await db.prisma.user.findMany({
    where: { id: { in: ids } },
    select: { id: true, name: true },
  })
  return new Map(users.map(({ id, name }) => [id, name]))
}
