import { createHmac, timingSafeEqual } from 'node:crypto'
import type { Temporal } from '#services/kernel/time.ts'

const hmac = (secret: string, text: string): string => createHmac('sha256', secret).update(text).digest('hex')

/** As Stripe signs: 't=seconds,v1=hmac of "seconds.body"', so that a stand-in's deliveries take the same road. */
export function sign(secret: string, body: string, now: Temporal.Instant): string {
  const at = String(Math.floor(now.epochMilliseconds / 1000))
  return `t=${at},v1=${hmac(secret, `${at}.${body}`)}`
}

export function isSigned(secret: string, body: string, signature: string): boolean {
  const parts = signature.split(',').map((part) => part.split('='))
  const at = parts.find(([name]) => name === 't')?.[1] ?? ''
  const expected = Buffer.from(hmac(secret, `${at}.${body}`))
  return parts.some(([name, value = '']) => {
    const given = Buffer.from(value)
    return name === 'v1' && given.length === expected.length && timingSafeEqual(given, expected)
  })
}
