import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'

/**
 * Adds a job in the caller's transaction: it exists when, and only when, what gave rise to it was committed.
 * A second job with the same `key` that has not yet run replaces the first.
 */
export async function addJob(
  tx: Tx,
  identifier: string,
  payload: Record<string, unknown>,
  options: { key?: string; runAt?: Temporal.Instant } = {},
): Promise<void> {
  const runAt = options.runAt?.toString() ?? null
  await tx.$executeRaw`select jobs.add_job(${identifier}, ${JSON.stringify(payload)}::json, ${options.key ?? null}, ${runAt}::timestamptz)`
}
