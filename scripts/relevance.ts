// npm run relevance: how well people find what they ask for, query by query, worst first.
import { mean, scoreAll, writeRelevanceMarket } from '#tests/relevance/measure.ts'
import { openEmptyHouse } from './lib/empty-house.ts'

const { house, close } = await openEmptyHouse()
try {
  await writeRelevanceMarket(house.deps)
  const scores = await scoreAll(house.deps)
  for (const { query, score, found } of [...scores].sort((a, b) => a.score - b.score))
    process.stdout.write(`${score.toFixed(2)}  ${query}  →  ${found.slice(0, 5).join(', ')}\n`)
  process.stdout.write(`\nnDCG@10 over ${String(scores.length)} judged queries: ${mean(scores).toFixed(3)}\n`)
} finally {
  await close()
}
