/** The two engines of search over the same market, for the contract suite. */
import { algoliaClient } from '#services/adapters/search/algolia-client.server.ts'
import { algoliaSearch } from '#services/adapters/search/algolia.server.ts'
import { postgresSearch } from '#services/adapters/search/postgres.server.ts'
import { searchRules } from '#services/discovery/search-rules.ts'
import { writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import type { AlgoliaKeys } from '#services/env.server.ts'
import { roughly } from '#services/kernel/geo.ts'
import type { Search } from '#services/ports/search.ts'
import {
  FAKE_ADMIN_KEY,
  FAKE_APP,
  FAKE_SEARCH_KEY,
  type FakeAlgolia,
  startFakeAlgolia,
} from './algolia/fake.ts'
import { openTestHouse, type TestHouse } from './house.ts'
import { MARKET } from './searched-market.ts'

/**
 * Where those who come to people start from is rounded before it leaves the house. Here they stand where that changes nothing, so that
 * both engines have to find exactly the same; what the rounding does has a test of its own.
 */
export const onTheLattice = (document: EntryDocument): EntryDocument =>
  document.comesToYou && document.point ? { ...document, point: roughly(document.point) } : document
export const ENTRIES: readonly EntryDocument[] = MARKET.map(onTheLattice)

export const keysFor = (host: string): AlgoliaKeys => ({
  appId: FAKE_APP,
  searchKey: FAKE_SEARCH_KEY,
  adminKey: FAKE_ADMIN_KEY,
  index: 'kith',
  host,
})

/** What is asked here is what it answers, not how soon: a busy machine is no fault of the engine's. */
export const PATIENT_MS = 20_000

export interface SearchWorld {
  house: TestHouse
  fake: FakeAlgolia
  /** Algolia alone: what it leaves to PostgreSQL is an error here. */
  algolia: Search
  postgres: Search
  close(): Promise<void>
}

export async function searchWorld(entries: readonly EntryDocument[] = ENTRIES): Promise<SearchWorld> {
  const fake = await startFakeAlgolia()
  const keys = keysFor(fake.host)
  const house = await openTestHouse({ settings: { algolia: keys } })
  const { db, clock, searchIndex } = house.deps
  await db.tx((tx) => writeEntries(tx, entries))
  await searchIndex?.configure()
  await searchIndex?.save(entries, clock.now())
  const elsewhere = algoliaSearch(algoliaClient(keys, { readMs: PATIENT_MS }), keys.index, searchRules)
  return {
    house,
    fake,
    postgres: postgresSearch(db, searchRules),
    algolia: {
      async find(query, now) {
        const answer = await elsewhere.find(query, now)
        if (!answer) throw new Error('Algolia left it to PostgreSQL')
        return answer
      },
    },
    async close() {
      await house.close()
      await fake.close()
    },
  }
}
