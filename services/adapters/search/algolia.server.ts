import type { Algoliasearch } from 'algoliasearch'
import { z } from 'zod'
import type { Candidates } from '#services/discovery/choose-hits.rules.ts'
import { chord, metresBetween, type Point } from '#services/kernel/geo.ts'
import type {
  Facet,
  FacetName,
  FilterName,
  SearchAnswer,
  SearchHit,
  SearchQuery,
  WordNotes,
} from '#services/ports/search.ts'
import type { AlgoliaClient } from './algolia-client.server.ts'
import { type Clauses, conditionsOf, costsAtMost } from './algolia-filters.ts'
import { type OrderedHit, Questions, type Said, type WordsAsked } from './algolia-questions.ts'
import { FACETS } from './algolia-records.ts'
import { indexFor } from './algolia-settings.ts'
import { understand, type WordRules } from './algolia-words.server.ts'
import type { SearchRules } from './postgres.server.ts'
import type { PartialSearch } from './with-fallback.server.ts'

export interface AlgoliaRules extends Pick<
  SearchRules,
  'chooseHits' | 'furtherMetres' | 'relaxed' | 'momentOf' | 'usualMetres' | 'layout'
> {
  elsewhere: WordRules & {
    facetsCounted(
      this: void,
      per: string | null,
      count: (facet: FacetName, value: string) => number,
    ): Record<FacetName, Facet[]>
    /** Of records: others were written by an older program, or by a newer one. */
    layout: number
    rankOfField(this: void, field: number): number
  }
}

/** As many as Algolia hands over, and are put in the charter's order here; pages further on are not asked for there. */
const MOST_ORDERED = 1_000
/** Of a word's place Algolia tells a thousand times the field. */
const A_FIELD = 1_000
/** Places are rounded both there and on the way there: what Algolia counted as near enough is not taken out again here. */
const ROUNDED_METRES = 2_000

const NOTHING: Candidates = { length: 0, read: () => undefined }
const NO_WORDS: WordsAsked = { query: '', any: false }
/** Filters whose own choice does not narrow their own counts: another of the same is one more. */
const again: ReadonlySet<string> = new Set([
  'category',
  'kind',
  'setting',
  'for',
  'day',
  'regulated',
  'size',
  'language',
  'worker',
  'open',
])

const cards = z.object({
  results: z.array(z.object({ objectID: z.string(), card: z.looseObject({}) }).nullable()),
})

/**
 * Search at Algolia: it finds and counts; the order, the page and the reasons are the charter's, made here of the first thousand. It is
 * asked for words without the sentence around them, and for a place to about a kilometre. Answers null to what it cannot say exactly
 * (hours of a week, pages behind the first thousand, counts that Algolia itself calls rough): PostgreSQL does.
 */
export function algoliaSearch(client: AlgoliaClient, index: string, rules: AlgoliaRules): PartialSearch {
  return {
    async find(query, at) {
      if (query.hours || query.page * query.perPage > MOST_ORDERED) return null
      const now = rules.momentOf(at.epochMilliseconds)
      const sdk = await client.reader()
      const search = { sdk, index, query, rules, now }
      if (query.text === '') return answer(search, await round(search, NO_WORDS), {})
      const terms = rules.elsewhere.queryTerms(query.text)
      const nothing = ({ corrected, unknown }: Omit<WordNotes, 'loosely'>): SearchAnswer => {
        const { chosen: _none, ...choice } = rules.chooseHits(NOTHING, query, now)
        return { ...choice, hits: [], words: { corrected, unknown, loosely: false } }
      }
      if (terms.length === 0) return nothing({ corrected: [], unknown: [] })
      let found = await round(search, all(terms))
      if (found.reached > 0) return answer(search, found, {})
      const always = foundToday(now.day)
      const heard = await understand({ sdk, index, always }, query.text, rules.elsewhere)
      const { known, unknown, corrected } = heard
      if (known.length === 0) return nothing(heard)
      const others = all(known).query !== all(terms).query
      if (others) found = await round(search, all(known))
      const loosely = found.reached === 0 && known.length > 1
      if (loosely) found = await round(search, { ...all(known), any: true })
      return answer(search, found, { corrected, unknown, loosely: loosely && found.reached > 0 })
    },
  }
}

interface Search {
  sdk: Algoliasearch
  index: string
  query: SearchQuery
  rules: AlgoliaRules
  now: { day: number; minute: number }
}
interface Round {
  main: Said
  /** By words and place alone; `reached` up to twice as far. */
  unfiltered: number
  reached: number
  facets: Record<FacetName, Facet[]>
  relax: SearchAnswer['relax']
  exact: boolean
}

const all = (terms: readonly { words: string }[]): WordsAsked => ({
  query: terms.map(({ words }) => words).join(' '),
  any: false,
})
const foundToday = (day: number): Clauses => [`foundUntil >= ${String(day)}`]

/** One request for the results, the counts of every filter and what there would be without one of them. */
async function round({ sdk, index, query, rules, now }: Search, words: WordsAsked): Promise<Round> {
  const conditions = conditionsOf(query)
  const without = (...names: FilterName[]): Clauses =>
    [...conditions].flatMap(([name, clauses]) => (names.includes(name) ? [] : clauses))
  const near = query.near && { point: query.near.point, metres: query.withinMetres ?? rules.usualMetres }
  const questions = new Questions(indexFor(index, query.sort), words, near, foundToday(now.day))
  const hits = query.perPage === 0 ? 0 : MOST_ORDERED
  const main = questions.ask({ clauses: without(), facets: FACETS, hits })
  const bare = questions.ask({ clauses: [] })
  const rings = near
    ? rules
        .furtherMetres(query.withinMetres)
        .map((metres) => ({ metres, read: questions.ask({ clauses: without(), metres }) }))
    : []
  const farthest = rings.at(-1)
  const reached =
    farthest && words.query !== '' ? questions.ask({ clauses: [], metres: farthest.metres }) : bare
  const anyPrice = questions.ask({ clauses: without('max', 'per'), facets: ['max', 'per'] })
  const { maxPence } = query
  const anyUnit =
    maxPence === null
      ? anyPrice
      : questions.ask({ clauses: [...without('max', 'per'), ...costsAtMost(maxPence)], facets: ['per'] })
  const wider = new Map(
    [...conditions.keys()].map((name) => [
      name,
      questions.ask({
        clauses: without(name),
        facets: again.has(name) ? [name] : [],
      }),
    ]),
  )
  const answered = await sdk.search({ requests: questions.requests })
  const said = main(answered)
  const prices = anyPrice(answered)
  const units = anyUnit(answered)
  const less = new Map([...wider].map(([name, read]) => [name, read(answered)]))
  const count = (facet: FacetName, value: string): number => {
    if (facet === 'max') return prices.count('max', value)
    if (facet === 'per') return maxPence === 0 ? 0 : units.count('per', value)
    return (again.has(facet) ? (less.get(facet) ?? said) : said).count(facet, value)
  }
  const around = [bare(answered), reached(answered), ...rings.map(({ read }) => read(answered))] as const
  return {
    main: said,
    unfiltered: around[0].total,
    reached: around[1]?.total ?? 0,
    facets: rules.elsewhere.facetsCounted(query.per, count),
    relax: rules.relaxed(
      query,
      [...less].map(([filter, { total }]) => ({ filter, more: total - said.total })),
      rings.map(({ metres, read }) => ({
        filter: 'within' as const,
        metres,
        more: read(answered).total - said.total,
      })),
    ),
    exact: [said, prices, units, ...less.values(), ...around].every(({ exact }) => exact),
  }
}

async function answer(search: Search, found: Round, notes: Partial<WordNotes>): Promise<SearchAnswer | null> {
  const { query, rules, now } = search
  const { main, unfiltered, facets, relax } = found
  if (!found.exact) return null
  const hits = query.perPage === 0 ? [] : main.hits()
  if (hits.some(({ layout }) => layout !== rules.elsewhere.layout)) return null
  const withinMetres = (query.withinMetres ?? rules.usualMetres) + ROUNDED_METRES
  const page = (query.page - 1) * query.perPage < main.total ? query.page : 1
  const choice = rules.chooseHits(candidatesOf(hits, query, rules), { ...query, page, withinMetres }, now)
  // Filters there and facts here are of one record: where they disagree, something is wrong with the records.
  if (choice.total !== hits.length) throw new Error('records that contradict themselves')
  const ids = choice.chosen.map(({ no }) => hits[no]?.objectID ?? '')
  const cards = await cardsOf(search, ids)
  return {
    total: main.total,
    page,
    bookable: main.count('open', 'yes'),
    unfiltered,
    facets,
    relax,
    words: { corrected: [], unknown: [], loosely: false, ...notes },
    hits: choice.chosen.flatMap(({ no, chord: line, why }) => {
      const id = hits[no]?.objectID ?? ''
      const card = cards.get(id)
      const metres =
        line < 0 || !card?.point || !query.near ? null : metresBetween(card.point, query.near.point)
      return card ? [{ ...card, id, metres, why }] : []
    }),
  }
}

/** What came from there, as the domain reads it. */
function candidatesOf(
  hits: readonly OrderedHit[],
  query: SearchQuery,
  { layout, elsewhere }: AlgoliaRules,
): Candidates {
  const { factsBytes } = layout
  const lineTo = (at: OrderedHit['_geoloc'], point: Point): number =>
    at ? chord(metresBetween({ lat: at.lat, lon: at.lng }, point)) : -1
  const rows = hits.map((hit) => ({
    facts: new DataView(Uint8Array.from(Buffer.from(hit.facts, 'hex')).buffer),
    rank: hit._rankingInfo
      ? elsewhere.rankOfField(Math.floor(hit._rankingInfo.firstMatchedWord / A_FIELD))
      : 0,
    line: query.near ? lineTo(hit._geoloc, query.near.point) : -1,
  }))
  if (rows.some(({ facts }) => facts.byteLength !== factsBytes)) throw new Error('facts of another length')
  return {
    length: rows.length,
    read(index, into) {
      const row = rows[index]
      if (!row) return
      into.set(row.facts, 0)
      into.no = index
      into.rank = row.rank
      into.chord = row.line
    },
  }
}

/** The cards of a page, as they stand there. What was taken out a moment ago is left out. */
async function cardsOf(
  { sdk, index }: Search,
  ids: readonly string[],
): Promise<Map<string, Omit<SearchHit, 'metres' | 'why'>>> {
  if (ids.length === 0) return new Map()
  const requests = ids.map((objectID) => ({ indexName: index, objectID, attributesToRetrieve: ['card'] }))
  const { results } = cards.parse(await sdk.getObjects({ requests }))
  return new Map(
    results.flatMap((one) =>
      one ? [[one.objectID, one.card as unknown as Omit<SearchHit, 'metres' | 'why'>]] : [],
    ),
  )
}
