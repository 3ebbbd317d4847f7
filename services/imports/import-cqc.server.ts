import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  directoryDate,
  readCqcDirectoryCells,
  recogniseCqcDirectory,
  type CqcDirectory,
} from './cqc-directory.rules.ts'
import { readCqcRecord, type CqcRow } from './cqc-record.rules.ts'
import { csvCells, csvRecords } from './csv-records.ts'
import { requireImporter } from './imports.policy.ts'
import { jsonElements, type JsonShape } from './json-elements.ts'
import { firstLines, openSource, type Source } from './open-source.server.ts'
import { runImport, type ImportReport, type ImportWatcher, type ReadLine } from './run-import.server.ts'
import { savePlaces } from './save-places.server.ts'
import type { SkipReason } from './skipped.ts'
import { sourceLines, UnreadableFile, type Encoding } from './source-lines.ts'

export interface CqcImport extends ImportWatcher {
  path: string
  encoding?: Encoding
  /** The day the facts are of, ISO; otherwise what the file says, or the day it was last written. */
  day?: string
}

type Format =
  | { name: 'CQC records, one on each line' }
  | { name: 'CQC records as JSON'; shape: JsonShape }
  | { name: 'CQC directory'; directory: CqcDirectory; header: number; day: string | null }

const BATCH = 500
/** A record with the inspectors' words in it is some hundred kilobytes. */
const LONGEST_RECORD = 4 * 1024 * 1024
const LONGEST_LINE = 64 * 1024

/**
 * Reads the regulator's register (location records as NDJSON or JSON, or its directory CSV) into places that are not
 * yet claimed, each under a provider of unknown kind, with their search entries in the same transaction.
 * @throws DomainError FORBIDDEN; UnreadableFile when the file is none of these. After that it reports, and does not throw.
 */
export async function importCqc(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { path, encoding = 'utf-8', day, ...watcher }: CqcImport,
): Promise<ImportReport> {
  requireImporter(actor)
  const source = await openSource(path, encoding)
  const format = recognise(source)
  const factsOf = day ?? (format.name === 'CQC directory' ? format.day : null) ?? source.day
  return runImport<CqcRow>(
    {
      format: format.name,
      lines: read(source, format, encoding),
      batch: BATCH,
      save: (rows) => {
        const stamp = { day: factsOf, now: deps.clock.now().toString() }
        return deps.db.tx((tx) => savePlaces(tx, rows, stamp))
      },
      finish: () => notesOn(deps.db),
    },
    watcher,
  )
}

async function notesOn(db: Deps['db']): Promise<string[]> {
  const [row] = await db.query<{ count: number }>(
    'import-places-without-position',
    'select count(*)::int as count from place where cqc_location_id is not null and lat is null',
    [],
  )
  const count = row?.count ?? 0
  if (count === 0) return []
  const places = count === 1 ? '1 place has' : `${String(count)} places have`
  return [
    `${places} no position yet, and no search near a postcode finds them. Import postcodes, then repeat this.`,
  ]
}

function recognise(source: Source): Format {
  const lines = firstLines(source)
  let day: string | null = null
  for (const [index, text] of lines.entries()) {
    const cells = csvCells(text)
    const directory = cells && recogniseCqcDirectory(cells)
    if (directory) return { name: 'CQC directory', directory, header: index + 1, day }
    day ??= cells && directoryDate(cells)
  }
  const [first = ''] = source.start.trimStart()
  if (first === '[') return { name: 'CQC records as JSON', shape: 'array' }
  const [start = ''] = lines.filter((line) => line.trim() !== '')
  const opening = start.trim()
  if (first === '{' && isWrapper(source.start)) return { name: 'CQC records as JSON', shape: 'wrapper' }
  if (first === '{' && (opening === '{' || !/^\{.*\}$/.test(opening)) && !looksLikeLines(lines))
    return { name: 'CQC records as JSON', shape: 'objects' }
  if (first === '{' || looksLikeLines(lines)) return { name: 'CQC records, one on each line' }
  throw new UnreadableFile(
    'This is none of the files that can be read from the regulator: location records as JSON (one on each line, or a list), or the directory as CSV.',
  )
}

/** A list of locations with facts about the list around it: its key comes before any record's. */
function isWrapper(start: string): boolean {
  const list = /"locations"\s*:\s*\[/.exec(start)
  const record = start.indexOf('"locationId"')
  return list !== null && (record < 0 || list.index < record)
}

const looksLikeLines = (lines: readonly string[]): boolean =>
  lines.some((line) => line.startsWith('{') && line.includes('"locationId"') && line.trimEnd().endsWith('}'))

async function* read(source: Source, format: Format, encoding: Encoding): AsyncGenerator<ReadLine<CqcRow>[]> {
  if (format.name === 'CQC directory') {
    const lines = sourceLines(source.chunks(), { longest: LONGEST_LINE, encoding })
    for await (const records of csvRecords(lines, { multiline: true }))
      yield records
        .filter(({ number }) => number > format.header)
        .map((record) => {
          if (record.problem) return { line: record.number, why: record.problem }
          return { line: record.number, ...readCqcDirectoryCells(format.directory, record.cells) }
        })
    return
  }
  const texts =
    format.name === 'CQC records as JSON'
      ? jsonElements(source.chunks(), { shape: format.shape, longest: LONGEST_RECORD })
      : sourceLines(source.chunks(), { longest: LONGEST_RECORD, encoding })
  for await (const block of texts) yield block.map(readText)
}

function readText(item: { number: number; text: string; problem?: SkipReason }): ReadLine<CqcRow> {
  if (item.problem) return { line: item.number, why: item.problem }
  let value: unknown
  try {
    value = JSON.parse(item.text)
  } catch {
    return { line: item.number, why: 'bad_json' }
  }
  return { line: item.number, ...readCqcRecord(value) }
}
