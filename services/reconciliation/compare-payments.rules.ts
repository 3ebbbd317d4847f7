/** The books against the payment service: what it took, gave back and paid out, against what Kith knows. Pure. */
import { pounds } from '#services/kernel/money.ts'
import type { MovementKind, PayoutStatus } from '#services/ports/payment-accounts.ts'
import type { Difference } from './difference.rules.ts'

/** One movement on an account at the payment service. Pence; what leaves the account is below zero. */
export interface ServiceMovement {
  reference: string
  kind: MovementKind
  gross: number
  /** Kith's own payment, where the service knows it. */
  payment: string | null
}

export interface AccountOwner {
  councilId: string | null
  providerId: string | null
  name: string
}

/** A card payment or a Direct Debit as Kith has it. */
export interface KithsPayment {
  id: string
  pence: number
  state: 'started' | 'needs_you' | 'sent' | 'confirmed' | 'failed' | 'returned' | 'cancelled'
  /** Given back by the service so far, by Kith's books; above zero. */
  back: number
  /** Whether somebody's question to their bank is known here. */
  questioned: boolean
  /** Whether it ended in the time that is looked at: only then must the service show that it took it. */
  inTime: boolean
  councilId: string | null
}

const STATE: Readonly<Record<KithsPayment['state'], string>> = {
  started: 'begun',
  needs_you: 'waiting for the person',
  sent: 'on its way',
  confirmed: 'paid',
  failed: 'not arrived',
  returned: 'come back',
  cancelled: 'not sent',
}
const TOOK: readonly MovementKind[] = ['payment', 'payment_failed']
const BACK: readonly MovementKind[] = ['refund', 'refund_failed']
const QUESTIONED: readonly MovementKind[] = ['dispute', 'dispute_returned']

/** Differences on one account over a time. */
export function comparePayments(
  movements: readonly ServiceMovement[],
  payments: readonly KithsPayment[],
  owner: AccountOwner,
): Difference[] {
  const found: Difference[] = []
  const known = new Map(payments.map((one) => [one.id, one]))
  const of = new Map<string, ServiceMovement[]>()
  for (const one of movements) {
    if (![...TOOK, ...BACK, ...QUESTIONED].includes(one.kind)) continue
    if (one.payment !== null && known.has(one.payment))
      of.set(one.payment, [...(of.get(one.payment) ?? []), one])
    else
      found.push({
        source: 'payments',
        key: `payments:movement:${one.reference}`,
        councilId: owner.councilId,
        providerId: owner.providerId,
        subjectId: null,
        words: `The payment service moved ${pounds(one.gross)} on the account of ${owner.name}, for no payment that Kith knows. Its reference there is ${one.reference}.`,
        ledgerPence: null,
        outsidePence: one.gross,
      })
  }
  for (const payment of payments) found.push(...differencesOf(payment, of.get(payment.id) ?? [], owner))
  return found
}

function differencesOf(
  payment: KithsPayment,
  movements: readonly ServiceMovement[],
  owner: AccountOwner,
): Difference[] {
  const sum = (kinds: readonly MovementKind[]): number =>
    movements.filter(({ kind }) => kinds.includes(kind)).reduce((all, { gross }) => all + gross, 0)
  const has = (kinds: readonly MovementKind[]): boolean => movements.some(({ kind }) => kinds.includes(kind))
  const [took, back, questioned] = [sum(TOOK), 0 - sum(BACK), 0 - sum(QUESTIONED)]
  const counts = payment.state === 'confirmed' || payment.state === 'returned'
  const here = counts ? payment.pence : 0
  const item = (what: string, words: string, ledgerPence: number, outsidePence: number): Difference => ({
    source: 'payments',
    key: `payments:${payment.id}:${what}`,
    councilId: payment.councilId ?? owner.councilId,
    providerId: owner.providerId,
    subjectId: payment.id,
    words,
    ledgerPence,
    outsidePence,
  })
  const found: Difference[] = []
  if ((payment.inTime || has(TOOK)) && took !== here)
    found.push(
      item(
        'taken',
        took === 0
          ? `Kith has ${pounds(payment.pence)} to ${owner.name} as paid by card, and the payment service shows that it took nothing.`
          : `The payment service took ${pounds(took)} for ${owner.name}, and Kith has ${pounds(payment.pence)} as ${STATE[payment.state]}.`,
        here,
        took,
      ),
    )
  if (back !== payment.back)
    found.push(
      item(
        'back',
        `Of a payment of ${pounds(payment.pence)} to ${owner.name} the payment service gave ${pounds(back)} back, and Kith has ${pounds(payment.back)} as given back.`,
        payment.back,
        back,
      ),
    )
  if (questioned > 0 && !payment.questioned)
    found.push(
      item(
        'questioned',
        `A bank took ${pounds(questioned)} back of a payment to ${owner.name}, because the card’s holder questioned it. Kith has not heard of it.`,
        0,
        questioned,
      ),
    )
  return found
}

export interface ServicePayout {
  reference: string
  status: PayoutStatus
  pence: number
}
export interface KithsPayout {
  reference: string
  state: string
  pence: number
}

const PAYOUT: Readonly<Record<string, string>> = { paid: 'paid', failed: 'failed' }

/** Payouts of one account that have ended there, against what Kith told its owner. */
export function comparePayouts(
  there: readonly ServicePayout[],
  here: readonly KithsPayout[],
  owner: AccountOwner,
): Difference[] {
  const known = new Map(here.map((one) => [one.reference, one]))
  return there.flatMap((payout): Difference[] => {
    const ended = PAYOUT[payout.status]
    if (!ended) return []
    const ours = known.get(payout.reference)
    if (ours?.state === ended && ours.pence === payout.pence) return []
    return [
      {
        source: 'payments',
        key: `payments:payout:${payout.reference}`,
        councilId: owner.councilId,
        providerId: owner.providerId,
        subjectId: null,
        words: `The payment service says that a payout of ${pounds(payout.pence)} to ${owner.name} ${ended === 'paid' ? 'was paid' : 'failed'}, and Kith ${ours ? `has ${pounds(ours.pence)} as ${ours.state}` : 'has not heard of it'}.`,
        ledgerPence: ours?.pence ?? null,
        outsidePence: payout.pence,
      },
    ]
  })
}
