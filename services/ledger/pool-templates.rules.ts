/** Posting templates for what several people buy together: one journal for all members, or none. Pure. */
import { type Pence, negate, subtract } from '#services/kernel/money.ts'
import { type Payer, budgetAccount, earnedAccount, payerAccount } from './accounts.rules.ts'
import { type Journal, journal, line, lineFor } from './templates.rules.ts'

/** A member's part of something that several people buy together. */
export interface ShareMoney {
  allocationId: string
  shareId: string
  amount: Pence
}

/** Sets every member's part aside in one journal: all of them, or none. */
export const poolHeld = (key: string, shares: readonly ShareMoney[]): Journal =>
  journal({
    kind: 'hold_placed',
    key,
    lines: shares.flatMap(({ allocationId, shareId, amount }) => [
      lineFor(budgetAccount('available', allocationId), negate(amount), shareId),
      lineFor(budgetAccount('held', allocationId), amount, shareId),
    ]),
  })

/** Gives every member's part back in one journal. */
export const poolReleased = (key: string, shares: readonly ShareMoney[]): Journal => ({
  ...poolHeld(
    key,
    shares.map((share) => ({ ...share, amount: negate(share.amount) })),
  ),
  kind: 'hold_released',
})

/** It happened: each member's part becomes spent up to what it came to, and their payer owes the provider. */
export const poolSettled = (
  key: string,
  providerId: string,
  parts: readonly (ShareMoney & { held: Pence; payer: Payer })[],
): Journal =>
  journal({
    kind: 'visit_settled',
    key,
    lines: parts.flatMap(({ allocationId, shareId, amount, held, payer }) => [
      lineFor(budgetAccount('held', allocationId), negate(held), shareId),
      lineFor(budgetAccount('spent', allocationId), amount, shareId),
      lineFor(budgetAccount('available', allocationId), subtract(held, amount), shareId),
      line(payerAccount('due', payer, providerId), amount),
      line(earnedAccount(providerId), negate(amount)),
    ]),
  })

/** One member gets a part of theirs back, and nobody else's moves. */
export const poolRefunded = (
  key: string,
  reversesId: string,
  providerId: string,
  { allocationId, amount, payer }: Omit<ShareMoney, 'shareId'> & { payer: Payer },
): Journal =>
  journal({
    kind: 'refund',
    key,
    reversesId,
    lines: [
      line(budgetAccount('spent', allocationId), negate(amount)),
      line(budgetAccount('available', allocationId), amount),
      line(payerAccount('due', payer, providerId), negate(amount)),
      line(earnedAccount(providerId), amount),
    ],
  })
