import { algoliaClient } from '#services/adapters/search/algolia-client.server.ts'
import { algoliaIndex } from '#services/adapters/search/algolia-index.server.ts'
import { algoliaSearch } from '#services/adapters/search/algolia.server.ts'
import { searchRules } from '#services/discovery/search-rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Search } from '#services/ports/search.ts'
import { startFakeAlgolia } from '#tests/support/algolia/fake.ts'
import { keysFor, PATIENT_MS } from '#tests/support/search-worlds.ts'
import { relevanceMarket } from './market.ts'

/**
 * The judged market in Algolia's fake, with the settings, synonyms and records that `search:configure` and `search:reindex` send. It says
 * how good those are as far as the fake goes: whole words and plurals, one-way synonyms, slips by length, the order of ranking. What Algolia
 * itself does beyond that is not measured: nearness of words to each other, its own dictionaries of plurals, words written together.
 */
export async function relevanceInAlgolia(
  deps: Pick<Deps, 'clock'>,
): Promise<{ search: Search; breaches: readonly string[]; close: () => Promise<void> }> {
  const fake = await startFakeAlgolia()
  const keys = keysFor(fake.host)
  const client = algoliaClient(keys, { readMs: PATIENT_MS })
  const index = algoliaIndex(client, keys.index, searchRules)
  await index.configure()
  const now = deps.clock.now()
  await index.save(
    relevanceMarket(now.epochMilliseconds).map(({ entry }) => entry),
    now,
  )
  const elsewhere = algoliaSearch(client, keys.index, searchRules)
  return {
    breaches: fake.breaches,
    close: () => fake.close(),
    search: {
      async find(query, at) {
        const answer = await elsewhere.find(query, at)
        // Nothing of this may be PostgreSQL's answer.
        if (!answer) throw new Error('Algolia left it to PostgreSQL')
        return answer
      },
    },
  }
}
