import { Temporal } from '#services/kernel/time.ts'
import type { PaymentEvent } from '#services/ports/payment-events.ts'
import type { Payments } from '#services/ports/payments.ts'
import { isSigned } from '../sandbox/signature.server.ts'
import type { Sandbox } from './sandbox-kinds.ts'
import { ageTaken, textOf } from './webhook-age.ts'

const TYPES: Readonly<Record<Exclude<PaymentEvent['type'], 'unknown'>, true>> = {
  payment_confirmed: true,
  payment_sent: true,
  payment_failed: true,
  payment_cancelled: true,
  needs_you: true,
  page_ended: true,
  refund_confirmed: true,
  refund_failed: true,
  dispute_opened: true,
  dispute_closed: true,
  payout_paid: true,
  payout_failed: true,
  account_changed: true,
  account_left: true,
  mandate_changed: true,
  setup_done: true,
}
/** Fields that hold a moment, as JSON has them. */
const MOMENTS = new Set(['at', 'answerBy', 'dueBy'])

/** Reads what the sandbox signed: its events are already in our words, so only their moments are made whole again. */
export function readSandboxWebhook(sandbox: Sandbox, secret: string): Payments['readWebhook'] {
  return (rawBody, signature) => {
    const body = textOf(rawBody)
    if (!signature) return Promise.resolve({ ok: false, why: 'no_signature' })
    if (!isSigned(secret, body, signature)) return Promise.resolve({ ok: false, why: 'wrong_signature' })
    if (!ageTaken(signature, sandbox.now())) return Promise.resolve({ ok: false, why: 'too_old' })
    try {
      const event = JSON.parse(body, (name, value: unknown) =>
        MOMENTS.has(name) && typeof value === 'string' ? Temporal.Instant.from(value) : value,
      ) as Partial<PaymentEvent> & { type?: string }
      const { id, account = null, at, type } = event
      if (!id || !at || !type) return Promise.resolve({ ok: false, why: 'unreadable' })
      if (Object.hasOwn(TYPES, type)) return Promise.resolve({ ok: true, event: event as PaymentEvent })
      return Promise.resolve({
        ok: true,
        event: { id, account, at, type: 'unknown', name: type, odd: false },
      })
    } catch {
      return Promise.resolve({ ok: false, why: 'unreadable' })
    }
  }
}
