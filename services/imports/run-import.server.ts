import { asDomainError, sqlState } from '#services/db/errors.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { SkipTally, type Skip, type SkipSummary } from './skipped.ts'

/** A line that was read: a row to keep, or why there is none. */
export type ReadLine<Row> = { line: number; row: Row } | Skip
export type Numbered<Row> = { line: number; row: Row }

/** What saving a batch did. */
export interface Saved {
  added: number
  changed: number
  unchanged: number
  skips: Skip[]
}

export interface Progress {
  /** The last line read. */
  line: number
  kept: number
  skipped: number
}

/** Handed in by whoever shows the import to somebody. */
export interface ImportWatcher {
  /** Ends the import after the batch that is being saved. */
  signal?: AbortSignal
  onProgress?: (progress: Progress) => void
  onSkip?: (skip: Skip) => void
}

export interface ImportReport {
  /** What the file was taken for, as its publisher calls it. */
  format: string
  lines: number
  added: number
  changed: number
  unchanged: number
  skippedTotal: number
  skipped: SkipSummary[]
  /** Everything up to this line is saved. */
  savedUpToLine: number
  /** Null when the whole file was read; otherwise a sentence that says what stopped it. */
  stoppedBy: string | null
  /** Things worth knowing that are no mistakes, as sentences. */
  notes: string[]
}

interface Plan<Row> {
  format: string
  lines: AsyncIterable<ReadLine<Row>[]>
  batch: number
  /** Saves all or nothing of what it is given. */
  save: (rows: Numbered<Row>[]) => Promise<Saved>
  /** After the last batch, also when the import was stopped. */
  finish?: () => Promise<string[]>
}

/**
 * Streams lines into batches, each saved by itself, and never throws: what stopped it is in the report, with the last
 * line that is saved. Running it again is harmless, since saving the same row twice changes nothing.
 */
export async function runImport<Row>(plan: Plan<Row>, watcher: ImportWatcher = {}): Promise<ImportReport> {
  const tally = new SkipTally()
  const counts = { added: 0, changed: 0, unchanged: 0 }
  let waiting: Numbered<Row>[] = []
  let line = 0
  let savedUpToLine = 0
  let stoppedBy: string | null = null
  const notes: string[] = []

  const skip = (found: Skip): void => {
    tally.add(found)
    watcher.onSkip?.(found)
  }
  const saveWaiting = async (): Promise<void> => {
    if (waiting.length > 0) {
      const saved = await saveOrSplit(plan.save, waiting)
      counts.added += saved.added
      counts.changed += saved.changed
      counts.unchanged += saved.unchanged
      saved.skips.forEach(skip)
      waiting = []
    }
    savedUpToLine = line
  }
  const tell = (): void => {
    const kept = counts.added + counts.changed + counts.unchanged
    watcher.onProgress?.({ line, kept, skipped: tally.total })
  }

  try {
    reading: for await (const block of plan.lines) {
      for (const found of block) {
        // Checked before a line is taken, so that the batch being saved is always whole.
        if (watcher.signal?.aborted) break reading
        line = Math.max(line, found.line)
        if ('row' in found) waiting.push(found)
        else skip(found)
        if (waiting.length >= plan.batch) {
          await saveWaiting()
          tell()
        }
      }
      tell()
    }
    await saveWaiting()
    if (watcher.signal?.aborted) stoppedBy = 'You stopped it.'
  } catch (error) {
    stoppedBy = sentence(error)
    // What was read before the trouble is good, if it was the file and not the database that failed.
    await saveWaiting().catch(() => undefined)
  }
  try {
    notes.push(...((await plan.finish?.()) ?? []))
  } catch (error) {
    stoppedBy ??= sentence(error)
  }
  tell()
  return {
    format: plan.format,
    lines: line,
    ...counts,
    skippedTotal: tally.total,
    skipped: tally.summary(),
    savedUpToLine,
    stoppedBy,
    notes,
  }
}

/** One row that the database refuses must not cost the others: the batch is halved until the row stands alone. */
async function saveOrSplit<Row>(save: Plan<Row>['save'], rows: Numbered<Row>[]): Promise<Saved> {
  try {
    return await save(rows)
  } catch (error) {
    if (!isRefusal(error)) throw error
    const [only] = rows
    if (rows.length === 1 && only)
      return {
        added: 0,
        changed: 0,
        unchanged: 0,
        skips: [{ line: only.line, why: 'refused_by_database', detail: `code ${sqlState(error) ?? ''}` }],
      }
    const half = Math.ceil(rows.length / 2)
    const first = await saveOrSplit(save, rows.slice(0, half))
    const second = await saveOrSplit(save, rows.slice(half))
    return {
      added: first.added + second.added,
      changed: first.changed + second.changed,
      unchanged: first.unchanged + second.unchanged,
      skips: [...first.skips, ...second.skips],
    }
  }
}

/** Classes 22 (data) and 23 (constraints) are about the rows; everything else is about the database. */
const isRefusal = (error: unknown): boolean => /^2[23]/.test(sqlState(error) ?? '')

/** For the operator: what happened, without the values that a database puts into its messages. */
function sentence(error: unknown): string {
  if (sqlState(error)?.startsWith('57')) return 'The database was shut down, or closed the connection.'
  const known = asDomainError(error)
  if (isDomainError(known)) return known.publicMessage
  const state = sqlState(error)
  if (state) return `The database answered with code ${state}.`
  const [first = ''] = (error instanceof Error ? error.message : String(error)).trim().split('\n')
  return first || 'Something went wrong that has no words.'
}
