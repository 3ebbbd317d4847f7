/** Stripe Issuing's cards and purchases in our words, and our controls in Stripe's. */
import { z } from 'zod'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { CardControls, CardState, CardStatus, Merchant } from '#services/ports/cards.ts'

/** Of shops there may be many: a value of Stripe's metadata holds 500 characters, so they are kept in several. */
const IN_A_VALUE = 80
const VALUES = 12
const CASH_CATEGORIES = ['automated_cash_disburse', 'manual_cash_disburse'] as const

const text = z.string().nullish()
const metadata = z.record(z.string(), z.string()).nullish()
const id = z.union([z.string(), z.object({ id: z.string() }).transform((object) => object.id)])
const controlsShape = z
  .object({
    blocked_categories: z.array(z.string()).nullish(),
    spending_limits: z.array(z.object({ amount: z.int(), interval: z.string() })).nullish(),
  })
  .nullish()

export const cardShape = z.object({
  id: z.string(),
  status: z.string(),
  cardholder: id,
  last4: z.string(),
  exp_month: z.number(),
  exp_year: z.number(),
  metadata,
  spending_controls: controlsShape,
  replacement_for: id.nullish(),
})
export type StripeCard = z.output<typeof cardShape>

const merchant = z.object({ name: text, category_code: z.string(), city: text })
export const authorisationShape = z.object({
  id: z.string(),
  created: z.number(),
  approved: z.boolean(),
  status: z.string(),
  amount: z.int(),
  currency: z.literal('gbp'),
  card: cardShape,
  merchant_data: merchant,
  metadata,
  pending_request: z.object({ amount: z.int(), currency: z.string() }).nullish(),
  request_history: z
    .array(z.object({ amount: z.int(), reason: z.string(), approved: z.boolean() }))
    .default([]),
})
export type StripeAuthorisation = z.output<typeof authorisationShape>
export const transactionShape = z.object({
  id: z.string(),
  amount: z.int(),
  currency: z.literal('gbp'),
  authorization: id.nullish(),
  card: id,
  type: z.string(),
  merchant_data: merchant,
})

export const merchantOf = (shop: z.output<typeof merchant>): Merchant => ({
  name: shop.name?.trim() || 'A shop',
  mcc: shop.category_code,
  town: shop.city?.trim() || null,
})

/** What Stripe itself enforces of our controls, before it asks: limits and cash. Kinds of shop are ours to answer. */
export const spendingControls = (controls: CardControls) => ({
  // An empty list would leave what was there before.
  spending_limits: [
    { amount: controls.perPurchase, interval: 'per_authorization' as const },
    { amount: controls.perDay, interval: 'daily' as const },
    { amount: controls.perMonth, interval: 'monthly' as const },
  ].flatMap(({ amount, interval }) => (amount === null ? [] : [{ amount, interval }])),
  blocked_categories: controls.cash ? [] : [...CASH_CATEGORIES],
})

/** The rest of our controls, kept with the card. Unused values are emptied, which removes them. */
export function shopsMetadata(shops: CardControls['shops']): Record<string, string> {
  const codes = shops === null ? [] : 'only' in shops ? shops.only : shops.not
  if (codes.length > IN_A_VALUE * VALUES)
    throw new RangeError('More kinds of shop than can be kept with a card')
  const values = Array.from({ length: VALUES }, (_, index) => [
    `kith_shops_${String(index)}`,
    codes.slice(index * IN_A_VALUE, (index + 1) * IN_A_VALUE).join(' '),
  ])
  return {
    kith_shops: shops === null ? '' : 'only' in shops ? 'only' : 'not',
    ...(Object.fromEntries(values) as Record<string, string>),
  }
}

function shopsOf(kept: Record<string, string>): CardControls['shops'] {
  const kind = kept['kith_shops']
  if (kind !== 'only' && kind !== 'not') return null
  const codes = Array.from({ length: VALUES }, (_, index) => kept[`kith_shops_${String(index)}`] ?? '')
    .join(' ')
    .split(' ')
    .filter(Boolean)
  return kind === 'only' ? { only: codes } : { not: codes }
}

export function controlsOf(card: StripeCard): CardControls {
  const limits = card.spending_controls?.spending_limits ?? []
  const limit = (interval: string): Pence | null => {
    const found = limits.find((one) => one.interval === interval)
    return found ? pence(found.amount) : null
  }
  return {
    shops: shopsOf(card.metadata ?? {}),
    perPurchase: limit('per_authorization'),
    perDay: limit('daily'),
    perMonth: limit('monthly'),
    cash: !card.spending_controls?.blocked_categories?.includes(CASH_CATEGORIES[0]),
  }
}

export function statusOf(card: Pick<StripeCard, 'status' | 'metadata'>): CardStatus {
  if (card.status === 'active') return 'active'
  if (card.status === 'canceled') return 'ended'
  return card.metadata?.['kith_waiting'] === 'yes' ? 'waiting' : 'frozen'
}

export const cardState = (card: StripeCard): CardState => ({
  card: card.id,
  allocation: card.metadata?.['kith_allocation'] ?? '',
  holder: card.cardholder,
  carriedBy: card.metadata?.['kith_carried_by'] === 'supporter' ? 'supporter' : 'person',
  status: statusOf(card),
  last4: card.last4,
  expires: `${String(card.exp_year)}-${String(card.exp_month).padStart(2, '0')}`,
  controls: controlsOf(card),
  replaces: card.replacement_for ?? null,
})
