import type { Algoliasearch } from 'algoliasearch'
import { z } from 'zod'
import type { KnownWord, Slip } from '#services/discovery/slips.rules.ts'
import type { QueryTerm } from '#services/discovery/words-elsewhere.rules.ts'
import { Questions, type QuestionSent, QUIET } from './algolia-questions.ts'
import { SEARCHED } from './algolia-records.ts'
import type { Clauses } from './algolia-filters.ts'

export interface WordRules {
  /** What was asked for, with the slips put right. */
  queryTerms(this: void, text: string, slips?: readonly Slip[]): QueryTerm[]
  slipsAmong(this: void, text: string, knowledge: readonly KnownWord[]): Slip[]
}

/** What can be made of words that no entry holds all of. */
export interface Understood {
  /** What is held by something, the nearest kind in the place of what is not. */
  known: readonly { words: string }[]
  unknown: readonly string[]
  corrected: readonly Slip[]
}

interface Index {
  sdk: Algoliasearch
  index: string
  /** What every question is asked under. */
  always: Clauses
}

/** Finds out which words nothing holds, and what was meant by them: a slip is put right before anything is searched for. */
export async function understand(at: Index, text: string, rules: WordRules): Promise<Understood> {
  const terms = rules.queryTerms(text)
  const like = terms.map(({ words }) => likeQuestion(at.index, words))
  const { held, others } = await heldBy(at, terms, like)
  const knowledge = terms.map(({ typed: [word = ''] }, i): KnownWord => ({
    word,
    lexemes: [word],
    known: held[i] === true,
    similar: wordsFound(others[i]),
  }))
  const corrected = rules.slipsAmong(text, knowledge)
  if (corrected.length === 0) return { ...sorted(terms, held), corrected }
  const right = rules.queryTerms(text, corrected)
  return { ...sorted(right, (await heldBy(at, right)).held), corrected }
}

/** Which of these anything holds, and what other questions in the same request were answered. */
async function heldBy(
  { sdk, index, always }: Index,
  terms: readonly QueryTerm[],
  also: readonly QuestionSent[] = [],
): Promise<{ held: boolean[]; others: unknown[] }> {
  const asked = terms.map(({ words }) => new Questions(index, { query: words, any: false }, null, always))
  const reads = asked.map((one) => one.ask({ clauses: [] }))
  const { results } = await sdk.search({
    requests: [...asked.flatMap(({ requests }) => requests), ...also],
  })
  return {
    held: reads.map((read, i) => read({ results: [results[i]] }).total > 0),
    others: results.slice(terms.length),
  }
}

function sorted(terms: readonly QueryTerm[], held: readonly boolean[]): Omit<Understood, 'corrected'> {
  const known: { words: string }[] = []
  const unknown: string[] = []
  for (const [i, term] of terms.entries()) {
    if (held[i] === true) known.push(term)
    else {
      unknown.push(...term.typed)
      if (term.instead !== null) known.push({ words: term.instead })
    }
  }
  return { known, unknown }
}

/** A handful of results says which words there are. */
const MARKED = 5

/** Asks for words that are like one, by the index's own tolerance of slips. */
const likeQuestion = (index: string, query: string): QuestionSent => ({
  indexName: index,
  query,
  hitsPerPage: MARKED,
  attributesToRetrieve: [],
  attributesToHighlight: [...SEARCHED],
  ...QUIET,
})

const marked = z.object({
  hits: z.array(
    z.object({ _highlightResult: z.record(z.string(), z.object({ value: z.string() })).optional() }),
  ),
})

/** @throws ZodError when it is no answer of theirs */
const wordsFound = (result: unknown): string[] => [
  ...new Set(
    marked
      .parse(result)
      .hits.flatMap(({ _highlightResult: fields = {} }) => Object.values(fields))
      .flatMap(({ value }) => [...value.matchAll(/<em>(.*?)<\/em>/g)])
      .map((match) => (match[1] ?? '').toLowerCase()),
  ),
]
