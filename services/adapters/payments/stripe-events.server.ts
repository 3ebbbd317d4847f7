import type { z } from 'zod'
import { pence } from '#services/kernel/money.ts'
import type { DisputeReason, PaymentEvent, WebhookAnswer } from '#services/ports/payment-events.ts'
import type { Payments } from '#services/ports/payments.ts'
import { fromSeconds, known } from './vendor.ts'
import { accountState } from './stripe-accounts.server.ts'
import { payoutFailure } from './stripe-books.server.ts'
import type { StripeClient } from './stripe-client.server.ts'
import { openDelivery } from './stripe-deliveries.server.ts'
import { reasonOf, statusOf } from './stripe-intents.ts'
import { mandateState } from './stripe-mandates.ts'
import { refundStatus } from './stripe-refunds.server.ts'
import * as shapes from './stripe-shapes.ts'

type Head = Pick<PaymentEvent, 'id' | 'account' | 'at'>
/** What an event says besides its head; null: nothing for us. */
type Said = PaymentEvent extends infer Event
  ? Event extends PaymentEvent
    ? Omit<Event, keyof Head>
    : never
  : never
type Reader = (object: unknown, head: Head) => Said | null | 'odd'

const reads =
  <Shape extends z.ZodType>(
    shape: Shape,
    say: (object: z.output<Shape>, head: Head) => Said | null,
  ): Reader =>
  (object, head) => {
    const { data, error } = shape.safeParse(object)
    return error ? 'odd' : say(data, head)
  }

const DISPUTES: Readonly<Record<string, DisputeReason>> = {
  fraudulent: 'not_recognised',
  unrecognized: 'not_recognised',
  debit_not_authorized: 'debit_taken_back',
  incorrect_account_details: 'debit_taken_back',
  insufficient_funds: 'debit_taken_back',
  bank_cannot_process: 'debit_taken_back',
  customer_initiated: 'debit_taken_back',
  product_not_received: 'not_received',
  product_unacceptable: 'not_as_agreed',
  credit_not_processed: 'not_as_agreed',
  subscription_canceled: 'not_as_agreed',
  duplicate: 'twice',
}

const refunds = reads(shapes.refundShape, ({ id, status, amount, payment_intent, metadata }) => {
  const now = refundStatus(status)
  if (now === 'sent') return null
  return {
    type: now === 'confirmed' ? 'refund_confirmed' : 'refund_failed',
    reference: id,
    refund: metadata?.['kith_refund'] ?? null,
    paymentReference: payment_intent ?? null,
    amount: pence(amount),
  }
})
const ofPayment = ({ id, metadata }: z.output<typeof shapes.intentShape>) => ({
  reference: id,
  payment: metadata?.['kith_payment'] ?? null,
})

/** The kinds that we handle. Webhook endpoints should be told to send these. */
const READERS: Readonly<Record<string, Reader>> = {
  'payment_intent.succeeded': reads(shapes.intentShape, (intent) => ({
    type: 'payment_confirmed',
    amount: pence(intent.amount_received ?? intent.amount),
    ...ofPayment(intent),
  })),
  'payment_intent.processing': reads(shapes.intentShape, (intent) => ({
    type: 'payment_sent',
    amount: pence(intent.amount),
    ...ofPayment(intent),
  })),
  'payment_intent.payment_failed': reads(shapes.intentShape, (intent) =>
    statusOf(intent) === 'needs_you'
      ? { type: 'needs_you', ...ofPayment(intent) }
      : {
          type: 'payment_failed',
          amount: pence(intent.amount),
          reason: reasonOf(intent),
          ...ofPayment(intent),
        },
  ),
  'payment_intent.requires_action': reads(shapes.intentShape, (intent) => ({
    type: 'needs_you',
    ...ofPayment(intent),
  })),
  'payment_intent.canceled': reads(shapes.intentShape, (intent) => ({
    type: 'payment_cancelled',
    ...ofPayment(intent),
  })),
  'checkout.session.expired': reads(shapes.sessionShape, ({ id, metadata }) => ({
    type: 'page_ended',
    reference: id,
    payment: metadata?.['kith_payment'] ?? null,
    setup: metadata?.['kith_setup'] ?? null,
  })),
  'setup_intent.succeeded': reads(shapes.setupShape, (setup) => ({
    type: 'setup_done',
    reference: setup.id,
    setup: setup.metadata?.['kith_setup'] ?? null,
    kind: setup.payment_method_types.includes('bacs_debit') ? 'direct_debit' : 'card',
    saved: { customer: setup.customer, method: setup.payment_method },
    mandate: setup.mandate ?? null,
  })),
  'mandate.updated': reads(shapes.mandateShape, (mandate) => ({
    type: 'mandate_changed',
    state: mandateState(mandate),
  })),
  'refund.created': refunds,
  'refund.updated': refunds,
  'refund.failed': refunds,
  'charge.refund.updated': refunds,
  'charge.dispute.created': reads(shapes.disputeShape, (dispute) => ({
    type: 'dispute_opened',
    reference: dispute.id,
    paymentReference: dispute.payment_intent ?? null,
    amount: pence(dispute.amount),
    reason: known(DISPUTES, dispute.reason) ?? 'other',
    lost: dispute.status === 'lost',
    answerBy:
      dispute.status !== 'lost' && dispute.evidence_details?.due_by
        ? fromSeconds(dispute.evidence_details.due_by)
        : null,
  })),
  'charge.dispute.closed': reads(shapes.disputeShape, (dispute) => ({
    type: 'dispute_closed',
    reference: dispute.id,
    paymentReference: dispute.payment_intent ?? null,
    amount: pence(dispute.amount),
    // A warning that is closed without a dispute leaves the money where it is.
    won: dispute.status === 'won' || dispute.status === 'warning_closed',
  })),
  'payout.paid': reads(shapes.payoutShape, ({ id, amount }) => ({
    type: 'payout_paid',
    reference: id,
    amount: pence(amount),
  })),
  'payout.failed': reads(shapes.payoutShape, ({ id, amount, failure_code }) => ({
    type: 'payout_failed',
    reference: id,
    amount: pence(amount),
    why: payoutFailure(failure_code),
  })),
  'account.updated': reads(shapes.accountShape, (account) => ({
    type: 'account_changed',
    state: accountState(account),
  })),
  'account.application.deauthorized': (_object, { account }) =>
    account ? { type: 'account_left', left: account } : 'odd',
}

function eventOf(delivery: z.output<typeof shapes.envelope>): PaymentEvent {
  const head = { id: delivery.id, account: delivery.account ?? null, at: fromSeconds(delivery.created) }
  const said = known(READERS, delivery.type)?.(delivery.data.object, head) ?? null
  if (said === null || said === 'odd')
    return { ...head, type: 'unknown', name: delivery.type, odd: said === 'odd' }
  return { ...head, ...said }
}

export const stripeEvents = (client: StripeClient): Pick<Payments, 'readWebhook'> => ({
  async readWebhook(rawBody, signature): Promise<WebhookAnswer> {
    const opened = await openDelivery(client, rawBody, signature)
    return opened.ok ? { ok: true, event: eventOf(opened.delivery) } : opened
  },
})
