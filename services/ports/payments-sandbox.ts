import type { Pence } from '#services/kernel/money.ts'
import type { AccountStatus, PayoutFailure } from './payment-accounts.ts'
import type { MandateEnd } from './payment-debits.ts'
import type { DisputeReason } from './payment-events.ts'
import type { DeclineReason } from './payments.ts'

/** What the next payment or collection does. Without a plan it is confirmed, or declined when it ends in 13p. */
export type SandboxPlan =
  | { kind: 'decline'; reason: DeclineReason }
  | { kind: 'needs_you' }
  /** Sent; ends when `settle` says how. */
  | { kind: 'wait' }
  /** No answer and no money moved. */
  | { kind: 'outage' }
  /** No answer though the money moved: the same key finds out. */
  | { kind: 'lost_answer' }

/** A hosted page of the sandbox that is still open. */
export interface SandboxPage {
  reference: string
  kind: 'checkout' | 'card' | 'direct_debit' | 'agree' | 'account'
  amount: Pence | null
  words: string
  doneUrl: string
  backUrl: string
}

export interface SandboxDelivery {
  id: string
  body: string
  signature: string
}

/**
 * The demo's control panel. Each press makes the state change that the real service would make, and an event that goes out
 * by the same road (`deliveries` → the webhook → `readWebhook`).
 */
export interface PaymentsSandbox {
  plan(next: SandboxPlan): Promise<void>
  planned(): Promise<readonly SandboxPlan[]>
  /** Ends what was sent. False when there is nothing to end. */
  settle(reference: string, outcome: 'confirmed' | { declined: DeclineReason }): Promise<boolean>
  settleRefund(reference: string, outcome: 'confirmed' | 'failed'): Promise<boolean>
  /** Refunds wait for `settleRefund` from now on, or no longer. */
  holdRefunds(hold: boolean): Promise<void>
  dispute(reference: string, reason: DisputeReason): Promise<{ dispute: string } | null>
  closeDispute(dispute: string, won: boolean): Promise<boolean>
  setAccount(account: string, status: AccountStatus): Promise<boolean>
  endMandate(mandate: string, why: MandateEnd): Promise<boolean>
  /** Pays out what an account's balance holds; null when it holds nothing. */
  payOut(account: string): Promise<{ payout: string } | null>
  settlePayout(account: string, payout: string, outcome: 'paid' | { failed: PayoutFailure }): Promise<boolean>

  page(reference: string): Promise<SandboxPage | null>
  /** The person does what the page asks, or goes back. Answers with where they land; null when it is not open. */
  leavePage(reference: string, done: boolean): Promise<string | null>

  /** Signed events not yet delivered, oldest first, at most `limit`. */
  deliveries(limit: number): Promise<readonly SandboxDelivery[]>
  delivered(ids: readonly string[]): Promise<void>
}
