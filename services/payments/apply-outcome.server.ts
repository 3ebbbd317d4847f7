import type { Tx } from '#services/db/client.server.ts'
import { type Actor } from '#services/kernel/actor.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import {
  cancelPayments,
  markConfirmed,
  markFailed,
  markSent,
  startPayments,
} from '#services/settlement/payments.server.ts'
import type { PaymentFailure } from '#services/settlement/payment-words.rules.ts'
import { tellFailed, tellNeedsYou, tellPaidTwice } from './tell-payments.server.ts'

/** What the payment service said of a payment, as an answer, an event or when it was asked. */
export type Outcome = { reference: string | null } & (
  | { status: 'confirmed'; amount: Pence | null }
  | { status: 'sent' | 'needs_you' | 'cancelled' }
  | { status: 'failed'; failure: PaymentFailure }
)
/** In an operator's words. */
export type Applied = 'done' | 'nothing to do' | 'another amount' | 'paid twice'

/**
 * Brings a payment to where the payment service says it is: the one place for answers, events and what is asked on return.
 * In any order and any number of times; whoever must act is told once.
 * - What was confirmed stays so, whatever comes late.
 * - A confirmation of what had been taken as failed pays what it was for in a payment of its own, unless that was paid
 *   meanwhile: then 'paid twice', and nothing moves.
 * - A refusal on a page that is still open leaves it open: another card can be tried there.
 */
export async function applyOutcome(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  paymentId: string,
  outcome: Outcome,
): Promise<Applied> {
  await tx.$executeRaw`select 1 from payment where id = ${paymentId}::uuid for update`
  const payment = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    include: { lines: { select: { payableId: true, pence: true } } },
  })
  const told = { ...payment, pence: pence(payment.pence) }
  if (outcome.status === 'confirmed' && outcome.amount !== null && outcome.amount !== payment.pence)
    return 'another amount'
  const open = ['started', 'needs_you', 'sent'].includes(payment.state)
  if (outcome.reference && open && outcome.reference !== payment.externalId)
    await tx.payment.update({ where: { id: paymentId }, data: { externalId: outcome.reference } })

  switch (outcome.status) {
    case 'confirmed': {
      if ((await markConfirmed(tx, now, actor, [paymentId])).length > 0) return 'done'
      if (payment.state !== 'failed' && payment.state !== 'cancelled') return 'nothing to do'
      return confirmLate(tx, now, actor, told, outcome.reference)
    }
    case 'sent':
      return (await markSent(tx, now, actor, [paymentId])).length > 0 ? 'done' : 'nothing to do'
    case 'needs_you': {
      const moved = await tx.payment.updateMany({
        where: { id: paymentId, state: 'started' },
        data: { state: 'needs_you', nextTryAt: null },
      })
      if (moved.count === 0) return 'nothing to do'
      await tellNeedsYou(tx, now, told)
      return 'done'
    }
    case 'cancelled':
      return (await cancelPayments(tx, now, [paymentId])).length > 0 ? 'done' : 'nothing to do'
    case 'failed': {
      if (payment.state === 'needs_you' && payment.externalUrl !== null) {
        await tx.payment.update({ where: { id: paymentId }, data: { failure: outcome.failure } })
        return 'done'
      }
      const failed = await markFailed(tx, now, actor, [{ id: paymentId, failure: outcome.failure }])
      if (failed.length === 0) return 'nothing to do'
      await tellFailed(tx, now, told, outcome.failure)
      return 'done'
    }
  }
}

type Late = Parameters<typeof tellPaidTwice>[2] & {
  method: 'card' | 'bank_transfer' | 'prepaid_card' | 'payment_run' | 'fund_holder' | 'set_off'
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
  orderId: string | null
  externalId: string | null
  externalAccount: string | null
  savedCardId: string | null
  lines: readonly { payableId: string; pence: number }[]
}

async function confirmLate(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  payment: Late,
  reference: string | null,
): Promise<Applied> {
  const externalId = reference ?? payment.externalId
  if (externalId) {
    // The one that took its place may have been made of this confirmation already.
    const known = await tx.payment.findUnique({ where: { externalId }, select: { id: true } })
    if (known && known.id !== payment.id) return 'nothing to do'
  }
  const due = await tx.payable.count({
    where: { id: { in: payment.lines.map(({ payableId }) => payableId) }, state: 'due' },
  })
  if (due !== payment.lines.length) {
    await tellPaidTwice(tx, now, payment)
    return 'paid twice'
  }
  const [again] = await startPayments(tx, now, actor, [
    {
      method: payment.method,
      payer: { kind: payment.payerKind, id: payment.payerId },
      providerId: payment.providerId,
      personId: payment.personId,
      payableIds: payment.lines.map(({ payableId }) => payableId),
      orderId: payment.orderId,
    },
  ])
  if (!again) return 'nothing to do'
  await tx.payment.update({ where: { id: payment.id }, data: { externalId: null } })
  await tx.payment.update({
    where: { id: again.id },
    data: { externalId, externalAccount: payment.externalAccount, savedCardId: payment.savedCardId },
  })
  await markConfirmed(tx, now, actor, [again.id])
  return 'done'
}
