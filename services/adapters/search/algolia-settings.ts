import type { Sort } from '#services/ports/search.ts'
import { FACETS, SEARCHED } from './algolia-records.ts'

/** Algolia's own order of what makes a match a good one. */
const RANKING = ['typo', 'geo', 'words', 'filters', 'proximity', 'attribute', 'exact', 'custom']

/** What a replica is sorted by before that. */
const FIRST: Readonly<Record<Exclude<Sort, 'best'>, string[]>> = {
  near: ['geo', ...RANKING.filter((one) => one !== 'geo')],
  price: ['asc(priceOrder)', ...RANKING],
  soonest: ['asc(nextFreeMinute)', ...RANKING],
  experience: ['desc(experience)', ...RANKING],
}

export const indexFor = (index: string, sort: Sort): string => (sort === 'best' ? index : `${index}_${sort}`)
export const replicasOf = (index: string): { name: string; ranking: string[] }[] =>
  Object.entries(FIRST).map(([sort, ranking]) => ({ name: indexFor(index, sort as Sort), ranking }))

/** More than the values of any facet; Algolia says when it left one out. */
const MOST_VALUES = 200

/** As near as Algolia comes to how words are found here: no stems, but plurals; slips only while nothing holds the word as it was typed. */
export const baseSettings = () => ({
  searchableAttributes: SEARCHED.map((field) => `unordered(${field})`),
  attributesForFaceting: [...FACETS, 'filterOnly(reach)'],
  attributesToHighlight: [],
  attributesToSnippet: [],
  maxValuesPerFacet: MOST_VALUES,
  paginationLimitedTo: 1_000,
  ranking: RANKING,
  customRanking: ['desc(steadyScore)'],
  queryType: 'prefixNone' as const,
  queryLanguages: ['en' as const],
  indexLanguages: ['en' as const],
  ignorePlurals: true,
  removeStopWords: false,
  removeWordsIfNoResults: 'none' as const,
  typoTolerance: 'min' as const,
  minWordSizefor1Typo: 4,
  minWordSizefor2Typos: 6,
  allowTyposOnNumericTokens: false,
})
