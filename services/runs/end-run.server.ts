import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'

/** A run is finished when each of its payments has come to an end. */
export async function endWhenDone(tx: Tx, now: Temporal.Instant, runId: string): Promise<void> {
  await tx.paymentRun.updateMany({
    where: {
      id: runId,
      state: 'sent',
      payments: { none: { state: { in: ['started', 'needs_you', 'sent'] } } },
    },
    data: { state: 'finished', endedAt: toDate(now) },
  })
}
