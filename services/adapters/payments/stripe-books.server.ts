import type Stripe from 'stripe'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type {
  Listed,
  Movement,
  MovementKind,
  PaymentBooks,
  PayoutFailure,
  PayoutState,
  PayoutStatus,
} from '#services/ports/payment-accounts.ts'
import { fromSeconds, known, toSeconds } from './vendor.ts'
import { on, type StripeClient } from './stripe-client.server.ts'
import { raise, troubleOf } from './stripe-errors.ts'

const AT_ONCE = 100

/** docs.stripe.com/reports/reporting-categories */
const KINDS: Readonly<Record<string, MovementKind>> = {
  charge: 'payment',
  charge_failure: 'payment_failed',
  refund: 'refund',
  partial_capture_reversal: 'refund',
  refund_failure: 'refund_failed',
  dispute: 'dispute',
  dispute_reversal: 'dispute_returned',
  payout: 'payout',
  payout_reversal: 'payout_returned',
  fee: 'fee',
  network_cost: 'fee',
  platform_earning: 'fee',
}

/** Whatever a movement comes from: what these have in common, where they have it. */
interface Source {
  id: string
  payment_intent?: string | { id: string } | null
  metadata?: Record<string, string> | null
}

function movementOf(row: Stripe.BalanceTransaction): Movement {
  const source: Source | null = typeof row.source === 'string' ? { id: row.source } : row.source
  const intent = source?.payment_intent ?? null
  return {
    reference: row.id,
    kind: known(KINDS, row.reporting_category) ?? 'other',
    gross: pence(row.amount),
    fee: pence(row.fee),
    net: pence(row.net),
    at: fromSeconds(row.created),
    availableAt: fromSeconds(row.available_on),
    paymentReference: typeof intent === 'string' ? intent : (intent?.id ?? null),
    payment: source?.metadata?.['kith_payment'] ?? null,
    source: source?.id ?? null,
  }
}

const STATUSES: Readonly<Record<string, PayoutStatus>> = {
  pending: 'waiting',
  in_transit: 'on_its_way',
  paid: 'paid',
  failed: 'failed',
  canceled: 'cancelled',
}
const FAILURES: Readonly<Record<string, PayoutFailure>> = {
  account_closed: 'account_closed',
  bank_account_restricted: 'account_restricted',
  debit_not_authorized: 'account_restricted',
  account_frozen: 'account_restricted',
  no_account: 'account_wrong',
  invalid_account_number: 'account_wrong',
  incorrect_account_holder_name: 'account_wrong',
  incorrect_account_holder_details: 'account_wrong',
  incorrect_account_type: 'account_wrong',
}
export const payoutFailure = (code: string | null | undefined): PayoutFailure =>
  known(FAILURES, code) ?? 'bank_said_no'

const payoutState = (payout: Stripe.Payout): PayoutState => ({
  reference: payout.id,
  status: known(STATUSES, payout.status) ?? 'waiting',
  amount: pence(payout.amount),
  createdAt: fromSeconds(payout.created),
  // Midnight UTC of the day it arrives.
  arrivesOn: Temporal.PlainDate.from(fromSeconds(payout.arrival_date).toString().slice(0, 10)),
  why: payout.status === 'failed' ? payoutFailure(payout.failure_code) : null,
})

const page = <Row extends { id: string }, Out>(
  list: Stripe.ApiList<Row>,
  read: (row: Row) => Out,
): Listed<Out> => ({
  rows: list.data.map(read),
  next: list.has_more ? (list.data.at(-1)?.id ?? null) : null,
})

/** What reconciliation reads. Accounts are British and keep pounds alone; movements in another currency are not ours. */
export function stripeBooks(client: StripeClient): PaymentBooks {
  return {
    async listMovements(at) {
      const which =
        'payout' in at
          ? { payout: at.payout }
          : { created: { gte: toSeconds(at.from), lt: toSeconds(at.until) } }
      try {
        const list = await (
          await client.sdk()
        ).balanceTransactions.list(
          {
            ...which,
            currency: 'gbp',
            limit: AT_ONCE,
            expand: ['data.source'],
            ...(at.after && { starting_after: at.after }),
          },
          on(at.account),
        )
        return page(list, movementOf)
      } catch (error) {
        return raise(troubleOf(error))
      }
    },
    async listPayouts({ account, from, until, after }) {
      try {
        const list = await (
          await client.sdk()
        ).payouts.list(
          {
            created: { gte: toSeconds(from), lt: toSeconds(until) },
            limit: AT_ONCE,
            ...(after && { starting_after: after }),
          },
          on(account),
        )
        return page(list, payoutState)
      } catch (error) {
        return raise(troubleOf(error))
      }
    },
    async readPayout({ account, reference }) {
      try {
        return payoutState(await (await client.sdk()).payouts.retrieve(reference, {}, on(account)))
      } catch (error) {
        const trouble = troubleOf(error)
        return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
      }
    },
  }
}
