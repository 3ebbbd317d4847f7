import { boxOf, simplify, SQUEEZE, type Box } from '#services/kernel/outline.ts'
import { inTheUnitedKingdom } from './national-grid.rules.ts'
import { clean } from './register-text.rules.ts'
import type { SkipReason } from './skipped.ts'

export interface BoundaryRow {
  code: string
  name: string
  kind: string
  box: Box
  /** Degrees, flat; see kernel/outline.ts. */
  rings: number[][]
}

/** What the first three characters of an ONS code say. */
const KINDS: Readonly<Record<string, string>> = {
  E06: 'unitary',
  E07: 'district',
  E08: 'metropolitan_district',
  E09: 'london_borough',
  E10: 'county',
  S12: 'council_area',
  W06: 'principal_area',
  N09: 'district',
}

/** What kind of council a GSS code is of; null for anything else. */
export const kindOfArea = (code: string): string | null => KINDS[code.slice(0, 3)] ?? null

/** A whole outline as surveyed has more; ONS's generalised editions stay far below. */
const MOST_POINTS = 200_000
const MOST_RINGS = 20_000
/** What is kept of one area: more cannot be seen on a map of this size. */
const KEPT_POINTS = 2_000
const KEPT_RINGS = 1_000
/** About eleven metres. */
const FINEST = 0.0001

/** ONS names its columns after the kind of area and the year: LAD24CD and LAD24NM. */
const CODE = /^(?:(?:gss_|area_)?code|[a-z]{2,8}\d{2}cd)$/i
const namesBeside = (column: string): string[] => [
  column.toLowerCase().replace(/code$/, 'name').replace(/cd$/, 'nm'),
  'area_name',
  'name',
]

type Refusal = { why: SkipReason; detail?: string }

/** A feature of a GeoJSON file as the outline of a council's area, with no more points than a map can show; or why it is none. */
export function readBoundary(value: unknown): { row: BoundaryRow } | Refusal {
  const feature = recordOf(value)
  if (feature?.['type'] !== 'Feature') return { why: 'not_a_record', detail: 'no Feature' }
  const texts = Object.entries(recordOf(feature['properties']) ?? {}).flatMap(([key, one]) =>
    typeof one === 'string' ? [[key, clean(one)] as const] : [],
  )
  const codes = texts.filter(([key, text]) => CODE.test(key) && /^[A-Z]\d{8}$/.test(text))
  // A file may say beside a council what it lies in.
  const [column, code] = codes.find(([, text]) => kindOfArea(text)) ?? codes[0] ?? []
  if (!column || !code) return { why: 'bad_code' }
  const kind = kindOfArea(code)
  if (!kind) return { why: 'not_a_council', detail: code.slice(0, 3) }
  const name =
    namesBeside(column)
      .map((wanted) => texts.find(([key]) => key.toLowerCase() === wanted)?.[1])
      .find(Boolean) ?? ''
  if (name === '' || name.length > 200) return { why: 'bad_record', detail: 'name' }
  const read = ringsOf(recordOf(feature['geometry']))
  if ('why' in read) return read
  const rings = forAMap(read.rings)
  const box = boxOf(rings)
  if (!box || box.west >= box.east || box.south >= box.north) return { why: 'no_outline' }
  return { row: { code, name, kind, box, rings } }
}

function recordOf(value: unknown): Record<string, unknown> | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : null
}
const listOf = (value: unknown): unknown[] => (Array.isArray(value) ? value : [])

function ringsOf(geometry: Record<string, unknown> | null): { rings: number[][] } | Refusal {
  if (!geometry) return { why: 'no_outline' }
  const { type, coordinates } = geometry
  if (type !== 'Polygon' && type !== 'MultiPolygon')
    return {
      why: 'wrong_geometry',
      ...(typeof type === 'string' ? { detail: clean(type).slice(0, 30) } : {}),
    }
  const given = (type === 'Polygon' ? [coordinates] : listOf(coordinates)).flatMap(listOf).map(listOf)
  if (given.length === 0) return { why: 'no_outline' }
  const points = given.reduce((sum, ring) => sum + ring.length, 0)
  if (points > MOST_POINTS || given.length > MOST_RINGS) return { why: 'too_many_points' }
  const rings: number[][] = []
  for (const positions of given) {
    const ring = ringOf(positions)
    if (!Array.isArray(ring)) return ring
    rings.push(ring)
  }
  return { rings }
}

/** GeoJSON says the first point again at the end (RFC 7946, 3.1.6); a ring here does not. */
function ringOf(positions: unknown[]): number[] | Refusal {
  const ring: number[] = []
  for (const position of positions) {
    const [lon, lat] = listOf(position)
    if (typeof lon !== 'number' || typeof lat !== 'number')
      return { why: 'bad_position', detail: 'not a number' }
    if (!inTheUnitedKingdom({ lat, lon }))
      return {
        why: 'bad_position',
        ...(Math.abs(lat) > 90 || Math.abs(lon) > 180
          ? { detail: 'these look like eastings and northings: use the edition in WGS84' }
          : {}),
      }
    ring.push(lon, lat)
  }
  const closed = ring[0] === ring.at(-2) && ring[1] === ring.at(-1)
  if (positions.length < 4 || !closed) return { why: 'open_ring' }
  return ring.slice(0, -2)
}

/** Fewer points until it is few enough, and none that could not be seen: to about a metre. */
function forAMap(rings: readonly number[][]): number[][] {
  for (let tolerance = FINEST; ; tolerance *= 2) {
    const kept = rings
      .map((ring) => simplify(ring, tolerance, SQUEEZE).map((degrees) => Math.round(degrees * 1e5) / 1e5))
      .filter((ring) => ring.length >= 6)
    if (kept.length <= KEPT_RINGS && kept.reduce((sum, ring) => sum + ring.length / 2, 0) <= KEPT_POINTS)
      return kept
  }
}
