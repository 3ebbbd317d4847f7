/**
 * Posting templates for what is bought outside Kith, and for wages by the bureau's figures. Each may take from several allocations: a
 * fund and what the person pays in towards it. Pure.
 */
import { type Pence, negate, subtract } from '#services/kernel/money.ts'
import { budgetAccount } from './accounts.rules.ts'
import { type Journal, type PostingLine, journal, line, lineFor } from './templates.rules.ts'

/** What one allocation has to do with it. */
export interface Part {
  allocationId: string
  amount: Pence
}
export interface ClearedPart extends Part {
  /** What was set aside for it from this allocation. */
  held: Pence
}

const moved = (
  parts: readonly Part[],
  refId: string,
  sides: readonly ['available', 'held'] | readonly ['held', 'available'],
): PostingLine[] =>
  parts.flatMap(({ allocationId, amount }) => [
    lineFor(budgetAccount(sides[0], allocationId), negate(amount), refId),
    lineFor(budgetAccount(sides[1], allocationId), amount, refId),
  ])

/** Something bought outside Kith is authorised (a card) or agreed (a purchase), so its money is set aside under its own id. */
export const purchaseHeld = (key: string, refId: string, parts: readonly Part[]): Journal =>
  journal({ kind: 'card_authorised', key, lines: moved(parts, refId, ['available', 'held']) })

/** It was paid: `amount` is what it came to, `held` what was set aside; the rest goes back, or comes from what is left. */
export const purchaseCleared = (key: string, refId: string, parts: readonly ClearedPart[]): Journal =>
  journal({
    kind: 'card_cleared',
    key,
    lines: parts.flatMap(({ allocationId, held, amount }) => [
      lineFor(budgetAccount('held', allocationId), negate(held), refId),
      lineFor(budgetAccount('spent', allocationId), amount, refId),
      lineFor(budgetAccount('available', allocationId), subtract(held, amount), refId),
    ]),
  })

/** It will not be bought after all. */
export const purchaseReleased = (key: string, refId: string, held: readonly Part[]): Journal =>
  journal({ kind: 'card_reversed', key, lines: moved(held, refId, ['held', 'available']) })

/** A merchant gives money back onto a card after it was spent. */
export const purchaseRefunded = (key: string, reversesId: string, parts: readonly Part[]): Journal =>
  journal({
    kind: 'refund',
    key,
    reversesId,
    lines: parts.flatMap(({ allocationId, amount }) => [
      line(budgetAccount('spent', allocationId), negate(amount)),
      line(budgetAccount('available', allocationId), amount),
    ]),
  })

/** Wages, tax, pension and the bureau's fee of one pay period, by the bureau's figures. */
export const payrollPaid = (key: string, parts: readonly Part[]): Journal =>
  journal({
    kind: 'payroll_paid',
    key,
    lines: parts.flatMap(({ allocationId, amount }) => [
      line(budgetAccount('available', allocationId), negate(amount)),
      line(budgetAccount('spent', allocationId), amount),
    ]),
  })
