import { get } from './methods.ts'
import { movement } from './money.ts'
import {
  type Account,
  Books,
  type Charge,
  type Handler,
  inside,
  type Intent,
  listOf,
  metadataOf,
  missing,
  refuse,
  text,
  type Thing,
  type World,
  ApiError,
} from './world.ts'

const NEEDED = [
  'business_profile.url',
  'external_account',
  'individual.dob.day',
  'individual.verification.document',
  'tos_acceptance.date',
]
const requirements = (due: readonly string[], more: Record<string, unknown> = {}) => ({
  alternatives: [],
  current_deadline: null,
  currently_due: due,
  disabled_reason: due.length > 0 ? 'requirements.past_due' : null,
  errors: [],
  eventually_due: due,
  past_due: [],
  pending_verification: [],
  ...more,
})

const createAccount: Handler = ({ world, books, params }) => {
  const id = world.id('acct')
  world.accounts.set(id, new Books())
  const capabilities = Object.keys(inside(params['capabilities'])).map((name) => [name, 'inactive'] as const)
  const account: Account = {
    id,
    object: 'account',
    created: world.now,
    type: 'express',
    country: 'GB',
    business_type: text(params['business_type']) ?? null,
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: false,
    capabilities: Object.fromEntries(capabilities),
    requirements: requirements(NEEDED),
    metadata: metadataOf(params['metadata']),
  }
  return books.put(account)
}
const readAccount: Handler = ({ world, id }) => {
  const account = world.books('').get<Account>(id)
  if (!account)
    throw new ApiError(403, {
      type: 'invalid_request_error',
      code: 'account_invalid',
      message: `The provided key 'sk_test_leak' does not have access to account '${id}'`,
    })
  return account
}

/** The states that an account goes through, as Stripe shows them. */
export const ACCOUNT_STATES = {
  ready: {
    charges_enabled: true,
    payouts_enabled: true,
    details_submitted: true,
    requirements: requirements([]),
  },
  more_needed: {
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: true,
    requirements: requirements(['individual.verification.document'], { current_deadline: 1_800_000_000 }),
  },
  checking: {
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: true,
    requirements: requirements([], {
      pending_verification: ['individual.verification.document'],
      disabled_reason: 'requirements.pending_verification',
    }),
  },
  paused: {
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: true,
    requirements: requirements([], { disabled_reason: 'under_review' }),
  },
  closed: {
    charges_enabled: false,
    payouts_enabled: false,
    details_submitted: true,
    requirements: requirements([], { disabled_reason: 'rejected.other' }),
  },
} as const

export function setAccount(world: World, id: string, state: keyof typeof ACCOUNT_STATES): void {
  const account = world.books('').get<Account>(id)
  if (!account) throw new Error('no such account')
  Object.assign(account, structuredClone(ACCOUNT_STATES[state]))
  for (const name of Object.keys(account.capabilities))
    account.capabilities[name] = account.charges_enabled ? 'active' : 'inactive'
  world.emit('account.updated', account, id)
}

const accountLink: Handler = ({ world, params }) => {
  const account = text(params['account']) ?? ''
  if (!world.accounts.has(account)) throw missing('account', account, 'account', 400)
  return {
    object: 'account_link',
    created: world.now,
    expires_at: world.now + 300,
    url: `https://connect.stripe.test/setup/${account}/${world.id('link')}`,
  }
}
const loginLink: Handler = ({ world, id }) => {
  const account = world.books('').get<Account>(id)
  if (!account?.details_submitted)
    throw refuse(null, 'Cannot create a login link for an account that has not completed onboarding.')
  return {
    object: 'login_link',
    created: world.now,
    url: `https://connect.stripe.test/express/${world.id('login')}`,
  }
}

const listMovements: Handler = ({ books, params }) => {
  const payout = text(params['payout'])
  const all = books.of<Thing>('balance_transaction').filter((row) => !payout || row['payout'] === payout)
  return listOf(all, params, '/v1/balance_transactions')
}

/** Pays out what the balance holds. */
export function payOut(world: World, account: string): string {
  const books = world.books(account)
  const open = books.of<Thing>('balance_transaction').filter((row) => row['payout'] === undefined)
  const amount = open.reduce((sum, row) => sum + Number(row['net']), 0)
  const payout = books.put({
    id: world.id('po'),
    object: 'payout',
    created: world.now,
    arrival_date: Math.floor(world.now / 86_400) * 86_400 + 2 * 86_400,
    amount,
    automatic: true,
    currency: 'gbp',
    livemode: false,
    method: 'standard',
    reconciliation_status: 'completed',
    source_type: 'card',
    status: 'in_transit',
    type: 'bank_account',
    failure_code: null,
    metadata: {},
  })
  const row = movement(world, books, {
    type: 'payout',
    category: 'payout',
    amount: -amount,
    source: payout.id,
  })
  for (const one of [...open, row]) one['payout'] = payout.id
  return payout.id
}
export function endPayout(world: World, account: string, id: string, failure: string | null): void {
  const books = world.books(account)
  const payout = books.get<Thing>(id)
  if (!payout) throw new Error('no such payout')
  payout['status'] = failure ? 'failed' : 'paid'
  payout['failure_code'] = failure
  if (failure)
    movement(world, books, {
      type: 'payout_failure',
      category: 'payout_reversal',
      amount: Number(payout['amount']),
      source: id,
    })
  world.emit(failure ? 'payout.failed' : 'payout.paid', payout, account)
}

/** The payer's bank asks for a payment back; a direct debit is gone at once. */
export function dispute(world: World, account: string, intentId: string, reason: string): string {
  const books = world.books(account)
  const intent = books.get<Intent>(intentId)
  const paid = books.get<Charge>(intent?.latest_charge)
  if (!intent || !paid) throw new Error('no such payment')
  const debit = intent.payment_method_types.includes('bacs_debit')
  paid.disputed = true
  const made = books.put({
    id: world.id('dp'),
    object: 'dispute',
    created: world.now,
    livemode: false,
    amount: paid.amount,
    currency: 'gbp',
    charge: paid.id,
    payment_intent: intentId,
    balance_transactions: [],
    evidence: {},
    evidence_details: {
      due_by: debit ? null : world.now + 7 * 86_400,
      has_evidence: false,
      past_due: false,
      submission_count: 0,
    },
    is_charge_refundable: false,
    reason,
    status: debit ? 'lost' : 'needs_response',
    metadata: {},
  })
  movement(world, books, { type: 'adjustment', category: 'dispute', amount: -paid.amount, source: made.id })
  world.emit('charge.dispute.created', made, account)
  return made.id
}
export function closeDispute(world: World, account: string, id: string, won: boolean): void {
  const books = world.books(account)
  const found = books.get<Thing>(id)
  const paid = books.get<Charge>(String(found?.['charge']))
  if (!found || !paid) throw new Error('no such dispute')
  found['status'] = won ? 'won' : 'lost'
  if (won) {
    paid.disputed = false
    movement(world, books, {
      type: 'adjustment',
      category: 'dispute_reversal',
      amount: paid.amount,
      source: id,
    })
  }
  world.emit('charge.dispute.closed', found, account)
}

/** A refund that was pending ends. */
export function endRefund(world: World, account: string, id: string, done: boolean): void {
  const books = world.books(account)
  const refund = books.get<Thing>(id)
  const paid = books.get<Charge>(String(refund?.['charge']))
  if (!refund || !paid) throw new Error('no such refund')
  refund['status'] = done ? 'succeeded' : 'failed'
  if (!done) {
    const amount = Number(refund['amount'])
    paid.amount_refunded -= amount
    paid.refunded = false
    movement(world, books, { type: 'refund_failure', category: 'refund_failure', amount, source: id })
  }
  world.emit(done ? 'refund.updated' : 'refund.failed', refund, account)
}

export const accountRoutes: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/v1\/accounts$/, createAccount],
  ['GET', /^\/v1\/accounts\/(\w+)$/, readAccount],
  ['POST', /^\/v1\/accounts\/(\w+)\/login_links$/, loginLink],
  ['POST', /^\/v1\/account_links$/, accountLink],
  ['GET', /^\/v1\/balance_transactions$/, listMovements],
  ['GET', /^\/v1\/payouts$/, ({ books, params }) => listOf(books.of('payout'), params, '/v1/payouts')],
  ['GET', /^\/v1\/payouts\/(\w+)$/, get('payout', 'payout')],
]
