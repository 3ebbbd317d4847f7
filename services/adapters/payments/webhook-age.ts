import type { Temporal } from '#services/kernel/time.ts'
import { toSeconds } from './vendor.ts'

/** Five minutes, as Stripe recommends: a copied delivery is worth nothing after that. */
const SECONDS = 300

export const ageTaken = (signature: string, now: Temporal.Instant): boolean => {
  const at = Number(/(?:^|,)t=(\d{1,12})(?:,|$)/.exec(signature)?.[1] ?? Number.NaN)
  return Math.abs(toSeconds(now) - at) <= SECONDS
}

export const textOf = (body: string | Uint8Array): string =>
  typeof body === 'string' ? body : new TextDecoder().decode(body)
