import { get } from './methods.ts'
import {
  type Behaviour,
  type Books,
  type Call,
  type Charge,
  type Handler,
  type Intent,
  items,
  listOf,
  type Method,
  metadataOf,
  missing,
  number,
  type Params,
  refuse,
  text,
  type Thing,
  ApiError,
  type World,
  type Account,
} from './world.ts'

/** About what Stripe takes for British cards. */
const feeOf = (amount: number, type: string): number =>
  type === 'card' ? Math.round(amount * 0.015) + 20 : Math.min(Math.max(Math.round(amount * 0.01), 20), 200)

export function movement(
  world: World,
  books: Books,
  kind: { type: string; category: string; amount: number; fee?: number; source: string },
): Thing {
  const fee = kind.fee ?? 0
  return books.put({
    id: world.id('txn'),
    object: 'balance_transaction',
    created: world.now,
    available_on: world.now,
    amount: kind.amount,
    fee,
    net: kind.amount - fee,
    fee_details: [],
    currency: 'gbp',
    status: 'available',
    type: kind.type,
    reporting_category: kind.category,
    source: kind.source,
    description: null,
    exchange_rate: null,
  })
}

const DECLINES: Readonly<Partial<Record<Behaviour, { code: string; decline_code?: string }>>> = {
  insufficient_funds: { code: 'card_declined', decline_code: 'insufficient_funds' },
  generic_decline: { code: 'card_declined', decline_code: 'generic_decline' },
  stolen_card: { code: 'card_declined', decline_code: 'stolen_card' },
  expired_card: { code: 'expired_card' },
  processing_error: { code: 'processing_error' },
  authentication_required: { code: 'authentication_required', decline_code: 'authentication_required' },
}

/** The charge that a paid intent has, and its movement. */
export function charge(world: World, account: string, intent: Intent): void {
  const books = world.books(account)
  const type = intent.payment_method_types[0] ?? 'card'
  const made: Charge = {
    id: world.id('ch'),
    object: 'charge',
    created: world.now,
    livemode: false,
    amount: intent.amount,
    amount_captured: intent.amount,
    amount_refunded: 0,
    captured: true,
    currency: 'gbp',
    disputed: false,
    paid: true,
    refunded: false,
    status: 'succeeded',
    billing_details: { address: null, email: null, name: null, phone: null },
    payment_intent: intent.id,
    payment_method: intent.payment_method,
    metadata: { ...intent.metadata },
  }
  books.put(made)
  movement(world, books, {
    type: type === 'card' ? 'charge' : 'payment',
    category: 'charge',
    amount: intent.amount,
    fee: feeOf(intent.amount, type) + (intent.application_fee_amount ?? 0),
    source: made.id,
  })
  intent.status = 'succeeded'
  intent.amount_received = intent.amount
  intent.latest_charge = made.id
  intent.last_payment_error = null
  intent.next_action = null
  world.emit('payment_intent.succeeded', intent, account)
}

export function fail(
  world: World,
  account: string,
  intent: Intent,
  error: Record<string, unknown>,
): ApiError {
  const told = {
    type: 'card_error',
    // Real messages may name people, cards and keys: none of this may come through.
    message: 'Joan Ellery’s card 4000 0000 0000 0002 was declined; key sk_test_leak',
    ...error,
  }
  intent.status = 'requires_payment_method'
  intent.last_payment_error = told
  intent.next_action = null
  world.emit('payment_intent.payment_failed', intent, account)
  return new ApiError(402, { ...told, payment_intent: structuredClone(intent) })
}

function confirm({ world, books, account, params }: Call, intent: Intent): Intent {
  const id = text(params['payment_method']) ?? intent.payment_method
  const method = books.get<Method>(id)
  if (!method) throw missing('PaymentMethod', id ?? '', 'payment_method', 400)
  if (method.customer === null) {
    if (world.used.has(method.id))
      throw refuse(
        null,
        'The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment. It may not be used again.',
      )
    world.used.add(method.id)
  } else if (method.customer !== (text(params['customer']) ?? intent.customer))
    throw refuse(null, 'The PaymentMethod belongs to another Customer', { param: 'customer' })
  intent.payment_method = method.id
  const does = world.behaves.get(method.id) ?? 'pays'
  if (method.type === 'bacs_debit') {
    const mandate = books.of<Thing>('mandate').find((one) => one['payment_method'] === method.id)
    if (mandate?.['status'] === 'inactive')
      throw refuse('payment_intent_mandate_invalid', 'The mandate is not active.')
    intent.status = 'processing'
    world.emit('payment_intent.processing', intent, account)
    return intent
  }
  if (does === 'waits') {
    intent.status = 'processing'
    world.emit('payment_intent.processing', intent, account)
    return intent
  }
  if (does === 'authentication_required' && text(params['off_session']) !== 'true') {
    const back = text(params['return_url'])
    if (!back) throw refuse(null, 'A return_url must be specified.', { param: 'return_url' })
    intent.status = 'requires_action'
    intent.next_action = {
      type: 'redirect_to_url',
      redirect_to_url: { return_url: back, url: `https://hooks.stripe.test/3ds/${intent.id}` },
    }
    world.emit('payment_intent.requires_action', intent, account)
    return intent
  }
  const declined = DECLINES[does]
  if (declined) throw fail(world, account, intent, declined)
  charge(world, account, intent)
  return intent
}

export function newIntent(world: World, books: Books, params: Params): Intent {
  return books.put({
    id: world.id('pi'),
    object: 'payment_intent',
    created: world.now,
    livemode: false,
    amount: number(params['amount']) ?? 0,
    amount_received: 0,
    application_fee_amount: number(params['application_fee_amount']) ?? null,
    capture_method: 'automatic',
    confirmation_method: 'automatic',
    currency: text(params['currency']) ?? 'gbp',
    customer: text(params['customer']) ?? null,
    payment_method: text(params['payment_method']) ?? null,
    payment_method_types: items(params['allowed_payment_method_types']),
    latest_charge: null,
    last_payment_error: null,
    next_action: null,
    status: 'requires_payment_method',
    metadata: metadataOf(params['metadata']),
  })
}

/** An account that is not ready says so without a code, as Stripe does for cards. */
export function mustTake(world: World, account: string, type: string): void {
  const found = world.books('').get<Account>(account)
  const capability = type === 'card' ? 'card_payments' : 'bacs_debit_payments'
  if (!found?.charges_enabled || found.capabilities[capability] !== 'active')
    throw refuse(null, 'Your account cannot currently make charges of this kind.')
}

const createIntent: Handler = (call) => {
  const { world, books, account, params } = call
  const amount = number(params['amount']) ?? 0
  if (amount < 30) throw refuse('amount_too_small', 'Amount must be at least £0.30 gbp', { param: 'amount' })
  if (amount > 99_999_999)
    throw refuse('amount_too_large', 'Amount must be no more than £999,999.99', { param: 'amount' })
  mustTake(world, account, items(params['allowed_payment_method_types'])[0] ?? '')
  const intent = newIntent(world, books, params)
  return text(params['confirm']) === 'true' ? confirm(call, intent) : intent
}
const findIntent = (books: Books, id: string): Intent => {
  const intent = books.get<Intent>(id)
  if (intent?.object !== 'payment_intent') throw missing('payment_intent', id, 'intent')
  return intent
}
const confirmIntent: Handler = (call) => {
  const intent = findIntent(call.books, call.id)
  if (!['requires_payment_method', 'requires_confirmation', 'requires_action'].includes(intent.status))
    throw refuse('payment_intent_unexpected_state', `You cannot confirm this PaymentIntent: ${intent.status}`)
  return confirm(call, intent)
}
const cancelIntent: Handler = ({ world, books, account, id }) => {
  const intent = findIntent(books, id)
  if (['succeeded', 'processing', 'canceled'].includes(intent.status))
    throw refuse('payment_intent_unexpected_state', `You cannot cancel this PaymentIntent: ${intent.status}`)
  intent.status = 'canceled'
  intent.next_action = null
  world.emit('payment_intent.canceled', intent, account)
  return intent
}
const searchIntents: Handler = ({ books, params }) => {
  const [, name = '', value = ''] = /^metadata\['(\w+)'\]:'([^']*)'$/.exec(text(params['query']) ?? '') ?? []
  const data = books.of<Intent>('payment_intent').filter(({ metadata }) => metadata[name] === value)
  return {
    object: 'search_result',
    url: '/v1/payment_intents/search',
    has_more: false,
    next_page: null,
    data,
  }
}

/** Refunds stay pending while this is set. */
export const pendingRefunds = new WeakSet<World>()

const createRefund: Handler = ({ world, books, account, params }) => {
  const intent = books.get<Intent>(text(params['payment_intent']))
  if (!intent) throw missing('payment_intent', text(params['payment_intent']) ?? '', 'payment_intent', 400)
  const paid = books.get<Charge>(intent.latest_charge)
  if (!paid) throw refuse(null, 'This PaymentIntent does not have a successful charge to refund.')
  if (paid.disputed) throw refuse('refund_disputed_payment', 'This payment is disputed.')
  const left = paid.amount - paid.amount_refunded
  if (left === 0) throw refuse('charge_already_refunded', 'Charge has already been refunded.')
  const amount = number(params['amount']) ?? left
  if (amount > left)
    throw refuse(null, `Refund amount is greater than unrefunded amount on charge`, { param: 'amount' })
  paid.amount_refunded += amount
  paid.refunded = paid.amount_refunded === paid.amount
  const refund = books.put({
    id: world.id('re'),
    object: 'refund',
    created: world.now,
    amount,
    currency: 'gbp',
    charge: paid.id,
    payment_intent: intent.id,
    status: pendingRefunds.has(world) ? 'pending' : 'succeeded',
    reason: null,
    metadata: metadataOf(params['metadata']),
  })
  movement(world, books, { type: 'refund', category: 'refund', amount: -amount, source: refund.id })
  world.emit('refund.created', refund, account)
  return refund
}
const listRefunds: Handler = ({ books, params }) =>
  listOf(
    books.of('refund').filter((refund) => refund['payment_intent'] === text(params['payment_intent'])),
    params,
    '/v1/refunds',
  )

export const moneyRoutes: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/v1\/payment_intents$/, createIntent],
  ['GET', /^\/v1\/payment_intents\/search$/, searchIntents],
  ['GET', /^\/v1\/payment_intents\/(\w+)$/, ({ books, id }) => findIntent(books, id)],
  ['POST', /^\/v1\/payment_intents\/(\w+)\/confirm$/, confirmIntent],
  ['POST', /^\/v1\/payment_intents\/(\w+)\/cancel$/, cancelIntent],
  ['POST', /^\/v1\/refunds$/, createRefund],
  ['GET', /^\/v1\/refunds$/, listRefunds],
  ['GET', /^\/v1\/refunds\/(\w+)$/, get('refund', 'refund')],
]
