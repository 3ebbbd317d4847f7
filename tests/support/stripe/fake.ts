/**
 * A small stateful fake of Stripe's HTTP API on this machine: what Kith uses of it, with idempotency keys, errors and signed
 * events as Stripe has them, and trouble on request. It is held to Stripe's own document where that is at hand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { accountRoutes } from './accounts.ts'
import { stripeContract } from './contract.ts'
import { readForm } from './form.ts'
import { hostedRoutes } from './hosted.ts'
import { issuingRoutes } from './issuing.ts'
import { methodRoutes } from './methods.ts'
import { moneyRoutes } from './money.ts'
import { ApiError, type Books, type Delivery, items, type Params, type Thing, World } from './world.ts'

export const FAKE_KEY = 'sk_test_fakefakefake'
const ROUTES = [...methodRoutes, ...moneyRoutes, ...hostedRoutes, ...accountRoutes, ...issuingRoutes]

/** What goes wrong with the next request that changes something on a path that fits. */
export interface Trouble {
  on: RegExp
  what:
    | 'busy'
    /** 500 before anything happened; Stripe gives the same answer to the same key for a day. */
    | 'fault'
    /** The line breaks off, and again when the SDK repeats it at once: nothing happened. */
    | 'no_answer'
    /** The same, though it happened. */
    | 'lost_answer'
    /** The line breaks off once. */
    | 'reset'
    /** Nothing comes, ever. */
    | 'silence'
    /** Not JSON, as a proxy on the way may answer. */
    | 'garbage'
}
export interface Seen {
  method: string
  path: string
  account: string
  key: string | null
  params: Params
}
export interface FakeStripe {
  base: string
  world: World
  seen: Seen[]
  /** Where requests, answers or events differ from Stripe's document. */
  breaches: string[]
  trouble(next: Trouble): void
  /** As after a day: keys are free again. */
  forgetKeys(): void
  /** Events since the last time, signed now. */
  deliveries(): Delivery[]
  close(): Promise<void>
}
interface Answer {
  status: number
  body: string
  headers: Record<string, string>
}

export async function startFakeStripe({ secret, now }: { secret: string; now: number }): Promise<FakeStripe> {
  const world = new World(secret, now)
  const contract = stripeContract()
  const breaches: string[] = []
  const seen: Seen[] = []
  const troubles: Trouble[] = []
  const keys = new Map<string, { asked: string; answer: Answer }>()
  const open = new Set<ServerResponse>()
  /** Keys whose repetition breaks off, too. */
  const dropped = new Set<string>()
  world.onEvent = (event) => breaches.push(...(contract?.event(event) ?? []))

  const answerTo = (call: Seen): Answer => {
    const json = (status: number, body: unknown, headers: Record<string, string> = {}): Answer => {
      breaches.push(...(contract?.response(call.method, call.path, status, body) ?? []))
      return { status, body: JSON.stringify(body), headers }
    }
    try {
      breaches.push(...(contract?.request(call.method, call.path, call.params) ?? []))
      const books = world.books(call.account)
      for (const [method, pattern, handle] of ROUTES) {
        const match = method === call.method ? pattern.exec(call.path) : null
        if (match) {
          const result = handle({
            world,
            books,
            account: call.account,
            params: call.params,
            id: match[1] ?? '',
          })
          return json(200, expanded(books, structuredClone(result), items(call.params['expand'])))
        }
      }
      throw new Error(`${call.method} ${call.path} is not faked`)
    } catch (error) {
      if (error instanceof ApiError) return json(error.status, { error: error.error }, error.headers)
      breaches.push(String(error))
      return { status: 501, body: '{}', headers: {} }
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    open.add(response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const url = new URL(request.url ?? '/', 'http://stripe.test')
    const method = request.method ?? 'GET'
    const body = Buffer.concat(chunks).toString('utf8')
    const header = (name: string): string => String(request.headers[name] ?? '')
    const key = header('idempotency-key') || null
    const account = header('stripe-account')
    const call: Seen = {
      method,
      path: url.pathname,
      account,
      key,
      params: readForm(method === 'GET' ? url.search.slice(1) : body),
    }
    seen.push(call)
    const send = ({ status, body: text, headers }: Answer): void => {
      response.writeHead(status, {
        'content-type': 'application/json',
        'request-id': `req_${String(seen.length)}`,
        ...headers,
      })
      response.end(text)
      open.delete(response)
    }
    if (header('authorization') !== `Bearer ${FAKE_KEY}`) {
      send({
        status: 401,
        headers: {},
        body: JSON.stringify({
          error: { type: 'invalid_request_error', message: 'Invalid API Key provided: sk_test_****leak' },
        }),
      })
      return
    }
    const at = troubles.findIndex(({ on }) => method === 'POST' && on.test(url.pathname))
    const trouble = at >= 0 ? troubles.splice(at, 1)[0]?.what : undefined
    if (trouble === 'silence') return
    const breakOff = (): void => {
      request.socket.destroy()
      open.delete(response)
    }
    if (dropped.delete(key ?? '')) {
      breakOff()
      return
    }
    if (trouble === 'reset' || trouble === 'no_answer') {
      if (trouble === 'no_answer' && key) dropped.add(key)
      breakOff()
      return
    }
    if (trouble === 'garbage') {
      send({ status: 502, body: '<html>Bad gateway</html>', headers: {} })
      return
    }
    if (trouble === 'busy') {
      send({
        status: 429,
        headers: { 'retry-after': '7' },
        body: JSON.stringify({
          error: { type: 'invalid_request_error', code: 'rate_limit', message: 'Too many requests' },
        }),
      })
      return
    }
    const asked = `${method} ${url.pathname} ${body}`
    const place = `${account} ${key ?? ''}`
    const earlier = key && method === 'POST' ? keys.get(place) : undefined
    if (earlier && earlier.asked !== asked) {
      send({
        status: 400,
        headers: {},
        body: JSON.stringify({
          error: {
            type: 'idempotency_error',
            message:
              'Keys for idempotent requests can only be used with the same parameters they were first used with.',
          },
        }),
      })
      return
    }
    const answer: Answer =
      earlier?.answer ??
      (trouble === 'fault'
        ? {
            status: 500,
            headers: {},
            body: JSON.stringify({ error: { type: 'api_error', message: 'Something went wrong' } }),
          }
        : answerTo(call))
    // What was refused before it began leaves the key free.
    if (key && method === 'POST' && (answer.status < 400 || answer.status === 402 || answer.status >= 500))
      keys.set(place, { asked, answer })
    if (trouble === 'lost_answer') {
      if (key) dropped.add(key)
      breakOff()
      return
    }
    send(earlier ? { ...answer, headers: { ...answer.headers, 'idempotent-replayed': 'true' } } : answer)
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      breaches.push(String(error))
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    base: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    world,
    seen,
    breaches,
    trouble: (next) => troubles.push(next),
    forgetKeys: () => {
      keys.clear()
    },
    deliveries: () =>
      world.undelivered.splice(0).map((delivery) => ({ ...delivery, signature: world.sign(delivery.body) })),
    close: () =>
      new Promise((resolve) => {
        for (const response of open) response.destroy()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  }
}

/** Puts objects in the place of their ids, as `expand` asks: 'latest_charge', 'data.source', 'payment_intent.latest_charge'. */
function expanded(books: Books, result: Thing | Record<string, unknown>, paths: readonly string[]) {
  for (const path of paths) expandOne(books, result, path.split('.'))
  return result
}
function expandOne(books: Books, at: Record<string, unknown>, [name = '', ...rest]: string[]): void {
  const value = at[name]
  if (Array.isArray(value)) {
    for (const one of value) expandOne(books, one as Record<string, unknown>, rest)
    return
  }
  const object = typeof value === 'string' ? structuredClone(books.get(value)) : value
  if (typeof object !== 'object' || object === null) return
  at[name] = object
  if (rest.length > 0) expandOne(books, object as Record<string, unknown>, rest)
}
