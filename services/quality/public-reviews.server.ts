import { z } from 'zod'
import type { Db } from '#services/db/client.server.ts'
import { SCORE_WORDS, SCORES, type Score } from './review.schema.ts'

/** What people said, as anybody may see it: spreads and words, never who. */
export interface PublicReviews {
  count: number
  newestAt: Date | null
  /** How many gave 1 to 5, for each score; null below three people. */
  spreads: { score: Score; words: string; counts: [number, number, number, number, number] }[] | null
  /** Newest first. Nothing that identifies who wrote them. */
  reviews: { key: string; comment: string; keptMeInControl: number; at: Date; reply: string | null }[]
}

/** Fewer people than this: no figures and no words, because a reader could tell who it was. */
export const FEWEST_SHOWN = 3
const COLUMNS: Record<Score, string> = {
  keptMeInControl: 'kept_me_in_control',
  reliable: 'reliable',
  respectful: 'respectful',
  listened: 'listened',
  madeADifference: 'made_a_difference',
}

const spread = (column: string): string =>
  `ARRAY[${[1, 2, 3, 4, 5].map((n) => `count(*) FILTER (WHERE ${column} = ${String(n)})`).join(', ')}]::int[] AS ${column}`

// People, not reviews: somebody who is asked every quarter counts once, with their latest.
const COUNTS = `
SELECT count(*)::int AS count, max(created_at) AS newest, ${SCORES.map((score) => spread(COLUMNS[score])).join(', ')}
FROM (SELECT DISTINCT ON (person_id, service_id) * FROM review WHERE CASE WHEN $1 = 'service' THEN service_id = $2::uuid ELSE provider_id = $2::uuid END
      ORDER BY person_id, service_id, created_at DESC) latest`
const WORDS = `
SELECT id, comment, kept_me_in_control, created_at, reply FROM review
WHERE CASE WHEN $1 = 'service' THEN service_id = $2::uuid ELSE provider_id = $2::uuid END AND comment <> ''
ORDER BY created_at DESC, id LIMIT $3`

const five = z.tuple([z.number(), z.number(), z.number(), z.number(), z.number()])
const counted = z.object({
  count: z.number(),
  newest: z.date().nullable(),
  kept_me_in_control: five,
  reliable: five,
  respectful: five,
  listened: five,
  made_a_difference: five,
})
const said = z.object({
  id: z.string(),
  comment: z.string(),
  kept_me_in_control: z.number(),
  created_at: z.date(),
  reply: z.string().nullable(),
})

/** Reviews of a service, or of everything a provider does. Two statements; none of the second when too few have said. */
export async function publicReviews(
  db: Db,
  of: { kind: 'service' | 'provider'; id: string },
  most: number,
): Promise<PublicReviews> {
  const [row] = await db.query<object>('quality_counts', COUNTS, [of.kind, of.id])
  const all = counted.parse(row)
  if (all.count < FEWEST_SHOWN) return { count: all.count, newestAt: all.newest, spreads: null, reviews: [] }
  const words = z.array(said).parse(await db.query<object>('quality_words', WORDS, [of.kind, of.id, most]))
  return {
    count: all.count,
    newestAt: all.newest,
    spreads: SCORES.map((score) => ({
      score,
      words: SCORE_WORDS[score],
      counts: all[COLUMNS[score] as Exclude<keyof typeof all, 'count' | 'newest'>],
    })),
    reviews: words.map((review) => ({
      key: review.id,
      comment: review.comment,
      keptMeInControl: review.kept_me_in_control,
      at: review.created_at,
      reply: review.reply,
    })),
  }
}
