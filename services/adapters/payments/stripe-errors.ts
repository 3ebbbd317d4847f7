/**
 * What Stripe's errors mean, in one place. Nothing of a message goes further: messages may hold parts of keys, names and
 * card numbers. Codes: docs.stripe.com/error-codes and docs.stripe.com/declines/codes.
 */
import type Stripe from 'stripe'
import {
  type DeclineReason,
  PaymentFault,
  type RefundRefusal,
  type Unavailable,
} from '#services/ports/payments.ts'
import { outage, payeeNotReady } from './limits.ts'
import { known } from './vendor.ts'

export type Trouble =
  | Unavailable
  | { status: 'declined'; reference: string | null; reason: DeclineReason }
  | { status: 'needs_you'; reference: string }
  /** No such object, for us. */
  | { status: 'missing' }
  /** The connected account cannot do this, or is not ours any more. */
  | { status: 'account' }
  | { status: 'refused'; why: RefundRefusal }
  /** It is in another state than the request takes for granted: look what it is now. */
  | { status: 'moved_on' }
  /** `request`: something in it; it may still be about the account that it was made on. */
  | { status: 'fault'; fault: PaymentFault; about: 'request' | 'key' | 'settings' }

type ErrorType =
  | 'StripeCardError'
  | 'StripeInvalidRequestError'
  | 'StripeAPIError'
  | 'StripeAuthenticationError'
  | 'StripePermissionError'
  | 'StripeRateLimitError'
  | 'StripeConnectionError'
  | 'StripeIdempotencyError'

/** Issuer's decline codes and payment error codes. What is not here is 'bank_said_no': never guess at fraud towards a person. */
const DECLINES: Readonly<Record<string, DeclineReason>> = {
  insufficient_funds: 'not_enough_money',
  card_velocity_exceeded: 'over_limit',
  withdrawal_count_limit_exceeded: 'over_limit',
  amount_limit_exceeded: 'over_limit',
  charge_exceeds_source_limit: 'over_limit',
  charge_exceeds_transaction_limit: 'over_limit',
  expired_card: 'card_expired',
  expired_payment_method: 'card_expired',
  incorrect_number: 'card_details_wrong',
  invalid_number: 'card_details_wrong',
  incorrect_cvc: 'card_details_wrong',
  invalid_cvc: 'card_details_wrong',
  invalid_expiry_month: 'card_details_wrong',
  invalid_expiry_year: 'card_details_wrong',
  incorrect_address: 'card_details_wrong',
  incorrect_zip: 'card_details_wrong',
  incorrect_postal_code: 'card_details_wrong',
  invalid_account: 'card_details_wrong',
  lost_card: 'card_blocked',
  stolen_card: 'card_blocked',
  pickup_card: 'card_blocked',
  restricted_card: 'card_blocked',
  card_not_supported: 'kind_not_taken',
  currency_not_supported: 'kind_not_taken',
  service_not_allowed: 'kind_not_taken',
  transaction_not_allowed: 'kind_not_taken',
  not_permitted: 'kind_not_taken',
  invalid_card_type: 'kind_not_taken',
  payment_intent_authentication_failure: 'not_agreed',
  payment_method_customer_decline: 'not_agreed',
  authentication_failure: 'not_agreed',
  three_d_secure_authentication_not_supported: 'not_agreed',
  issuer_not_available: 'try_later',
  processing_error: 'try_later',
  reenter_transaction: 'try_later',
  try_again_later: 'try_later',
  approve_with_id: 'try_later',
  card_decline_rate_limit_exceeded: 'try_later',
  payment_method_provider_timeout: 'try_later',
  three_d_secure_authentication_upstream_error: 'try_later',
  payment_intent_payment_attempt_expired: 'not_agreed',
  account_closed: 'account_closed',
  no_account: 'account_closed',
  invalid_account_number: 'account_closed',
  account_number_invalid: 'account_closed',
  bank_account_unusable: 'account_closed',
  payment_method_not_available: 'no_way_to_pay',
  debit_not_authorized: 'mandate_ended',
  payment_intent_mandate_invalid: 'mandate_ended',
  bank_account_restricted: 'bank_said_no',
  refer_to_customer: 'bank_said_no',
}

export const declineReason = (
  code: string | null | undefined,
  declineCode: string | null | undefined,
): DeclineReason => known(DECLINES, declineCode) ?? known(DECLINES, code) ?? 'bank_said_no'

const REFUSED: Readonly<Record<string, RefundRefusal>> = {
  charge_already_refunded: 'already_refunded',
  amount_too_large: 'more_than_paid',
  refund_disputed_payment: 'disputed',
  charge_disputed: 'disputed',
  charge_not_refundable: 'not_paid',
  balance_insufficient: 'not_enough_money',
  insufficient_funds: 'not_enough_money',
}
const ACCOUNT = new Set([
  'account_invalid',
  'capability_not_active',
  'transfers_not_allowed',
  'platform_account_required',
  'storer_capability_not_active',
])
const MOVED_ON = new Set([
  'payment_intent_unexpected_state',
  'intent_invalid_state',
  'setup_intent_unexpected_state',
])

const unavailable = (why: Unavailable['why'], error: Stripe.errors.StripeError): Trouble => {
  const after = Number(error.headers?.['retry-after'])
  return { status: 'unavailable', why, retryAfterSeconds: after > 0 && after <= 3600 ? after : null }
}
const fault = (
  code: string,
  error: Stripe.errors.StripeError,
  about: 'request' | 'key' | 'settings' = 'request',
): Trouble => ({ status: 'fault', fault: new PaymentFault(code, error.requestId ?? null), about })
/** A parameter's name is ours, not a person's; what it held is left out. */
const named = (error: Stripe.errors.StripeError): string =>
  [error.code ?? error.rawType ?? 'invalid_request', error.param].filter(Boolean).join(' ')

const byType: Readonly<Record<ErrorType, (error: Stripe.errors.StripeError) => Trouble>> = {
  StripeCardError(error) {
    const reference = error.payment_intent?.id ?? null
    const wantsPerson =
      error.code === 'authentication_required' || error.decline_code === 'authentication_required'
    if (wantsPerson && reference) return { status: 'needs_you', reference }
    return { status: 'declined', reference, reason: declineReason(error.code, error.decline_code) }
  },
  StripeInvalidRequestError(error) {
    const code = error.code ?? ''
    const refused = known(REFUSED, code)
    if (refused) return { status: 'refused', why: refused }
    if (MOVED_ON.has(code)) return { status: 'moved_on' }
    if (ACCOUNT.has(code)) return { status: 'account' }
    // A debit's mandate or a card's state may also be told this way; it is about the payer, not about our request.
    const reason = known(DECLINES, code)
    if (reason) return { status: 'declined', reference: error.payment_intent?.id ?? null, reason }
    if (code === 'resource_missing' || error.statusCode === 404) return { status: 'missing' }
    return fault(named(error), error)
  },
  StripePermissionError(error) {
    return ACCOUNT.has(error.code ?? '') ? { status: 'account' } : fault(named(error), error, 'settings')
  },
  StripeAuthenticationError(error) {
    return fault('our key is not taken', error, 'settings')
  },
  StripeIdempotencyError(error) {
    return fault('the same key for another request', error, 'key')
  },
  StripeRateLimitError: (error) => unavailable('too_many_requests', error),
  StripeConnectionError: (error) => unavailable('no_answer', error),
  StripeAPIError(error) {
    const busy =
      error.statusCode === 409 || error.code === 'lock_timeout' || error.code === 'idempotency_key_in_use'
    return unavailable(busy ? 'still_working' : 'fault_of_theirs', error)
  },
}

/** Of the SDK, of whatever kind. */
const isTheirs = (error: unknown): error is Stripe.errors.StripeError =>
  error instanceof Error && 'type' in error && typeof error.type === 'string' && 'rawType' in error

/** @throws what is no error of Stripe's, as it is */
export function troubleOf(error: unknown): Trouble {
  if (!isTheirs(error)) throw error
  const read = known<(error: Stripe.errors.StripeError) => Trouble>(byType, error.type)
  return read ? read(error) : fault('an error of a kind that is not known', error, 'settings')
}

/** For calls whose callers have no state for it. @throws always */
export function raise(trouble: Trouble): never {
  if (trouble.status === 'fault') throw trouble.fault
  if (trouble.status === 'account') throw payeeNotReady()
  if (trouble.status === 'unavailable') throw outage()
  throw new PaymentFault(trouble.status)
}
