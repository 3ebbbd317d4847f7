import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { csvCells, csvRecords } from './csv-records.ts'
import { requireImporter } from './imports.policy.ts'
import { firstLines, openSource, type Source } from './open-source.server.ts'
import {
  readPostcodeCells,
  recognisePostcodeFile,
  type OutcodeRow,
  type PostcodeFormat,
  type PostcodeRow,
} from './postcode-file.rules.ts'
import {
  runImport,
  type ImportReport,
  type ImportWatcher,
  type Numbered,
  type ReadLine,
} from './run-import.server.ts'
import { refreshOutcodes, saveOutcodes, savePostcodes } from './save-postcodes.server.ts'
import { sourceLines, UnreadableFile, type Encoding } from './source-lines.ts'

export interface PostcodeImport extends ImportWatcher {
  path: string
  encoding?: Encoding
}

const BATCH = 5_000
/** ONSPD has some 60 short columns. */
const LONGEST_LINE = 8 * 1024

/**
 * Reads Code-Point Open, the ONS Postcode Directory or outcode centroids (told apart by what is in them) into the
 * postcode and outcode tables.
 * @throws DomainError FORBIDDEN; UnreadableFile when the file is none of the three. After that it reports, and does
 * not throw.
 */
export async function importPostcodes(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { path, encoding = 'utf-8', ...watcher }: PostcodeImport,
): Promise<ImportReport> {
  requireImporter(actor)
  const source = await openSource(path, encoding)
  const { format, header } = recognise(source)
  const touched = new Set<string>()
  return runImport<PostcodeRow | OutcodeRow>(
    {
      format: format.name,
      lines: read(source, format, header, encoding),
      batch: BATCH,
      async save(rows) {
        const postcodes = rows.filter((one): one is Numbered<PostcodeRow> => one.row.kind === 'postcode')
        if (postcodes.length === 0)
          return saveOutcodes(
            deps.db,
            rows.filter((one): one is Numbered<OutcodeRow> => one.row.kind === 'outcode'),
          )
        for (const { row } of postcodes) touched.add(row.outcode)
        return savePostcodes(deps.db, postcodes)
      },
      async finish() {
        await refreshOutcodes(deps.db, touched)
        return []
      },
    },
    watcher,
  )
}

/** @returns how to read the file, and the number of its header line (0 when it has none). */
function recognise(source: Source): { format: PostcodeFormat; header: number } {
  for (const [index, text] of firstLines(source).entries()) {
    const cells = csvCells(text)
    const format = cells && recognisePostcodeFile(cells)
    if (format) return { format, header: format.name === 'Code-Point Open' ? 0 : index + 1 }
  }
  throw new UnreadableFile(
    'This is none of the files that can be read as postcodes: Code-Point Open, the ONS Postcode Directory, or outcode centroids (as CSV).',
  )
}

async function* read(
  source: Source,
  format: PostcodeFormat,
  header: number,
  encoding: Encoding,
): AsyncGenerator<ReadLine<PostcodeRow | OutcodeRow>[]> {
  const lines = sourceLines(source.chunks(), { longest: LONGEST_LINE, encoding })
  for await (const records of csvRecords(lines, { multiline: false }))
    yield records
      .filter(({ number }) => number > header)
      .map((record) => {
        if (record.problem) return { line: record.number, why: record.problem }
        return { line: record.number, ...readPostcodeCells(format, record.cells) }
      })
}
