import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, dateColumn, fromDate, londonDate, plainDateOf } from '#services/kernel/time.ts'
import { needsReceipt, receiptWords, receiptsOf } from '#services/budgets/receipts.rules.ts'

const MOST = 500

export interface PurchaseOfFund {
  id: string
  what: string
  seller: string
  category: string
  /** When it was paid, else when it was put forward. */
  day: Temporal.PlainDate
  state: 'proposed' | 'agreed' | 'ordered' | 'paid' | 'refused' | 'withdrawn'
  /** What it came to once it is paid, less nothing; `refunded` came back of it. */
  pence: number
  refunded: number
  outcome: string
  agreedById: string | null
  /** Whether the scheme asks for a paper about it. */
  asked: boolean
  papers: { id: string; name: string }[]
}

/**
 * What was bought from these funds of one stream from people who are not listed, oldest first, with what the scheme asks for
 * and what there is. The caller asks who may.
 * @param until included; by the day of payment, or of asking while it is not paid
 */
export async function purchasesOfFunds(
  tx: Tx,
  allocationIds: readonly string[],
  { from, until }: { from: Temporal.PlainDate; until: Temporal.PlainDate },
): Promise<{ purchases: PurchaseOfFund[]; leftOut: number }> {
  const [first, end] = [dateColumn(from), dateColumn(until.add({ days: 1 }))]
  const where = {
    allocationId: { in: [...allocationIds] },
    OR: [{ paidOn: { gte: first, lt: end } }, { paidOn: null, proposedAt: { gte: first, lt: end } }],
  }
  const [rows, total] = await Promise.all([
    tx.purchase.findMany({
      where,
      orderBy: [{ proposedAt: 'asc' }, { id: 'asc' }],
      take: MOST,
      include: {
        category: { select: { name: true } },
        allocation: { select: { stream: { select: { receipts: true, receiptsOverPence: true } } } },
        evidence: { select: { id: true, name: true }, orderBy: { givenAt: 'asc' } },
      },
    }),
    tx.purchase.count({ where }),
  ])
  return {
    leftOut: total - rows.length,
    purchases: rows.map((row) => {
      const pence = row.paidPence ?? row.pence
      return {
        id: row.id,
        what: row.what,
        seller: row.seller,
        category: row.category.name,
        day: row.paidOn ? plainDateOf(row.paidOn) : londonDate(fromDate(row.proposedAt)),
        state: row.state,
        pence,
        refunded: row.refundedPence,
        outcome: row.outcome,
        agreedById: row.agreedById,
        asked: row.state === 'paid' && needsReceipt(receiptsOf(row.allocation.stream), pence),
        papers: row.evidence,
      }
    }),
  }
}

/** What a scheme asks for, in a sentence. */
export const receiptRule = (stream: { receipts: string; receiptsOverPence: number | null }): string =>
  receiptWords(receiptsOf(stream))
