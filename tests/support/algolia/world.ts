/** What the fake of Algolia holds, and how it answers a search. */
import { metresBetween } from '#services/kernel/geo.ts'
import { BadRequest, filtersOf, type Thing } from './filters.ts'
import { type Match, searched, type Searched, WordsAsked } from './words.ts'

interface Synonym {
  objectID: string
  type: string
  input?: string
  synonyms?: string[]
}
export interface Settings extends Thing {
  searchableAttributes?: string[]
  attributesForFaceting?: string[]
  ranking?: string[]
  customRanking?: string[]
  replicas?: string[]
}
export interface Index {
  settings: Settings
  synonyms: Map<string, Synonym>
  objects: Map<string, Thing>
}
export interface SearchRequest extends Thing {
  indexName: string
  query?: string
  filters?: string
  facets?: string[]
  optionalWords?: string[]
  hitsPerPage?: number
  page?: number
  aroundLatLng?: string
  aroundRadius?: number | 'all'
  aroundPrecision?: number
  attributesToRetrieve?: string[]
  attributesToHighlight?: string[]
  getRankingInfo?: boolean
  typoTolerance?: false
}

/** Parameters that the fake heeds, or that change nothing here. */
const HEEDED = new Set(
  `indexName query filters facets optionalWords hitsPerPage page aroundLatLng aroundRadius aroundPrecision attributesToRetrieve attributesToHighlight
  getRankingInfo typoTolerance analytics clickAnalytics enableABTest enablePersonalization enableRules`.split(
    /\s+/,
  ),
)
const RANKING = ['typo', 'geo', 'words', 'filters', 'proximity', 'attribute', 'exact', 'custom']

interface Row {
  object: Thing
  match: Match
  /** Metres, divided by the precision; null without a place to measure from or to. */
  distance: number | null
  order: number
}

export class NoIndex extends Error {}

export class World {
  readonly indexes = new Map<string, Index>()
  private readonly cut = new WeakMap<Thing, Searched>()

  index(name: string): Index {
    const known = this.indexes.get(name) ?? { settings: {}, synonyms: new Map(), objects: new Map() }
    this.indexes.set(name, known)
    return known
  }

  /** A replica holds what its primary holds. */
  private primaryOf(name: string): string {
    for (const [primary, { settings }] of this.indexes) if (settings.replicas?.includes(name)) return primary
    return name
  }
  objectsOf(name: string): ReadonlyMap<string, Thing> {
    return this.index(this.primaryOf(name)).objects
  }

  search(request: SearchRequest): Thing {
    const odd = Object.keys(request).filter((name) => !HEEDED.has(name))
    if (odd.length > 0) throw new Error(`the fake does not heed ${odd.join(', ')}`)
    const index = this.indexes.get(request.indexName)
    if (!index) throw new NoIndex(`Index ${request.indexName} does not exist`)
    const { settings } = index
    const declared = (settings.attributesForFaceting ?? []).map((name) =>
      /^(?:\w+\((\w+)\)|(\w+))$/.exec(name),
    )
    const filterable = new Set(declared.map((match) => match?.[1] ?? match?.[2] ?? ''))
    const countable = new Set(declared.flatMap((match) => match?.[2] ?? []))
    const fits = filtersOf(request.filters ?? '', filterable)
    const words = wordsOf(request, index)
    const rows = this.rows(request, index, words).filter(({ object }) => fits(object))
    // `typoTolerance: min`: those with the fewest slips.
    const fewest = Math.min(...rows.map(({ match }) => match.typos))
    const kept = rows.filter(({ match }) => match.typos === fewest).sort(comparing(settings))
    const { hitsPerPage = 20, page = 0 } = request
    if (hitsPerPage < 1 || hitsPerPage > 1_000) throw new BadRequest('hitsPerPage: must be 1 to 1000')
    const last = Math.min(kept.length, (settings['paginationLimitedTo'] as number | undefined) ?? 1_000)
    return {
      hits: kept
        .slice(page * hitsPerPage, Math.min(last, (page + 1) * hitsPerPage))
        .map((row) => hitOf(row, request, words)),
      nbHits: kept.length,
      page,
      nbPages: Math.ceil(last / hitsPerPage),
      hitsPerPage,
      exhaustive: { nbHits: true, facetsCount: true, typo: true },
      exhaustiveNbHits: true,
      exhaustiveFacetsCount: true,
      ...((request.facets?.length ?? 0) > 0 && {
        facets: facetsOf(
          kept,
          (request.facets ?? []).filter((name) => countable.has(name)),
        ),
      }),
      query: request.query ?? '',
      params: '',
      index: request.indexName,
      processingTimeMS: 1,
    }
  }

  private rows(request: SearchRequest, { settings }: Index, words: WordsAsked): Row[] {
    const around = request.aroundLatLng?.split(',').map(Number)
    const radius = request.aroundRadius
    const rows: Row[] = []
    for (const object of this.objectsOf(request.indexName).values()) {
      const cut = this.cut.get(object) ?? searched(object, settings.searchableAttributes ?? [])
      this.cut.set(object, cut)
      const match = words.match(cut)
      if (!match) continue
      const at = object['_geoloc'] as { lat: number; lng: number } | undefined
      const metres =
        around && at
          ? metresBetween({ lat: around[0] ?? 0, lon: around[1] ?? 0 }, { lat: at.lat, lon: at.lng })
          : null
      if (around && typeof radius === 'number' && (metres === null || metres > radius)) continue
      const distance = metres === null ? null : Math.floor(metres / (request.aroundPrecision ?? 1))
      rows.push({ object, match, distance, order: rows.length })
    }
    return rows
  }
}

const wordsOf = (request: SearchRequest, { settings, synonyms }: Index): WordsAsked =>
  new WordsAsked(
    request.query ?? '',
    new Map([...synonyms.values()].map(({ input = '', synonyms: others = [] }) => [input, others])),
    request.optionalWords ?? [],
    request.typoTolerance === false
      ? { minWordSizefor1Typo: Infinity, minWordSizefor2Typos: Infinity }
      : { minWordSizefor1Typo: 4, minWordSizefor2Typos: 8, ...settings },
  )

function comparing({ ranking = RANKING, customRanking = [] }: Settings): (a: Row, b: Row) => number {
  const by = (criterion: string): ((a: Row, b: Row) => number) => {
    const attribute = /^(asc|desc)\((\w+)\)$/.exec(criterion)
    if (attribute) {
      const sign = attribute[1] === 'asc' ? 1 : -1
      const value = ({ object }: Row): number => {
        const given = object[attribute[2] ?? '']
        return typeof given === 'number' ? given * sign : Infinity
      }
      return (a, b) => difference(value(a), value(b))
    }
    if (criterion === 'typo') return (a, b) => a.match.typos - b.match.typos
    if (criterion === 'geo') return (a, b) => difference(a.distance ?? Infinity, b.distance ?? Infinity)
    if (criterion === 'words') return (a, b) => b.match.words - a.match.words
    if (criterion === 'attribute') return (a, b) => a.match.firstMatchedWord - b.match.firstMatchedWord
    if (criterion === 'exact') return (a, b) => b.match.exact - a.match.exact
    return () => 0
  }
  const criteria = ranking.flatMap((one) => (one === 'custom' ? customRanking : [one])).map(by)
  return (a, b) => {
    for (const compare of criteria) {
      const before = compare(a, b)
      if (before !== 0) return before
    }
    return a.order - b.order
  }
}
const difference = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1)

function facetsOf(rows: readonly Row[], names: readonly string[]): Record<string, Record<string, number>> {
  return Object.fromEntries(
    names.map((name) => {
      const counts: Record<string, number> = {}
      for (const { object } of rows)
        for (const value of [object[name] ?? []].flat() as string[]) counts[value] = (counts[value] ?? 0) + 1
      return [name, counts]
    }),
  )
}

const marked = (text: string, words: WordsAsked) => ({
  value: text.replace(/[\p{L}\p{N}]+/gu, (word) => (words.marks(word) ? `<em>${word}</em>` : word)),
  matchLevel: 'none',
  matchedWords: [],
})

function hitOf({ object, match, distance }: Row, request: SearchRequest, words: WordsAsked): Thing {
  const shown = request.attributesToHighlight ?? []
  const names = request.attributesToRetrieve ?? ['*']
  return {
    ...pick(object, names),
    ...(shown.length > 0 && {
      _highlightResult: Object.fromEntries(
        shown.flatMap((name) =>
          typeof object[name] === 'string' ? [[name, marked(object[name], words)]] : [],
        ),
      ),
    }),
    ...(request.getRankingInfo && {
      _rankingInfo: {
        nbTypos: match.typos,
        firstMatchedWord: match.firstMatchedWord,
        proximityDistance: 0,
        userScore: 0,
        geoDistance: distance ?? 0,
        geoPrecision: request.aroundPrecision ?? 1,
        nbExactWords: match.exact,
        words: Math.max(1, match.words),
        filters: 0,
      },
    }),
  }
}

export function pick(object: Thing, names: readonly string[]): Thing {
  const all = names.includes('*')
  return Object.fromEntries(
    Object.entries(object).filter(([name]) => all || name === 'objectID' || names.includes(name)),
  )
}
