import type { Tx } from '#services/db/client.server.ts'
import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import { purchaseTitles } from '#services/purchases/purchase-titles.server.ts'
import type { HeldAccount } from './read-account.server.ts'
import { whoSaid } from './who-said.server.ts'

const MOST = 100

/** Something from somebody who is not listed, that the holder was told to pay for. */
export interface ToBuy {
  instructionId: string
  purchaseId: string
  what: string
  seller: string
  pence: number
  by: string
  on: string
}

/** What a holder was told to buy from one fund and has not answered, oldest first: three small statements. */
export async function readToBuy(tx: Tx, account: HeldAccount): Promise<ToBuy[]> {
  const rows = await tx.paymentInstruction.findMany({
    where: {
      allocationId: account.allocationId,
      holderId: account.holderId,
      state: 'asked',
      purchaseId: { not: null },
    },
    orderBy: [{ askedAt: 'asc' }, { id: 'asc' }],
    take: MOST,
  })
  const [titles, by] = await Promise.all([
    purchaseTitles(
      tx,
      rows.flatMap(({ purchaseId }) => purchaseId ?? []),
    ),
    whoSaid(
      tx,
      rows.map((row) => ({ userId: row.askedById, authorityId: row.authorityId })),
      { userId: account.personUserId, shortName: account.shortName },
    ),
  ])
  return rows.flatMap((row): ToBuy[] => {
    const title = titles.get(row.purchaseId ?? '')
    if (!title || !row.purchaseId) return []
    return [
      {
        instructionId: row.id,
        purchaseId: row.purchaseId,
        ...title,
        pence: row.pence,
        by: by({ userId: row.askedById, authorityId: row.authorityId }),
        on: longDate(londonDate(fromDate(row.askedAt))),
      },
    ]
  })
}
