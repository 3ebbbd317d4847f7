/** Movements on prepaid cards against the ledger: what is set aside and what is spent for each. Pure. */
import { pounds } from '#services/kernel/money.ts'
import type { Difference } from './difference.rules.ts'

export interface CardMovementFact {
  id: string
  councilId: string
  movement: 'purchase' | 'cash' | 'fee' | 'refund'
  state: 'authorised' | 'cleared' | 'reversed' | 'declined'
  pence: number
  merchant: string
  last4: string
  /** It paid for a visit: the visit's own payment is in the books, and nothing of this. */
  forVisit: boolean
  /** Of what was authorised: how much is set aside for it beside what an agreed purchase has set aside already. */
  heldPence: number
  /** By the ledger, for this movement; what was given back is spent below zero. */
  held: number
  spent: number
}

const STATE: Readonly<Record<CardMovementFact['state'], string>> = {
  authorised: 'set aside and not taken yet',
  cleared: 'taken',
  reversed: 'not taken after all',
  declined: 'declined',
}

/**
 * What was authorised is set aside; what was taken is spent and no longer set aside; what a shop gave back is taken out of what
 * was spent; of all else the ledger has nothing.
 * Loads are held against what arrived (`compareLoads`).
 */
export const compareCards = (movements: readonly CardMovementFact[]): Difference[] =>
  movements.flatMap((one): Difference[] => {
    const held = one.state === 'authorised' && !one.forVisit ? one.heldPence : 0
    // Taken first as a purchase, and said later to be for a visit: it stays in the books as what was taken and given back.
    const back = one.movement === 'refund'
    const taken = back ? -one.pence : one.pence
    const spent = one.state === 'cleared' ? (one.forVisit ? [0, taken] : [taken]) : [0]
    if (one.held === held && spent.includes(one.spent)) return []
    return [
      {
        source: 'cards',
        key: `cards:${one.id}`,
        councilId: one.councilId,
        providerId: null,
        subjectId: one.id,
        words: `The card ending ${one.last4} shows ${pounds(one.pence)}${one.merchant ? ` at ${one.merchant}` : ''} as ${back ? 'given back' : STATE[one.state]}. The ledger has ${pounds(one.held)} set aside and ${pounds(one.spent)} spent for it.`,
        ledgerPence: one.held + one.spent,
        outsidePence: held + (spent[0] ?? 0),
      },
    ]
  })

export interface LoadedFact {
  allocationId: string
  councilId: string
  last4: string
  /** The scheme asks before each purchase and is told what to put on; else it tells by file, later. */
  asks: boolean
  /** In pence, less what was taken off again. */
  loaded: number
  /** By the ledger: all that arrived for the fund, less what went back. */
  funded: number
}

/**
 * What was put on a fund's cards is what arrived for it. A scheme's file comes after the instalment, so that less than arrived
 * means nothing there; more than arrived does.
 */
export const compareLoads = (funds: readonly LoadedFact[]): Difference[] =>
  funds.flatMap((one): Difference[] =>
    one.loaded === one.funded || (!one.asks && one.loaded < one.funded)
      ? []
      : [
          {
            source: 'cards',
            key: `cards:loads:${one.allocationId}`,
            councilId: one.councilId,
            providerId: null,
            subjectId: one.allocationId,
            words: `${pounds(one.loaded)} was put on the card ending ${one.last4}. By the ledger ${pounds(one.funded)} arrived for its fund.`,
            ledgerPence: one.funded,
            outsidePence: one.loaded,
          },
        ],
  )
