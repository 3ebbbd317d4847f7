import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { HostedPage, PaymentResult, SavedMethod } from './payments.ts'

/** waiting: the bank has it. ended: by the payer, their bank, or us; `why` says. */
export type MandateStatus = 'waiting' | 'active' | 'ended'
export type MandateEnd =
  'account_closed' | 'account_restricted' | 'account_moved' | 'not_agreed' | 'could_not_process' | 'refused'

export interface MandateState {
  mandate: string
  method: string
  status: MandateStatus
  why: MandateEnd | null
  /** What the payer's bank statement calls it. */
  bankReference: string | null
}

export interface CollectRequest {
  key: string
  /** The payee's account: a council's own. */
  account: string
  debit: SavedMethod
  amount: Pence
  /** Kith's own payment, which comes back in events. */
  payment: string
  firstTriedAt?: Temporal.Instant | null
}

/**
 * Bacs Direct Debit for what a person pays towards care that is charged in full: set up once on a hosted page, then
 * collected. A collection is `sent` and ends some working days later in `payment_confirmed` or `payment_failed`. The payer's
 * bank may take it back at any time after that (the Direct Debit Guarantee): that comes as `dispute_opened` that is lost.
 * Every payer is told the amount and the date before (at least 3 working days; the domain's duty).
 */
export interface DirectDebits {
  setUpDirectDebit(request: {
    key: string
    account: string
    setup: string
    customer: string | null
    doneUrl: string
    backUrl: string
  }): Promise<HostedPage & { customer: string }>
  collect(request: CollectRequest): Promise<PaymentResult>
  readMandate(at: { account: string; mandate: string }): Promise<MandateState | null>
}
