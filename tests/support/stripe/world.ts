/** What the fake knows: objects by account, events, time. Shapes are Stripe's, with the fields that its API always gives. */
import { createHmac } from 'node:crypto'

export type Metadata = Record<string, string>
export type Params = { [name: string]: Value }
export type Value = string | Params | Value[]

/** What a card or bank account does when it is charged; hidden from the API. */
export type Behaviour =
  | 'pays'
  | 'waits'
  | 'authentication_required'
  | 'insufficient_funds'
  | 'generic_decline'
  | 'expired_card'
  | 'stolen_card'
  | 'processing_error'

export interface Thing {
  id: string
  object: string
  created: number
  [field: string]: unknown
}
export interface Method extends Thing {
  type: 'card' | 'bacs_debit'
  customer: string | null
}
export interface Intent extends Thing {
  amount: number
  amount_received: number
  application_fee_amount: number | null
  status: string
  payment_method: string | null
  payment_method_types: string[]
  customer: string | null
  latest_charge: string | null
  last_payment_error: Record<string, unknown> | null
  next_action: Record<string, unknown> | null
  metadata: Metadata
}
export interface Charge extends Thing {
  amount: number
  amount_refunded: number
  refunded: boolean
  disputed: boolean
  payment_intent: string
  payment_method: string | null
  metadata: Metadata
}
export interface Session extends Thing {
  mode: 'payment' | 'setup'
  status: 'open' | 'complete' | 'expired'
  payment_status: string
  payment_intent: string | null
  setup_intent: string | null
  customer: string | null
  url: string | null
  metadata: Metadata
  success_url: string
  cancel_url: string
}
export interface Account extends Thing {
  charges_enabled: boolean
  payouts_enabled: boolean
  details_submitted: boolean
  capabilities: Record<string, string>
  requirements: Record<string, unknown>
  metadata: Metadata
}
export interface Delivery {
  id: string
  type: string
  body: string
  signature: string
}

/** The objects of one account; '' is the platform's own. */
export class Books {
  readonly byId = new Map<string, Thing>()
  /** Newest last. */
  of<Kind extends Thing>(object: string): Kind[] {
    return [...this.byId.values()].filter((thing) => thing.object === object) as Kind[]
  }
  get<Kind extends Thing>(id: string | null | undefined): Kind | undefined {
    return id ? (this.byId.get(id) as Kind | undefined) : undefined
  }
  put<Kind extends Thing>(thing: Kind): Kind {
    this.byId.set(thing.id, thing)
    return thing
  }
}

/** An answer that is an error, as Stripe words it. */
export class ApiError extends Error {
  readonly status: number
  readonly error: Record<string, unknown>
  readonly headers: Record<string, string>
  constructor(status: number, error: Record<string, unknown>, headers: Record<string, string> = {}) {
    super(`refused with ${String(status)}`)
    this.status = status
    this.error = error
    this.headers = headers
  }
}
export const refuse = (code: string | null, message: string, more: Record<string, unknown> = {}): ApiError =>
  new ApiError(400, { type: 'invalid_request_error', ...(code && { code }), message, ...more })
export const missing = (what: string, id: string, param: string, status = 404): ApiError =>
  new ApiError(status, {
    type: 'invalid_request_error',
    code: 'resource_missing',
    message: `No such ${what}: '${id}'`,
    param,
  })

export class World {
  readonly accounts = new Map<string, Books>([['', new Books()]])
  /** What a method does when it is charged. */
  readonly behaves = new Map<string, Behaviour>()
  /** A copied card that belongs to nobody is for one payment. */
  readonly used = new Set<string>()
  /** What a hosted page was asked for with. */
  readonly sessions = new Map<string, { account: string; params: Params }>()
  readonly undelivered: Delivery[] = []
  readonly secret: string
  /** Seconds since 1970. */
  now: number
  /** Told of each event, before it is signed. */
  onEvent: (event: unknown) => void = () => undefined
  #last = 0

  constructor(secret: string, now: number) {
    this.secret = secret
    this.now = now
  }
  id(prefix: string): string {
    this.#last += 1
    return `${prefix}_${String(this.#last).padStart(6, '0')}`
  }
  books(account: string): Books {
    const found = this.accounts.get(account)
    if (!found)
      throw new ApiError(403, {
        type: 'invalid_request_error',
        code: 'account_invalid',
        message: `The provided key does not have access to account '${account}'`,
      })
    return found
  }
  sign(body: string, at = this.now, secret = this.secret): string {
    const v1 = createHmac('sha256', secret)
      .update(`${String(at)}.${body}`)
      .digest('hex')
    // As while a secret changes: what an older one signed is beside it.
    return `t=${String(at)},v1=${v1},v0=${'0'.repeat(64)}`
  }
  /** Writes an event of an object as it is now. */
  emit(type: string, object: Thing, account = ''): Delivery {
    const event = {
      id: this.id('evt'),
      object: 'event',
      api_version: '2024-04-10',
      created: this.now,
      ...(account && { account }),
      data: { object: structuredClone(object) },
      livemode: false,
      pending_webhooks: 1,
      request: { id: null, idempotency_key: null },
      type,
    }
    this.onEvent(event)
    const body = JSON.stringify(event)
    const delivery = { id: event.id, type, body, signature: this.sign(body) }
    this.undelivered.push(delivery)
    return delivery
  }
}

/** A call, taken apart. */
export interface Call {
  world: World
  books: Books
  account: string
  params: Params
  /** From the path. */
  id: string
}
export type Handler = (call: Call) => Thing | Record<string, unknown>

export const text = (value: Value | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined
export const number = (value: Value | undefined): number | undefined =>
  typeof value === 'string' && value !== '' ? Number(value) : undefined
export const inside = (value: Value | undefined): Params =>
  typeof value === 'object' && !Array.isArray(value) ? value : {}
export const items = (value: Value | undefined): string[] =>
  Array.isArray(value) ? value.filter((one) => typeof one === 'string') : []
export const metadataOf = (value: Value | undefined, before: Metadata = {}): Metadata => {
  const after: Metadata = { ...before }
  for (const [name, one] of Object.entries(inside(value))) {
    if (one === '') Reflect.deleteProperty(after, name)
    else if (typeof one === 'string') after[name] = one
  }
  return after
}
/** A page of a list, newest first, as Stripe pages. */
export function listOf(things: readonly Thing[], params: Params, url: string): Record<string, unknown> {
  const created = inside(params['created'])
  const within = things
    .filter((thing) => thing.created >= (number(created['gte']) ?? 0))
    .filter((thing) => thing.created < (number(created['lt']) ?? Infinity))
    .reverse()
  const after = text(params['starting_after'])
  const rest = after ? within.slice(within.findIndex(({ id }) => id === after) + 1) : within
  const limit = number(params['limit']) ?? 10
  return { object: 'list', url, has_more: rest.length > limit, data: rest.slice(0, limit) }
}
