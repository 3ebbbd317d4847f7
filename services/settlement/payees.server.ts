import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'

export interface Payee {
  /** As the bank knows it: 'Weavers Care Co-op Ltd'. */
  name: string
  /** '12-34-56' */
  sortCode: string
  /** Eight digits. */
  accountNumber: string
}

/** Where each of these providers is paid by transfer now; none for those whose details are missing or still being checked. */
export async function payeesOf(
  tx: Tx,
  providerIds: readonly string[],
  now: Temporal.Instant,
): Promise<Map<string, Payee>> {
  if (providerIds.length === 0) return new Map()
  const rows = await tx.payeeAccount.findMany({
    where: { providerId: { in: [...providerIds] }, state: 'active', usableFrom: { lte: toDate(now) } },
    take: providerIds.length,
  })
  return new Map(
    rows.map((row) => [
      row.providerId,
      {
        name: row.accountName,
        sortCode: row.sortCode.replace(/(\d\d)(?=\d)/g, '$1-'),
        accountNumber: row.accountNumber,
      },
    ]),
  )
}
