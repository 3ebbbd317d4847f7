import { get } from './methods.ts'
import {
  type Books,
  type Call,
  type Delivery,
  type Handler,
  inside,
  items,
  type Metadata,
  metadataOf,
  missing,
  number,
  type Params,
  refuse,
  text,
  type Thing,
  type World,
} from './world.ts'

interface Card extends Thing {
  status: string
  cardholder: Thing
  metadata: Metadata
  spending_controls: {
    spending_limits: { amount: number; interval: string; categories: string[] }[]
    blocked_categories: string[]
    allowed_categories: null
    spending_limits_currency: string
  }
}

const createHolder: Handler = ({ world, books, params }) =>
  books.put({
    id: world.id('ich'),
    object: 'issuing.cardholder',
    created: world.now,
    livemode: false,
    name: text(params['name']) ?? '',
    type: 'individual',
    status: 'active',
    billing: {
      address: {
        city: null,
        country: null,
        line1: null,
        line2: null,
        postal_code: null,
        state: null,
        ...inside(inside(params['billing'])['address']),
      },
    },
    requirements: { disabled_reason: null, past_due: [] },
    metadata: metadataOf(params['metadata']),
  })

const controls = (params: Params): Card['spending_controls'] => ({
  allowed_categories: null,
  blocked_categories: items(params['blocked_categories']),
  spending_limits: (Array.isArray(params['spending_limits']) ? params['spending_limits'] : []).map((one) => ({
    amount: number(inside(one)['amount']) ?? 0,
    interval: text(inside(one)['interval']) ?? '',
    categories: [],
  })),
  spending_limits_currency: 'gbp',
})

const createCard: Handler = ({ world, books, params }) => {
  const holder = books.get<Thing>(text(params['cardholder']))
  if (!holder) throw missing('cardholder', text(params['cardholder']) ?? '', 'cardholder', 400)
  const shipping = inside(params['shipping'])
  const card: Card = {
    id: world.id('ic'),
    object: 'issuing.card',
    created: world.now,
    livemode: false,
    brand: 'Visa',
    cancellation_reason: null,
    cardholder: holder,
    currency: 'gbp',
    exp_month: 11,
    exp_year: 2030,
    last4: '0005',
    replacement_for: text(params['replacement_for']) ?? null,
    replacement_reason: text(params['replacement_reason']) ?? null,
    shipping: params['shipping']
      ? {
          name: text(shipping['name']) ?? '',
          service: 'standard',
          type: 'individual',
          address: {
            city: null,
            country: null,
            line1: null,
            line2: null,
            postal_code: null,
            state: null,
            ...inside(shipping['address']),
          },
        }
      : null,
    spending_controls: controls(inside(params['spending_controls'])),
    status: text(params['status']) ?? 'inactive',
    type: text(params['type']) ?? 'virtual',
    metadata: metadataOf(params['metadata']),
  }
  return books.put(card)
}
const cardOf = (books: Books, id: string): Card => {
  const card = books.get<Card>(id)
  if (card?.object !== 'issuing.card') throw missing('issuing.card', id, 'card')
  return card
}
const updateCard: Handler = ({ world, books, account, params, id }: Call) => {
  const card = cardOf(books, id)
  const before = card.status
  if (before === 'canceled') throw refuse(null, 'This card is canceled and cannot be updated.')
  card.status = text(params['status']) ?? card.status
  card.metadata = metadataOf(params['metadata'], card.metadata)
  if (params['spending_controls']) card.spending_controls = controls(inside(params['spending_controls']))
  world.emit('issuing_card.updated', card, account)
  return card
}

const CATEGORIES: Readonly<Record<string, string>> = {
  '5411': 'grocery_stores_supermarkets',
  '5813': 'drinking_places',
  '6010': 'manual_cash_disburse',
  '6011': 'automated_cash_disburse',
  '7997': 'recreation_services',
}
/** What the platform answers to the question before a purchase: as much of a reply as Stripe reads. */
export interface Answered {
  status: number
  headers: Readonly<Record<string, string>>
  body: string
}

export interface Purchase {
  account: string
  card: string
  amount: number
  mcc: string
  merchant: string
}

/** A purchase: Stripe's own checks, then the question, then what became of it as an event. */
export async function purchase(
  world: World,
  { account, card: id, amount, mcc, merchant }: Purchase,
  ask: (delivery: Delivery) => Promise<Answered | null>,
): Promise<string> {
  const books = world.books(account)
  const card = cardOf(books, id)
  const category = CATEGORIES[mcc] ?? 'miscellaneous_general_merchandise'
  const authorisation: Thing & { metadata: Metadata } = {
    id: world.id('iauth'),
    object: 'issuing.authorization',
    created: world.now,
    livemode: false,
    amount: 0,
    amount_details: null,
    approved: false,
    authorization_method: 'chip',
    balance_transactions: [],
    card,
    cardholder: card.cardholder.id,
    currency: 'gbp',
    merchant_amount: 0,
    merchant_currency: 'gbp',
    merchant_data: {
      category,
      category_code: mcc,
      city: 'Millgate',
      country: 'GB',
      name: merchant,
      network_id: '1234567890',
      postal_code: null,
      state: null,
    },
    metadata: {},
    network_data: null,
    pending_request: {
      amount,
      currency: 'gbp',
      amount_details: null,
      is_amount_controllable: false,
      merchant_amount: amount,
      merchant_currency: 'gbp',
    },
    request_history: [],
    status: 'pending',
    transactions: [],
    verification_data: {
      address_line1_check: 'not_provided',
      address_postal_code_check: 'not_provided',
      cvc_check: 'not_provided',
      expiry_check: 'match',
    },
  }
  const limit = card.spending_controls.spending_limits.find(
    ({ interval }) => interval === 'per_authorization',
  )
  let reason: string | null = null
  if (card.status !== 'active') reason = 'card_inactive'
  else if (card.spending_controls.blocked_categories.includes(category) || (limit && amount > limit.amount))
    reason = 'spending_controls'
  let approved = false
  if (!reason) {
    const question = world.emit('issuing_authorization.request', authorisation, account)
    world.undelivered.pop()
    const answer = await ask(question)
    const body =
      answer?.status === 200 && answer.headers['Stripe-Version']
        ? (JSON.parse(answer.body) as { approved: boolean; metadata?: Metadata })
        : null
    approved = body?.approved === true
    authorisation.metadata = body?.metadata ?? {}
    reason = body === null ? 'webhook_timeout' : approved ? 'webhook_approved' : 'webhook_declined'
  }
  Object.assign(authorisation, {
    approved,
    amount: approved ? amount : 0,
    merchant_amount: approved ? amount : 0,
    pending_request: null,
    status: approved ? 'pending' : 'closed',
    request_history: [
      {
        amount,
        amount_details: null,
        approved,
        authorization_code: null,
        created: world.now,
        currency: 'gbp',
        merchant_amount: amount,
        merchant_currency: 'gbp',
        reason,
        reason_message: null,
      },
    ],
  })
  books.put(authorisation)
  world.emit('issuing_authorization.created', authorisation, account)
  return authorisation.id
}

/** The shop takes the money of an authorisation, or gives some back. */
export function clear(
  world: World,
  account: string,
  id: string,
  amount: number,
  type: 'capture' | 'refund',
): string {
  const books = world.books(account)
  const authorisation = books.get<Thing>(id)
  if (!authorisation) throw new Error('no such authorisation')
  const signed = type === 'capture' ? -amount : amount
  const made = books.put({
    id: world.id('ipi'),
    object: 'issuing.transaction',
    created: world.now,
    livemode: false,
    amount: signed,
    authorization: id,
    card: (authorisation['card'] as Card).id,
    currency: 'gbp',
    merchant_amount: signed,
    merchant_currency: 'gbp',
    merchant_data: authorisation['merchant_data'],
    type,
    metadata: {},
  })
  world.emit('issuing_transaction.created', made, account)
  if (type === 'capture') {
    authorisation['status'] = 'closed'
    world.emit('issuing_authorization.updated', authorisation, account)
  }
  return made.id
}
export function reverse(world: World, account: string, id: string): void {
  const authorisation = world.books(account).get<Thing>(id)
  if (!authorisation) throw new Error('no such authorisation')
  Object.assign(authorisation, { amount: 0, status: 'reversed' })
  world.emit('issuing_authorization.updated', authorisation, account)
}

export const issuingRoutes: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/v1\/issuing\/cardholders$/, createHolder],
  ['POST', /^\/v1\/issuing\/cards$/, createCard],
  ['GET', /^\/v1\/issuing\/cards\/(\w+)$/, get('issuing.card', 'card')],
  ['POST', /^\/v1\/issuing\/cards\/(\w+)$/, updateCard],
]
