import type { Deps } from '#services/ports/deps.ts'
import { addJob } from './add-job.server.ts'
import { schedule } from './schedule.ts'

/** Adds one job for everything on the schedule: the demo's clock was moved, so much may be due. */
export async function runScheduleNow(deps: Deps): Promise<void> {
  await deps.db.tx(async (tx) => {
    for (const { task } of schedule) await addJob(tx, task, {}, { key: `now:${task}` })
  })
}
