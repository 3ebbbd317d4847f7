/** How Stripe's payment intents and checkout sessions stand, in our words. */
import type Stripe from 'stripe'
import { pence } from '#services/kernel/money.ts'
import type { PaymentResult, PaymentState, PaymentStatus } from '#services/ports/payments.ts'
import { declineReason } from './stripe-errors.ts'

/** What of a payment intent says how it stands. Also true of one that comes in an event. */
export interface IntentLike {
  id: string
  status: string
  last_payment_error?:
    { code?: string | null | undefined; decline_code?: string | null | undefined } | null | undefined
}

export function statusOf(intent: IntentLike): PaymentStatus {
  switch (intent.status) {
    case 'succeeded':
      return 'confirmed'
    case 'processing':
    case 'requires_capture':
      return 'sent'
    case 'requires_action':
      return 'needs_you'
    case 'canceled':
      return 'cancelled'
    default: {
      const error = intent.last_payment_error
      if (!error) return 'open'
      return [error.code, error.decline_code].includes('authentication_required') ? 'needs_you' : 'declined'
    }
  }
}
export const reasonOf = (intent: IntentLike) =>
  declineReason(intent.last_payment_error?.code, intent.last_payment_error?.decline_code)

export function resultOf(intent: IntentLike): PaymentResult {
  const reference = intent.id
  const status = statusOf(intent)
  switch (status) {
    case 'confirmed':
    case 'sent':
    case 'needs_you':
      return { status, reference }
    case 'declined':
      return { status, reference, reason: reasonOf(intent) }
    case 'cancelled':
      return { status: 'declined', reference, reason: 'cancelled' }
    case 'open':
      return { status: 'unavailable', why: 'still_working', retryAfterSeconds: null }
  }
}

export function stateOf(intent: Stripe.PaymentIntent): PaymentState {
  const charge = typeof intent.latest_charge === 'object' ? intent.latest_charge : null
  const status = statusOf(intent)
  return {
    reference: intent.id,
    status,
    amount: pence(intent.amount),
    fee: pence(intent.application_fee_amount ?? 0),
    refunded: pence(charge?.amount_refunded ?? 0),
    payment: intent.metadata['kith_payment'] ?? null,
    reason: status === 'declined' ? reasonOf(intent) : status === 'cancelled' ? 'cancelled' : null,
    url: null,
  }
}

export function sessionState(session: Stripe.Checkout.Session): PaymentState {
  const intent = typeof session.payment_intent === 'object' ? session.payment_intent : null
  const open = session.status === 'open'
  if (intent && !open) return stateOf(intent)
  return {
    reference: intent?.id ?? session.id,
    status: open ? 'open' : session.payment_status === 'paid' ? 'confirmed' : 'cancelled',
    amount: pence(session.amount_total ?? 0),
    fee: pence(intent?.application_fee_amount ?? 0),
    refunded: pence(0),
    payment: session.metadata?.['kith_payment'] ?? null,
    reason: open ? null : 'cancelled',
    url: session.url,
  }
}

/** Furthest first: one payment of ours may have had several tries there. */
const FURTHEST: readonly PaymentStatus[] = ['confirmed', 'sent', 'needs_you', 'open', 'declined', 'cancelled']
export const furthest = (intents: readonly Stripe.PaymentIntent[]): Stripe.PaymentIntent | null =>
  [...intents].sort((a, b) => FURTHEST.indexOf(statusOf(a)) - FURTHEST.indexOf(statusOf(b)))[0] ?? null
