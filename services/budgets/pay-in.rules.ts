/**
 * What a person pays net goes into the same account as the council's money, period by period beside it. Pure: what both
 * sides' instalments become when an assessment changes.
 */
import { type Pence, pence } from '#services/kernel/money.ts'

/** The days of one of the council's instalments, and what the person pays in for the same days. All in pence. */
export interface PayInPeriod {
  /** ISO dates, both included. */
  dueOn: string
  until: string
  /** null where the council pays nothing of its own for these days. */
  council: { pence: number; mayChange: boolean } | null
  /** What the person has paid in for these days, and what is still asked for. */
  arrived: number
  open: number
}

export interface PlannedPeriod {
  dueOn: string
  until: string
  council: Pence | null
  arrived: Pence
  /** Still to be paid in. */
  open: Pence
}

export interface PayInPlan {
  periods: PlannedPeriod[]
  /** Paid in beyond what is assessed, and nothing that is still to come is large enough to be made smaller by it. */
  overpaid: Pence
  /** By what the council's instalments could not be made smaller (above zero) or larger (below), because none is left. */
  councilLeft: Pence
}

/**
 * For each period the person is asked for what is assessed, less what they have paid in for it; what they paid in too much
 * makes the next ones smaller. `within`: the budget stays as large as it is, so the council's instalments that are still to
 * come change by as much the other way. `beside`: the council's money leaves the person's part out already.
 *
 * @param target what is assessed for the days from `dueOn` until `until`
 */
export function planPayIns(
  periods: readonly PayInPeriod[],
  target: (from: string, until: string) => number,
  council: 'within' | 'beside',
): PayInPlan {
  /** Below zero: paid in too much before. */
  let carry = 0
  /** What the council's instalments have to give up (above zero), because the person pays more. */
  let toGive = 0
  const planned = periods.map(({ dueOn, until, council: theirs, arrived, open }): PlannedPeriod => {
    const missing = target(dueOn, until) + carry - arrived
    const becomes = Math.max(0, missing)
    carry = missing - becomes
    if (council === 'within') toGive += becomes - open
    // An instalment is never nothing.
    const gives = theirs?.mayChange ? Math.min(toGive, theirs.pence - 1) : 0
    toGive -= gives
    return {
      dueOn,
      until,
      council: theirs ? pence(theirs.pence - gives) : null,
      arrived: pence(arrived),
      open: pence(becomes),
    }
  })
  return { periods: planned, overpaid: pence(Math.max(0, -carry)), councilLeft: pence(toGive) }
}

export interface OpenInstalment {
  id: string
  pence: number
}

/**
 * Money that was paid in counts for the instalments that are due longest: whole ones first, a part of the next.
 * @returns what arrives of each, and what is more than all of them
 */
export function spreadPayIn(
  amount: number,
  open: readonly OpenInstalment[],
): { arrives: { id: string; pence: Pence; rest: Pence }[]; over: Pence } {
  let left = amount
  const arrives = open.flatMap((one) => {
    const takes = Math.min(left, one.pence)
    if (takes <= 0) return []
    left -= takes
    return [{ id: one.id, pence: pence(takes), rest: pence(one.pence - takes) }]
  })
  return { arrives, over: pence(left) }
}
