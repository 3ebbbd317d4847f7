import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { SearchQuery } from '#services/ports/search.ts'
import { CENTRE, EVERYTHING, fits } from '#tests/support/searched-market.ts'
import { market } from '#tests/factories/market.ts'
import { algoliaContract } from '#tests/support/algolia/contract.ts'
import { ENTRIES, onTheLattice, searchWorld, type SearchWorld } from '#tests/support/search-worlds.ts'
import { fallingBack } from './search/falling-back.ts'
import { QUESTIONS } from './search/questions.ts'
import { whatLeavesTheHouse } from './search/what-leaves-the-house.ts'
import { wordsContract } from './search/words.ts'

let world: SearchWorld
beforeAll(async () => {
  world = await searchWorld()
})
afterAll(async () => {
  await world.close()
  expect(world.fake.breaches, 'requests and answers are as in the vendor’s own document').toEqual([])
})

const ask = (engine: 'algolia' | 'postgres', query: Partial<SearchQuery>) =>
  world[engine].find({ ...EVERYTHING, ...query }, world.house.clock.now())
const near = { point: CENTRE, label: 'here' }

describe.each(['postgres', 'algolia'] as const)('the search port: %s', (engine) => {
  test.each(QUESTIONS)('%s: exactly those that a person would count', async (_name, query) => {
    const expected = ENTRIES.filter((document) => fits(document, query))
    const answer = await ask(engine, { ...query, perPage: 1_000 })
    expect(answer.hits.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort())
    expect(answer.total).toBe(expected.length)
    expect(answer.bookable).toBe(expected.filter(({ bookable }) => bookable).length)
  })
  test.each(['best', 'near', 'price', 'soonest', 'experience'] as const)(
    'pages by %s follow each other without a gap or a double',
    async (sort) => {
      const whole = (await ask(engine, { sort, near, perPage: 600 })).hits.map(({ id }) => id)
      const pages = await Promise.all(
        [1, 2, 3, 4].map((page) => ask(engine, { sort, near, page, perPage: 17 })),
      )
      expect(pages.flatMap(({ hits }) => hits.map(({ id }) => id))).toEqual(whole.slice(0, 68))
      expect(pages.map(({ page }) => page)).toEqual([1, 2, 3, 4])
    },
  )
  test('a page behind the last shows the first', async () => {
    const answer = await ask(engine, { page: 40 })
    expect(answer.page).toBe(1)
    expect(answer.hits).toEqual((await ask(engine, {})).hits)
  })
  test('none a page only counts', async () => {
    const answer = await ask(engine, { perPage: 0, near })
    expect(answer.hits).toEqual([])
    expect(answer.total).toBe(ENTRIES.filter((document) => fits(document, { near })).length)
  })
  wordsContract((query) => ask(engine, query))
})

describe('both engines say the same', () => {
  const questions = QUESTIONS.flatMap(([name, query]) =>
    (query.near ? (['best', 'near'] as const) : (['best', 'price'] as const)).map(
      (sort) => [`${name}, by ${sort}`, { ...query, sort }] as const,
    ),
  )
  test.each([
    ...questions,
    ['by soonest', { sort: 'soonest' }] as const,
    ['by experience', { sort: 'experience' }] as const,
  ])('%s: the same cards in the same order with the same reasons, and every count', async (_name, query) => {
    const [there, here] = [await ask('algolia', query), await ask('postgres', query)]
    expect(there.facets).toEqual(here.facets)
    const byName = (all: typeof here.relax) => [...all].sort((a, b) => a.filter.localeCompare(b.filter))
    expect(byName(there.relax)).toEqual(byName(here.relax))
    expect(there.unfiltered).toBe(here.unfiltered)
    // Distances to within a metre: PostgreSQL keeps points as 32-bit figures.
    const shown = ({ hits }: typeof here) => hits.map(({ metres: _metres, ...hit }) => hit)
    expect(shown(there)).toEqual(shown(here))
    for (const [i, hit] of there.hits.entries())
      expect(Math.abs((hit.metres ?? 0) - (here.hits[i]?.metres ?? 0))).toBeLessThan(1)
  })
})

describe('what leaves the house', () => {
  whatLeavesTheHouse(() => world)
})
describe('when Algolia is not to be had', () => {
  fallingBack(() => world)
})

describe('more than a thousand results', () => {
  const MANY = market(1_500, { seed: 8 }).map(onTheLattice)
  let many: SearchWorld
  beforeAll(async () => {
    many = await searchWorld(MANY)
  })
  afterAll(() => many.close())
  const find = (from: 'algolia' | 'postgres', query: Partial<SearchQuery>) =>
    many[from].find({ ...EVERYTHING, ...query }, many.house.clock.now())

  test('are counted as exactly as few', async () => {
    for (const query of [{}, { open: false }, { near, withinMetres: 100_000 }]) {
      const [there, here] = [await find('algolia', query), await find('postgres', query)]
      expect(here.unfiltered).toBeGreaterThan('near' in query ? 700 : 1_000)
      expect({ ...there, hits: [], relax: [] }).toEqual({ ...here, hits: [], relax: [] })
    }
  })
  test('come in the order of a sort that the index keeps, over all of them', async () => {
    for (const sort of ['price', 'soonest', 'experience'] as const) {
      const key = ({ hits }: Awaited<ReturnType<typeof find>>) =>
        hits.map((hit) =>
          sort === 'price' ? [hit.priceUnit, hit.pricePence] : sort === 'soonest' ? hit.nextFreeAt : hit.id,
        )
      expect(key(await find('algolia', { sort }))).toEqual(key(await find('postgres', { sort })))
    }
  })
  test('are paged through to the thousandth', async () => {
    const pages = await Promise.all([1, 25, 50].map((page) => find('algolia', { page })))
    expect(pages.map(({ page, hits }) => [page, hits.length])).toEqual([
      [1, 20],
      [25, 20],
      [50, 20],
    ])
    await expect(find('algolia', { page: 51 })).rejects.toThrow('left it to PostgreSQL')
  })
})

const contract = algoliaContract()
// Without Algolia's OpenAPI document beside the clone (../shared/contracts/algolia/search.yml) the fake takes requests as they come.
test.skipIf(!contract)('the document is read closely enough to see a slip', () => {
  const said = (path: string, body: unknown, method = 'POST', query = '') =>
    contract?.request(method, path, new URLSearchParams(query), body) ?? []
  const search = (request: object) =>
    said('/1/indexes/*/queries', { requests: [{ indexName: 'kith', ...request }] })
  expect(search({ query: 'x', filters: 'open:"yes"', hitsPerPage: 20 })).toEqual([])
  expect(search({ filter: 'open:"yes"' })).not.toEqual([])
  expect(search({ hitsPerPage: 0 })).not.toEqual([])
  expect(search({ facets: 'open' })).not.toEqual([])
  expect(said('/1/indexes/kith/batch', { requests: [{ action: 'upsert', body: {} }] })).not.toEqual([])
  expect(said('/1/indexes/kith/settings', { rankings: [] }, 'PUT')).not.toEqual([])
  expect(said('/1/indexes/kith/settings', { ranking: [] }, 'PUT', 'forward=true')).not.toEqual([])
  expect(said('/1/indexes/kith/synonyms/batch', [{ type: 'onewaysynonym' }])).not.toEqual([])
  expect(() => said('/1/indexes/kith/no-such-thing', {})).toThrow('not in Algolia’s document')
})
