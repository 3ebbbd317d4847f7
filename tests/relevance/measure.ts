import { findPage } from '#services/discovery/find-page.server.ts'
import { writeEntries } from '#services/discovery/write-entries.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { JUDGED, type Judged } from './judged.ts'
import { relevanceMarket } from './market.ts'

const PLACES = 10
const KEYS = new Map(relevanceMarket(0).map(({ key, entry }) => [entry.id, key]))

/** The gain of a list: each grade counts less the further down it stands (Järvelin and Kekäläinen, 2002; gain 2^grade − 1). */
const gain = (grades: readonly number[]): number =>
  grades.slice(0, PLACES).reduce((sum, grade, at) => sum + (2 ** grade - 1) / Math.log2(at + 2), 0)

/** nDCG@10 of one list: 1 when nothing better could stand in the first ten places. */
export function ndcg(found: readonly string[], grades: ReadonlyMap<string, number>): number {
  const best = gain([...grades.values()].sort((a, b) => b - a))
  return best === 0 ? 1 : gain(found.map((key) => grades.get(key) ?? 0)) / best
}

export interface Scored {
  query: string
  score: number
  found: string[]
}

/** Writes the market into an empty search. */
export async function writeRelevanceMarket(deps: Pick<Deps, 'db' | 'clock'>): Promise<void> {
  const { db, clock } = deps
  await db.prisma.council.create({
    data: { slug: 'relevance', name: 'Relevance', phone: '01632 960100', urgentPhone: '01632 960199' },
  })
  const council = await db.prisma.council.findFirstOrThrow({ where: { slug: 'relevance' } })
  await db.prisma.ward.create({
    data: { councilId: council.id, name: 'Quarry Bank', lat: 53.54, lon: -2.11 },
  })
  await db.tx((tx) =>
    writeEntries(
      tx,
      relevanceMarket(clock.now().epochMilliseconds).map(({ entry }) => entry),
    ),
  )
}

/**
 * Each judged query asked as people ask it, through the page. Where nothing is right the score is 1 when the page finds nothing, or says
 * that nothing here has the words.
 */
export async function scoreAll(deps: Deps): Promise<Scored[]> {
  const scored: Scored[] = []
  for (const one of JUDGED) scored.push(await score(deps, one))
  return scored
}

async function score(deps: Deps, { query, grades }: Judged): Promise<Scored> {
  const page = await findPage(deps, ANONYMOUS, new URLSearchParams({ q: query }))
  const found = page.cards.map(({ key }) => KEYS.get(key) ?? key)
  if (grades.size > 0) return { query, score: ndcg(found, grades), found }
  const honest = page.total === 0 || page.notes.some((note) => note.startsWith('Nothing here mentions'))
  return { query, score: honest ? 1 : 0, found }
}

export const mean = (scores: readonly Scored[]): number =>
  scores.reduce((sum, { score: each }) => sum + each, 0) / scores.length
