import type { Deps } from '#services/ports/deps.ts'
import type { SearchQuery } from '#services/ports/search.ts'

/** What fits beyond so many is not looked through for what is new: whoever has so much to choose from waits for nothing. */
export const MOST_SEEN = 500

/** Ids of what fits a search now, best first, bookable or not; at most 500. */
export async function fitting(
  { search, clock }: Pick<Deps, 'search' | 'clock'>,
  query: SearchQuery,
): Promise<string[]> {
  const { hits } = await search.find({ ...query, sort: 'best', page: 1, perPage: MOST_SEEN }, clock.now())
  return hits.map(({ id }) => id)
}
