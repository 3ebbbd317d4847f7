/** How much of a settled visit can be given back, by whom, and to whom it goes. Pure. */
import { type Pence, allocate, pence } from '#services/kernel/money.ts'
import type { PayerKind } from '#services/ledger/accounts.rules.ts'

/** What one fund paid for a visit, and what of it was given back already. */
export interface PaidByFund {
  allocationId: string
  paid: number
  refunded: number
}

export const leftToRefund = (parts: readonly PaidByFund[]): Pence =>
  pence(parts.reduce((sum, part) => sum + part.paid - part.refunded, 0))

/**
 * What goes back to each fund: in proportion to what each has paid and not had back, to the penny, by the largest remainder.
 * @throws RangeError when it is nothing, or more than is left
 */
export function splitRefund(amount: Pence, parts: readonly PaidByFund[]): Map<string, Pence> {
  if (amount <= 0 || amount > leftToRefund(parts)) throw new RangeError('A refund is a part of what was paid')
  const shares = allocate(
    amount,
    parts.map((part) => part.paid - part.refunded),
  )
  return new Map(
    parts
      .map(({ allocationId }, at) => [allocationId, shares[at] ?? pence(0)] as const)
      .filter(([, part]) => part > 0),
  )
}

/** Who decides: the council, when any of it is its contract; else the provider, whose contract it is. */
export const decidesFor = (payers: readonly PayerKind[]): 'provider' | 'council' =>
  payers.includes('council') ? 'council' : 'provider'

export interface ChargedWeek {
  costPence: number
  assessedPence: number
  chargedPence: number
}

/**
 * The person's part of what a council's fund gets back: what they were charged for the week, less what the week's care now
 * allows ("never more than the care costs"; services/contributions). Nothing for a week that was not charged yet.
 */
export function personPart(week: ChargedWeek | null, councilPart: Pence): Pence {
  if (!week) return pence(0)
  const allowed = Math.min(week.assessedPence, Math.max(0, week.costPence - councilPart))
  return pence(Math.min(councilPart, Math.max(0, week.chargedPence - allowed)))
}

/** Where the money of one fund's part is. */
export type MoneyIs =
  /** It is due, or sent and not known to have arrived: the next payment is smaller by it. */
  | 'not_paid_yet'
  /** It had been paid, and nothing has come back. */
  | 'with_provider'
  /** The provider says that it was sent, or the card's bank has it. */
  | 'on_its_way'
  | 'back'

type PayableState = 'due' | 'in_payment' | 'sent' | 'paid'

export function moneyIs(original: PayableState, credit: PayableState): MoneyIs {
  if (credit === 'paid') return 'back'
  if (credit !== 'due') return 'on_its_way'
  return original === 'paid' ? 'with_provider' : 'not_paid_yet'
}
