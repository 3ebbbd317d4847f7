import { z } from 'zod'
import { notFound } from '#services/kernel/errors.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid } from '#services/providers/fields.schema.ts'

const degrees = (most: number) =>
  z
    .string()
    .regex(/^-?\d{1,3}(\.\d{1,20})?$/)
    .transform(Number)
    .pipe(z.number().min(-most).max(most))
const position = z.object({ lat: degrees(90), lon: degrees(180) })

/** Rounded to about a kilometre before anything is asked: nobody needs to know the house. */
const rounded = (value: number): number => Math.round(value * 100) / 100

// Wards first, within some five miles; else the nearest outcode within some twenty.
const NEAREST = `
SELECT name FROM (
  (SELECT w.name, 1 AS rank FROM ward w WHERE abs(w.lat - $1) < 0.07 AND abs(w.lon - $2) < 0.12
   ORDER BY (w.lat - $1) ^ 2 + ((w.lon - $2) * 0.6) ^ 2 LIMIT 1)
  UNION ALL
  (SELECT o.outcode, 2 FROM outcode o WHERE abs(o.lat - $1) < 0.3 AND abs(o.lon - $2) < 0.5
   ORDER BY (o.lat - $1) ^ 2 + ((o.lon - $2) * 0.6) ^ 2 LIMIT 1)) known
ORDER BY rank LIMIT 1`

/**
 * The place that somebody's browser says they are at: a ward or an outcode, as they would have typed it. The position is used for this and
 * kept nowhere.
 * @param typed latitude and longitude as text
 * @throws INVALID for what is no position; NOT_FOUND where no place is known near it
 */
export async function nearestPlace(
  { db }: Pick<Deps, 'db'>,
  typed: Record<string, unknown>,
): Promise<string> {
  const parsed = position.safeParse(typed)
  if (!parsed.success)
    throw invalid({ near: ['We could not read where you are. Type a postcode or a place instead.'] })
  const [row] = await db.query<{ name: string }>('nearest_place', NEAREST, [
    rounded(parsed.data.lat),
    rounded(parsed.data.lon),
  ])
  if (!row) throw notFound()
  return row.name
}
