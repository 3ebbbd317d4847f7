import { z } from 'zod'
import type { Db } from '#services/db/client.server.ts'
import { simplify, SQUEEZE, snapped, type Box } from '#services/kernel/outline.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'

/** A council's area as a map draws it. */
export interface MapArea {
  code: string
  name: string
  /** Who publishes its outline, and under which licence. */
  source: string
  /** Degrees, flat; see kernel/outline.ts. */
  rings: number[][]
}

/** All councils of England that care for adults are 153: beyond this the smallest are left out. */
const MOST_AREAS = 200
const MOST_POINTS = 12_000
/** A pixel of a map as wide as a screen. */
const PIXELS = 1_200

// A county’s districts lie in it: where both are held, the county is drawn, since adult social care is its work.
const IN_BOX = `
SELECT b.code, a.name, b.source, b.outline AS rings FROM area_boundary b JOIN area a USING (code)
WHERE b.west <= $3 AND b.east >= $1 AND b.south <= $4 AND b.north >= $2
  AND NOT (a.kind = 'district' AND EXISTS (
    SELECT 1 FROM area_boundary o JOIN area c USING (code)
    WHERE c.kind = 'county' AND o.west <= b.west AND o.east >= b.east AND o.south <= b.south AND o.north >= b.north))
ORDER BY (b.east - b.west) * (b.north - b.south) DESC, b.code LIMIT $5`

/** Thousands of numbers: looked at by hand, which is ten times as quick as a schema for each. */
const outline = z.custom<number[][]>(
  (value) =>
    Array.isArray(value) && value.every((ring) => Array.isArray(ring) && ring.every(Number.isFinite)),
)

/** Boundaries change once a year: an answer is good for this long, and asking again costs a statement a page. */
const FRESH_MS = 60_000
/** Numbers of all answers that are kept at once: some megabytes. */
const MOST_KEPT = 400_000
interface Kept {
  at: number
  size: number
  areas: readonly MapArea[]
}
const answers = new WeakMap<Db, Map<string, Kept>>()

/**
 * The areas that meet a box, the largest first, with as few points as their size on a map allows: at most 200 areas and 12,000
 * points. The box is widened to a grid first, so that those who look nearby get the same answer.
 */
export async function areasIn(db: Db, box: Box): Promise<readonly MapArea[]> {
  const { west, south, east, north } = snapped(box)
  const key = [west, south, east, north].join()
  const known = answers.get(db) ?? new Map<string, Kept>()
  answers.set(db, known)
  const earlier = known.get(key)
  if (earlier && performance.now() - earlier.at < FRESH_MS) return earlier.areas
  const rows = await db.query<MapArea>('discovery_boundaries', IN_BOX, [west, south, east, north, MOST_AREAS])
  const pixel = Math.max((east - west) * SQUEEZE, north - south) / PIXELS
  const areas = fewer(
    rows.map((row) => ({ ...row, rings: outline.parse(row.rings) })),
    pixel,
  )
  const size = sizeOf(areas)
  const kept = [...known.values()].reduce((sum, one) => sum + one.size, 0)
  if (kept + size > MOST_KEPT) known.clear()
  known.set(key, { at: performance.now(), size: size + 1_000, areas })
  return areas
}

const sizeOf = (areas: readonly MapArea[]): number =>
  areas.reduce((sum, { rings }) => sum + rings.reduce((points, ring) => points + ring.length, 0), 0)

/** Nothing that is smaller than a pixel; coarser, when that is still too much. */
function fewer(areas: readonly MapArea[], pixel: number): MapArea[] {
  for (let tolerance = pixel; ; tolerance *= 2) {
    const out = areas.map(({ rings, ...area }) => ({
      ...area,
      rings: rings.map((ring) => simplify(ring, tolerance, SQUEEZE)).filter((ring) => ring.length >= 6),
    }))
    if (sizeOf(out) <= 2 * MOST_POINTS) return out.filter(({ rings }) => rings.length > 0)
  }
}

const degrees = z
  .string()
  .regex(/^-?\d{1,3}(\.\d{1,6})?$/)
  .transform(Number)
/** Some seven times as wide as it has to be for the furthest search, and bounded by the country. */
const boxOfText = z
  .string()
  .transform((text) => text.split(','))
  .pipe(z.tuple([degrees, degrees, degrees, degrees]))
  .transform(([west, south, east, north]): Box => ({ west, south, east, north }))
  .refine(({ west, south, east, north }) => west < east && south < north)
  .refine(({ west, south, east, north }) => west >= -16 && east <= 8 && south >= 44 && north <= 66)

/**
 * The areas of a box as an address says it, `west,south,east,north` in degrees: for a map that moves. They are public facts.
 * @throws DomainError INVALID for what is no box, or one that is not about the country
 */
export async function boundariesIn({ db }: Pick<Deps, 'db'>, typed: string): Promise<readonly MapArea[]> {
  const box = boxOfText.safeParse(typed)
  if (!box.success) throw invalid({ box: ['This is no part of the country that we have a map of.'] })
  return areasIn(db, box.data)
}
