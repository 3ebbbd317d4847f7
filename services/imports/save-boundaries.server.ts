import type { Deps } from '#services/ports/deps.ts'
import type { BoundaryRow } from './boundary.rules.ts'
import type { Numbered, Saved } from './run-import.server.ts'
import { lastOfEach } from './save-postcodes.server.ts'

/** The area itself is written with its outline: a file of boundaries has the names, too. */
const UPSERT = `
with given as (
  select * from unnest($1::text[], $2::text[], $3::text[], $4::float8[], $5::float8[], $6::float8[], $7::float8[], $8::text[])
    as one (code, name, kind, west, south, east, north, outline)
), named as (
  insert into area (code, name, kind) select code, name, kind from given
  on conflict (code) do update set name = excluded.name, kind = excluded.kind
    where (area.name, area.kind) is distinct from (excluded.name, excluded.kind)
  returning code, xmax = 0 as added
), saved as (
  insert into area_boundary (code, source, west, south, east, north, outline)
  select code, $9, west, south, east, north, outline::jsonb from given
  on conflict (code) do update
    set source = excluded.source, west = excluded.west, south = excluded.south, east = excluded.east, north = excluded.north,
        outline = excluded.outline
    where (area_boundary.source, area_boundary.outline) is distinct from (excluded.source, excluded.outline)
  returning code, xmax = 0 as added
)
select (select count(*) from saved where added)::int as added,
  (select count(*) from (select code from named where not added union select code from saved where not added) as touched
   where not exists (select 1 from saved s where s.added and s.code = touched.code))::int as changed`

/** One statement, so all of the batch or none of it; rows are sorted, so that two imports cannot deadlock. */
export async function saveBoundaries(
  db: Deps['db'],
  rows: Numbered<BoundaryRow>[],
  source: string,
): Promise<Saved> {
  const { kept, skips } = lastOfEach(rows, ({ code }) => code)
  const [counts] = await db.query<{ added: number; changed: number }>('import-boundaries', UPSERT, [
    kept.map(({ code }) => code),
    kept.map(({ name }) => name),
    kept.map(({ kind }) => kind),
    kept.map(({ box }) => box.west),
    kept.map(({ box }) => box.south),
    kept.map(({ box }) => box.east),
    kept.map(({ box }) => box.north),
    kept.map(({ rings }) => JSON.stringify(rings)),
    source,
  ])
  const { added, changed } = counts ?? { added: 0, changed: 0 }
  return { added, changed, unchanged: kept.length - added - changed, skips }
}
