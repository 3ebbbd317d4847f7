import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { personInView, requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { askedWords, type Kind, kindsFor, messageOf, READY } from './question.rules.ts'
import { askSchema } from './question.schema.ts'
import { requireAsk } from './questions.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** Conversations that one person has open, and what they write in a day: enough for anybody who is looking. */
const MOST_OPEN = 12
const MOST_A_DAY = 40
const A_DAY_MS = 86_400_000

export interface AskPage {
  personId: string
  self: boolean
  service: { slug: string; title: string }
  provider: { name: string; phone: string | null }
  kinds: readonly { kind: Kind; label: string }[]
  ready: typeof READY
  /** A conversation about it that is open: what is written goes there. */
  openId: string | null
}

/**
 * The form to ask a provider something about one of its services, for the person in view.
 * @throws SIGN_IN; NOT_FOUND for whoever is nobody with pages, and for what is not published or takes no questions; FORBIDDEN for a
 *   supporter without `message`
 */
export async function askPage(deps: Needs, actor: Actor, slug: string): Promise<AskPage> {
  const personId = personInView(actor)
  requireAsk(actor, personId)
  const service = await askable(deps, slug)
  const open = await deps.db.asActor(actor, (tx) => openOne(tx, personId, service.id))
  return {
    personId,
    self: actor.kind === 'user' && !actor.actingFor,
    service: { slug: service.slug, title: service.title },
    provider: { name: service.provider.name, phone: service.provider.phone },
    kinds: kindsFor(service.setting),
    ready: READY,
    openId: open?.id ?? null,
  }
}

async function askable({ db }: Pick<Deps, 'db'>, slug: string) {
  const service = await db.prisma.service.findFirst({
    where: { slug, state: 'published', provider: { claimed: true, pausedAt: null } },
    select: {
      id: true,
      slug: true,
      provider: { select: { id: true, name: true, phone: true } },
      currentVersion: { select: { title: true, setting: true } },
    },
  })
  if (!service?.currentVersion) throw notFound()
  const { title, setting } = service.currentVersion
  return { ...service, title, setting }
}

const openOne = (tx: Tx, personId: string, serviceId: string) =>
  tx.question.findFirst({ where: { personId, serviceId, closedAt: null }, select: { id: true } })

/**
 * Asks. Where a conversation about the service is open, it goes on with that one.
 * @param form as it was sent
 * @returns the conversation
 * @throws ZodError; INVALID with nothing to say; TOO_MANY; STALE_STATE; and as `askPage`
 */
export async function askQuestion(
  deps: Needs,
  actor: Actor,
  slug: string,
  form: unknown,
): Promise<{ questionId: string }> {
  const { personId, kind, ready, words, when } = askSchema.parse(form)
  requirePersonInView(actor, personId)
  requireAsk(actor, personId)
  const service = await askable(deps, slug)
  if (!kindsFor(service.setting).some((one) => one.kind === kind)) throw notFound()
  const body =
    messageOf(ready, words, kind === 'question' ? '' : when) || (kind === 'question' ? '' : BARE[kind])
  if (body === '')
    throw new DomainError('INVALID', 'Something is to be put right.', {
      fields: { words: ['Write your question, or tick one of those above'] },
    })
  const now = deps.clock.now()
  return deps.db.asActor(actor, async (tx) => {
    await lock(tx, personId)
    await requireRoom(tx, personId, now)
    const open = await openOne(tx, personId, service.id)
    const questionId = open?.id ?? newId()
    if (!open) {
      const many = await tx.question.count({ where: { personId, closedAt: null } })
      if (many >= MOST_OPEN)
        throw new DomainError(
          'TOO_MANY',
          `You have ${String(MOST_OPEN)} questions open. Close one that is answered, and ask again.`,
        )
      await tx.question.create({
        data: {
          id: questionId,
          personId,
          serviceId: service.id,
          providerId: service.provider.id,
          kind,
          lastSide: 'person',
          lastAt: toDate(now),
          createdAt: toDate(now),
        },
        select: { id: true },
      })
      await recordAudit(tx, now, actor, {
        action: 'question.asked',
        subjectType: 'question',
        subjectId: questionId,
        forPersonId: personId,
      })
    }
    await addMessage(tx, now, actor, questionId, 'person', body)
    await tell(tx, now, [
      {
        to: { providerId: service.provider.id },
        kind: 'question.asked',
        title: `${askedWords(kind)}: ${service.title}`,
        body: 'Somebody wrote to you before they decide. You see what they wrote, and not who they are.',
        path: `/provider/questions/${questionId}`,
        subjectId: questionId,
      },
    ])
    return { questionId }
  })
}

/** What is said when somebody only pressed the button. */
const BARE: Readonly<Record<Exclude<Kind, 'question'>, string>> = {
  visit: 'I would like to come and look round. When would suit you, and does it cost anything?',
  meet: 'I would like to meet who would come, before I decide. When would suit you, and does it cost anything?',
}

/** One writer for one person at a time: what a day holds is counted and added to in one go. */
export const lock = (tx: Tx, personId: string) =>
  tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`questions ${personId}`}, 0))`

/** @throws TOO_MANY */
export async function requireRoom(tx: Tx, personId: string, now: Temporal.Instant): Promise<void> {
  const since = new Date(now.epochMilliseconds - A_DAY_MS)
  const today = await tx.questionMessage.count({
    where: { side: 'person', createdAt: { gt: since }, question: { personId } },
  })
  if (today >= MOST_A_DAY)
    throw new DomainError('TOO_MANY', 'That is a lot of messages for one day. Go on tomorrow, or call them.')
}

/** Adds what was said, and says who spoke last. */
export async function addMessage(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  questionId: string,
  side: 'person' | 'provider',
  body: string,
): Promise<void> {
  const { actorUserId, authorityId } = traceOf(actor)
  if (!actorUserId) throw notFound()
  await tx.questionMessage.create({
    data: {
      id: newId(),
      questionId,
      side,
      authorId: actorUserId,
      authorityId: side === 'person' ? authorityId : null,
      body,
      createdAt: toDate(now),
    },
    select: { id: true },
  })
  await tx.question.update({
    where: { id: questionId },
    data: { lastSide: side, lastAt: toDate(now) },
    select: { id: true },
  })
}
