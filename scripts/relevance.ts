// npm run relevance: how well people find what they ask for, query by query, worst first, with both engines' settings.
import { relevanceInAlgolia } from '#tests/relevance/algolia.ts'
import { mean, type Scored, scoreAll, writeRelevanceMarket } from '#tests/relevance/measure.ts'
import { openEmptyHouse } from './lib/empty-house.ts'

function tell(engine: string, scores: readonly Scored[]): string {
  process.stdout.write(`\n${engine}\n`)
  for (const { query, score, found } of [...scores].sort((a, b) => a.score - b.score))
    process.stdout.write(`${score.toFixed(2)}  ${query}  →  ${found.slice(0, 5).join(', ')}\n`)
  return `nDCG@10 over ${String(scores.length)} judged queries, ${engine}: ${mean(scores).toFixed(3)}\n`
}

const { house, close } = await openEmptyHouse()
try {
  await writeRelevanceMarket(house.deps)
  const here = tell('PostgreSQL', await scoreAll(house.deps))
  const algolia = await relevanceInAlgolia(house.deps)
  try {
    const scores = await scoreAll({ ...house.deps, search: algolia.search })
    process.stdout.write(
      `\n${here}${tell('Algolia’s settings, as far as its fake goes (tests/relevance/algolia.ts)', scores)}`,
    )
  } finally {
    await algolia.close()
  }
} finally {
  await close()
}
