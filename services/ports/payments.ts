/**
 * The payments port: moves money outside Kith, or stands in for it. Kith itself holds none. A payment is a direct charge on
 * the payee's own account with the payment service, so no client money passes through Kith.
 *
 * How it answers: what moves money answers with a state, because the books must know it. Everything else throws
 * `DomainError('UNAVAILABLE')` when the service cannot be reached (nothing was changed that matters; try again), and
 * `PaymentFault` when Kith itself asked for something wrong, which no trying again mends.
 */
import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { ConnectedAccounts, PaymentBooks } from './payment-accounts.ts'
import type { DirectDebits } from './payment-debits.ts'
import type { WebhookAnswer } from './payment-events.ts'
import type { PaymentsSandbox } from './payments-sandbox.ts'

/** Why no money moved. The words for a person stand in payment-words.ts. */
export const DECLINE_REASONS = [
  'not_enough_money',
  'over_limit',
  'card_expired',
  'card_details_wrong',
  'card_blocked',
  'kind_not_taken',
  'not_agreed',
  'bank_said_no',
  'try_later',
  'no_way_to_pay',
  'amount_not_taken',
  'payee_not_ready',
  'account_closed',
  'mandate_ended',
  'cancelled',
  'sandbox',
] as const
export type DeclineReason = (typeof DECLINE_REASONS)[number]

/**
 * The service gave no answer that can be relied on: money may have moved or not. Ask again with the *same* key, later each
 * time and not before `retryAfterSeconds`; the same key never takes money twice.
 */
export interface Unavailable {
  status: 'unavailable'
  why: 'no_answer' | 'fault_of_theirs' | 'too_many_requests' | 'still_working'
  retryAfterSeconds: number | null
}

export type PaymentResult =
  | { status: 'confirmed'; reference: string }
  /** On its way: a confirmation or a failure comes later as an event. */
  | { status: 'sent'; reference: string }
  /** Final for this key. Another try needs another key. */
  | { status: 'declined'; reference: string | null; reason: DeclineReason }
  /** The bank wants the person to agree (3-D Secure): `finish` gives the page. Nothing was taken. */
  | { status: 'needs_you'; reference: string }
  | Unavailable

/** Who owes it, in the ledger's words. */
export interface PaymentPayer {
  kind: 'person' | 'council' | 'fund_holder'
  id: string
}

/** A saved card or bank account, as the payment service names it. Never card or account numbers. */
export interface SavedMethod {
  /** Under whom it is kept there. */
  customer: string
  method: string
}

export interface PayRequest {
  /** One key, one payment. At most 200 characters. */
  key: string
  /** Above zero. Below 30p and above £999,999.99 it is declined: cards and debits take no less and no more. */
  amount: Pence
  providerId: string
  payer: PaymentPayer
  /** The payee's own account; without one nothing can be paid by card. */
  account?: string | null
  card?: SavedMethod | null
  /** Kith's own payment, which comes back in events and lists; the key when not given. */
  payment?: string
  /** Kith's fee as it was quoted, part of `amount`. A retry must say the same. */
  fee?: Pence
  /** When this key was first tried, if it was: after most of a day the service is asked first whether it paid then. */
  firstTriedAt?: Temporal.Instant | null
}

export interface FinishRequest {
  key: string
  account: string
  reference: string
  card: SavedMethod
  /** Where the person comes back to, whatever they did there. */
  returnUrl: string
}

export interface CheckoutRequest {
  key: string
  account: string
  amount: Pence
  fee?: Pence
  payment: string
  /** What it is for, on the hosted page; no names. */
  words: string
  doneUrl: string
  backUrl: string
}

/** A page of the payment service, for one use and soon. */
export interface HostedPage {
  url: string
  reference: string
}

export type PaymentStatus = 'open' | 'needs_you' | 'sent' | 'confirmed' | 'declined' | 'cancelled'

export interface PaymentState {
  /** The payment's own reference, also when it was looked up by that of its hosted page. */
  reference: string
  status: PaymentStatus
  amount: Pence
  fee: Pence
  refunded: Pence
  /** Kith's own payment, when the service knows it. */
  payment: string | null
  reason: DeclineReason | null
  /** While its hosted page is open. */
  url: string | null
}

/** Why a refund was not made; final. */
export type RefundRefusal =
  'more_than_paid' | 'already_refunded' | 'not_paid' | 'disputed' | 'not_enough_money'

export interface RefundRequest {
  key: string
  account: string
  /** The payment it returns part or all of. */
  reference: string
  amount: Pence
  /** Kith's own refund, which comes back in events. */
  refund: string
  /** Gives the same part of Kith's fee back. */
  returnFee?: boolean
  firstTriedAt?: Temporal.Instant | null
}

export type RefundResult =
  | { status: 'confirmed'; reference: string }
  | { status: 'sent'; reference: string }
  | { status: 'failed'; reference: string }
  | { status: 'refused'; why: RefundRefusal }
  | Unavailable

export interface RefundState {
  reference: string
  status: 'sent' | 'confirmed' | 'failed'
  amount: Pence
  refund: string | null
}

export interface SaveCardRequest {
  key: string
  /** The customer they already are there; null makes one. */
  customer: string | null
  /** Kith's own set-up, which comes back in the event. */
  setup: string
  doneUrl: string
  backUrl: string
}

export interface SetupState {
  reference: string
  status: 'open' | 'done' | 'ended'
  setup: string | null
  url: string | null
  saved: SavedDetails | null
}

/** What may be shown of a saved card or bank account. */
export interface SavedDetails extends SavedMethod {
  kind: 'card' | 'direct_debit'
  /** 'Visa'; null for a bank account. */
  brand: string | null
  last4: string
  /** A card's last month, YYYY-MM. */
  expires: string | null
  /** A direct debit's mandate. */
  mandate: string | null
}

export interface Payments extends ConnectedAccounts, DirectDebits, PaymentBooks {
  readonly name: 'sandbox' | 'stripe'
  /** Said on every page where it matters: 'Demo: no money moves.' Empty when money really moves. */
  readonly label: string

  /** Charges a saved card while its owner is elsewhere. The same key never takes money twice and gets the same answer. */
  pay(request: PayRequest): Promise<PaymentResult>
  /**
   * The page on which a person agrees to a payment that needs them, or its result when nothing is left to agree.
   * Ask for it when they press: it is for one use.
   */
  finish(request: FinishRequest): Promise<PaymentResult | { status: 'go'; reference: string; url: string }>
  /** A hosted page that takes one payment on the payee's account. @throws DomainError REFUSED_BY_RULE when it takes none */
  checkout(request: CheckoutRequest): Promise<HostedPage>
  /** Null when the service knows no such payment on that account. Takes a payment's or a checkout's reference. */
  find(at: { account: string; reference: string }): Promise<PaymentState | null>
  /** By Kith's own payment: for an answer that was lost. It may lag behind by some minutes. */
  findPayment(at: { account: string; payment: string }): Promise<PaymentState | null>
  /** Closes a payment or checkout that was not paid, so that it never can be; answers with what it is now. */
  cancel(at: { account: string; reference: string; key: string }): Promise<PaymentState | null>

  refund(request: RefundRequest): Promise<RefundResult>
  findRefund(at: { account: string; reference: string }): Promise<RefundState | null>

  /** A hosted page that saves a card for later. The event that it is done names `setup`, not this page's reference. */
  saveCard(request: SaveCardRequest): Promise<HostedPage & { customer: string }>
  /** `account` for a direct debit, which is kept on the payee's account. */
  findSetup(at: { account: string | null; reference: string }): Promise<SetupState | null>
  /** Forgets a saved card; ends a direct debit's mandate. Forgetting what is gone already is fine. */
  forget(at: { account: string | null; method: string; key: string }): Promise<void>

  /**
   * Checks a delivery's signature and age, and says in our words what it tells. It changes nothing: the caller stores the
   * event by its id and handles it once.
   */
  readWebhook(rawBody: string | Uint8Array, signature: string | null): Promise<WebhookAnswer>

  /** Only while no money moves: what the demo's control panel can make happen. */
  readonly sandbox?: PaymentsSandbox
}

/** Kith asked for something that cannot be: a fault of ours, to be mended, not tried again. Holds no secret and no personal data. */
export class PaymentFault extends Error {
  readonly code: string
  constructor(code: string, requestId: string | null = null) {
    super(
      `The payment service refused a request of ours: ${code}${requestId ? ` (request ${requestId})` : ''}`,
    )
    this.name = 'PaymentFault'
    this.code = code
  }
}
