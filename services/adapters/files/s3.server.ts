import { createHash } from 'node:crypto'
import type { AwsClient } from 'aws4fetch'
import { type FileKey, type Files, fileKey, fileTypeOf } from '#services/ports/files.ts'

export interface S3Place {
  /** https://s3.eu-west-2.amazonaws.com, or whatever speaks the same language. */
  endpoint: string
  bucket: string
  region: string
  keyId: string
  secret: string
}

const TIMEOUT_MS = 20_000
/** Nothing that Kith keeps is larger: what is, did not come from us. */
const MOST_BYTES = 30_000_000

/** The store did not do what it was asked; nothing of its answer is repeated, since it may quote what we sent. */
export class FileStoreError extends Error {
  readonly code: string
  constructor(code: string, options?: ErrorOptions) {
    super(`the file store answered ${code}`, options)
    this.name = 'FileStoreError'
    this.code = code
  }
}

/**
 * Files in a bucket of an S3-compatible store, private to us: browsers get them through our own address. The bucket stands in
 * the path and not in the host, which every such store understands.
 */
export function s3Files(place: S3Place): Files {
  let client: Promise<AwsClient> | null = null
  const connect = (): Promise<AwsClient> =>
    (client ??= import('aws4fetch').then(
      ({ AwsClient: Client }) =>
        new Client({
          accessKeyId: place.keyId,
          secretAccessKey: place.secret,
          region: place.region,
          service: 's3',
          // Busy and broken answers twice more, a little later each time.
          retries: 2,
          initRetryMs: 100,
        }),
    ))

  async function ask(method: 'GET' | 'PUT' | 'DELETE', key: FileKey, bytes?: Uint8Array): Promise<Response> {
    const url = `${place.endpoint}/${encodeURIComponent(place.bucket)}/${fileKey(key)}`
    const body = bytes ?? new Uint8Array()
    const aws = await connect()
    try {
      return await aws.fetch(url, {
        method,
        ...(bytes ? { body: Uint8Array.from(bytes) } : {}),
        headers: {
          // Signed with the rest, so that a garbled file is refused and not kept.
          'X-Amz-Content-Sha256': createHash('sha256').update(body).digest('hex'),
          ...(bytes ? { 'Content-Type': fileTypeOf(key), 'Cache-Control': 'private' } : {}),
        },
        signal: AbortSignal.timeout(TIMEOUT_MS),
      })
    } catch (error) {
      throw new FileStoreError('nothing', { cause: error })
    }
  }

  /** Reads the answer to its end, so that the connection is free again. */
  async function failed(answer: Response): Promise<FileStoreError> {
    await answer.body?.cancel()
    return new FileStoreError(String(answer.status))
  }

  return {
    async put(key, bytes) {
      const answer = await ask('PUT', key, bytes)
      if (!answer.ok) throw await failed(answer)
      await answer.body?.cancel()
    },
    async get(key) {
      const answer = await ask('GET', key)
      if (answer.status === 404) {
        const words = await answer.text()
        // A bucket that is not there is a wrong setting, not a file that is gone.
        if (words.includes('NoSuchBucket')) throw new FileStoreError('NoSuchBucket')
        return null
      }
      if (!answer.ok || Number(answer.headers.get('Content-Length') ?? 0) > MOST_BYTES)
        throw await failed(answer)
      return { type: fileTypeOf(key), bytes: new Uint8Array(await answer.arrayBuffer()) }
    },
    async remove(key) {
      const answer = await ask('DELETE', key)
      if (!answer.ok && answer.status !== 404) throw await failed(answer)
      await answer.body?.cancel()
    },
  }
}
