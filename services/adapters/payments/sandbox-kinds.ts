import { type Pence, pence, share } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type {
  AccountStatus,
  MovementKind,
  PayoutFailure,
  PayoutStatus,
} from '#services/ports/payment-accounts.ts'
import type { MandateEnd, MandateStatus } from '#services/ports/payment-debits.ts'
import type { DisputeReason, PaymentEvent } from '#services/ports/payment-events.ts'
import type { SandboxPage, SandboxPlan } from '#services/ports/payments-sandbox.ts'
import {
  type DeclineReason,
  PaymentFault,
  type PaymentStatus,
  type SavedDetails,
} from '#services/ports/payments.ts'
import type { SandboxRows, SandboxStore } from '../sandbox/store.ts'
import { toSeconds } from './vendor.ts'

/** What the sandbox keeps. JSON all through: moments are seconds since 1970. */
export interface SandboxKinds {
  payment: {
    reference: string
    /** What was asked under its key: the same key for something else is refused. */
    asked: string
    account: string | null
    payment: string
    how: 'card' | 'direct_debit'
    amount: Pence
    fee: Pence
    refunded: Pence
    status: PaymentStatus
    reason: DeclineReason | null
    /** Its hosted page, while one is open. */
    page: string | null
    dispute: string | null
  }
  /** A payment by Kith's own id. */
  payment_of: { reference: string }
  refund: {
    reference: string
    asked: string
    account: string
    payment: string
    refund: string
    amount: Pence
    status: 'sent' | 'confirmed' | 'failed'
  }
  dispute: {
    dispute: string
    payment: string
    account: string | null
    amount: Pence
    reason: DisputeReason
    open: boolean
  }
  account: { account: string; owner: string; status: AccountStatus; collectsDebits: boolean }
  setup: {
    reference: string
    account: string | null
    customer: string
    setup: string
    status: 'open' | 'done' | 'ended'
    saved: SavedDetails | null
  }
  method: { method: string; account: string | null; gone: boolean; mandate: string | null }
  mandate: {
    mandate: string
    account: string
    method: string
    status: MandateStatus
    why: MandateEnd | null
    bankReference: string
  }
  page: SandboxPage & { of: string }
  movement: {
    reference: string
    kind: MovementKind
    gross: Pence
    fee: Pence
    at: number
    paymentReference: string | null
    payment: string | null
    source: string | null
    payout: string | null
  }
  payout: {
    reference: string
    account: string
    status: PayoutStatus
    amount: Pence
    at: number
    why: PayoutFailure | null
  }
  event: { id: string; body: string }
  counter: { last: number }
  /** What the next payments do, in order. */
  plan: { plans: SandboxPlan[]; holdRefunds: boolean }
}
export type Rows = SandboxRows<SandboxKinds>

export interface Sandbox {
  store: SandboxStore<SandboxKinds>
  now: () => Temporal.Instant
  /** The address of a hosted page of the sandbox. */
  pageUrl: (reference: string) => string
}

type EventHead = 'id' | 'account' | 'at'
/** What an event says besides its head. */
export type Said = PaymentEvent extends infer Event
  ? Event extends PaymentEvent
    ? Omit<Event, EventHead>
    : never
  : never

/** Puts an event where deliveries are taken from. */
export async function emit(sandbox: Sandbox, rows: Rows, account: string | null, said: Said): Promise<void> {
  const id = await nextReference(rows, 'evt')
  const at = sandbox.now().round('second').toString()
  await rows.write('event', id, { id, body: JSON.stringify({ id, account, at, ...said }) })
}

export async function nextReference(rows: Rows, kind: string): Promise<string> {
  const last = ((await rows.read('counter', kind))?.last ?? 0) + 1
  await rows.write('counter', kind, { last })
  return `sandbox-${kind}-${String(last)}`
}

export async function addMovement(
  sandbox: Sandbox,
  rows: Rows,
  account: string | null,
  movement: Pick<SandboxKinds['movement'], 'kind' | 'gross'> & Partial<SandboxKinds['movement']>,
): Promise<void> {
  if (!account) return
  const reference = await nextReference(rows, 'txn')
  await rows.write(
    'movement',
    reference,
    {
      fee: pence(0),
      at: toSeconds(sandbox.now()),
      paymentReference: null,
      payment: null,
      source: null,
      payout: null,
      ...movement,
      reference,
    },
    account,
  )
}

/** About what such services take in Britain, so that payouts are less than what was paid, as in life. */
export const sandboxFee = (how: 'card' | 'direct_debit', amount: Pence): Pence =>
  how === 'card' ? pence(share(amount, 150) + 20) : pence(Math.min(Math.max(share(amount, 100), 20), 200))

/** @throws PaymentFault when the key was used for something else */
export function sameAsked(earlier: { asked: string }, asked: string): void {
  if (earlier.asked !== asked) throw new PaymentFault('the same key for another request')
}

export const isReady = (account: SandboxKinds['account'] | null, how: 'card' | 'direct_debit'): boolean =>
  account?.status === 'ready' && (how === 'card' || account.collectsDebits)
