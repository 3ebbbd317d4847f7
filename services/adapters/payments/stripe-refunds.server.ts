import type Stripe from 'stripe'
import { pence } from '#services/kernel/money.ts'
import { PaymentFault, type Payments, type RefundResult, type RefundState } from '#services/ports/payments.ts'
import { checkKey } from './limits.ts'
import { change, on, type StripeClient, triedLongAgo } from './stripe-client.server.ts'
import { raise, troubleOf } from './stripe-errors.ts'

/** Refunds go back the way the payment came; on the account that took it. */
export function stripeRefunds(
  client: StripeClient,
  find: Payments['find'],
): Pick<Payments, 'refund' | 'findRefund'> {
  return {
    async refund({ key, account, reference, amount, refund, returnFee = false, firstTriedAt }) {
      checkKey(key)
      if (!Number.isSafeInteger(amount) || amount <= 0)
        throw new PaymentFault('a refund that is not above zero')
      try {
        const stripe = await client.sdk()
        if (triedLongAgo(client, firstTriedAt)) {
          const made = await stripe.refunds.list({ payment_intent: reference, limit: 100 }, on(account))
          const earlier = made.data.find(({ metadata }) => metadata?.['kith_key'] === key)
          if (earlier) return refundResult(earlier)
        }
        const made = await stripe.refunds.create(
          {
            payment_intent: reference,
            amount,
            metadata: { kith_refund: refund, kith_key: key },
            ...(returnFee && { refund_application_fee: true }),
          },
          change(key, account),
        )
        return refundResult(made)
      } catch (error) {
        const trouble = troubleOf(error)
        if (trouble.status === 'unavailable') return trouble
        if (trouble.status === 'refused') return trouble
        if (trouble.status === 'fault' && trouble.about !== 'request') raise(trouble)
        if (trouble.status === 'missing') return { status: 'refused', why: 'not_paid' }
        // Not every such refusal has a code of its own: the payment itself says why.
        const state = await find({ account, reference })
        if (state?.status !== 'confirmed') return { status: 'refused', why: 'not_paid' }
        if (state.refunded >= state.amount) return { status: 'refused', why: 'already_refunded' }
        if (amount > state.amount - state.refunded) return { status: 'refused', why: 'more_than_paid' }
        return raise(trouble)
      }
    },

    async findRefund({ account, reference }) {
      try {
        const refund = await (await client.sdk()).refunds.retrieve(reference, {}, on(account))
        return {
          reference: refund.id,
          status: refundStatus(refund.status),
          amount: pence(refund.amount),
          refund: refund.metadata?.['kith_refund'] ?? null,
        }
      } catch (error) {
        const trouble = troubleOf(error)
        return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
      }
    },
  }
}

export function refundStatus(status: string | null): RefundState['status'] {
  if (status === 'succeeded') return 'confirmed'
  return status === 'failed' || status === 'canceled' ? 'failed' : 'sent'
}
const refundResult = (refund: Stripe.Refund): RefundResult => ({
  status: refundStatus(refund.status),
  reference: refund.id,
})
