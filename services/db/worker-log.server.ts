import { Logger as WorkerLogger, type LogLevel } from 'graphile-worker'
import type { Logger } from 'pino'

/**
 * graphile-worker's words in our log. Its messages about failed jobs quote the error, and its debug lines quote
 * payloads, so only the level and the task's name go through; the error itself is logged by our own task wrapper.
 */
export function workerLogger(log: Logger | null): WorkerLogger {
  return new WorkerLogger((scope) => (level, message) => {
    if (!log) return
    const task = scope.taskIdentifier
    // Its levels are an enum whose values are these words.
    const word: `${LogLevel}` = level
    if (word === 'error')
      log.error({ task, worker: scope.workerId }, task ? 'job failed' : message.split('\n')[0])
    else if (word === 'warning') log.warn({ task }, message.split('\n')[0])
  })
}
