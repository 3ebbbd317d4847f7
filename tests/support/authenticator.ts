import { createHmac } from 'node:crypto'
import type { Temporal } from '#services/kernel/time.ts'

/** RFC 6238, SHA-1, 30 seconds, six digits: what an authenticator app shows. */
export function authenticatorShows(key: string, now: Temporal.Instant): string {
  const bits = [...key.replaceAll(/[\s=]/g, '')].map((sign) =>
    'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'.indexOf(sign).toString(2).padStart(5, '0'),
  )
  const bytes = (bits.join('').match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(now.epochMilliseconds / 30_000)))
  const hash = createHmac('sha1', Buffer.from(bytes)).update(counter).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
