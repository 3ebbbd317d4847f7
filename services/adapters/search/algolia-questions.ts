import type { SearchParamsObject } from 'algoliasearch'
import { z } from 'zod'
import { HERE, READ_TO_ORDER } from './algolia-records.ts'
import { cellsAt, EVERYWHERE } from './reach-cells.ts'
import type { Clauses } from './algolia-filters.ts'
import { roughly, type Point } from '#services/kernel/geo.ts'

/** No analysis of what is searched for, no test of one order against another, nothing of who asks. */
export const QUIET = {
  analytics: false,
  clickAnalytics: false,
  enableABTest: false,
  enablePersonalization: false,
  enableRules: false,
} satisfies SearchParamsObject

const hit = z.object({
  objectID: z.string(),
  facts: z.string(),
  layout: z.number(),
  _geoloc: z.object({ lat: z.number(), lng: z.number() }).optional(),
  _rankingInfo: z.object({ firstMatchedWord: z.number() }).optional(),
})
export type OrderedHit = z.infer<typeof hit>

const result = z.object({
  nbHits: z.number().int().min(0),
  hits: z.array(z.unknown()),
  facets: z.record(z.string(), z.record(z.string(), z.number())).optional(),
  exhaustive: z.object({ nbHits: z.boolean().optional(), facetsCount: z.boolean().optional() }).optional(),
})
type Result = z.infer<typeof result>

/** What was said to one question; of a search with a place, to both of its halves together. */
export interface Said {
  total: number
  count(facet: string, value: string): number
  hits(): OrderedHit[]
  /** Algolia itself says that it has counted everything. */
  exact: boolean
}

export interface Place {
  point: Point
  metres: number
}

/** Words as they are sent; `any`: one of them is enough. */
export interface WordsAsked {
  query: string
  any: boolean
}

interface Asked {
  clauses: Clauses
  facets: readonly string[]
  /** How many results are wanted, to be put in order. */
  hits: number
  /** How far people go, where it is not what they said. */
  metres: number
}

export type QuestionSent = SearchParamsObject & { indexName: string }

/**
 * All that one search asks, as one request. A place makes two of each question, whose answers add up since no entry is in both: what is
 * near enough, and those who come as far as that or are everywhere.
 */
export class Questions {
  readonly requests: QuestionSent[] = []
  private readonly known = new Map<string, number>()
  private readonly index: string
  private readonly words: WordsAsked
  private readonly near: Place | null
  private readonly always: Clauses

  /** @param always what every question is asked under */
  constructor(index: string, words: WordsAsked, near: Place | null, always: Clauses) {
    this.index = index
    this.words = words
    this.near = near
    this.always = always
  }

  /** @returns what reads the answer to it */
  ask({
    clauses,
    facets = [],
    hits = 0,
    metres,
  }: Partial<Asked> & { clauses: Clauses }): (answer: unknown) => Said {
    const numbers = this.halves(metres ?? this.near?.metres ?? 0).map((half) =>
      this.put([...this.always, ...half.clauses, ...clauses], half.params, facets, hits),
    )
    return (answer) => together(numbers.map((number) => read(answer, number)))
  }

  private halves(metres: number): { clauses: Clauses; params: SearchParamsObject }[] {
    if (!this.near) return [{ clauses: [], params: {} }]
    const { lat, lon } = roughly(this.near.point)
    const aroundLatLng = `${lat.toFixed(2)},${lon.toFixed(2)}`
    const cells = [EVERYWHERE, ...cellsAt({ lat, lon })].map((cell) => `reach:"${cell}"`)
    return [
      {
        clauses: [`reach:"${HERE}"`],
        params: {
          aroundLatLng,
          aroundRadius: Math.max(1, Math.round(metres)),
          aroundPrecision: 1,
        },
      },
      {
        clauses: [`(${cells.join(' OR ')})`],
        params: { aroundLatLng, aroundRadius: 'all', aroundPrecision: 1 },
      },
    ]
  }

  /** The same question is asked once, whatever is read out of its answer. */
  private put(clauses: Clauses, params: SearchParamsObject, facets: readonly string[], hits: number): number {
    const filters = clauses.join(' AND ')
    const key = JSON.stringify([filters, params])
    const at = this.known.get(key) ?? this.requests.length
    const before = this.requests[at]
    const wanted = Math.max(hits, before?.attributesToRetrieve?.length ? (before.hitsPerPage ?? 0) : 0)
    const { query, any } = this.words
    this.known.set(key, at)
    this.requests[at] = {
      indexName: this.index,
      query,
      filters,
      facets: [...new Set([...(before?.facets ?? []), ...facets])],
      // One is the fewest that may be asked for; of a question that only counts it is not read.
      hitsPerPage: Math.max(1, wanted),
      attributesToRetrieve: wanted > 0 ? [...READ_TO_ORDER] : [],
      attributesToHighlight: [],
      // Words are put right before they are searched for: what is counted holds them as they are.
      typoTolerance: false,
      getRankingInfo: wanted > 0 && query !== '',
      ...(any && { optionalWords: query.split(' ') }),
      ...params,
      ...QUIET,
    }
    return at
  }
}

const answers = z.object({ results: z.array(z.unknown()) })

/** @throws ZodError when it is no answer of theirs */
function read(answer: unknown, at: number): Result {
  return result.parse(answers.parse(answer).results[at])
}

function together(results: readonly Result[]): Said {
  return {
    total: results.reduce((sum, { nbHits }) => sum + nbHits, 0),
    count: (facet, value) => results.reduce((sum, { facets }) => sum + (facets?.[facet]?.[value] ?? 0), 0),
    hits: () => z.array(hit).parse(results.flatMap(({ hits }) => hits)),
    exact: results.every(
      ({ exhaustive }) => exhaustive?.nbHits !== false && exhaustive?.facetsCount !== false,
    ),
  }
}
