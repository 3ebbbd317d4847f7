/** Posting templates for what is bought outside Kith, and for wages by the bureau's figures. Pure. */
import { type Pence, negate, subtract } from '#services/kernel/money.ts'
import { budgetAccount } from './accounts.rules.ts'
import { type Journal, journal, line, lineFor } from './templates.rules.ts'

/** Something bought outside Kith is authorised (a card) or agreed (a purchase), so its money is set aside under its own id. */
export const purchaseHeld = (key: string, allocationId: string, refId: string, amount: Pence): Journal =>
  journal({
    kind: 'card_authorised',
    key,
    lines: [
      lineFor(budgetAccount('available', allocationId), negate(amount), refId),
      lineFor(budgetAccount('held', allocationId), amount, refId),
    ],
  })

/** It was paid: `amount` is what it came to, `held` what was set aside; the rest goes back, or comes from what is left. */
export const purchaseCleared = (
  key: string,
  allocationId: string,
  refId: string,
  held: Pence,
  amount: Pence,
): Journal =>
  journal({
    kind: 'card_cleared',
    key,
    lines: [
      lineFor(budgetAccount('held', allocationId), negate(held), refId),
      lineFor(budgetAccount('spent', allocationId), amount, refId),
      lineFor(budgetAccount('available', allocationId), subtract(held, amount), refId),
    ],
  })

/** It will not be bought after all. */
export const purchaseReleased = (key: string, allocationId: string, refId: string, held: Pence): Journal =>
  journal({
    kind: 'card_reversed',
    key,
    lines: [
      lineFor(budgetAccount('held', allocationId), negate(held), refId),
      lineFor(budgetAccount('available', allocationId), held, refId),
    ],
  })

/** A merchant gives money back onto a card after it was spent. */
export const purchaseRefunded = (
  key: string,
  reversesId: string,
  allocationId: string,
  amount: Pence,
): Journal =>
  journal({
    kind: 'refund',
    key,
    reversesId,
    lines: [
      line(budgetAccount('spent', allocationId), negate(amount)),
      line(budgetAccount('available', allocationId), amount),
    ],
  })

/** Wages, tax, pension and the bureau's fee of one pay period, by the bureau's figures. */
export const payrollPaid = (key: string, allocationId: string, amount: Pence): Journal =>
  journal({
    kind: 'payroll_paid',
    key,
    lines: [
      line(budgetAccount('available', allocationId), negate(amount)),
      line(budgetAccount('spent', allocationId), amount),
    ],
  })
