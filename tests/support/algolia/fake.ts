/**
 * A small stateful fake of Algolia's REST API on this machine: what Kith uses of it, with the two keys' rights, tasks that take a look
 * or two to be done, and trouble on request. It is held to Algolia's own document where that is at hand.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gunzipSync } from 'node:zlib'
import { algoliaContract } from './contract.ts'
import { BadRequest, type Thing } from './filters.ts'
import { NoIndex, pick, type SearchRequest, type Settings, World } from './world.ts'

export const FAKE_APP = 'FAKEAPP123'
export const FAKE_SEARCH_KEY = 'searchsearchsearch'
export const FAKE_ADMIN_KEY = 'adminadminadmin'

export type Trouble =
  | 'silence'
  | 'fault'
  /** Not JSON, as a proxy on the way may answer. */
  | 'garbage'
  /** JSON that is no answer of theirs. */
  | 'nonsense'
  | 'reset'

export interface Seen {
  method: string
  path: string
  query: string
  headers: Record<string, string>
  body: unknown
}
export interface FakeAlgolia {
  host: string
  world: World
  seen: Seen[]
  /** Where requests or answers differ from Algolia's document. */
  breaches: string[]
  /** Of every request until it is null again. */
  trouble: Trouble | null
  /** Called before a write is done. */
  onWrite: ((path: string) => void | Promise<void>) | null
  close(): Promise<void>
}

class Refused extends Error {
  readonly status: number
  constructor(status: number, message: string) {
    super(message)
    this.status = status
  }
}

type Route = [
  method: string,
  path: RegExp,
  right: 'search' | 'write',
  handle: (call: { name: string; id: string; body: Thing; query: URLSearchParams }) => unknown,
]

function routesOf(world: World): Route[] {
  let last = 0
  const looks = new Map<number, number>()
  const task = (): { taskID: number; updatedAt: string } => {
    last += 1
    looks.set(last, 0)
    return { taskID: last, updatedAt: '2026-11-02T10:00:00.000Z' }
  }
  const withReplicas = (name: string, forward: boolean): string[] => [
    name,
    ...(forward ? (world.index(name).settings.replicas ?? []) : []),
  ]
  return [
    [
      'POST',
      /^\/1\/indexes\/\*\/queries$/,
      'search',
      ({ body }) => ({
        results: (body['requests'] as SearchRequest[]).map((request) => world.search(request)),
      }),
    ],
    [
      'POST',
      /^\/1\/indexes\/\*\/objects$/,
      'search',
      ({ body }) => ({
        results: (
          body['requests'] as { indexName: string; objectID: string; attributesToRetrieve?: string[] }[]
        ).map(({ indexName, objectID, attributesToRetrieve = ['*'] }) => {
          const object = world.objectsOf(indexName).get(objectID)
          return object ? pick(object, attributesToRetrieve) : null
        }),
      }),
    ],
    [
      'POST',
      /^\/1\/indexes\/([^/*]+)\/batch$/,
      'write',
      ({ name, body }) => {
        const { objects } = world.index(name)
        const requests = body['requests'] as { action: string; body: Thing & { objectID: string } }[]
        for (const { action, body: object } of requests) {
          if (action === 'updateObject') objects.set(object.objectID, object)
          else if (action === 'deleteObject') objects.delete(object.objectID)
          else throw new BadRequest(`the fake does not know ${action}`)
        }
        const { taskID } = task()
        return { taskID, objectIDs: requests.map((one) => one.body.objectID) }
      },
    ],
    [
      'PUT',
      /^\/1\/indexes\/([^/*]+)\/settings$/,
      'write',
      ({ name, body, query }) => {
        const { replicas, ...shared } = body as Settings
        if (replicas) {
          world.index(name).settings.replicas = replicas
          for (const replica of replicas) world.index(replica)
        }
        for (const one of withReplicas(name, query.get('forwardToReplicas') === 'true'))
          Object.assign(world.index(one).settings, shared)
        return task()
      },
    ],
    [
      'POST',
      /^\/1\/indexes\/([^/*]+)\/synonyms\/batch$/,
      'write',
      ({ name, body, query }) => {
        for (const one of withReplicas(name, query.get('forwardToReplicas') === 'true')) {
          const { synonyms } = world.index(one)
          if (query.get('replaceExistingSynonyms') === 'true') synonyms.clear()
          for (const synonym of body as unknown as { objectID: string; type: string }[])
            synonyms.set(synonym.objectID, synonym)
        }
        return task()
      },
    ],
    [
      'POST',
      /^\/1\/indexes\/([^/*]+)\/operation$/,
      'write',
      ({ name, body }) => {
        const destination = String(body['destination'])
        const source = world.indexes.get(name)
        // A source that is not there is ignored without an error.
        if (source) {
          const { replicas } = world.index(destination).settings
          world.indexes.set(destination, {
            settings: { ...source.settings, ...(replicas && { replicas }) },
            synonyms: new Map(source.synonyms),
            objects: new Map(source.objects),
          })
          if (body['operation'] === 'move') world.indexes.delete(name)
        }
        return task()
      },
    ],
    [
      'DELETE',
      /^\/1\/indexes\/([^/*]+)$/,
      'write',
      ({ name }) => {
        world.indexes.delete(name)
        const { taskID } = task()
        return { taskID, deletedAt: '2026-11-02T10:00:00.000Z' }
      },
    ],
    [
      'GET',
      /^\/1\/indexes\/([^/*]+)\/task\/(\d+)$/,
      'write',
      ({ id }) => {
        const seen = looks.get(Number(id))
        if (seen === undefined) throw new Refused(404, 'taskID not found')
        looks.set(Number(id), seen + 1)
        // Every third one takes a second look.
        return { status: seen === 0 && Number(id) % 3 === 0 ? 'notPublished' : 'published' }
      },
    ],
  ]
}

export async function startFakeAlgolia(): Promise<FakeAlgolia> {
  const world = new World()
  const routes = routesOf(world)
  const contract = algoliaContract()
  const open = new Set<ServerResponse>()
  const fake: Omit<FakeAlgolia, 'host' | 'close'> = {
    world,
    seen: [],
    breaches: [],
    trouble: null,
    onWrite: null,
  }

  async function answerTo(call: Seen): Promise<{ status: number; body: unknown }> {
    const query = new URLSearchParams(call.query)
    try {
      if (call.headers['x-algolia-application-id'] !== FAKE_APP)
        throw new Refused(403, 'Invalid Application-ID or API key')
      fake.breaches.push(...(contract?.request(call.method, call.path, query, call.body) ?? []))
      for (const [method, pattern, right, handle] of routes) {
        const match = method === call.method ? pattern.exec(call.path) : null
        if (!match) continue
        const keys = right === 'search' ? [FAKE_SEARCH_KEY, FAKE_ADMIN_KEY] : [FAKE_ADMIN_KEY]
        if (!keys.includes(call.headers['x-algolia-api-key'] ?? ''))
          throw new Refused(403, 'Method not allowed with this API key')
        if (right === 'write') await fake.onWrite?.(call.path)
        return {
          status: 200,
          body: handle({
            name: decodeURIComponent(match[1] ?? ''),
            id: match[2] ?? '',
            body: (call.body ?? {}) as Thing,
            query,
          }),
        }
      }
      throw new Error(`${call.method} ${call.path} is not faked`)
    } catch (error) {
      const status =
        error instanceof Refused
          ? error.status
          : error instanceof NoIndex
            ? 404
            : error instanceof BadRequest
              ? 400
              : 501
      if (status === 400 || status === 501) fake.breaches.push(String(error))
      return { status, body: { message: error instanceof Error ? error.message : '', status } }
    }
  }

  const handle = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    open.add(response)
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk as Buffer)
    const raw = Buffer.concat(chunks)
    const text = (request.headers['content-encoding'] === 'gzip' ? gunzipSync(raw) : raw).toString('utf8')
    const url = new URL(request.url ?? '/', 'http://algolia.test')
    const call: Seen = {
      method: request.method ?? 'GET',
      path: url.pathname,
      query: url.search.slice(1),
      headers: Object.fromEntries(
        Object.entries(request.headers).map(([name, value]) => [name, String(value)]),
      ),
      body: text === '' ? null : (JSON.parse(text) as unknown),
    }
    fake.seen.push(call)
    const send = (status: number, body: string): void => {
      response.writeHead(status, { 'content-type': 'application/json' })
      response.end(body)
      open.delete(response)
    }
    if (fake.trouble === 'silence') return
    if (fake.trouble === 'reset') request.socket.destroy()
    else if (fake.trouble === 'fault') send(500, '{"message":"Internal error","status":500}')
    else if (fake.trouble === 'garbage') send(200, '<html>Bad gateway</html>')
    else if (fake.trouble === 'nonsense') send(200, '{"results":[{"nbHits":"many"}]}')
    else {
      const { status, body } = await answerTo(call)
      if (status === 200)
        fake.breaches.push(...(contract?.response(call.method, call.path, status, body) ?? []))
      send(status, JSON.stringify(body))
    }
  }

  const server = createServer((request, response) => {
    handle(request, response).catch((error: unknown) => {
      fake.breaches.push(String(error))
      response.destroy()
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return Object.assign(fake, {
    host: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    close: () =>
      new Promise<void>((resolve) => {
        for (const response of open) response.destroy()
        server.close(() => {
          resolve()
        })
        server.closeAllConnections()
      }),
  })
}
