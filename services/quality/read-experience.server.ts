import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'

/** What people said about one service, as search and pages show it: counts, never a single blended score. */
export interface Experience {
  /** How many people gave kept_me_in_control 1, 2, 3, 4 and 5. */
  counts: readonly [number, number, number, number, number]
  count: number
  /** Mean of kept_me_in_control shrunk towards its category's mean; 0 while nothing at all is known. */
  score: number
  newestAt: Date | null
}

/** How many reviews the category's mean weighs as much as (domain.md, "Quality, safety"). */
export const PRIOR_WEIGHT = 5

/** (sum + weight × prior) ÷ (count + weight): two fives do not beat forty fours. */
export function shrunkenMean(counts: readonly number[], prior: number | null): number {
  const count = counts.reduce((all, n) => all + n, 0)
  const sum = counts.reduce((all, n, index) => all + n * (index + 1), 0)
  if (prior === null) return count === 0 ? 0 : sum / count
  return (sum + PRIOR_WEIGHT * prior) / (count + PRIOR_WEIGHT)
}

const row = z.object({
  id: z.string(),
  counts: z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()]),
  newest: z.date().nullable(),
  prior: z.number().nullable(),
})

/** Experience of many services in one statement. A service without reviews has the mean of its category as its score. */
export async function readExperience(
  tx: Tx,
  serviceIds: readonly string[],
): Promise<Map<string, Experience>> {
  if (serviceIds.length === 0) return new Map()
  const rows = await tx.$queryRaw`
    WITH wanted AS (
      SELECT s.id, v.category_code FROM service s JOIN service_version v ON v.id = s.current_version_id
      WHERE s.id = ANY (${[...serviceIds]}::uuid[])
    ), prior AS (
      SELECT v.category_code, avg(r.kept_me_in_control)::float8 AS mean
      FROM review r JOIN service s ON s.id = r.service_id JOIN service_version v ON v.id = s.current_version_id
      WHERE v.category_code IN (SELECT category_code FROM wanted)
      GROUP BY v.category_code
    ), said AS (
      SELECT r.service_id, max(r.created_at) AS newest,
        ARRAY[count(*) FILTER (WHERE r.kept_me_in_control = 1), count(*) FILTER (WHERE r.kept_me_in_control = 2),
              count(*) FILTER (WHERE r.kept_me_in_control = 3), count(*) FILTER (WHERE r.kept_me_in_control = 4),
              count(*) FILTER (WHERE r.kept_me_in_control = 5)]::int[] AS counts
      -- People, not reviews: of somebody who is asked each quarter the newest counts.
      FROM (SELECT DISTINCT ON (service_id, person_id) service_id, kept_me_in_control, created_at FROM review
            WHERE service_id IN (SELECT id FROM wanted) ORDER BY service_id, person_id, created_at DESC) r
      GROUP BY r.service_id
    )
    SELECT w.id, coalesce(d.counts, '{0,0,0,0,0}') AS counts, d.newest, p.mean AS prior
    FROM wanted w LEFT JOIN said d ON d.service_id = w.id LEFT JOIN prior p ON p.category_code = w.category_code`
  return new Map(
    z
      .array(row)
      .parse(rows)
      .map(({ id, counts, newest, prior }) => [
        id,
        {
          counts,
          count: counts.reduce((all, n) => all + n, 0),
          score: shrunkenMean(counts, prior),
          newestAt: newest,
        },
      ]),
  )
}
