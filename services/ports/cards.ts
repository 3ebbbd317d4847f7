/**
 * The cards port: prepaid cards that draw on one allocation. A scheme holds the money and moves it; Kith's ledger records it.
 * Where a scheme asks before each purchase, the ledger answers (`authorise`); a scheme that does not sends a file instead
 * (adapters/cards/transaction-file.rules.ts).
 */
import type { Pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { CardsEmulator } from './cards-emulator.ts'
import type { WebhookRefusal } from './payment-events.ts'
import type { Unavailable } from './payments.ts'

/** Why a purchase was declined. What would work is said with `upTo` and by the words. */
export const CARD_DECLINES = [
  'not_enough',
  'kind_of_shop',
  'cash_not_agreed',
  'over_purchase_limit',
  'over_period_limit',
  'frozen',
  'not_active',
  'ended',
  'fund_ended',
  'no_answer',
  'scheme_said_no',
] as const
export type CardDecline = (typeof CARD_DECLINES)[number]

/** What a card may be used for, agreed per scheme. Null: no such limit. */
export interface CardControls {
  /** Kinds of shop by merchant category code (ISO 18245, four figures): these alone, or all but these. */
  shops: { only: readonly string[] } | { not: readonly string[] } | null
  perPurchase: Pence | null
  perDay: Pence | null
  perMonth: Pence | null
  cash: boolean
}

export interface CardHolder {
  /** Kith's own person or supporter. */
  id: string
  /** As a scheme knows them already; null makes them known. */
  reference: string | null
  firstName: string
  lastName: string
  dateOfBirth: Temporal.PlainDate | null
  email: string | null
  phone: string | null
  address: { line1: string; town: string; postcode: string }
}

/** waiting: in the post, not yet in use. */
export type CardStatus = 'waiting' | 'active' | 'frozen' | 'ended'
export const REPLACE_REASONS = ['lost', 'stolen', 'damaged', 'expired'] as const
export type ReplaceReason = (typeof REPLACE_REASONS)[number]

export interface CardState {
  card: string
  allocation: string
  /** The holder as the scheme knows them. */
  holder: string
  carriedBy: 'person' | 'supporter'
  status: CardStatus
  last4: string
  /** YYYY-MM */
  expires: string
  controls: CardControls
  /** The card that it took the place of. */
  replaces: string | null
}

export interface IssueRequest {
  key: string
  allocation: string
  /** The council's own account where the programme is kept on it; null: Kith's. */
  account: string | null
  holder: CardHolder
  carriedBy: 'person' | 'supporter'
  form: 'plastic' | 'virtual'
  controls: CardControls
}

/** A card, on the account that its programme is kept on. */
export interface AtCard {
  account: string | null
  card: string
}
export type CardResult = { status: 'done'; card: CardState } | { status: 'missing' } | Unavailable
export type LoadResult =
  | { status: 'done'; reference: string; balance: Pence }
  /** The scheme keeps no balance of its own: the ledger answers for each purchase. */
  | { status: 'not_needed' }
  | { status: 'refused'; why: 'not_enough' | 'missing' }
  | Unavailable

export interface Merchant {
  name: string
  mcc: string
  town: string | null
}

/** What a scheme asks before a purchase. */
export interface AuthoriseRequest {
  /** One purchase; the same one may be asked twice. */
  authorisation: string
  card: string
  allocation: string
  amount: Pence
  merchant: Merchant
  cash: boolean
  at: Temporal.Instant
}
export type AuthoriseAnswer =
  | { approve: true }
  /** `upTo`: the most that would have been approved now; null when no amount would. */
  | { approve: false; reason: CardDecline; upTo: Pence | null }
/**
 * Asks Kith's ledger, which sets the amount aside when it says yes. It must answer within the scheme's time; when it comes
 * too late the purchase is declined with `no_answer`, and the `declined` event says so: what was set aside goes back then.
 */
export type Authorise = (request: AuthoriseRequest) => Promise<AuthoriseAnswer>

interface CardEventHead {
  id: string
  at: Temporal.Instant
  card: string
}
export type CardEvent = CardEventHead &
  (
    | { type: 'authorised'; authorisation: string; amount: Pence; merchant: Merchant; cash: boolean }
    | {
        type: 'declined'
        authorisation: string
        amount: Pence
        merchant: Merchant
        cash: boolean
        reason: CardDecline
        upTo: Pence | null
      }
    /** What was set aside is not taken after all. */
    | { type: 'reversed'; authorisation: string }
    | {
        type: 'cleared'
        transaction: string
        /** Null when the scheme took it without asking. */
        authorisation: string | null
        amount: Pence
        merchant: Merchant
        cash: boolean
      }
    | {
        type: 'refunded'
        transaction: string
        authorisation: string | null
        amount: Pence
        merchant: Merchant
      }
    | { type: 'card_changed'; status: CardStatus }
    | { type: 'unknown'; name: string; odd: boolean }
  )

/** What the route sends back, word for word. */
export interface CardReply {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}
export type CardDelivery =
  /** `event` is null for a question: it was answered, and what became of it comes as an event of its own. */
  { ok: true; event: CardEvent | null; reply: CardReply } | { ok: false; why: WebhookRefusal }

export interface Cards {
  readonly name: 'emulator' | 'stripe_issuing'
  /** 'Demo: no money moves.' Empty when money really moves. */
  readonly label: string

  /** The same key issues one card. @throws PaymentFault */
  issue(request: IssueRequest): Promise<CardResult>
  read(at: AtCard): Promise<CardState | null>
  freeze(at: AtCard & { key: string }): Promise<CardResult>
  /** Also starts a card that came in the post. An ended card stays ended. */
  unfreeze(at: AtCard & { key: string }): Promise<CardResult>
  end(at: AtCard & { key: string }): Promise<CardResult>
  /**
   * A new card for the same allocation and holder, of the same form: plastic waits until it has come. The old one ends: at
   * once when it is lost or stolen.
   */
  replace(at: AtCard & { key: string; why: ReplaceReason }): Promise<CardResult>
  setControls(at: AtCard & { key: string; controls: CardControls }): Promise<CardResult>

  /** Puts money on the cards of an allocation, where the scheme keeps a balance. */
  load(at: { key: string; allocation: string; amount: Pence }): Promise<LoadResult>
  /** Takes it off again: never more than is there and not set aside. */
  unload(at: { key: string; allocation: string; amount: Pence }): Promise<LoadResult>

  /** Checks a delivery, answers it when it is a question, and says in our words what it tells. */
  receive(rawBody: string | Uint8Array, signature: string | null, authorise: Authorise): Promise<CardDelivery>

  /** Only while no money moves. */
  readonly emulator?: CardsEmulator
}
