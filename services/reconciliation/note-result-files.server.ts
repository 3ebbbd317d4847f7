import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { type ResultOfAnotherAmount, isResult, otherAmounts } from './compare-runs.rules.ts'
import { writeDifferences } from './write-differences.server.ts'

/**
 * A result file of a payment run was read, in the transaction that records it: lines that say another amount become items,
 * and those of the lines that agree now are gone.
 * @param results.agree payments of which the file says what was sent
 */
export async function noteResultFile(
  tx: Tx,
  now: Temporal.Instant,
  results: { differ: readonly ResultOfAnotherAmount[]; agree: readonly string[] },
): Promise<void> {
  const agreed = new Set(results.agree)
  if (results.differ.length === 0 && agreed.size === 0) return
  await writeDifferences(tx, now, otherAmounts(results.differ), {
    source: 'payment_run',
    lookedFor: ({ key }) => isResult(key) && agreed.has(key.split(':')[2] ?? ''),
  })
}
