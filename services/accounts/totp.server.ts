import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Temporal } from '#services/kernel/time.ts'

const PERIOD_MS = 30_000
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** RFC 4226 with six digits. */
function hotp(secret: string, counter: number): string {
  const bytes = Buffer.alloc(8)
  bytes.writeBigUInt64BE(BigInt(counter))
  const hash = createHmac('sha1', secret).update(bytes).digest()
  const at = (hash.at(-1) ?? 0) & 15
  return String((hash.readUInt32BE(at) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

/**
 * Whether an authenticator app with this key shows these six digits now (RFC 6238), or did or will half a minute away:
 * clocks of telephones differ. For a key that is not yet anybody's; the library checks those that are.
 */
export function appShows(secret: string, code: string, now: Temporal.Instant): boolean {
  const counter = Math.floor(now.epochMilliseconds / PERIOD_MS)
  const given = Buffer.from(code)
  return [Math.max(0, counter - 1), counter, counter + 1].some((one) => {
    const right = Buffer.from(hotp(secret, one))
    return given.length === right.length && timingSafeEqual(given, right)
  })
}

/** The key as apps want it typed: base 32 without padding. */
export function base32(secret: string): string {
  const bits = [...Buffer.from(secret)].map((byte) => byte.toString(2).padStart(8, '0')).join('')
  return (bits.match(/.{1,5}/g) ?? [])
    .map((five) => BASE32[Number.parseInt(five.padEnd(5, '0'), 2)] ?? '')
    .join('')
}
