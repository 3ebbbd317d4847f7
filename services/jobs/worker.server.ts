import { parseCronItems, run, runOnce, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { workerLogger } from '#services/db/worker-log.server.ts'
import { describeError } from '#services/log.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { schedule } from './schedule.ts'
import { tasks, type Task } from './tasks.server.ts'

/** The worker's table keeps an error's message for weeks, so it gets the kind and code only. */
function forTheTable(error: unknown): Error {
  const { kind, code, sqlState } = describeError(error)
  return new Error([kind, code, sqlState].filter(Boolean).join(' '))
}

function wrapped(deps: Deps, name: string, task: Task): TaskList[string] {
  return async (payload: unknown, helpers) => {
    await deps.clock.refresh?.()
    try {
      await task(deps, payload)
    } catch (error) {
      deps.log.error(
        { task: name, job: helpers.job.id, attempt: helpers.job.attempts, err: error },
        'job failed',
      )
      throw forTheTable(error)
    }
  }
}

const taskList = (deps: Deps): TaskList =>
  Object.fromEntries(Object.entries(tasks).map(([name, task]) => [name, wrapped(deps, name, task)]))

export interface Worker {
  /** Lets running jobs end, gives the rest back. */
  stop(): Promise<void>
}

/**
 * Works on jobs until stopped. `pool` takes the role kith_jobs; the tasks themselves use `deps.db`.
 * Several processes may do this on one database.
 */
export async function startWorker(deps: Deps, pool: pg.Pool): Promise<Worker> {
  const runner = await run({
    pgPool: pool,
    taskList: taskList(deps),
    parsedCronItems: parseCronItems(
      schedule.map(({ task, cron }) => ({ task, match: cron, options: { jobKey: task } })),
    ),
    concurrency: 2,
    pollInterval: 2_000,
    noHandleSignals: true,
    logger: workerLogger(deps.log),
  })
  let stopping = false
  runner.promise.catch((error: unknown) => {
    if (!stopping) deps.log.fatal({ err: error }, 'the worker ended by itself')
  })
  return {
    async stop() {
      stopping = true
      await runner.stop()
    },
  }
}

/** Works on everything that is due now and returns: for tests and for scripts. */
export async function runJobsOnce(deps: Deps, pool: pg.Pool): Promise<void> {
  await runOnce({
    pgPool: pool,
    taskList: taskList(deps),
    noHandleSignals: true,
    logger: workerLogger(deps.log),
  })
}
