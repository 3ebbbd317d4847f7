import type { Tx } from './client.server.ts'

export interface JobOptions {
  /** One waiting job for one key: adding it again replaces the first. */
  key?: string
  maxAttempts?: number
}

/**
 * Adds a job inside the caller's transaction: it exists if, and only if, the transaction is committed.
 * @param task a name from services/jobs/tasks.server.ts
 * @param payload ids and facts, never text that a person wrote
 */
export async function addJob(
  tx: Pick<Tx, '$executeRaw'>,
  task: string,
  payload: Readonly<Record<string, unknown>> = {},
  options: JobOptions = {},
): Promise<void> {
  await tx.$executeRaw`select jobs.add_job(
    identifier := ${task}, payload := ${JSON.stringify(payload)}::json,
    job_key := ${options.key ?? null}, max_attempts := ${options.maxAttempts ?? null}::int)`
}
