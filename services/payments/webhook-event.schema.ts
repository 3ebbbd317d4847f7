import { z } from 'zod'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { DECLINE_REASONS } from '#services/ports/payments.ts'

/** An event as it was stored (services/ports/payment-events.ts as JSON): what handling needs, with its moments made whole. */
const amount = z.number().transform((value) => pence(value))
const moment = z.string().transform((text) => Temporal.Instant.from(text))
const maybe = z.string().nullable()
const head = { id: z.string(), account: maybe, at: moment }
const ofPayment = { ...head, reference: z.string(), payment: maybe }

export const webhookEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('payment_confirmed'), ...ofPayment, amount }),
  z.object({ type: z.literal('payment_sent'), ...ofPayment, amount }),
  z.object({
    type: z.literal('payment_failed'),
    ...ofPayment,
    amount,
    reason: z.enum(DECLINE_REASONS),
  }),
  z.object({ type: z.literal('payment_cancelled'), ...ofPayment }),
  z.object({ type: z.literal('needs_you'), ...ofPayment }),
  z.object({ type: z.literal('page_ended'), ...ofPayment, setup: maybe }),
  z.object({
    type: z.enum(['refund_confirmed', 'refund_failed']),
    ...head,
    reference: z.string(),
    refund: maybe,
    amount,
  }),
  z.object({
    type: z.literal('dispute_opened'),
    ...head,
    reference: z.string(),
    paymentReference: maybe,
    amount,
    reason: z.enum(['not_recognised', 'not_received', 'not_as_agreed', 'twice', 'debit_taken_back', 'other']),
    lost: z.boolean(),
    answerBy: moment.nullable(),
  }),
  z.object({
    type: z.literal('dispute_closed'),
    ...head,
    reference: z.string(),
    paymentReference: maybe,
    amount,
    won: z.boolean(),
  }),
  z.object({ type: z.literal('payout_paid'), ...head, reference: z.string(), amount }),
  z.object({
    type: z.literal('payout_failed'),
    ...head,
    reference: z.string(),
    amount,
    why: z.enum(['account_closed', 'account_wrong', 'account_restricted', 'bank_said_no']),
  }),
  z.object({ type: z.literal('account_changed'), ...head, state: z.object({ account: z.string() }) }),
  z.object({ type: z.literal('account_left'), ...head, left: z.string() }),
  z.object({
    type: z.literal('mandate_changed'),
    ...head,
    state: z.object({ mandate: z.string(), status: z.enum(['waiting', 'active', 'ended']) }),
  }),
  z.object({
    type: z.literal('setup_done'),
    ...head,
    setup: maybe,
    kind: z.enum(['card', 'direct_debit']),
    mandate: maybe,
  }),
  z.object({ type: z.literal('unknown'), ...head, name: z.string(), odd: z.boolean() }),
])
export type StoredEvent = z.output<typeof webhookEventSchema>
export type EventOf<Type extends StoredEvent['type']> = Extract<StoredEvent, { type: Type }>
