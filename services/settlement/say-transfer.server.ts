import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { PaymentState } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { cancelPayments, markFailed, markReturned, markSent } from './payments.server.ts'
import { TRANSFER_PRESSES, type TransferPress, pressesOf } from './transfer-words.rules.ts'

export const sayTransferSchema = z.object({
  personId: z.uuid(),
  paymentId: z.uuid(),
  press: z.enum(TRANSFER_PRESSES),
})

/** What a press leads to: the same press again is no harm. */
const AFTER: Record<TransferPress, readonly PaymentState[]> = {
  sent: ['sent', 'confirmed'],
  not_sent: ['cancelled'],
  came_back: ['failed', 'returned'],
}

/**
 * The person says what became of their bank transfer: sent, not sent after all, or come back. That it arrived is not for them
 * to say: the bank's file does.
 *
 * @throws NOT_FOUND for a payment of somebody else or of another kind; FORBIDDEN without the scope `manage_money`; STALE_STATE
 *   when something else was said or found meanwhile
 */
export async function sayTransfer(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof sayTransferSchema>,
): Promise<void> {
  const { personId, paymentId, press } = sayTransferSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const found = await tx.$queryRaw<{ state: PaymentState; providerId: string; pence: number }[]>`
      select state::text as state, provider_id::text as "providerId", pence from payment
      where id = ${paymentId}::uuid and payer_kind = 'person' and payer_id = ${personId}::uuid and method = 'bank_transfer' for update`
    const [payment] = found
    if (!payment) throw notFound()
    if (AFTER[press].includes(payment.state)) return
    if (!pressesOf(payment.state).includes(press))
      throw new DomainError(
        'STALE_STATE',
        'This payment has changed since you opened the page. Look at it again; nothing was done.',
      )
    await move(tx, now, actor, paymentId, press, payment.state)
    if (press === 'came_back' && payment.state === 'confirmed')
      await tell(tx, now, [
        {
          to: { providerId: payment.providerId },
          kind: 'payment.returned',
          title: 'A payment came back',
          body: `${pounds(payment.pence)} that had been paid to you by bank transfer came back to the person. They owe it again. Look at your bank details.`,
          path: '/provider/money',
          subjectId: paymentId,
        },
      ])
    await recordAudit(tx, now, actor, {
      action: `payment.${press}`,
      subjectType: 'payment',
      subjectId: paymentId,
      forPersonId: personId,
      facts: { from: payment.state, pence: payment.pence },
    })
  })
}

async function move(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  id: string,
  press: TransferPress,
  from: PaymentState,
): Promise<void> {
  if (press === 'sent') await markSent(tx, now, actor, [id])
  else if (press === 'not_sent') await cancelPayments(tx, now, [id])
  else if (from === 'confirmed') await markReturned(tx, now, actor, [{ id, failure: 'returned' }])
  else await markFailed(tx, now, actor, [{ id, failure: 'returned' }])
}
