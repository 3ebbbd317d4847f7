import { declineWords } from '#services/ports/payment-words.ts'
import type { DeclineReason } from '#services/ports/payments.ts'

/** What happened, and what to do. */
export interface FailureWords {
  what: string
  next: string
}

/**
 * Reasons that no payment service gives: codes of ours, and what each means to the one who pays. Why a card or a debit was
 * refused is the port's own list (`DECLINE_REASONS`), with its words in services/ports/payment-words.ts. Never a vendor's text.
 */
const OWN_FAILURES = {
  declined: {
    what: 'The card was refused, and nobody says why.',
    next: 'Ask the card’s bank, try again, or pay another way.',
  },
  merchant_blocked: {
    what: 'The card may not be used for this kind of seller.',
    next: 'Pay another way, or ask whoever gave you the card.',
  },
  frozen: { what: 'The card is frozen.', next: 'Unfreeze it and try again, or pay another way.' },
  card_let_go: {
    what: 'The card’s payment was let go before it was taken.',
    next: 'It waits for the card again, or pay another way.',
  },
  card_other_amount: {
    what: 'The card paid another amount than what was owed.',
    next: 'Ask the provider about the rest, or pay another way.',
  },
  card_not_used: {
    what: 'It was not paid with the prepaid card.',
    next: 'Pay it another way.',
  },
  wrong_details: {
    what: 'The bank did not know the account.',
    next: 'The provider must look at their details. Nothing to do for you.',
  },
  returned: { what: 'The bank sent it back.', next: 'Pay again, or pay another way.' },
  disputed: {
    what: 'The card’s holder questioned it at their bank, and the bank gave it back.',
    next: 'It is owed again. Talk to the provider if it should not be.',
  },
  indemnity_claim: {
    what: 'The bank gave it back under the Direct Debit guarantee.',
    next: 'It is owed again. Pay another way, or say why it is wrong.',
  },
  unavailable: {
    what: 'The payment service could not be reached for three days, so we stopped trying.',
    next: 'Try again, or pay by bank transfer.',
  },
  other: { what: 'It did not arrive.', next: 'Try again, or pay another way.' },
} as const satisfies Record<string, FailureWords>

export type PaymentFailure = DeclineReason | keyof typeof OWN_FAILURES

/** Words for a payment's `failure`; null while nothing went wrong. A code that nobody knows is "It did not arrive". */
export function failureWords(failure: string | null): FailureWords | null {
  if (failure === null) return null
  if (Object.hasOwn(declineWords, failure)) return declineWords[failure as DeclineReason]
  return Object.hasOwn(OWN_FAILURES, failure)
    ? OWN_FAILURES[failure as keyof typeof OWN_FAILURES]
    : OWN_FAILURES.other
}

/** What happened, in one sentence: where a page or a letter says elsewhere what to do. Null while nothing went wrong. */
export const failureSentence = (failure: string | null): string | null => failureWords(failure)?.what ?? null

/** Whether a form or a file named one of our codes. */
export const isPaymentFailure = (code: string): code is PaymentFailure =>
  Object.hasOwn(declineWords, code) || Object.hasOwn(OWN_FAILURES, code)
