import type { Pence } from '#services/kernel/money.ts'
import type { Authorise, CardDecline, Merchant } from './cards.ts'
import type { SandboxDelivery } from './payments-sandbox.ts'

export type PurchaseResult =
  | { status: 'approved'; authorisation: string }
  | { status: 'declined'; authorisation: string; reason: CardDecline; upTo: Pence | null }

/** What the demo's control panel can make happen with a card. */
export interface CardsEmulator {
  /** A purchase, or cash from a machine: asks as a card scheme does (card, controls, balance, then the ledger). */
  purchase(
    what: { card: string; amount: Pence; merchant: Merchant; cash?: boolean },
    authorise: Authorise,
  ): Promise<PurchaseResult>
  /** The shop takes the money, days later; `amount` when it differs (a tip, a part delivery). Null: nothing to clear. */
  clear(authorisation: string, amount?: Pence): Promise<{ transaction: string } | null>
  /** The shop lets it go. */
  reverse(authorisation: string): Promise<boolean>
  /** The shop gives back, at most what it took. */
  refund(transaction: string, amount: Pence): Promise<{ transaction: string } | null>
  /** What is on the cards of an allocation, and what of it is set aside. */
  balance(allocation: string): Promise<{ balance: Pence; setAside: Pence }>

  deliveries(limit: number): Promise<readonly SandboxDelivery[]>
  delivered(ids: readonly string[]): Promise<void>
}
