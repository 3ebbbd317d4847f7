import type { z } from 'zod'
import type { WebhookRefusal } from '#services/ports/payment-events.ts'
import type { StripeClient } from './stripe-client.server.ts'
import { envelope } from './stripe-shapes.ts'
import { ageTaken, textOf } from './webhook-age.ts'

type Opened = { ok: true; delivery: z.output<typeof envelope> } | { ok: false; why: WebhookRefusal }

/** Checks who sent a delivery and when, and opens it. */
export async function openDelivery(
  client: StripeClient,
  rawBody: string | Uint8Array,
  signature: string | null,
): Promise<Opened> {
  const { webhookSecrets, now } = client.settings
  if (!signature) return { ok: false, why: 'no_signature' }
  const signer = (await client.sdk()).webhooks.signature
  if (!signer) throw new Error('the SDK came without its signatures')
  const body = textOf(rawBody)
  const fits = (secret: string): boolean => {
    try {
      // Nought: the age is looked at below, so that an old delivery and a forged one are told apart.
      return signer.verifyHeader(body, signature, secret, 0)
    } catch {
      return false
    }
  }
  if (!webhookSecrets.some(fits)) return { ok: false, why: 'wrong_signature' }
  if (!ageTaken(signature, now())) return { ok: false, why: 'too_old' }
  try {
    const { data } = envelope.safeParse(JSON.parse(body))
    return data ? { ok: true, delivery: data } : { ok: false, why: 'unreadable' }
  } catch {
    return { ok: false, why: 'unreadable' }
  }
}
