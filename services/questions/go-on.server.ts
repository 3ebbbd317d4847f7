import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { addMessage, lock, requireRoom } from './ask-question.server.ts'
import { sayingSchema } from './question.schema.ts'
import { answersFor, requireAsk } from './questions.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** A conversation that is longer than this goes on by telephone. */
const MOST_MESSAGES = 60

/**
 * The person, or a supporter, says more.
 * @throws ZodError; NOT_FOUND for somebody else's; FORBIDDEN; STALE_STATE when it is closed; TOO_MANY
 */
export async function sayMore(
  deps: Needs,
  actor: Actor,
  input: { personId: string; questionId: string; words: string },
): Promise<void> {
  const { personId } = input
  requirePersonInView(actor, personId)
  requireAsk(actor, personId)
  const { words } = sayingSchema.parse(input)
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (tx) => {
    await lock(tx, personId)
    await requireRoom(tx, personId, now)
    const question = await openQuestion(tx, input.questionId, { personId })
    await addMessage(tx, now, actor, question.id, 'person', words)
    await tell(tx, now, [
      {
        to: { providerId: question.providerId },
        kind: 'question.asked',
        title: `There is more to read: ${question.title}`,
        body: 'Somebody who asked you something wrote again.',
        path: `/provider/questions/${question.id}`,
        subjectId: question.id,
      },
    ])
  })
}

/**
 * The provider answers.
 * @throws ZodError; SIGN_IN; NOT_FOUND for everybody but owners and coordinators of the provider; STALE_STATE when it is closed; TOO_MANY
 */
export async function answerQuestion(
  deps: Needs,
  actor: Actor,
  input: { questionId: string; words: string },
): Promise<void> {
  const offices = answersFor(actor)
  const { words } = sayingSchema.parse(input)
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (tx) => {
    const question = await openQuestion(tx, input.questionId, { providerId: { in: offices } })
    await addMessage(tx, now, actor, question.id, 'provider', words)
    await recordAudit(tx, now, actor, {
      action: 'question.answered',
      subjectType: 'question',
      subjectId: question.id,
      // Who asked is not for the provider's own record.
      forPersonId: null,
    })
    await tell(tx, now, [
      {
        to: { personId: question.personId },
        kind: 'question.answered',
        title: `${question.provider} answered your question`,
        body: `It is about ${question.title}. Nothing is booked.`,
        path: `/my/questions/${question.id}`,
        subjectId: question.id,
      },
    ])
  })
}

/**
 * The person has what they wanted to know. A second press finds it done.
 * @throws STALE_STATE; NOT_FOUND for somebody else's; FORBIDDEN
 */
export async function closeQuestion(
  deps: Needs,
  actor: Actor,
  input: { personId: string; questionId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requireAsk(actor, input.personId)
  if (!isId(input.questionId)) throw notFound()
  const now = deps.clock.now()
  await deps.db.asActor(actor, async (tx) => {
    const mine = { id: input.questionId, personId: input.personId }
    if (!(await tx.question.findFirst({ where: mine, select: { id: true } }))) throw notFound()
    await tx.question.updateMany({ where: { ...mine, closedAt: null }, data: { closedAt: toDate(now) } })
  })
}

/** @throws NOT_FOUND; STALE_STATE; TOO_MANY */
async function openQuestion(
  tx: Tx,
  questionId: string,
  whose: { personId: string } | { providerId: { in: string[] } },
) {
  if (!isId(questionId)) throw notFound()
  const row = await tx.question.findFirst({
    where: { id: questionId, ...whose },
    select: {
      id: true,
      personId: true,
      providerId: true,
      closedAt: true,
      provider: { select: { name: true } },
      service: { select: { currentVersion: { select: { title: true } } } },
      _count: { select: { messages: true } },
    },
  })
  if (!row) throw notFound()
  if (row.closedAt)
    throw new DomainError('STALE_STATE', 'This was closed by whoever asked, so nothing more can be added.')
  if (row._count.messages >= MOST_MESSAGES)
    throw new DomainError('TOO_MANY', 'This has become long. Go on by telephone, or close it and ask anew.')
  return {
    id: row.id,
    personId: row.personId,
    providerId: row.providerId,
    provider: row.provider.name,
    title: row.service.currentVersion?.title ?? 'A service',
  }
}
