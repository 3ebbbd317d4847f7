import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, fromDate, londonDate, londonInstant, longDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { markConfirmed, markFailed } from '#services/settlement/payments.server.ts'
import type { z } from 'zod'
import { requireHolder } from './holding.policy.ts'
import { arrivedSchema, cameBackSchema } from './holding.schema.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** A payment of this fund by this holder. @throws NOT_FOUND */
async function paymentOf(tx: Tx, account: HeldAccount, paymentId: string) {
  const payment = await tx.payment.findFirst({
    where: {
      id: paymentId,
      payerKind: 'fund_holder',
      payerId: account.holderId,
      lines: { some: { payable: { allocationId: account.allocationId } } },
    },
    select: { id: true, pence: true, sentAt: true, providerId: true, provider: { select: { name: true } } },
  })
  if (!payment) throw notFound()
  return payment
}

const field = (sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { arrivedOn: [sentence] } })

/**
 * The moment that a day of arrival stands for: now when it was today; else noon of that day, and never before it was sent.
 * @throws INVALID beside the date for a day before it was sent, or one that has not come
 */
export function arrivalAt(day: string, sentAt: Temporal.Instant, now: Temporal.Instant): Temporal.Instant {
  const date = Temporal.PlainDate.from(day)
  if (Temporal.PlainDate.compare(date, londonDate(now)) > 0)
    throw field('This day has not come yet. Enter the day on which it arrived')
  if (Temporal.PlainDate.compare(date, londonDate(sentAt)) < 0)
    throw field(`You sent it on ${longDate(londonDate(sentAt))}, so it cannot have arrived before`)
  if (date.equals(londonDate(now))) return now
  const noon = londonInstant(day, '12:00')
  return Temporal.Instant.compare(noon, sentAt) < 0 ? sentAt : noon
}

/**
 * The holder says on which day a payment arrived.
 * @throws SIGN_IN; NOT_FOUND for strangers, other funds and other payments; FORBIDDEN for workers; INVALID beside the date;
 *   STALE_STATE when it is known to have arrived, or to have come back
 */
export async function markArrived(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof arrivedSchema>,
): Promise<void> {
  const asked = arrivedSchema.parse(input)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  requireHolder(actor, account)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const payment = await paymentOf(tx, account, asked.paymentId)
    const at = arrivalAt(asked.arrivedOn, payment.sentAt ? fromDate(payment.sentAt) : now, now)
    const [moved] = await markConfirmed(tx, at, actor, [payment.id])
    if (!moved)
      throw new DomainError('STALE_STATE', 'This has arrived, or has come back, already. Look again.')
    await recordAudit(tx, now, actor, {
      action: 'payment.held_arrived',
      subjectType: 'payment',
      subjectId: payment.id,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { personId: account.personId },
        kind: 'payment.held_arrived',
        title: `${payment.provider.name} has been paid`,
        body: `${pounds(payment.pence)} from your ${account.streamName.toLowerCase()} has arrived.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: payment.id,
      },
    ])
  })
}

/**
 * The bank sent it back: it is owed again, and the person's word for it still stands.
 * @throws as `markArrived`
 */
export async function markCameBack(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof cameBackSchema>,
): Promise<void> {
  const asked = cameBackSchema.parse(input)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  requireHolder(actor, account)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const payment = await paymentOf(tx, account, asked.paymentId)
    const [moved] = await markFailed(tx, now, actor, [{ id: payment.id, failure: asked.failure }])
    if (!moved)
      throw new DomainError('STALE_STATE', 'This has arrived, or has come back, already. Look again.')
    await recordAudit(tx, now, actor, {
      action: 'payment.held_came_back',
      subjectType: 'payment',
      subjectId: payment.id,
      forPersonId: account.personId,
      facts: { failure: asked.failure },
    })
    await tell(tx, now, [
      {
        to: { personId: account.personId },
        kind: 'payment.held_failed',
        title: `A payment to ${payment.provider.name} did not arrive`,
        body: `${account.holderName} sent ${pounds(payment.pence)} and the bank sent it back. It is owed again. You need to do nothing.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: payment.id,
      },
      {
        to: { providerId: payment.providerId },
        kind: 'payment.held_failed',
        title: `A payment to you did not arrive`,
        body: `${account.holderName} sent ${pounds(payment.pence)} and the bank sent it back. Look whether your bank details are right, and tell them.`,
        path: '/provider/money',
        subjectId: payment.id,
      },
    ])
  })
}
