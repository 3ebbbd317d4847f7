import type { Db } from '#services/db/client.server.ts'
import type { Point } from '#services/kernel/geo.ts'

export interface NamedArea {
  name: string
  /** The council it is part of; empty for a council's own area. */
  inside: string
  point: Point
}

const BY_NAME = `
SELECT name, inside, lat, lon FROM (
  SELECT w.name, c.name AS inside, w.lat, w.lon FROM ward w JOIN council c ON c.id = w.council_id
  UNION ALL
  SELECT c.name, '', avg(w.lat), avg(w.lon) FROM council c JOIN ward w ON w.council_id = c.id GROUP BY c.name) areas
WHERE similarity(lower(name), lower($1)) >= $2
ORDER BY similarity(lower(name), lower($1)) DESC, name, inside LIMIT 5`

/**
 * Wards and councils by name.
 * @param likeness 1 for the name itself, less for names like it (trigram similarity)
 */
export async function areasNamed(db: Db, name: string, likeness = 1): Promise<NamedArea[]> {
  const rows = await db.query<{ name: string; inside: string; lat: number; lon: number }>(
    'councils_areas_named',
    BY_NAME,
    [name, likeness],
  )
  return rows.map(({ lat, lon, ...area }) => ({ ...area, point: { lat, lon } }))
}

/** About 15 miles: further from every ward is in no council that uses Kith. */
const NEAREST = `
SELECT p.n, (SELECT w.council_id FROM ward w
             WHERE abs(w.lat - p.lat) < 0.22 AND abs(w.lon - p.lon) < 0.36
             ORDER BY (w.lat - p.lat) ^ 2 + ((w.lon - p.lon) * 0.6) ^ 2 LIMIT 1) AS council_id
FROM unnest($1::float8[], $2::float8[]) WITH ORDINALITY AS p(lat, lon, n) ORDER BY p.n`

/** The council whose ward is nearest to each point, in the same order; null where none is near. One statement. */
export async function councilsAt(db: Db, points: readonly Point[]): Promise<(string | null)[]> {
  const rows = await db.query<{ council_id: string | null }>('councils_at', NEAREST, [
    points.map(({ lat }) => lat),
    points.map(({ lon }) => lon),
  ])
  return rows.map(({ council_id }) => council_id)
}
