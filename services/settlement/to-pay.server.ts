import type { Tx } from '#services/db/client.server.ts'

export interface ToPay {
  id: string
  visitId: string | null
  providerId: string
  pence: number
  onDay: Date
  /** The fund that it comes from. */
  fund: string
  /** Why the last try did not arrive; null when there was none. */
  failure: string | null
}

const MOST = 500

/**
 * What waits for the person themselves: due from a fund that they pay by transfer or by card each time, or tried by itself and
 * not arrived. What comes back from the same provider is among it, below zero.
 */
export async function readToPay(tx: Tx, personId: string): Promise<ToPay[]> {
  const rows = await tx.payable.findMany({
    where: {
      payerKind: 'person',
      payerId: personId,
      state: 'due',
      OR: [
        { allocation: { payBy: { in: ['bank_transfer', 'card_each_time'] } } },
        { lines: { some: { payment: { state: { in: ['failed', 'returned'] } } } } },
        { refundId: { not: null } },
      ],
    },
    orderBy: [{ onDay: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: {
      allocation: { select: { stream: { select: { name: true } } } },
      lines: {
        orderBy: { payment: { startedAt: 'desc' } },
        take: 1,
        select: { payment: { select: { state: true, failure: true } } },
      },
    },
  })
  // Money back is set against what the same fund owes the same provider; alone it waits for that.
  const place = (row: { providerId: string; allocationId: string }): string =>
    `${row.providerId} ${row.allocationId}`
  const owing = new Set(rows.filter(({ pence }) => pence > 0).map(place))
  return rows
    .filter((row) => owing.has(place(row)))
    .map((row) => {
      const [last] = row.lines
      const came = last && (last.payment.state === 'failed' || last.payment.state === 'returned')
      return {
        id: row.id,
        visitId: row.visitId,
        providerId: row.providerId,
        pence: row.pence,
        onDay: row.onDay,
        fund: row.allocation.stream.name,
        failure: came ? (last.payment.failure ?? 'other') : null,
      }
    })
}

/** What all of it comes to; nothing when more comes back than is due. Pence. */
export const toPaySum = (due: readonly ToPay[]): number =>
  Math.max(
    0,
    due.reduce((sum, one) => sum + one.pence, 0),
  )
