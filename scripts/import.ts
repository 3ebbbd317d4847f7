// npm run import -- postcodes|cqc|areas|boundaries FILE [--encoding windows-1252] [--date YYYY-MM-DD] [--source WORDS] [--skipped FILE]
import { createWriteStream, type WriteStream } from 'node:fs'
import { finished } from 'node:stream/promises'
import { parseArgs } from 'node:util'
import { openHouse } from '#services/composition.server.ts'
import { readSettings } from '#services/env.server.ts'
import { importAreas } from '#services/imports/import-areas.server.ts'
import { importBoundaries } from '#services/imports/import-boundaries.server.ts'
import { importCqc } from '#services/imports/import-cqc.server.ts'
import { importPostcodes } from '#services/imports/import-postcodes.server.ts'
import { openSource } from '#services/imports/open-source.server.ts'
import type { ImportReport, ImportWatcher, Progress } from '#services/imports/run-import.server.ts'
import { SKIP_REASONS, type Skip } from '#services/imports/skipped.ts'
import { ENCODINGS, UnreadableFile, type Encoding } from '#services/imports/source-lines.ts'
import { system } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { Temporal } from '#services/kernel/time.ts'
import { makeLog } from '#services/log.server.ts'

const KINDS = ['postcodes', 'cqc', 'areas', 'boundaries'] as const
type Kind = (typeof KINDS)[number]

const USAGE = `npm run import -- KIND FILE

  postcodes FILE   Code-Point Open, the ONS Postcode Directory, or outcode centroids (CSV)
  cqc FILE         location records (NDJSON or JSON) or the directory (CSV)
  areas FILE       names of local authorities (JSON: code to name)
  boundaries FILE  outlines of local authorities, for the map beside results (GeoJSON in WGS84)

  --encoding windows-1252   when the file is not UTF-8
  --date YYYY-MM-DD         the day the facts of a cqc file are of (else what the file says)
  --source WORDS            who publishes the boundaries and under which licence (else the Office for National
                            Statistics, as it asks to be named); the map says it
  --skipped FILE            write every line left out, with the reason, to FILE

The site may be running or not. Repeating an import changes nothing that is the same already.
`

interface Command {
  kind: Kind
  path: string
  encoding: Encoding
  day: string | null
  source: string | null
  skippedFile: string | null
}

class WrongUse extends Error {}

function readCommand(args: string[]): Command {
  let parsed
  try {
    parsed = parseArgs({
      args,
      allowPositionals: true,
      options: {
        encoding: { type: 'string', default: 'utf-8' },
        date: { type: 'string' },
        source: { type: 'string' },
        skipped: { type: 'string' },
      },
    })
  } catch (error) {
    throw new WrongUse(error instanceof Error ? error.message : String(error))
  }
  const { positionals, values } = parsed
  const [kindText, path, ...more] = positionals
  const kind = KINDS.find((known) => known === kindText)
  if (!kind) throw new WrongUse(kindText ? `There is no import called ${kindText}.` : 'Say what to import.')
  if (!path || more.length > 0) throw new WrongUse('Name one file.')
  const encoding = ENCODINGS.find((known) => known === values.encoding.toLowerCase())
  if (!encoding) throw new WrongUse(`The encodings are ${ENCODINGS.join(' and ')}.`)
  return {
    kind,
    path,
    encoding,
    day: readDay(values.date),
    source: values.source ?? null,
    skippedFile: values.skipped ?? null,
  }
}

function readDay(text: string | undefined): string | null {
  if (text === undefined) return null
  try {
    return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
  } catch {
    throw new WrongUse(`${text} is not a date. Write it like 2026-11-21.`)
  }
}

const figures = new Intl.NumberFormat('en-GB')
const count = (value: number): string => figures.format(value)
const many = (value: number, one: string, more = `${one}s`): string =>
  `${count(value)} ${value === 1 ? one : more}`

/** Once a second on standard error, over itself on a terminal. */
function progressLine(): { show: (progress: Progress) => void; end: () => void } {
  const began = performance.now()
  let last = began
  let shown = false
  return {
    show({ line, kept, skipped }) {
      const now = performance.now()
      if (now - last < 1_000) return
      last = now
      const seconds = Math.round((now - began) / 1_000)
      const text = `line ${count(line)}: ${count(kept)} saved, ${count(skipped)} left out, ${many(seconds, 'second')}`
      process.stderr.write(process.stderr.isTTY ? `\r\u001b[K${text}` : `${text}\n`)
      shown = true
    },
    end() {
      if (shown && process.stderr.isTTY) process.stderr.write('\n')
    },
  }
}

function reportText(report: ImportReport, path: string, seconds: number): string {
  const { added, changed, unchanged, skipped, skippedTotal, stoppedBy, notes } = report
  const rows = added + changed + unchanged
  const rate = rows >= 1_000 ? `, ${((seconds * 1_000_000) / rows).toFixed(1)} ms for each 1,000` : ''
  const out = [
    `${path}: ${report.format}`,
    `${count(added)} new, ${count(changed)} changed, ${count(unchanged)} unchanged, ${count(skippedTotal)} left out ` +
      `(${many(report.lines, 'line')} in ${seconds.toFixed(1)} s${rate})`,
  ]
  for (const group of skipped) {
    const lines = group.count === 1 ? 'line' : 'lines'
    const example = group.detail ? `; the first: ${group.detail}` : ''
    out.push(
      `  ${many(group.count, 'line')} left out: ${group.sentence}${example}`,
      `    ${lines} ${group.lines}`,
    )
  }
  if (skipped.some(({ lines }) => lines.includes(' more')))
    out.push('  --skipped FILE writes down every one of them.')
  out.push(...notes)
  if (stoppedBy !== null) {
    out.push(
      `STOPPED at line ${count(report.lines)}: ${stoppedBy}`,
      `Everything up to line ${count(report.savedUpToLine)} is saved. Run the same command again: what is saved is passed over.`,
    )
  }
  return `${out.join('\n')}\n`
}

function writeSkip(file: WriteStream, { line, why, detail }: Skip): void {
  const reason = `${SKIP_REASONS[why]}${detail ? ` (${detail})` : ''}`
  file.write(`${String(line)},"${reason.replaceAll('"', '""')}"\n`)
}

async function run(command: Command): Promise<number> {
  // Postgres must still be told goodbye when somebody presses Ctrl-C, so the import ends after its batch.
  const stop = new AbortController()
  process.once('SIGINT', () => {
    stop.abort()
  })
  process.once('SIGTERM', () => {
    stop.abort()
  })
  // Before a database is started for it.
  await openSource(command.path, command.encoding)
  const house = await openHouse(
    readSettings(),
    makeLog('error', { write: (text: string) => void process.stderr.write(text) }),
  )
  const skippedFile = command.skippedFile ? createWriteStream(command.skippedFile) : null
  skippedFile?.write('line,reason\n')
  try {
    const progress = progressLine()
    const { kind, path, encoding, day, source } = command
    const watcher: ImportWatcher = {
      signal: stop.signal,
      onProgress: progress.show,
      ...(skippedFile
        ? {
            onSkip: (skip: Skip) => {
              writeSkip(skippedFile, skip)
            },
          }
        : {}),
    }
    const began = performance.now()
    const actor = system('import')
    const { deps } = house
    const imports: Record<Kind, () => Promise<ImportReport>> = {
      postcodes: () => importPostcodes(deps, actor, { path, encoding, ...watcher }),
      cqc: () => importCqc(deps, actor, { path, encoding, ...(day ? { day } : {}), ...watcher }),
      areas: () => importAreas(deps, actor, { path, ...watcher }),
      boundaries: () => importBoundaries(deps, actor, { path, ...(source ? { source } : {}), ...watcher }),
    }
    const report = await imports[kind]()
    progress.end()
    process.stdout.write(reportText(report, path, (performance.now() - began) / 1_000))
    return report.stoppedBy === null ? 0 : 1
  } finally {
    if (skippedFile) {
      skippedFile.end()
      await finished(skippedFile)
    }
    await house.close()
  }
}

try {
  process.exitCode = await run(readCommand(process.argv.slice(2)))
} catch (error) {
  process.exitCode = 1
  if (error instanceof WrongUse) process.stderr.write(`${error.message}\n\n${USAGE}`)
  else if (error instanceof UnreadableFile) process.stderr.write(`${error.message}\nNothing was imported.\n`)
  else if (isDomainError(error)) process.stderr.write(`${error.publicMessage}\n`)
  else {
    // Its words and place, for whoever mends it; the lines of a file are never part of either.
    process.stderr.write(
      `The import could not start: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
    )
  }
}
