import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes } from 'node:crypto'
import type { Settings } from '#services/env.server.ts'
import type { Temporal } from '#services/kernel/time.ts'

/** One key for each purpose, so that what was sealed for one thing opens no other. */
function keyFor(secret: string, purpose: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, 'kith', purpose, 32))
}

/** @throws Error when the process was started without a secret; composition always sets one. */
export function secretOf(settings: Pick<Settings, 'sessionSecret'>): string {
  if (!settings.sessionSecret) throw new Error('SESSION_SECRET is missing')
  return settings.sessionSecret
}

/** Encrypts `value` (JSON) so that only this installation can read it, for `purpose` alone and until `expiresAt`. */
export function seal(secret: string, purpose: string, value: unknown, expiresAt: Temporal.Instant): string {
  const iv = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFor(secret, purpose), iv)
  const text = JSON.stringify({ value, until: expiresAt.epochMilliseconds })
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([iv, cipher.getAuthTag(), body]).toString('base64url')
}

/** What was sealed; null when it is not ours, was sealed for something else, or its time is over. */
export function unseal(secret: string, purpose: string, sealed: string, now: Temporal.Instant): unknown {
  try {
    const bytes = Buffer.from(sealed, 'base64url')
    const decipher = createDecipheriv('aes-256-gcm', keyFor(secret, purpose), bytes.subarray(0, 12))
    decipher.setAuthTag(bytes.subarray(12, 28))
    const text = Buffer.concat([decipher.update(bytes.subarray(28)), decipher.final()]).toString('utf8')
    const { value, until } = JSON.parse(text) as { value: unknown; until: number }
    return until > now.epochMilliseconds ? value : null
  } catch {
    return null
  }
}

/** A name for something personal that can be looked up and not read back. */
export const keyedHash = (secret: string, purpose: string, text: string): string =>
  createHmac('sha256', keyFor(secret, purpose)).update(text).digest('base64url')
