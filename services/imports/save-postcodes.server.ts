import type { Deps } from '#services/ports/deps.ts'
import type { OutcodeRow, PostcodeRow } from './postcode-file.rules.ts'
import type { Numbered, Saved } from './run-import.server.ts'
import type { Skip } from './skipped.ts'

type Db = Pick<Deps, 'db'>['db']
interface Counts {
  added: number
  changed: number
}

const UPSERT_POSTCODES = `
with saved as (
  insert into postcode (postcode, outcode, lat, lon, district_code, terminated)
  select * from unnest($1::text[], $2::text[], $3::float8[], $4::float8[], $5::text[], $6::bool[])
  on conflict (postcode) do update
    set lat = excluded.lat, lon = excluded.lon, terminated = excluded.terminated,
        district_code = coalesce(excluded.district_code, postcode.district_code)
    where (postcode.lat, postcode.lon, postcode.terminated, postcode.district_code)
      is distinct from (excluded.lat, excluded.lon, excluded.terminated, coalesce(excluded.district_code, postcode.district_code))
  returning xmax = 0 as added
)
select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed from saved`

/** Here and below the larger count of postcodes wins: a half-filled table must not move an outcode counted in full. */
const UPSERT_OUTCODES = `
with saved as (
  insert into outcode (outcode, lat, lon, postcodes, district)
  select * from unnest($1::text[], $2::float8[], $3::float8[], $4::int[], $5::text[])
  on conflict (outcode) do update
    set lat = excluded.lat, lon = excluded.lon, postcodes = excluded.postcodes,
        district = coalesce(excluded.district, outcode.district)
    where excluded.postcodes >= outcode.postcodes and (outcode.lat, outcode.lon, outcode.postcodes, outcode.district)
      is distinct from (excluded.lat, excluded.lon, excluded.postcodes, coalesce(excluded.district, outcode.district))
  returning xmax = 0 as added
)
select count(*) filter (where added)::int as added, count(*) filter (where not added)::int as changed from saved`

const REFRESH_OUTCODES = `
insert into outcode (outcode, lat, lon, postcodes, district)
select outcode, round(avg(lat)::numeric, 5)::float8, round(avg(lon)::numeric, 5)::float8, count(*)::int,
       mode() within group (order by district_code)
from postcode where outcode = any($1::text[]) and not terminated
group by outcode
on conflict (outcode) do update
  set lat = excluded.lat, lon = excluded.lon, postcodes = excluded.postcodes,
      district = coalesce(excluded.district, outcode.district)
  where excluded.postcodes > outcode.postcodes`

/** One statement, so all of the batch or none of it. Rows are sorted, so that two imports cannot deadlock. */
export async function savePostcodes(db: Db, rows: Numbered<PostcodeRow>[]): Promise<Saved> {
  const { kept, skips } = lastOfEach(rows, ({ postcode }) => postcode)
  const [counts] = await db.query<Counts>('import-postcodes', UPSERT_POSTCODES, [
    kept.map((row) => row.postcode),
    kept.map((row) => row.outcode),
    kept.map((row) => centimetres(row.lat)),
    kept.map((row) => centimetres(row.lon)),
    kept.map((row) => row.districtCode),
    kept.map((row) => row.terminated),
  ])
  return saved(counts, kept.length, skips)
}

export async function saveOutcodes(db: Db, rows: Numbered<OutcodeRow>[]): Promise<Saved> {
  const { kept, skips } = lastOfEach(rows, ({ outcode }) => outcode)
  const [counts] = await db.query<Counts>('import-outcodes', UPSERT_OUTCODES, [
    kept.map((row) => row.outcode),
    kept.map((row) => row.lat),
    kept.map((row) => row.lon),
    kept.map((row) => row.postcodes),
    kept.map((row) => row.district),
  ])
  return saved(counts, kept.length, skips)
}

/** Middle, number and main district of these outcodes from the postcodes in them that are in use. */
export async function refreshOutcodes(db: Db, outcodes: Iterable<string>): Promise<void> {
  const all = [...outcodes].sort()
  for (let from = 0; from < all.length; from += 200)
    await db.query('import-refresh-outcodes', REFRESH_OUTCODES, [all.slice(from, from + 200)])
}

const saved = (counts: Counts | undefined, rows: number, skips: Skip[]): Saved => {
  const { added, changed } = counts ?? { added: 0, changed: 0 }
  return { added, changed, unchanged: rows - added - changed, skips }
}

/** ON CONFLICT cannot touch a row twice in one statement. */
export function lastOfEach<Row>(rows: Numbered<Row>[], keyOf: (row: Row) => string) {
  const last = new Map<string, Numbered<Row>>()
  const skips: Skip[] = []
  for (const numbered of rows) {
    const key = keyOf(numbered.row)
    const earlier = last.get(key)
    if (earlier) skips.push({ line: earlier.line, why: 'repeated' })
    last.set(key, numbered)
  }
  const kept = [...last].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, { row }]) => row)
  return { kept, skips }
}

/** Seven decimals of a degree: about a centimetre, and half the bytes. */
const centimetres = (degrees: number): number => Math.round(degrees * 1e7) / 1e7
