import type { Facet, FacetName, FilterName, Relaxed, SearchQuery } from '#services/ports/search.ts'
import { furtherMetres, MISS, missing, USUAL_UNIT } from './conditions.rules.ts'
import { count, Counts, facetsOf, priceSteps, raise } from './facet-counts.rules.ts'
import { NO_TIME, PackedCandidate, type Candidate } from './facts.rules.ts'
import { type FirstOf, firstOf } from './first-of.rules.ts'
import { chord } from '#services/kernel/geo.ts'
import { drawOf, isHidden, reasonsFor, scoreOf, type Moment, type Why } from './ranking.rules.ts'
import { bits, unitNumber } from './vocabulary.ts'

/** What the words and the place let through; up to twice the distance that was asked for may be among it. */
export interface Candidates {
  readonly length: number
  /** Has the object that is given stand for one of them. */
  read(this: void, index: number, into: PackedCandidate): void
}

export interface Chosen {
  no: number
  /** Straight line; below 0 when it is not known. */
  chord: number
  why: Why[]
}
export interface Choice {
  total: number
  page: number
  bookable: number
  unfiltered: number
  chosen: Chosen[]
  facets: Record<FacetName, Facet[]>
  relax: Relaxed[]
}

/** More pence than any price. */
const UNIT_STEP = 2 ** 32

/** What an entry is ordered by before its score; higher comes first. */
function sortKey(query: SearchQuery): (candidate: Candidate) => number {
  switch (query.sort) {
    case 'best':
      return () => 0
    case 'near':
      return ({ chord: line }) => (line < 0 ? -Infinity : -line)
    case 'price':
      // Free first, then one kind of price after the other: an hour is no less than a day.
      return ({ pricePence, unit }) => (pricePence < 0 ? -Infinity : -(unit * UNIT_STEP + pricePence))
    case 'soonest':
      return ({ nextFree }) => (nextFree === NO_TIME ? -Infinity : -nextFree)
    case 'experience':
      return ({ experience }) => experience
  }
}

/** What was counted of all candidates. */
interface Tally {
  total: number
  bookable: number
  unfiltered: number
  counts: Counts
  /** How many miss only one condition, by the leading zeros of its bit. */
  alone: Int32Array
  rings: readonly { metres: number; line: number; more: number }[]
}

/** Goes through all candidates once. A function of its own, and short: it runs for each of them in every search. */
function tally({ length, read }: Candidates, query: SearchQuery, now: Moment, best: FirstOf): Tally {
  const missOf = missing(query)
  const keyOf = sortKey(query)
  const near = query.near !== null
  const price = { maxPence: query.maxPence, unit: unitNumber(query.per ?? USUAL_UNIT) }
  const days = query.hours ? bits(query.days) : 0
  const counts = new Counts(priceSteps(query.per))
  const alone = new Int32Array(32)
  const rings = furtherMetres(query.withinMetres).map((metres) => ({ metres, line: chord(metres), more: 0 }))
  const c = new PackedCandidate()
  let total = 0
  let bookable = 0
  let unfiltered = 0
  for (let index = 0; index < length; index += 1) {
    read(index, c)
    if (isHidden(c, now)) continue
    const miss = missOf(c)
    if ((miss & MISS.within) === 0) unfiltered += 1
    if ((miss & (miss - 1)) !== 0) continue
    count(counts, c, miss, price)
    if (miss === 0) {
      total += 1
      if (c.bookable) bookable += 1
      const key = keyOf(c)
      // Most fall behind by what they are ordered by first, and need no score.
      if (best.admits(key)) best.put(key, scoreOf(c, now, near), drawOf(c.providerHash, now.day), c.no, index)
      continue
    }
    if (miss === MISS.within) {
      for (const ring of rings) if (c.chord <= ring.line) ring.more += 1
      continue
    }
    raise(alone, Math.clz32(miss))
    // Offered on a day that was asked for, and free at those hours on another: without the hours it fits, too.
    if (miss === MISS.day && (c.offered & days) !== 0) raise(alone, Math.clz32(MISS.hours))
  }
  return { total, bookable, unfiltered, counts, alone, rings }
}

/**
 * Orders what the words and the place let through, counts it exactly for every filter, and picks the page that was
 * asked for.
 */
export function chooseHits(candidates: Candidates, query: SearchQuery, now: Moment): Choice {
  // The first ones are kept too, so that a page behind the last costs no second search.
  const best = firstOf(query.page * query.perPage)
  const { total, bookable, unfiltered, counts, alone, rings } = tally(candidates, query, now, best)
  const page = (query.page - 1) * query.perPage < total ? query.page : 1
  const from = (page - 1) * query.perPage
  const asked = { words: query.text !== '', near: query.near !== null }
  const c = new PackedCandidate()
  const chosen = best
    .inOrder()
    .slice(from, from + query.perPage)
    .map((index) => {
      candidates.read(index, c)
      return { no: c.no, chord: c.chord, why: reasonsFor(c, now, asked) }
    })
  const relax = relaxed(
    query,
    (Object.keys(MISS) as FilterName[]).map((filter) => ({
      filter,
      more: alone[Math.clz32(MISS[filter])] ?? 0,
    })),
    rings.map(({ metres, more }) => ({ filter: 'within', more, metres })),
  )
  return { total, page, bookable, unfiltered, chosen, facets: facetsOf(counts, query.per), relax }
}

/** What easing one condition brings, most first; of the distances only those that bring more than the one before. */
export function relaxed(
  query: Pick<SearchQuery, 'maxPence'>,
  without: readonly Relaxed[],
  further: readonly Relaxed[],
): Relaxed[] {
  const rings = further.filter(({ more }, at) => more > (further[at - 1]?.more ?? 0))
  return (
    [...without, ...rings]
      // Without its unit "at most" would be for an hour again: that is another search, not a wider one.
      .filter(({ filter, more }) => more > 0 && !(filter === 'per' && query.maxPence !== null))
      .sort((a, b) => b.more - a.more)
  )
}
