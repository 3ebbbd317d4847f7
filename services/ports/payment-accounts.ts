import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'

/** What the payment service still wants to know of an account's owner; the words stand in payment-words.ts. */
export const MISSING = [
  'bank_account',
  'identity_document',
  'date_of_birth',
  'name',
  'address',
  'contact',
  'organisation',
  'people_in_charge',
  'tax_number',
  'what_you_do',
  'agreement',
  'something_else',
] as const
export type Missing = (typeof MISSING)[number]

/**
 * new: nothing was filled in. more_needed: something is missing (`missing`, by `dueBy`). checking: they have all and look.
 * ready: takes payments and pays out. paused: it did once, and does not now. closed: refused or gone.
 */
export type AccountStatus = 'new' | 'more_needed' | 'checking' | 'ready' | 'paused' | 'closed'

export interface AccountState {
  account: string
  status: AccountStatus
  takesPayments: boolean
  paysOut: boolean
  collectsDebits: boolean
  missing: readonly Missing[]
  /** After it, what works now stops working. */
  dueBy: Temporal.Instant | null
}

export interface ConnectedAccounts {
  /** Opens an account that its owner completes on hosted pages. The same key gives the same account. */
  openAccount(request: {
    key: string
    /** Kith's own owner: a provider or a council. */
    owner: string
    kind: 'organisation' | 'charity' | 'sole_trader'
    /** For councils that collect what people pay towards it. */
    collectsDebits?: boolean
  }): Promise<{ account: string }>
  /** The hosted pages that ask for what is missing. For one use, soon; `againUrl` is where an old link leads. */
  onboardingLink(at: {
    account: string
    doneUrl: string
    againUrl: string
  }): Promise<{ url: string; until: Temporal.Instant }>
  /** The owner's own pages there (bank details, payouts), once onboarding is done; null before that. */
  dashboardLink(at: { account: string }): Promise<{ url: string } | null>
  /** Null when there is no such account for us (any more). */
  readAccount(account: string): Promise<AccountState | null>
}

export type MovementKind =
  | 'payment'
  | 'payment_failed'
  | 'refund'
  | 'refund_failed'
  | 'dispute'
  | 'dispute_returned'
  | 'payout'
  | 'payout_returned'
  | 'fee'
  | 'other'

/** One movement on an account's balance there. `net` = `gross` − `fee`; what leaves the balance is below zero. */
export interface Movement {
  reference: string
  kind: MovementKind
  gross: Pence
  fee: Pence
  net: Pence
  at: Temporal.Instant
  availableAt: Temporal.Instant
  /** The payment's reference there and Kith's own, where it is about one. */
  paymentReference: string | null
  payment: string | null
  /** The refund, dispute, payout or charge it comes from. */
  source: string | null
}

export type PayoutStatus = 'waiting' | 'on_its_way' | 'paid' | 'failed' | 'cancelled'
export type PayoutFailure = 'account_closed' | 'account_wrong' | 'account_restricted' | 'bank_said_no'

export interface PayoutState {
  reference: string
  status: PayoutStatus
  /** Below zero when the account owes. */
  amount: Pence
  createdAt: Temporal.Instant
  arrivesOn: Temporal.PlainDate
  why: PayoutFailure | null
}

/** At most 100 rows; `next` continues after them, null at the end. */
export interface Listed<Row> {
  rows: readonly Row[]
  next: string | null
}

/** What reconciliation reads. Newest first. */
export interface PaymentBooks {
  /** Movements of a period (from inclusive, until exclusive), or those that make up one payout. */
  listMovements(
    at: { account: string; after?: string | null } & (
      { from: Temporal.Instant; until: Temporal.Instant } | { payout: string }
    ),
  ): Promise<Listed<Movement>>
  listPayouts(at: {
    account: string
    from: Temporal.Instant
    until: Temporal.Instant
    after?: string | null
  }): Promise<Listed<PayoutState>>
  readPayout(at: { account: string; reference: string }): Promise<PayoutState | null>
}
