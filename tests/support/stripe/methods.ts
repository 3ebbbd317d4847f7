import {
  type Books,
  type Handler,
  type Method,
  metadataOf,
  missing,
  refuse,
  text,
  type World,
} from './world.ts'

export const get =
  (object: string, param: string): Handler =>
  ({ books, id }) => {
    const found = books.get(id)
    if (found?.object !== object) throw missing(object, id, param)
    return found
  }
const customers: Handler = ({ world, books, params }) =>
  books.put({
    id: world.id('cus'),
    object: 'customer',
    created: world.now,
    livemode: false,
    metadata: metadataOf(params['metadata']),
  })

export function newMethod(
  world: World,
  books: Books,
  type: 'card' | 'bacs_debit',
  customer: string | null,
): Method {
  return books.put({
    id: world.id('pm'),
    object: 'payment_method',
    created: world.now,
    livemode: false,
    type,
    customer,
    billing_details: { address: null, email: null, name: null, phone: null },
    ...(type === 'card'
      ? {
          card: {
            brand: 'visa',
            exp_month: 8,
            exp_year: 2030,
            funding: 'debit',
            last4: '4242',
            country: 'GB',
            checks: null,
            fingerprint: null,
            generated_from: null,
            networks: null,
            three_d_secure_usage: null,
            wallet: null,
          },
        }
      : { bacs_debit: { fingerprint: null, last4: '2345', sort_code: '108800' } }),
  })
}

/** A card of the platform, copied to a connected account. */
const copyMethod: Handler = ({ world, books, params, account }) => {
  const from = text(params['payment_method'])
  const original = world.books('').get<Method>(from)
  if (!account || !original || original.customer !== text(params['customer']))
    throw missing('PaymentMethod', from ?? '', 'payment_method', 400)
  const copy = newMethod(world, books, original.type, null)
  world.behaves.set(copy.id, world.behaves.get(original.id) ?? 'pays')
  return copy
}
const detach: Handler = ({ world, books, id }) => {
  const method = books.get<Method>(id)
  if (!method) throw missing('PaymentMethod', id, 'payment_method')
  if (method.customer === null)
    throw refuse(
      null,
      'The payment method you provided is not attached to a customer so detachment is impossible.',
    )
  method.customer = null
  world.used.add(id)
  return method
}

export const methodRoutes: readonly (readonly [string, RegExp, Handler])[] = [
  ['POST', /^\/v1\/customers$/, customers],
  ['POST', /^\/v1\/payment_methods$/, copyMethod],
  ['GET', /^\/v1\/payment_methods\/(\w+)$/, get('payment_method', 'payment_method')],
  ['POST', /^\/v1\/payment_methods\/(\w+)\/detach$/, detach],
]
