import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { AccountState, PayoutFailure } from './payment-accounts.ts'
import type { MandateState } from './payment-debits.ts'
import type { DeclineReason, SavedMethod } from './payments.ts'

/** The same delivery has the same id however often it comes. They come in any order. */
interface EventHead {
  id: string
  /** The connected account it happened on; null on Kith's own. */
  account: string | null
  at: Temporal.Instant
}
/** `payment` is Kith's own, when the service knows it; `reference` always is the service's. */
interface OfPayment {
  reference: string
  payment: string | null
}

export type DisputeReason =
  'not_recognised' | 'not_received' | 'not_as_agreed' | 'twice' | 'debit_taken_back' | 'other'

export type PaymentEvent = EventHead &
  (
    | ({ type: 'payment_confirmed'; amount: Pence } & OfPayment)
    | ({ type: 'payment_sent'; amount: Pence } & OfPayment)
    | ({ type: 'payment_failed'; amount: Pence; reason: DeclineReason } & OfPayment)
    | ({ type: 'payment_cancelled' } & OfPayment)
    | ({ type: 'needs_you' } & OfPayment)
    /** A hosted page ended unpaid or unused. `setup` or `payment` says whose it was. */
    | { type: 'page_ended'; reference: string; payment: string | null; setup: string | null }
    | {
        type: 'refund_confirmed' | 'refund_failed'
        reference: string
        refund: string | null
        paymentReference: string | null
        amount: Pence
      }
    | {
        type: 'dispute_opened'
        reference: string
        paymentReference: string | null
        amount: Pence
        reason: DisputeReason
        /** Nothing can be said against it: the money is gone (a direct debit that was taken back). */
        lost: boolean
        answerBy: Temporal.Instant | null
      }
    | {
        type: 'dispute_closed'
        reference: string
        paymentReference: string | null
        amount: Pence
        won: boolean
      }
    | { type: 'payout_paid'; reference: string; amount: Pence }
    | { type: 'payout_failed'; reference: string; amount: Pence; why: PayoutFailure }
    | { type: 'account_changed'; state: AccountState }
    | { type: 'account_left'; left: string }
    | { type: 'mandate_changed'; state: MandateState }
    | {
        type: 'setup_done'
        reference: string
        setup: string | null
        kind: 'card' | 'direct_debit'
        saved: SavedMethod
        mandate: string | null
      }
    /**
     * A kind we do nothing with; kept, so that it can be played again when we do. `odd`: a kind we do handle, told in a way
     * we do not know, so that a person must look.
     */
    | { type: 'unknown'; name: string; odd: boolean }
  )

export type WebhookRefusal = 'no_signature' | 'wrong_signature' | 'too_old' | 'unreadable'

export type WebhookAnswer = { ok: true; event: PaymentEvent } | { ok: false; why: WebhookRefusal }
