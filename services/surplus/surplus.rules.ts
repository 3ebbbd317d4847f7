import { type Pence, pence } from '#services/kernel/money.ts'

export interface FundStanding {
  available: Pence
  /** For visits whose money is still to come: it will be taken from what is there. */
  planned: Pence
  agreed: Pence
  /** Days of the fund, both ends included. */
  days: number
}

export interface Surplus {
  /** What may stay: so many weeks of the fund. */
  keep: Pence
  surplus: Pence
}

/**
 * What lies in a fund above so many weeks of it. Set aside and kept back are accounts of their own in the ledger and are
 * not part of `available`, so they never count.
 */
export function surplusOf(fund: FundStanding, weeks: number): Surplus {
  const weekly = Math.ceil((fund.agreed * 7) / Math.max(7, fund.days))
  const keep = pence(weekly * weeks)
  return { keep, surplus: pence(Math.max(0, fund.available - fund.planned - keep)) }
}

/** How surplus is asked about in words: the figures first, then what is not counted. */
export const STATE_WORDS = {
  told: 'Waiting for the answer',
  answered: 'Answered: the council decides',
  decided: 'Decided: it can be appealed',
  appealed: 'Appealed: somebody else looks at it',
  reclaimed: 'Went back to the council',
  closed: 'Closed: nothing was taken',
} as const
export type SurplusState = keyof typeof STATE_WORDS
