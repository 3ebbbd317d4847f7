import { get, newMethod } from './methods.ts'
import { charge, fail, mustTake, newIntent } from './money.ts'
import {
  type Behaviour,
  type Handler,
  inside,
  type Intent,
  items,
  metadataOf,
  missing,
  number,
  type Params,
  refuse,
  type Session,
  text,
  type Thing,
  type World,
} from './world.ts'

const LASTS = 24 * 3600

const createSession: Handler = ({ world, books, account, params }) => {
  const mode = text(params['mode']) === 'setup' ? 'setup' : 'payment'
  const types = items(params['allowed_payment_method_types'])
  if (account) mustTake(world, account, types[0] ?? '')
  const id = world.id('cs_test')
  const [line] = Array.isArray(params['line_items']) ? params['line_items'] : []
  const amount = number(inside(inside(line)['price_data'])['unit_amount']) ?? null
  const session: Session = {
    id,
    object: 'checkout.session',
    created: world.now,
    expires_at: world.now + LASTS,
    livemode: false,
    mode,
    status: 'open',
    payment_status: mode === 'setup' ? 'no_payment_required' : 'unpaid',
    payment_method_types: types,
    amount_total: amount,
    currency: 'gbp',
    customer: text(params['customer']) ?? null,
    payment_intent: null,
    setup_intent: null,
    url: `https://checkout.stripe.test/${id}`,
    automatic_tax: { enabled: false, liability: null, status: null },
    custom_fields: [],
    custom_text: {
      after_submit: null,
      shipping_address: null,
      submit: null,
      terms_of_service_acceptance: null,
    },
    shipping_options: [],
    metadata: metadataOf(params['metadata']),
    success_url: text(params['success_url']) ?? '',
    cancel_url: text(params['cancel_url']) ?? '',
  }
  world.sessions.set(id, { account, params })
  return books.put(session)
}
const expireSession: Handler = ({ world, books, account, id }) => {
  const session = books.get<Session>(id)
  if (!session) throw missing('checkout.session', id, 'session')
  if (session.status !== 'open')
    throw refuse(null, 'Only Checkout Sessions with a status in ["open"] can be expired.')
  session.status = 'expired'
  session.url = null
  world.emit('checkout.session.expired', session, account)
  return session
}

/** The person does what a hosted page asks, with a card or account that behaves so. */
export function completeSession(world: World, id: string, behaviour: Behaviour): string {
  const { account, params } = world.sessions.get(id) ?? { account: '', params: {} }
  const books = world.books(account)
  const session = books.get<Session>(id)
  if (session?.status !== 'open') throw new Error('the page is not open')
  if (session.mode === 'setup') completeSetup(world, account, session, params, behaviour)
  else completePayment(world, account, session, params, behaviour)
  if (session.payment_status === 'unpaid') return session.url ?? ''
  session.status = 'complete'
  session.url = null
  world.emit('checkout.session.completed', session, account)
  return session.success_url
}

function completePayment(
  world: World,
  account: string,
  session: Session,
  params: Params,
  does: Behaviour,
): void {
  const books = world.books(account)
  const data = inside(params['payment_intent_data'])
  const intent =
    books.get<Intent>(session.payment_intent) ??
    newIntent(world, books, {
      amount: String(session['amount_total']),
      currency: 'gbp',
      allowed_payment_method_types: ['card'],
      ...data,
    })
  session.payment_intent = intent.id
  intent.payment_method = newMethod(world, books, 'card', null).id
  if (does === 'pays') {
    charge(world, account, intent)
    session.payment_status = 'paid'
  } else fail(world, account, intent, { code: 'card_declined', decline_code: does })
}

function completeSetup(
  world: World,
  account: string,
  session: Session,
  params: Params,
  does: Behaviour,
): void {
  const books = world.books(account)
  const type = items(params['allowed_payment_method_types'])[0] === 'bacs_debit' ? 'bacs_debit' : 'card'
  const method = newMethod(world, books, type, session.customer)
  world.behaves.set(method.id, does)
  const mandate =
    type === 'bacs_debit'
      ? books.put({
          id: world.id('mandate'),
          object: 'mandate',
          created: world.now,
          livemode: false,
          payment_method: method.id,
          customer_acceptance: {
            accepted_at: world.now,
            type: 'online',
            online: { ip_address: null, user_agent: null },
          },
          payment_method_details: {
            type: 'bacs_debit',
            bacs_debit: {
              network_status: 'pending',
              reference: 'KITH0001',
              revocation_reason: null,
              url: 'https://stripe.test/mandate',
            },
          },
          status: 'pending',
          type: 'multi_use',
        })
      : null
  const intent = books.put({
    id: world.id('seti'),
    object: 'setup_intent',
    created: world.now,
    livemode: false,
    customer: session.customer,
    payment_method: method.id,
    payment_method_types: [type],
    mandate: mandate?.id ?? null,
    status: 'succeeded',
    usage: 'off_session',
    metadata: metadataOf(inside(params['setup_intent_data'])['metadata']),
  })
  session.setup_intent = intent.id
  world.emit('setup_intent.succeeded', intent, account)
}

/** What the bank and the Bacs network say of a mandate. */
export function changeMandate(
  world: World,
  account: string,
  id: string,
  to: { status: string; network: string; reason?: string },
): void {
  const mandate = world.books(account).get<Thing>(id)
  if (!mandate) throw new Error('no such mandate')
  const details = mandate['payment_method_details'] as { bacs_debit: Record<string, unknown> }
  mandate['status'] = to.status
  details.bacs_debit['network_status'] = to.network
  details.bacs_debit['revocation_reason'] = to.reason ?? null
  world.emit('mandate.updated', mandate, account)
}

export const hostedRoutes: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/v1\/checkout\/sessions$/, createSession],
  ['GET', /^\/v1\/checkout\/sessions\/(\w+)$/, get('checkout.session', 'session')],
  ['POST', /^\/v1\/checkout\/sessions\/(\w+)\/expire$/, expireSession],
  ['GET', /^\/v1\/mandates\/(\w+)$/, get('mandate', 'mandate')],
]
