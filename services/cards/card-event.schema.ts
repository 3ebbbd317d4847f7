import { z } from 'zod'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { CARD_DECLINES } from '#services/ports/cards.ts'

/** A card's event as it was stored (services/ports/cards.ts as JSON), with its moments and amounts made whole. */
const amount = z
  .int()
  .positive()
  .transform((value) => pence(value))
const moment = z.string().transform((text) => Temporal.Instant.from(text))
const head = { id: z.string(), at: moment, card: z.string() }
const merchant = z.object({ name: z.string(), mcc: z.string(), town: z.string().nullable() })
const ofPurchase = { ...head, authorisation: z.string(), amount, merchant, cash: z.boolean() }

export const cardEventSchema = z.discriminatedUnion('type', [
  z.object({ type: z.literal('authorised'), ...ofPurchase }),
  z.object({
    type: z.literal('declined'),
    ...ofPurchase,
    reason: z.enum(CARD_DECLINES),
    upTo: amount.nullable().catch(null),
  }),
  z.object({ type: z.literal('reversed'), ...head, authorisation: z.string() }),
  z.object({
    type: z.literal('cleared'),
    ...head,
    transaction: z.string(),
    authorisation: z.string().nullable(),
    amount,
    merchant,
    cash: z.boolean(),
  }),
  z.object({
    type: z.literal('refunded'),
    ...head,
    transaction: z.string(),
    authorisation: z.string().nullable(),
    amount,
    merchant,
  }),
  z.object({
    type: z.literal('card_changed'),
    ...head,
    status: z.enum(['waiting', 'active', 'frozen', 'ended']),
  }),
  z.object({ type: z.literal('unknown'), ...head, name: z.string(), odd: z.boolean() }),
])
export type StoredCardEvent = z.output<typeof cardEventSchema>
export type CardEventOf<Type extends StoredCardEvent['type']> = Extract<StoredCardEvent, { type: Type }>

/** What became of it, for an operator. All but the first two wait for somebody to look. */
export type CardOutcome =
  | 'done'
  | 'nothing to do'
  | 'unknown object'
  | 'more than is left'
  | 'more than was paid'
  | 'a visit was paid back'
  | 'said in a way we do not know'
