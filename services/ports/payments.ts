import type { Pence } from '#services/kernel/money.ts'

export type PaymentResult =
  | { status: 'confirmed'; reference: string }
  | { status: 'sent'; reference: string }
  | { status: 'declined'; reason: 'sandbox' | 'declined' | 'unavailable' }

/** Moves money outside Kith, or stands in for it. Kith itself holds none. */
export interface Payments {
  readonly name: 'sandbox' | 'stripe'
  /** Said on every page where it matters: 'Demo: no money moves.' Empty when money really moves. */
  readonly label: string
  /** The same key never takes money twice and always gets the same answer. */
  pay(input: {
    key: string
    amount: Pence
    providerId: string
    payer: { kind: 'person' | 'council' | 'fund_holder'; id: string }
  }): Promise<PaymentResult>
}
