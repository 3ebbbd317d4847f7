import { readFile } from 'node:fs/promises'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { kindOfArea } from './boundary.rules.ts'
import { requireImporter } from './imports.policy.ts'
import { openSource } from './open-source.server.ts'
import { clean } from './register-text.rules.ts'
import {
  runImport,
  type ImportReport,
  type ImportWatcher,
  type ReadLine,
  type Saved,
} from './run-import.server.ts'
import { UnreadableFile } from './source-lines.ts'

interface AreaRow {
  code: string
  name: string
  kind: string
}

/** All local authorities of the country are 11 kB; this is a file of another kind. */
const LARGEST = 5 * 1024 * 1024

const UPSERT = `
with saved as (
  insert into area (code, name, kind) select * from unnest($1::text[], $2::text[], $3::text[])
  on conflict (code) do update set name = excluded.name, kind = excluded.kind
    where (area.name, area.kind) is distinct from (excluded.name, excluded.kind)
  returning xmax = 0 as added
)
select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed from saved`

/**
 * Reads the names of local authorities: one JSON object, GSS code → name.
 * @throws DomainError FORBIDDEN; UnreadableFile when the file is something else.
 */
export async function importAreas(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { path, ...watcher }: ImportWatcher & { path: string },
): Promise<ImportReport> {
  requireImporter(actor)
  const lines = await readAreas(path)
  const source = async function* () {
    yield await Promise.resolve(lines)
  }
  return runImport<AreaRow>(
    {
      format: 'names of areas',
      lines: source(),
      batch: 5_000,
      async save(rows): Promise<Saved> {
        const areas = rows.map(({ row }) => row)
        const [counts] = await deps.db.query<{ added: number; changed: number }>('import-areas', UPSERT, [
          areas.map(({ code }) => code),
          areas.map(({ name }) => name),
          areas.map(({ kind }) => kind),
        ])
        const { added, changed } = counts ?? { added: 0, changed: 0 }
        return { added, changed, unchanged: areas.length - added - changed, skips: [] }
      },
    },
    watcher,
  )
}

async function readAreas(path: string): Promise<ReadLine<AreaRow>[]> {
  const { bytes } = await openSource(path)
  if (bytes > LARGEST) throw new UnreadableFile('This file is too large to be a list of the names of areas.')
  const text = await readFile(path, 'utf8')
  let value: unknown
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''))
  } catch {
    throw new UnreadableFile(
      'This is not JSON. Names of areas come as one object: { "E08000004": "Oldham" }.',
    )
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new UnreadableFile('Names of areas come as one object: { "E08000004": "Oldham" }.')
  let at = 0
  let line = 1
  return Object.entries(value).map(([code, given]): ReadLine<AreaRow> => {
    const found = text.indexOf(JSON.stringify(code), at)
    if (found >= 0) {
      line += text.slice(at, found).split('\n').length - 1
      at = found
    }
    if (!/^[A-Z]\d{8}$/.test(code)) return { line, why: 'bad_code' }
    const name = typeof given === 'string' ? clean(given) : ''
    if (name === '' || name.length > 200) return { line, why: 'bad_record', detail: 'name' }
    return { line, row: { code, name, kind: kindOfArea(code) ?? 'area' } }
  })
}
