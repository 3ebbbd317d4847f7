import { parseCronItems, run, runOnce, type TaskList } from 'graphile-worker'
import type pg from 'pg'
import { workerLogger } from '#services/db/worker-log.server.ts'
import { describeError } from '#services/log.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { layoutIsOld } from '#services/discovery/layout.server.ts'
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

/** How often the outbox is poured into the queue: what somebody waits for, such as a code by mail, starts within this. */
const POUR_EVERY = 250

const pour = async (pool: pg.Pool): Promise<number> =>
  (await pool.query<{ n: number }>('select jobs.pour() as n')).rows[0]?.n ?? 0

/** Pours until told to stop; a failure is tried again at the next turn, because the rows stay. */
function keepPouring(deps: Deps, pool: pg.Pool): () => Promise<void> {
  let stopped = false
  let timer: NodeJS.Timeout | null = null
  let running = Promise.resolve()
  const turn = async (): Promise<void> => {
    try {
      await pour(pool)
    } catch (error) {
      if (!stopped) deps.log.error({ err: error }, 'the outbox could not be poured')
    }
    if (stopped) return
    timer = setTimeout(() => {
      running = turn()
    }, POUR_EVERY)
  }
  running = turn()
  return async () => {
    stopped = true
    if (timer) clearTimeout(timer)
    await running
  }
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
  // Entries that an older program wrote are written anew; one job, however many processes start.
  if (await layoutIsOld(deps.db)) await runner.addJob('reindex_search', {}, { jobKey: 'reindex_search' })
  const stopPouring = keepPouring(deps, pool)
  let stopping = false
  runner.promise.catch((error: unknown) => {
    if (!stopping) deps.log.fatal({ err: error }, 'the worker ended by itself')
  })
  return {
    async stop() {
      stopping = true
      await stopPouring()
      await runner.stop()
    },
  }
}

/** Works on everything that is due now, and on what that gives rise to, and returns: for tests and for scripts. */
export async function runJobsOnce(deps: Deps, pool: pg.Pool): Promise<void> {
  await pour(pool)
  do {
    await runOnce({
      pgPool: pool,
      taskList: taskList(deps),
      noHandleSignals: true,
      logger: workerLogger(deps.log),
    })
  } while ((await pour(pool)) > 0)
}
