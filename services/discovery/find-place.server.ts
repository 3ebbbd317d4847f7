import { areasNamed } from '#services/councils/find-wards.server.ts'
import type { Db } from '#services/db/client.server.ts'
import { normaliseOutcode, normalisePostcode, type Point } from '#services/kernel/geo.ts'
import { plain } from './words.rules.ts'

export interface FoundPlace {
  point: Point
  /** As the page says it: 'OL1 1AA', 'Millgate'. */
  label: string
  /** What may be kept of it: an outcode or a place's name, never a whole postcode. */
  area: string
  /** Only the middle of a larger area is known, so distances are rough. */
  rough: boolean
}
export type PlaceAnswer =
  | { found: FoundPlace }
  /** Nothing by that name; names that are like it. */
  | { found: null; like: readonly string[]; shape: 'postcode' | 'outcode' | 'name' }

const BY_CODE = `
SELECT lat, lon, what FROM (
  SELECT lat, lon, 'postcode' AS what, 1 AS rank FROM postcode WHERE postcode = $1
  UNION ALL SELECT avg(lat), avg(lon), 'postcodes', 2 FROM postcode WHERE outcode = $2 HAVING count(*) > 0
  UNION ALL SELECT lat, lon, 'outcode', 3 FROM outcode WHERE outcode = $2) known
ORDER BY rank LIMIT 1`

// Towns in which something is listed, and the districts of outcodes.
const BY_NAME = `
SELECT name, lat, lon FROM (
  SELECT min(place_name) AS name, avg(lat) AS lat, avg(lon) AS lon, 1 AS rank FROM search_entry
  WHERE lower(place_name) LIKE $1 AND lat IS NOT NULL HAVING count(*) > 0
  UNION ALL
  SELECT min(district), sum(lat * greatest(postcodes, 1)) / sum(greatest(postcodes, 1)),
    sum(lon * greatest(postcodes, 1)) / sum(greatest(postcodes, 1)), 2
  FROM outcode WHERE lower(district) = $2 HAVING count(*) > 0) known
ORDER BY rank LIMIT 1`
const LIKE_NAME = `
SELECT name FROM (
  SELECT DISTINCT place_name AS name FROM search_entry WHERE lower(place_name) % $1
  UNION SELECT DISTINCT district FROM outcode WHERE lower(district) % $1) known
ORDER BY similarity(lower(name), $1) DESC, name LIMIT 3`

interface At {
  lat: number
  lon: number
}

async function byCode(db: Db, postcode: string | null, outcode: string): Promise<FoundPlace | null> {
  const rows = await db.query<At & { what: 'postcode' | 'postcodes' | 'outcode' }>(
    'find_place_code',
    BY_CODE,
    [postcode, outcode],
  )
  const [row] = rows
  if (!row) return null
  const { lat, lon, what } = row
  // The outcode's postcodes are known and this one is not among them: it is a slip, not a gap.
  if (postcode && what === 'postcodes') return null
  const exact = what === 'postcode'
  return { point: { lat, lon }, label: exact ? (postcode ?? outcode) : outcode, area: outcode, rough: !exact }
}

const likePattern = (text: string): string => text.replace(/[\\%_]/g, '\\$&')

async function byName(db: Db, name: string): Promise<FoundPlace | null> {
  const [area] = await areasNamed(db, name)
  if (area) return { point: area.point, label: area.name, area: area.name, rough: false }
  const [row] = await db.query<At & { name: string }>('find_place_name', BY_NAME, [likePattern(name), name])
  return row ? { point: { lat: row.lat, lon: row.lon }, label: row.name, area: row.name, rough: false } : null
}

async function ask(db: Db, text: string): Promise<PlaceAnswer> {
  const postcode = normalisePostcode(text)
  const outcode = postcode ? (postcode.split(' ')[0] ?? null) : normaliseOutcode(text)
  if (outcode) {
    const found = await byCode(db, postcode, outcode)
    if (found) return { found }
    return { found: null, like: [], shape: postcode ? 'postcode' : 'outcode' }
  }
  const name = text.toLowerCase()
  const found = (await byName(db, name)) ?? (plain(text) === name ? null : await byName(db, plain(text)))
  if (found) return { found }
  const wards = await areasNamed(db, name, 0.35)
  const others = await db.query<{ name: string }>('find_place_like', LIKE_NAME, [name])
  const like = [...new Set([...wards, ...others].map((one) => one.name))].slice(0, 3)
  return { found: null, like, shape: 'name' }
}

/** Places hardly move: an answer is good for this long, and asking again costs a statement a page. */
const FRESH_MS = 60_000
const MOST = 2_000
const answers = new WeakMap<Db, Map<string, { answer: PlaceAnswer; at: number }>>()

/** Where a person means: a postcode, the first half of one, a ward, a council, a town in which something is listed. */
export async function findPlace(db: Db, text: string): Promise<PlaceAnswer> {
  const key = text.normalize('NFKC').replace(/\s+/g, ' ').trim()
  const known = answers.get(db) ?? new Map<string, { answer: PlaceAnswer; at: number }>()
  answers.set(db, known)
  const earlier = known.get(key)
  if (earlier && performance.now() - earlier.at < FRESH_MS) return earlier.answer
  const answer = await ask(db, key)
  // Only what was found: a place may be imported any moment.
  if (answer.found) {
    if (known.size >= MOST) known.clear()
    known.set(key, { answer, at: performance.now() })
  }
  return answer
}
