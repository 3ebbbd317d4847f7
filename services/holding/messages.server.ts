import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { pressedBy, requireHolder, requireOwner } from './holding.policy.ts'
import { answerSchema, askSchema } from './holding.schema.ts'
import { readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** So many may wait for an answer at once: more is somebody leaning on a key. */
const MOST_WAITING = 20

/**
 * The person, or who may see their money, asks the holder something. The mail about it does not say what.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN without `see_money`; STALE_STATE; TOO_MANY; INVALID
 */
export async function askHolder(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof askSchema>,
): Promise<string> {
  const asked = askSchema.parse(input)
  requirePersonInView(actor, asked.personId)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  if (account.personId !== asked.personId) throw notFound()
  requireOwner(actor, account, 'see_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const waiting = await tx.fundMessage.count({
      where: { allocationId: account.allocationId, answeredAt: null },
    })
    if (waiting >= MOST_WAITING)
      throw new DomainError('TOO_MANY', `${account.holderName} has many messages to answer first. Ring them.`)
    const id = newId()
    await tx.fundMessage.create({
      data: {
        id,
        allocationId: account.allocationId,
        holderId: account.holderId,
        words: asked.words,
        ...pressedBy(actor),
        askedAt: toDate(now),
      },
    })
    await recordAudit(tx, now, actor, {
      action: 'fund.asked',
      subjectType: 'fund_message',
      subjectId: id,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { providerId: account.holderId },
        kind: 'holding.message',
        title: `${account.shortName} wrote to you`,
        body: `It is about the ${account.streamName.toLowerCase()} that you hold. Read it and answer on Kith.`,
        path: `/provider/money/accounts/${account.allocationId}#messages`,
        subjectId: account.allocationId,
      },
    ])
  })
  return account.holderName
}

/**
 * The holder answers.
 * @throws SIGN_IN; NOT_FOUND for strangers and other funds; FORBIDDEN for workers; STALE_STATE when it was answered; INVALID
 */
export async function answerMessage(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof answerSchema>,
): Promise<void> {
  const asked = answerSchema.parse(input)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  requireHolder(actor, account)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const known = await tx.fundMessage.count({
      where: { id: asked.messageId, allocationId: account.allocationId, holderId: account.holderId },
    })
    if (known === 0) throw notFound()
    const { count } = await tx.fundMessage.updateMany({
      where: { id: asked.messageId, answeredAt: null },
      data: {
        answer: asked.answer,
        answeredAt: toDate(now),
        answeredById: actor.kind === 'user' ? actor.userId : null,
      },
    })
    if (count !== 1) throw new DomainError('STALE_STATE', 'This was answered already. Nothing was changed.')
    await recordAudit(tx, now, actor, {
      action: 'fund.answered',
      subjectType: 'fund_message',
      subjectId: asked.messageId,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { personId: account.personId },
        kind: 'payment.answer',
        title: `${account.holderName} answered you`,
        body: `It is about your ${account.streamName.toLowerCase()}. Read it on the page of this fund.`,
        path: `/my/money/held/${account.allocationId}#messages`,
        subjectId: asked.messageId,
      },
    ])
  })
}
