import type { Facet, FacetName, FilterName, SearchQuery } from '#services/ports/search.ts'
import { chord } from '#services/kernel/geo.ts'
import { NO_TIME, readCandidates, type Candidate } from './facts.rules.ts'
import { drawOf, isHidden, ONLINE, reasonsFor, scoreOf, type Moment, type Why } from './ranking.rules.ts'
import {
  AUDIENCES,
  audienceNumber,
  bits,
  CATEGORIES,
  categoryNumber,
  codesOf,
  kindNumber,
  PRICE_UNITS,
  PROVIDER_KINDS,
  settingNumber,
  SETTINGS,
  unitNumber,
} from './vocabulary.ts'

/** How far people go when they have not said. */
export const USUAL_METRES = 16_093
/** What "at most" is for while nobody has said otherwise. */
export const USUAL_UNIT = 'hour'
const SMALL = [500, 1_000, 2_000, 3_000, 5_000] as const
/** Prices, in pence, that are offered as "at most this much", by what the price is for. */
const STEPS: Readonly<Record<string, readonly number[]>> = {
  hour: [1_500, 2_000, 2_500, 3_000, 4_000, 6_000],
  visit: SMALL,
  session: SMALL,
  item: SMALL,
  half_day: [2_000, 4_000, 6_000, 10_000],
  day: [3_000, 6_000, 10_000, 15_000],
  night: [6_000, 10_000, 15_000, 20_000],
  week: [20_000, 50_000, 100_000, 150_000],
  fixed: [2_500, 5_000, 10_000, 25_000],
}
/** Free, and then the steps of that unit. */
export const priceSteps = (per: string | null): readonly number[] => [0, ...(STEPS[per ?? USUAL_UNIT] ?? [])]

/** The bit of a condition that an entry does not meet. */
const MISS = {
  category: 1,
  kind: 2,
  setting: 4,
  for: 8,
  day: 16,
  regulated: 32,
  max: 64,
  within: 128,
  per: 256,
} as const

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
  relax: { filter: FilterName; more: number }[]
}

/** The conditions of a query that an entry does not meet, as bits of MISS. */
function missing(query: SearchQuery): (candidate: Candidate) => number {
  const categories = bits(query.categories.map(categoryNumber))
  const kinds = bits(query.kinds.map(kindNumber))
  const settings = bits(query.settings.map(settingNumber))
  const audiences = bits(query.audiences.map(audienceNumber))
  const days = bits(query.days)
  const { regulated, maxPence } = query
  const per = unitNumber(query.per)
  // "At most" without a unit is for an hour; what is free is free whatever it is for.
  const implied = per === 0 && maxPence !== null ? unitNumber(USUAL_UNIT) : 0
  const within = query.near ? chord(query.withinMetres ?? USUAL_METRES) : Infinity
  const lacks = (mask: number, number: number): boolean => mask !== 0 && (mask & (1 << (number - 1))) === 0
  return (c) => {
    let miss = 0
    if (lacks(categories, c.category)) miss |= MISS.category
    if (lacks(kinds, c.kind)) miss |= MISS.kind
    if (lacks(settings, c.setting)) miss |= MISS.setting
    if (audiences !== 0 && (audiences & c.audiences) === 0) miss |= MISS.for
    if (days !== 0 && (days & c.days) === 0) miss |= MISS.day
    if (regulated !== null && c.regulated !== regulated) miss |= MISS.regulated
    if (maxPence !== null && (c.pricePence < 0 || c.pricePence > maxPence)) miss |= MISS.max
    if (implied !== 0 && c.unit !== implied && c.pricePence !== 0) miss |= MISS.max
    if (per !== 0 && c.unit !== per) miss |= MISS.per
    if (!c.comesToYou && c.setting !== ONLINE && c.chord > within) miss |= MISS.within
    return miss
  }
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

class Counts {
  readonly category = new Int32Array(32)
  readonly kind = new Int32Array(32)
  readonly setting = new Int32Array(32)
  readonly for = new Int32Array(33)
  readonly day = new Int32Array(33)
  readonly regulated = new Int32Array(2)
  readonly per = new Int32Array(16)
  readonly max: Int32Array
  readonly steps: readonly number[]
  constructor(steps: readonly number[]) {
    this.steps = steps
    this.max = new Int32Array(steps.length + 1)
  }
}

const raise = (counts: Int32Array, at: number): void => {
  counts[at] = (counts[at] ?? 0) + 1
}
function raiseBits(counts: Int32Array, mask: number): void {
  for (let rest = mask; rest !== 0; rest &= rest - 1) raise(counts, 32 - Math.clz32(rest & -rest))
}
function priceStep(pence: number, steps: readonly number[]): number {
  const step = pence < 0 ? -1 : steps.findIndex((most) => pence <= most)
  return step < 0 ? steps.length : step
}

/** What "at most" and what the price is for say together. */
interface PriceAsked {
  maxPence: number | null
  /** Number of the unit that "at most" is for. */
  unit: number
}

/**
 * What the price filters would leave. The two hang together: "at most" is for the unit that was chosen, and asking for
 * what is free lets go of the unit.
 */
function countPrice(counts: Counts, c: Candidate, miss: number, { maxPence, unit }: PriceAsked): void {
  const free = c.pricePence === 0
  if (miss === 0 || miss === MISS.max || (free && miss === MISS.per))
    if (free || c.unit === unit) raise(counts.max, priceStep(c.pricePence, counts.steps))
  if (c.unit === 0 || maxPence === 0) return
  if ((miss & ~(MISS.max | MISS.per)) === 0 && (maxPence === null || c.pricePence <= maxPence))
    raise(counts.per, c.unit)
}

/** Counts an entry where all conditions but this one are met. */
function count(counts: Counts, c: Candidate, miss: number, price: PriceAsked): void {
  if (miss === 0 || miss === MISS.category) raise(counts.category, c.category)
  if (miss === 0 || miss === MISS.kind) raise(counts.kind, c.kind)
  if (miss === 0 || miss === MISS.setting) raise(counts.setting, c.setting)
  if (miss === 0 || miss === MISS.for) raiseBits(counts.for, c.audiences)
  if (miss === 0 || miss === MISS.day) raiseBits(counts.day, c.days)
  if (miss === 0 || miss === MISS.regulated) raise(counts.regulated, c.regulated ? 1 : 0)
  countPrice(counts, c, miss, price)
}

const facetOf = (codes: readonly string[], counts: Int32Array): Facet[] =>
  codes.map((value, index) => ({ value, count: counts[index + 1] ?? 0 }))

function facetsOf(counts: Counts, per: string | null): Record<FacetName, Facet[]> {
  let cheaper = 0
  return {
    category: facetOf(codesOf(CATEGORIES), counts.category),
    kind: facetOf(codesOf(PROVIDER_KINDS), counts.kind),
    setting: facetOf(codesOf(SETTINGS), counts.setting),
    for: facetOf(codesOf(AUDIENCES), counts.for),
    day: facetOf(['1', '2', '3', '4', '5', '6', '7'], counts.day),
    regulated: [
      { value: 'yes', count: counts.regulated[1] ?? 0 },
      { value: 'no', count: counts.regulated[0] ?? 0 },
    ],
    per: facetOf(codesOf(PRICE_UNITS), counts.per),
    max: counts.steps.map((most, step) => {
      const here = counts.max[step] ?? 0
      // What is free is for no unit, so that it does not count once one was chosen.
      if (most === 0 && per !== null) return { value: '0', count: here }
      cheaper += here
      return { value: String(most), count: cheaper }
    }),
  }
}

/** Keeps the first `room` of what is put in, by key, then score, then the day's draw, then number. */
function firstOf(room: number): {
  put(key: number, score: number, draw: number, no: number, index: number): void
  inOrder(): number[]
} {
  // A heap whose root is the last one kept: most entries fail one comparison with it and are gone.
  const heap: [key: number, score: number, draw: number, no: number, index: number][] = []
  type Item = (typeof heap)[number]
  const before = (a: Item, b: Item): boolean => {
    for (let i = 0; i < 3; i += 1) if (a[i] !== b[i]) return (a[i] ?? 0) > (b[i] ?? 0)
    return a[3] < b[3]
  }
  const at = (i: number): Item => heap[i] as Item
  const swap = (i: number, j: number): void => {
    const kept = at(i)
    heap[i] = at(j)
    heap[j] = kept
  }
  function sink(): void {
    for (let i = 0; ;) {
      let worst = i
      for (const child of [2 * i + 1, 2 * i + 2])
        if (child < heap.length && before(at(worst), at(child))) worst = child
      if (worst === i) return
      swap(i, worst)
      i = worst
    }
  }
  function rise(): void {
    for (let i = heap.length - 1; i > 0;) {
      const parent = (i - 1) >> 1
      if (!before(at(parent), at(i))) return
      swap(i, parent)
      i = parent
    }
  }
  return {
    put(key, score, draw, no, index) {
      if (room === 0) return
      if (heap.length === room) {
        const last = at(0)
        if (key < last[0] || (key === last[0] && score < last[1])) return
        const item: Item = [key, score, draw, no, index]
        if (!before(item, last)) return
        heap[0] = item
        sink()
        return
      }
      heap.push([key, score, draw, no, index])
      rise()
    },
    inOrder: () => [...heap].sort((a, b) => (before(a, b) ? -1 : 1)).map(([, , , , index]) => index),
  }
}

/**
 * Orders what the words and the place let through, counts it exactly for every filter, and picks the page that was
 * asked for. `rows` are packed as facts.rules.ts says; up to twice the distance that was asked for may be among them.
 */
export function chooseHits(rows: Buffer, query: SearchQuery, now: Moment): Choice {
  const { length, read } = readCandidates(rows)
  const missOf = missing(query)
  const keyOf = sortKey(query)
  const near = query.near !== null
  const counts = new Counts(priceSteps(query.per))
  const price = { maxPence: query.maxPence, unit: unitNumber(query.per ?? USUAL_UNIT) }
  const alone = new Map<number, number>()
  const best = firstOf(query.page * query.perPage)
  const c = {} as Candidate
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
      best.put(keyOf(c), scoreOf(c, now, near), drawOf(c.providerHash, now.day), c.no, index)
    } else alone.set(miss, (alone.get(miss) ?? 0) + 1)
  }
  // The heap holds the first ones too, so that a page behind the last costs no second search.
  const page = (query.page - 1) * query.perPage < total ? query.page : 1
  const from = (page - 1) * query.perPage
  const asked = { words: query.text !== '', near }
  const chosen = best
    .inOrder()
    .slice(from, from + query.perPage)
    .map((index) => {
      read(index, c)
      return { no: c.no, chord: c.chord, why: reasonsFor(c, now, asked) }
    })
  const relax = (Object.keys(MISS) as FilterName[])
    .map((filter) => ({ filter, more: alone.get(MISS[filter]) ?? 0 }))
    // Without its unit "at most" would be for an hour again: that is another search, not a wider one.
    .filter(({ filter, more }) => more > 0 && !(filter === 'per' && query.maxPence !== null))
    .sort((a, b) => b.more - a.more)
  return { total, page, bookable, unfiltered, chosen, facets: facetsOf(counts, query.per), relax }
}
