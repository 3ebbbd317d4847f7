/**
 * The posting templates: one function a journal kind, as the table in docs/decisions/2026-11-21-two-books.md.
 * Pure. Each returns lines that sum to zero in each book and for each allocation; the database checks it again.
 */
import { type Pence, negate, pence, subtract } from '#services/kernel/money.ts'
import {
  type AccountRef,
  type Payer,
  budgetAccount,
  councilIncomeAccount,
  earnedAccount,
  payerAccount,
  personDueAccount,
} from './accounts.rules.ts'

export type JournalKind =
  | 'allocation_funded'
  | 'hold_placed'
  | 'hold_released'
  | 'visit_settled'
  | 'person_charged'
  | 'person_paid'
  | 'person_written_off'
  | 'payment_sent'
  | 'payment_confirmed'
  | 'payment_failed'
  | 'payment_returned'
  | 'refund'
  | 'card_authorised'
  | 'card_cleared'
  | 'card_reversed'
  | 'payroll_paid'
  | 'ring_fenced'
  | 'ring_fence_freed'
  | 'allocation_adjusted'
  | 'remainder_moved'
  | 'surplus_reclaimed'

export interface PostingLine {
  account: AccountRef
  amount: Pence
  bookingId: string | null
  visitId: string | null
  /** What a hold is for, when it is no visit: a purchase, a card's transaction, a member's share. */
  refId?: string
}

export interface Journal {
  kind: JournalKind
  /** One key, one journal: posting it again changes nothing and gives the first one back. */
  key: string
  lines: readonly PostingLine[]
  /** The journal that a refund reverses. */
  reversesId?: string
  note?: string
}

/** The part of a visit that one allocation pays. */
export interface VisitMoney {
  allocationId: string
  bookingId: string
  visitId: string
  amount: Pence
}

export const line = (
  account: AccountRef,
  amount: Pence,
  about?: { bookingId: string; visitId: string },
): PostingLine => ({
  account,
  amount,
  bookingId: about?.bookingId ?? null,
  visitId: about?.visitId ?? null,
})
/** A line of a hold for something that is no visit. */
export const lineFor = (account: AccountRef, amount: Pence, refId: string): PostingLine => ({
  ...line(account, amount),
  refId,
})
/** Zero lines say nothing, and the database refuses them. */
export const journal = (value: Journal): Journal => ({
  ...value,
  lines: value.lines.filter((entry) => entry.amount !== 0),
})

/** The same journal with words for the statement: a merchant, an assistant, a purpose; never a diagnosis. */
export const noted = (entry: Journal, note: string): Journal => ({ ...entry, note })

/** Money arrives for an allocation: an instalment, the agreed money of a period that starts, own money pledged. */
export const allocationFunded = (key: string, allocationId: string, amount: Pence): Journal =>
  journal({
    kind: 'allocation_funded',
    key,
    lines: [
      line(budgetAccount('funder', allocationId), negate(amount)),
      line(budgetAccount('available', allocationId), amount),
    ],
  })

/** Sets money aside for visits. Fails at the database when an allocation has not enough. */
export const holdPlaced = (key: string, parts: readonly VisitMoney[]): Journal =>
  journal({
    kind: 'hold_placed',
    key,
    lines: parts.flatMap((part) => [
      line(budgetAccount('available', part.allocationId), negate(part.amount), part),
      line(budgetAccount('held', part.allocationId), part.amount, part),
    ]),
  })

/** Gives back what was set aside and is no longer needed. */
export const holdReleased = (key: string, parts: readonly VisitMoney[]): Journal =>
  journal({
    kind: 'hold_released',
    key,
    lines: parts.flatMap((part) => [
      line(budgetAccount('held', part.allocationId), negate(part.amount), part),
      line(budgetAccount('available', part.allocationId), part.amount, part),
    ]),
  })

export interface SettledPart extends VisitMoney {
  /** What was set aside for this visit from this allocation. */
  held: Pence
  /** Who pays the provider for this allocation. */
  payer: Payer
}

/**
 * A visit is settled: what was set aside becomes spent up to its cost, the rest goes back to its fund, and the payer
 * owes the provider. `amount` is the cost to this allocation; above `held` the rest comes from available.
 */
export const visitSettled = (key: string, providerId: string, parts: readonly SettledPart[]): Journal =>
  journal({
    kind: 'visit_settled',
    key,
    lines: parts.flatMap((part) => [
      line(budgetAccount('held', part.allocationId), negate(part.held), part),
      line(budgetAccount('spent', part.allocationId), part.amount, part),
      line(budgetAccount('available', part.allocationId), subtract(part.held, part.amount), part),
      line(payerAccount('due', part.payer, providerId), part.amount, part),
      line(earnedAccount(providerId), negate(part.amount), part),
    ]),
  })

/**
 * What the person pays towards gross-charged care; never more than the care costs. Below zero when a week turned out to
 * cost less, or was assessed anew.
 */
export const personCharged = (
  key: string,
  personId: string,
  councilId: string,
  amount: Pence,
  about?: { bookingId: string; visitId: string },
): Journal =>
  journal({
    kind: 'person_charged',
    key,
    lines: [
      line(personDueAccount(personId, councilId), amount, about),
      line(councilIncomeAccount(councilId), negate(amount), about),
    ],
  })

export const personPaid = (key: string, personId: string, councilId: string, amount: Pence): Journal =>
  journal({
    kind: 'person_paid',
    key,
    lines: [
      line(personDueAccount(personId, councilId), negate(amount)),
      line(councilIncomeAccount(councilId), amount),
    ],
  })

/** A council lets go of what a person owes. */
export const personWrittenOff = (
  key: string,
  personId: string,
  councilId: string,
  amount: Pence,
): Journal => ({
  ...personPaid(key, personId, councilId, amount),
  kind: 'person_written_off',
})

/** Money leaves a payer for a provider. Below zero: it comes back from the provider. */
export const paymentSent = (key: string, payer: Payer, providerId: string, amount: Pence): Journal =>
  journal({
    kind: 'payment_sent',
    key,
    lines: [
      line(payerAccount('due', payer, providerId), negate(amount)),
      line(payerAccount('in_transit', payer, providerId), amount),
    ],
  })

export const paymentConfirmed = (key: string, payer: Payer, providerId: string, amount: Pence): Journal =>
  journal({
    kind: 'payment_confirmed',
    key,
    lines: [
      line(payerAccount('in_transit', payer, providerId), negate(amount)),
      line(earnedAccount(providerId), amount),
    ],
  })

export const paymentFailed = (key: string, payer: Payer, providerId: string, amount: Pence): Journal =>
  journal({
    kind: 'payment_failed',
    key,
    lines: [
      line(payerAccount('in_transit', payer, providerId), negate(amount)),
      line(payerAccount('due', payer, providerId), amount),
    ],
  })

/** A payment that had been confirmed comes back: a bank returned it, or a card's holder won a dispute. It is owed again. */
export const paymentReturned = (key: string, payer: Payer, providerId: string, amount: Pence): Journal =>
  journal({
    kind: 'payment_returned',
    key,
    lines: [
      line(earnedAccount(providerId), negate(amount)),
      line(payerAccount('due', payer, providerId), amount),
    ],
  })

export interface RefundPart extends VisitMoney {
  payer: Payer
  /** An ended allocation's money goes back to whoever funded it. */
  allocationEnded: boolean
}

/**
 * Reverses part of a settled visit; the money returns to the allocation it came from. When it had been paid, the provider
 * owes it back: what is due falls below zero. What the person had been charged of it is a journal of its own
 * (`personCharged`, below zero), because it follows from the whole week.
 */
export const refund = (
  key: string,
  reversesId: string,
  providerId: string,
  parts: readonly RefundPart[],
): Journal =>
  journal({
    kind: 'refund',
    key,
    reversesId,
    lines: parts.flatMap((part) => [
      line(budgetAccount('spent', part.allocationId), negate(part.amount), part),
      line(
        budgetAccount(part.allocationEnded ? 'funder' : 'available', part.allocationId),
        part.amount,
        part,
      ),
      line(payerAccount('due', part.payer, providerId), negate(part.amount), part),
      line(earnedAccount(providerId), part.amount, part),
    ]),
  })

/** Keeps money back for wages, holiday, notice or contingency; a negative amount frees it. */
export const ringFenced = (key: string, allocationId: string, amount: Pence): Journal =>
  journal({
    kind: amount < 0 ? 'ring_fence_freed' : 'ring_fenced',
    key,
    lines: [
      line(budgetAccount('available', allocationId), negate(amount)),
      line(budgetAccount('ring_fenced', allocationId), amount),
    ],
  })

/** The council changes what was agreed; `amount` is taken from what is left (negative: added). */
export const allocationAdjusted = (
  key: string,
  allocationId: string,
  amount: Pence,
  kind: 'allocation_adjusted' | 'surplus_reclaimed' = 'allocation_adjusted',
): Journal =>
  journal({
    kind,
    key,
    lines: [
      line(budgetAccount('available', allocationId), negate(amount)),
      line(budgetAccount('funder', allocationId), amount),
    ],
  })

/** What moves when a fund is held another way from a day on. */
export interface Remainder {
  available: Pence
  /** Kept back for wages, notice and the like. */
  ringFenced: Pence
  /** What is set aside for visits that are still to come. */
  holds: readonly Omit<VisitMoney, 'allocationId'>[]
}

/** The remainder of one allocation becomes another's, with what is set aside, in one journal. */
export const remainderMoved = (
  key: string,
  fromId: string,
  toId: string,
  { available, ringFenced: kept, holds }: Remainder,
): Journal => {
  const side = (id: string, sign: 1 | -1): PostingLine[] => {
    const of = (amount: Pence): Pence => (sign === 1 ? amount : negate(amount))
    const held = holds.map((hold) => line(budgetAccount('held', id), of(hold.amount), hold))
    const whole = holds.reduce((sum, hold) => sum + hold.amount, available + kept)
    return [
      ...held,
      line(budgetAccount('available', id), of(available)),
      line(budgetAccount('ring_fenced', id), of(kept)),
      line(budgetAccount('funder', id), negate(of(pence(whole)))),
    ]
  }
  return journal({ kind: 'remainder_moved', key, lines: [...side(fromId, -1), ...side(toId, 1)] })
}

/** What is wrong with a journal before it reaches the database; null when nothing is. */
export function imbalance(entry: Journal): string | null {
  const sums = new Map<string, number>()
  for (const { account, amount } of entry.lines) {
    const group = account.allocation_id ?? 'obligation'
    sums.set(group, (sums.get(group) ?? 0) + amount)
  }
  for (const [group, sum] of sums) if (sum !== 0) return `${entry.kind}: ${group} is out by ${String(sum)}`
  return entry.lines.length === 0 ? `${entry.kind}: nothing to post` : null
}
