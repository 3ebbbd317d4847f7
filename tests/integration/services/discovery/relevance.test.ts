import { beforeAll, expect, test } from 'vitest'
import { relevanceInAlgolia } from '#tests/relevance/algolia.ts'
import { JUDGED } from '#tests/relevance/judged.ts'
import { relevanceMarket } from '#tests/relevance/market.ts'
import { mean, ndcg, type Scored, scoreAll, writeRelevanceMarket } from '#tests/relevance/measure.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeAll(async () => {
  await writeRelevanceMarket(house().deps)
})

test('the judged set is of at least 120 different queries, and names only what is in the market', () => {
  expect(new Set(JUDGED.map(({ query }) => query)).size).toBe(JUDGED.length)
  expect(JUDGED.length).toBeGreaterThanOrEqual(120)
  const keys = new Set(relevanceMarket(0).map(({ key }) => key))
  const named = JUDGED.flatMap(({ grades }) => [...grades.keys()])
  expect(named.filter((key) => !keys.has(key))).toEqual([])
})

test('the measure is 1 for the best order, less for any other, 0 for nothing right', () => {
  const grades = new Map([['a', 3], ['b', 1]]) // prettier-ignore
  expect(ndcg(['a', 'b', 'x'], grades)).toBe(1)
  expect(ndcg(['b', 'a'], grades)).toBeLessThan(1)
  expect(ndcg(['x', 'y'], grades)).toBe(0)
})

const worstOf = (scores: readonly Scored[]) =>
  scores
    .filter(({ score }) => score < 0.5)
    .map(({ query, score }) => `${query}: ${score.toFixed(2)}`)
    .join('\n')

test('people find what they ask for: nDCG@10 over all judged queries is at least 0.85', async () => {
  const scores = await scoreAll(house().deps)
  expect(mean(scores), worstOf(scores)).toBeGreaterThanOrEqual(0.85)
})

test('with Algolia’s settings and synonyms, as far as its fake goes, it is at least 0.85, too', async () => {
  const { search, breaches, close } = await relevanceInAlgolia(house().deps)
  try {
    const scores = await scoreAll({ ...house().deps, search })
    expect(mean(scores), worstOf(scores)).toBeGreaterThanOrEqual(0.85)
    expect(breaches).toEqual([])
  } finally {
    await close()
  }
})
