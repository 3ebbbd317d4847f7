import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { disputeWords } from '#services/ports/payment-words.ts'
import { markConfirmed, markReturned } from '#services/settlement/payments.server.ts'
import { returnContribution } from './apply-contribution.server.ts'
import { tellTakenBack } from './tell-payments.server.ts'
import type { EventOf } from './webhook-event.schema.ts'

type Dispute = EventOf<'dispute_opened'> | EventOf<'dispute_closed'>

/**
 * A payer asked their bank for a payment back. Its end may be told before its beginning: what has ended stays so. Lost: the
 * payment is returned and what it was for is owed again. Of a part that was lost nothing moves: a person must look.
 */
export async function handleDispute(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  event: Dispute,
): Promise<string> {
  const payment = event.paymentReference
    ? await tx.payment.findUnique({ where: { externalId: event.paymentReference } })
    : null
  if (!payment) return (await returnContribution(tx, now, actor, event)) ?? 'unknown object'
  const state = event.type === 'dispute_opened' ? (event.lost ? 'lost' : 'open') : event.won ? 'won' : 'lost'
  const opened = event.type === 'dispute_opened' ? event : null
  const told = { ...payment, pence: pence(payment.pence) }
  const before = await tx.paymentDispute.findUnique({ where: { externalId: event.reference } })
  if (!before)
    await tx.paymentDispute.create({
      data: {
        id: newId(),
        paymentId: payment.id,
        externalId: event.reference,
        pence: event.amount,
        state,
        reason: opened?.reason ?? 'other',
        answerBy: opened?.answerBy ? toDate(opened.answerBy) : null,
        openedAt: toDate(event.at),
        closedAt: state === 'open' ? null : toDate(event.at),
      },
    })
  else if (opened) {
    // Its beginning came after its end: only what it was about was missing.
    await tx.paymentDispute.update({ where: { id: before.id }, data: { reason: opened.reason } })
    if (!opened.lost || before.state !== 'open') return 'nothing to do'
  }
  if (before) {
    const moved = await tx.paymentDispute.updateMany({
      where: { id: before.id, state: 'open' },
      data: { state, closedAt: toDate(event.at) },
    })
    if (moved.count === 0) return 'nothing to do'
  }
  if (state === 'open' && opened) await tellOpened(tx, now, told, opened)
  if (state === 'won') await tellWon(tx, now, told)
  if (state !== 'lost') return 'done'
  if (event.amount < payment.pence) return 'a part was lost'
  // Only what was confirmed can be questioned: the event that says so may still be on its way.
  await markConfirmed(tx, now, actor, [payment.id])
  const failure = opened?.reason === 'debit_taken_back' ? 'indemnity_claim' : 'disputed'
  const back = await markReturned(tx, now, actor, [{ id: payment.id, failure }])
  if (back.length > 0) await tellTakenBack(tx, now, told)
  return 'done'
}

async function tellOpened(
  tx: Tx,
  now: Temporal.Instant,
  payment: { id: string; providerId: string; pence: Pence },
  event: EventOf<'dispute_opened'>,
): Promise<void> {
  const by = event.answerBy ? ` Answer by ${longDate(londonDate(event.answerBy))}.` : ''
  await tell(tx, now, [
    {
      to: { providerId: payment.providerId },
      kind: 'payment.questioned',
      title: `A payment of ${pounds(event.amount)} is questioned at the payer’s bank`,
      body: `${disputeWords[event.reason]}${by}`,
      path: '/provider/money/card-payments',
      subjectId: payment.id,
    },
  ])
}

const tellWon = (tx: Tx, now: Temporal.Instant, payment: { id: string; providerId: string; pence: Pence }) =>
  tell(tx, now, [
    {
      to: { providerId: payment.providerId },
      kind: 'payment.kept',
      title: `The payment of ${pounds(payment.pence)} stays with you`,
      body: 'The payer’s bank has ended its question for you. Nothing to do.',
      path: '/provider/money/card-payments',
      subjectId: payment.id,
    },
  ])
