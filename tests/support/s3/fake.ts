/** A small store that speaks S3 on this machine: what Kith uses of it, with signatures, errors and trouble on request. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { wrongWith, type Keys } from './signature.ts'

export interface FakeS3 {
  endpoint: string
  bucket: string
  keys: Keys
  objects: Map<string, { type: string; bytes: Buffer }>
  /** Method and path of every request. */
  seen: string[]
  /** What the next requests get instead of an answer, first one first. */
  trouble: ('busy' | 'broken' | 'silence')[]
  close(): Promise<void>
}

const STATUS: Readonly<Record<string, number>> = {
  NoSuchKey: 404,
  NoSuchBucket: 404,
  MethodNotAllowed: 405,
  XAmzContentSHA256Mismatch: 400,
  AuthorizationHeaderMalformed: 400,
  SlowDown: 503,
  InternalError: 500,
}

function refuse(response: ServerResponse, code: string): void {
  response.writeHead(STATUS[code] ?? 403, { 'Content-Type': 'application/xml' })
  response.end(
    `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>no</Message></Error>`,
  )
}

async function read(request: IncomingMessage): Promise<Buffer> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk as Buffer)
  return Buffer.concat(chunks)
}

export async function fakeS3(): Promise<FakeS3> {
  const keys: Keys = { keyId: 'AKIAFAKEFAKE', secret: 'a/secret+that only tests know', region: 'eu-west-2' }
  const bucket = 'kith-photographs'
  const objects: FakeS3['objects'] = new Map()
  const seen: string[] = []
  const trouble: FakeS3['trouble'] = []

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const body = await read(request)
    const path = decodeURIComponent(new URL(request.url ?? '/', 'http://here').pathname)
    seen.push(`${request.method ?? ''} ${path}`)
    const next = trouble.shift()
    if (next === 'silence') {
      request.socket.destroy()
      return
    }
    if (next) {
      refuse(response, next === 'busy' ? 'SlowDown' : 'InternalError')
      return
    }
    const wrong = wrongWith(request, body, keys, Date.now())
    if (wrong) {
      refuse(response, wrong)
      return
    }
    const [, inBucket = '', ...rest] = path.split('/')
    const key = rest.join('/')
    const found = objects.get(key)
    if (inBucket !== bucket) refuse(response, 'NoSuchBucket')
    else if (request.method === 'PUT') {
      objects.set(key, { type: request.headers['content-type'] ?? '', bytes: body })
      response.writeHead(200, { ETag: '"fake"' }).end()
    } else if (request.method === 'DELETE') {
      objects.delete(key)
      response.writeHead(204).end()
    } else if (request.method === 'GET' && found)
      response
        .writeHead(200, { 'Content-Type': found.type, 'Content-Length': found.bytes.length })
        .end(found.bytes)
    else refuse(response, request.method === 'GET' ? 'NoSuchKey' : 'MethodNotAllowed')
  }

  const server = createServer((request, response) => {
    answer(request, response).catch(() => {
      refuse(response, 'InternalError')
    })
  })
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve)
  })
  return {
    endpoint: `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`,
    bucket,
    keys,
    objects,
    seen,
    trouble,
    close: () =>
      new Promise((resolve) => {
        server.closeAllConnections()
        server.close(() => {
          resolve()
        })
      }),
  }
}
