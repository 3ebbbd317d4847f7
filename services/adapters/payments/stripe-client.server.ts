import type Stripe from 'stripe'
import type { Temporal } from '#services/kernel/time.ts'

export interface StripeSettings {
  secretKey: string
  /** Signing secrets of the webhook endpoints: the platform's, the connected accounts', and old ones while they change. */
  webhookSecrets: readonly string[]
  /** Another host than Stripe's own, for tests: 'http://127.0.0.1:12111'. */
  apiBase?: string | null
  /** How long an answer is waited for. */
  timeoutMs?: number
  /** The machine's own time: signatures and search are about the real world, also where the demo's clock was moved. */
  now: () => Temporal.Instant
}

export interface CallOptions {
  idempotencyKey?: string
  stripeAccount?: string
}

export interface StripeClient {
  sdk(): Promise<Stripe>
  settings: StripeSettings
}

const TIMEOUT_MS = 20_000

/**
 * The SDK, loaded with the first call: installations without Stripe do not pay for it. Its own retries are off, since ours are
 * jobs with a state that people can see. (It still repeats once when a kept-alive connection turns out closed, under the same
 * key, which is harmless.) Its telemetry is off.
 */
export function stripeClient(settings: StripeSettings): StripeClient {
  let loading: Promise<Stripe> | null = null
  const base = settings.apiBase ? new URL(settings.apiBase) : null
  return {
    settings,
    sdk() {
      loading ??= import('stripe').then(
        ({ default: Sdk }) =>
          new Sdk(settings.secretKey, {
            maxNetworkRetries: 0,
            telemetry: false,
            timeout: settings.timeoutMs ?? TIMEOUT_MS,
            ...(base && {
              host: base.hostname,
              port: base.port || (base.protocol === 'http:' ? 80 : 443),
              protocol: base.protocol === 'http:' ? 'http' : 'https',
            }),
          }),
      )
      return loading
    },
  }
}

/** Options of a call that changes something: our key, and the account it is made on (null: Kith's own). */
export const change = (key: string, account: string | null = null): CallOptions => ({
  idempotencyKey: key,
  ...on(account),
})
/** Options of a call on an account. */
export const on = (account: string | null): CallOptions => (account ? { stripeAccount: account } : {})

/** Stripe forgets keys after a day at the earliest; well before that we look before we take. */
const KEYS_HOLD_HOURS = 20

export const triedLongAgo = (client: StripeClient, first: Temporal.Instant | null | undefined): boolean =>
  first ? first.until(client.settings.now()).total('hours') >= KEYS_HOLD_HOURS : false
