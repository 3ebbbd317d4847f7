import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, dateColumn } from '#services/kernel/time.ts'

/**
 * What was paid since a day for things bought elsewhere, less what was given back, by allocation: a holiday cottage is no
 * weekly cost.
 */
export async function readBoughtOnce(
  tx: Tx,
  allocationIds: readonly string[],
  since: Temporal.PlainDate,
): Promise<Map<string, number>> {
  const rows = await tx.purchase.groupBy({
    by: ['allocationId'],
    where: { allocationId: { in: [...allocationIds] }, paidOn: { gte: dateColumn(since) } },
    _sum: { paidPence: true, refundedPence: true },
  })
  return new Map(
    rows.map(({ allocationId, _sum }) => [allocationId, (_sum.paidPence ?? 0) - (_sum.refundedPence ?? 0)]),
  )
}
