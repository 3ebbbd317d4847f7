import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { markConfirmed, markFailed, markReturned } from '#services/settlement/payments.server.ts'
import type { EventOf } from './webhook-event.schema.ts'

/**
 * What became of money that goes back to a card. The refund of the payment service carries the id of our payment, which is
 * below nought. One that failed is to be given back another way: it is due again, also when it had been confirmed before.
 */
export async function handleRefund(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  event: EventOf<'refund_confirmed' | 'refund_failed'>,
): Promise<string> {
  const payment =
    event.refund && isId(event.refund)
      ? await tx.payment.findUnique({ where: { id: event.refund }, select: { id: true, pence: true } })
      : null
  if (!payment || payment.pence >= 0) return 'unknown object'
  if (-payment.pence !== event.amount) return 'another amount'
  if (event.type === 'refund_confirmed')
    return (await markConfirmed(tx, now, actor, [payment.id])).length > 0 ? 'done' : 'nothing to do'
  const failed = [{ id: payment.id, failure: 'returned' as const }]
  const moved = [
    ...(await markFailed(tx, now, actor, failed)),
    ...(await markReturned(tx, now, actor, failed)),
  ]
  return moved.length > 0 ? 'done' : 'nothing to do'
}
