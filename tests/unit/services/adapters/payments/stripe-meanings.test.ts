import Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import { accountState } from '#services/adapters/payments/stripe-accounts.server.ts'
import { declineReason, raise, troubleOf } from '#services/adapters/payments/stripe-errors.ts'
import { mandateState } from '#services/adapters/payments/stripe-mandates.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { PaymentFault } from '#services/ports/payments.ts'

const { errors } = Stripe
const raw = (more: object = {}) => ({
  type: 'invalid_request_error' as const,
  message: 'Joan Ellery, 4000 0000 0000 0002, sk_test_leak',
  requestId: 'req_1',
  headers: {},
  ...more,
})

describe('what Stripe’s errors mean', () => {
  test.each([
    [
      'a declined card',
      new errors.StripeCardError(raw({ code: 'card_declined', decline_code: 'insufficient_funds' })),
      { status: 'declined', reason: 'not_enough_money' },
    ],
    [
      'too many requests',
      new errors.StripeRateLimitError(raw({ headers: { 'retry-after': '12' } })),
      { status: 'unavailable', why: 'too_many_requests', retryAfterSeconds: 12 },
    ],
    [
      'a wait that makes no sense',
      new errors.StripeRateLimitError(raw({ headers: { 'retry-after': '1e9' } })),
      { status: 'unavailable', retryAfterSeconds: null },
    ],
    ['no line', new errors.StripeConnectionError(raw()), { status: 'unavailable', why: 'no_answer' }],
    [
      'a fault of theirs',
      new errors.StripeAPIError(raw({ statusCode: 503 })),
      { status: 'unavailable', why: 'fault_of_theirs' },
    ],
    [
      'the same key under way',
      new errors.StripeAPIError(raw({ statusCode: 409, code: 'idempotency_key_in_use' })),
      { status: 'unavailable', why: 'still_working' },
    ],
    [
      'the same key for something else',
      new errors.StripeIdempotencyError(raw()),
      { status: 'fault', about: 'key' },
    ],
    ['our key', new errors.StripeAuthenticationError(raw()), { status: 'fault', about: 'settings' }],
    [
      'an account that left',
      new errors.StripePermissionError(raw({ code: 'account_invalid' })),
      { status: 'account' },
    ],
    [
      'something that is not there',
      new errors.StripeInvalidRequestError(raw({ code: 'resource_missing', statusCode: 404 })),
      { status: 'missing' },
    ],
    [
      'a refund of a refund',
      new errors.StripeInvalidRequestError(raw({ code: 'charge_already_refunded' })),
      { status: 'refused', why: 'already_refunded' },
    ],
    [
      'another state',
      new errors.StripeInvalidRequestError(raw({ code: 'payment_intent_unexpected_state' })),
      { status: 'moved_on' },
    ],
    [
      'a request that is wrong',
      new errors.StripeInvalidRequestError(raw({ code: 'parameter_missing', param: 'amount' })),
      { status: 'fault', about: 'request' },
    ],
    ['an error that is new', new errors.StripeError(raw(), 'StripeNovelError'), { status: 'fault' }],
  ])('%s', (_what, error, meaning) => {
    const trouble = troubleOf(error)
    expect(trouble).toMatchObject(meaning)
    expect(JSON.stringify(trouble)).not.toMatch(/Joan|4000|leak/)
    if (trouble.status === 'fault') {
      expect(trouble.fault).toBeInstanceOf(PaymentFault)
      expect(`${trouble.fault.message} ${trouble.fault.stack ?? ''}`).not.toMatch(/Joan|4000|leak/)
      expect(trouble.fault.message).toContain('req_1')
    }
  })
  test('what is no error of theirs stays what it is', () => {
    const slip = new TypeError('a slip of ours')
    expect(() => troubleOf(slip)).toThrow(slip)
  })
  test('who has no state for an outage gets words for it', () => {
    const thrown = (() => {
      try {
        return raise({ status: 'unavailable', why: 'no_answer', retryAfterSeconds: null })
      } catch (error) {
        return error
      }
    })()
    expect(isDomainError(thrown) && thrown.code).toBe('UNAVAILABLE')
  })
  test.each([
    ['card_declined', 'fraudulent', 'bank_said_no'],
    ['card_declined', 'lost_card', 'card_blocked'],
    ['card_declined', null, 'bank_said_no'],
    ['card_declined', 'a_new_code', 'bank_said_no'],
    ['card_declined', 'constructor', 'bank_said_no'],
    ['expired_card', null, 'card_expired'],
    ['debit_not_authorized', undefined, 'mandate_ended'],
    [null, null, 'bank_said_no'],
  ])('a decline for %s, %s', (code, declineCode, reason) => {
    expect(declineReason(code, declineCode)).toBe(reason)
  })
})

describe('what an account still needs, in our words', () => {
  test.each([
    ['external_account', 'bank_account'],
    ['tos_acceptance.date', 'agreement'],
    ['business_profile.mcc', 'what_you_do'],
    ['individual.dob.day', 'date_of_birth'],
    ['individual.verification.document', 'identity_document'],
    ['person_1Ab.verification.additional_document', 'identity_document'],
    ['individual.address.postal_code', 'address'],
    ['individual.email', 'contact'],
    ['individual.first_name', 'name'],
    ['company.name', 'organisation'],
    ['company.tax_id', 'tax_number'],
    ['directors.email', 'people_in_charge'],
    ['representative.dob.day', 'people_in_charge'],
    ['person_1Ab.relationship.title', 'people_in_charge'],
    ['company.owners_provided', 'people_in_charge'],
    ['something.new', 'something_else'],
  ])('%s', (field, missing) => {
    const requirements = { currently_due: [field], past_due: [field] }
    expect(accountState({ id: 'acct_1', details_submitted: true, requirements })).toMatchObject({
      status: 'more_needed',
      missing: [missing],
    })
  })
  test('one that works but will need more says by when, and goes on working', () => {
    const state = accountState({
      id: 'acct_1',
      charges_enabled: true,
      payouts_enabled: true,
      details_submitted: true,
      requirements: { currently_due: ['external_account'], current_deadline: 1_793_000_000 },
    })
    expect(state).toMatchObject({ status: 'ready', missing: ['bank_account'] })
    expect(state.dueBy?.toString()).toBe('2026-10-26T07:33:20Z')
  })
})

test.each([
  ['pending', 'pending', 'waiting', null],
  ['active', 'pending', 'waiting', null],
  ['active', 'accepted', 'active', null],
  ['inactive', 'accepted', 'ended', 'not_agreed'],
  ['inactive', 'refused', 'ended', 'refused'],
  ['active', 'revoked', 'ended', 'not_agreed'],
] as const)('a mandate that is %s, and %s at the bank, is %s', (status, network_status, ours, why) => {
  const bacs_debit = { network_status, reference: 'KITH1', revocation_reason: null }
  expect(
    mandateState({ id: 'm', status, payment_method: 'pm', payment_method_details: { bacs_debit } }),
  ).toMatchObject({
    status: ours,
    why,
  })
})
