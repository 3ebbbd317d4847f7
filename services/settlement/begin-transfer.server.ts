import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { payeesOf } from './payees.server.ts'
import { markConfirmed, startPayments } from './payments.server.ts'

export const beginTransferSchema = z.object({
  personId: z.uuid(),
  providerId: z.uuid(),
  payableIds: z.array(z.uuid()).min(1, 'Choose what you want to pay').max(500),
})

export interface Begun {
  paymentId: string
  /** Nothing moves: what comes back and what is due are the same, and meet. */
  setOff: boolean
}

/**
 * The person begins to pay a provider by their own bank transfer. Nothing has left: the payment has a reference, by which the
 * bank's file finds it, and what it is for is no longer due.
 *
 * @throws NOT_FOUND, FORBIDDEN without the scope `manage_money`; INVALID when nothing was chosen or more comes back than is
 *   due; REFUSED_BY_RULE while the provider's bank details are missing; STALE_STATE when some of it is not due any more
 */
export async function beginTransfer(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof beginTransferSchema>,
): Promise<Begun> {
  const { personId, providerId, payableIds } = beginTransferSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const chosen = await tx.payable.findMany({
      where: { id: { in: payableIds }, payerKind: 'person', payerId: personId, providerId },
      select: { pence: true },
      take: payableIds.length,
    })
    const sum = chosen.reduce((all, one) => all + one.pence, 0)
    const setOff = chosen.length > 0 && sum === 0
    if (!setOff && !(await payeesOf(tx, [providerId], now)).has(providerId))
      throw new DomainError(
        'REFUSED_BY_RULE',
        'This provider’s bank details are not here yet, or are being checked. Nothing was begun. Ask them, or pay another way.',
      )
    const [payment] = await startPayments(tx, now, actor, [
      {
        method: setOff ? 'set_off' : 'bank_transfer',
        payer: { kind: 'person', id: personId },
        providerId,
        personId,
        payableIds: [...new Set(payableIds)],
      },
    ])
    if (!payment) throw new Error('a payment was asked for and none was begun')
    if (setOff) await markConfirmed(tx, now, actor, [payment.id])
    await recordAudit(tx, now, actor, {
      action: 'payment.begun',
      subjectType: 'payment',
      subjectId: payment.id,
      forPersonId: personId,
      facts: { method: setOff ? 'set_off' : 'bank_transfer', pence: payment.pence },
    })
    return { paymentId: payment.id, setOff }
  })
}
