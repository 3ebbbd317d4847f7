import type { Facet, FacetName } from '#services/ports/search.ts'
import { MISS, USUAL_UNIT } from './conditions.rules.ts'
import type { Candidate } from './facts.rules.ts'
import { ACCESS_CODES } from '#services/catalogue/access.ts'
import {
  AUDIENCES,
  CATEGORIES,
  CHECKS,
  codesOf,
  LANGUAGES,
  PRICE_UNITS,
  PROVIDER_KINDS,
  SETTINGS,
  SIZES,
  WORKERS,
} from './vocabulary.ts'

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

/** How many entries each filter would leave, beside all the others. */
export class Counts {
  readonly category = new Int32Array(32)
  readonly kind = new Int32Array(32)
  readonly setting = new Int32Array(32)
  readonly for = new Int32Array(33)
  /** By all the days of an entry at once, as bits: one count instead of up to seven. */
  readonly week = new Int32Array(128)
  readonly regulated = new Int32Array(2)
  readonly per = new Int32Array(16)
  readonly size = new Int32Array(8)
  readonly language = new Int32Array(33)
  readonly access = new Int32Array(33)
  readonly checked = new Int32Array(33)
  readonly worker = new Int32Array(33)
  open = 0
  readonly max: Int32Array
  readonly steps: readonly number[]
  constructor(steps: readonly number[]) {
    this.steps = steps
    this.max = new Int32Array(steps.length + 1)
  }
}

export const raise = (counts: Int32Array, at: number): void => {
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
export interface PriceAsked {
  maxPence: number | null
  /** Number of the unit that "at most" is for. */
  unit: number
}

/**
 * What the price filters would leave, of an entry that misses no other condition. The two hang together: "at most" is for the unit that was chosen, and asking for
 * what is free lets go of the unit.
 */
function countPrice(counts: Counts, c: Candidate, miss: number, { maxPence, unit }: PriceAsked): void {
  const free = c.pricePence === 0
  if (miss === 0 || miss === MISS.max || (free && miss === MISS.per))
    if (free || c.unit === unit) raise(counts.max, priceStep(c.pricePence, counts.steps))
  if (c.unit === 0 || maxPence === 0) return
  if (maxPence === null || c.pricePence <= maxPence) raise(counts.per, c.unit)
}

/** Counts an entry where all conditions but this one are met: with none missing for every filter, otherwise for the one it misses. */
export function count(counts: Counts, c: Candidate, miss: number, price: PriceAsked): void {
  if (miss === 0) countAll(counts, c)
  else countMissed(counts, c, miss)
  if ((miss & ~(MISS.max | MISS.per)) === 0) countPrice(counts, c, miss, price)
}

function countAll(counts: Counts, c: Candidate): void {
  raise(counts.category, c.category)
  raise(counts.kind, c.kind)
  raise(counts.setting, c.setting)
  raiseBits(counts.for, c.audiences)
  raise(counts.week, c.days)
  raise(counts.regulated, c.regulated ? 1 : 0)
  raise(counts.size, c.size)
  raiseBits(counts.language, c.languages)
  raiseBits(counts.worker, c.workers)
  // Of these all that were chosen have to be met: one more is asked of what is left.
  raiseBits(counts.access, c.access)
  raiseBits(counts.checked, c.checks)
  counts.open += c.bookable ? 1 : 0
}

function countMissed(counts: Counts, c: Candidate, miss: number): void {
  switch (miss) {
    case MISS.category:
      return raise(counts.category, c.category)
    case MISS.kind:
      return raise(counts.kind, c.kind)
    case MISS.setting:
      return raise(counts.setting, c.setting)
    case MISS.for:
      return raiseBits(counts.for, c.audiences)
    case MISS.day:
      return raise(counts.week, c.days)
    case MISS.regulated:
      return raise(counts.regulated, c.regulated ? 1 : 0)
    case MISS.size:
      return raise(counts.size, c.size)
    case MISS.language:
      return raiseBits(counts.language, c.languages)
    case MISS.worker:
      return raiseBits(counts.worker, c.workers)
    case MISS.open:
      counts.open += c.bookable ? 1 : 0
  }
}

const facetOf = (codes: readonly string[], counts: Int32Array): Facet[] =>
  codes.map((value, index) => ({ value, count: counts[index + 1] ?? 0 }))

function onDay(week: Int32Array, day: number): number {
  let sum = 0
  for (const [days, many] of week.entries()) if ((days >> (day - 1)) & 1) sum += many
  return sum
}

/** The counts by code. */
export function facetsOf(counts: Counts, per: string | null): Record<FacetName, Facet[]> {
  let cheaper = 0
  return {
    category: facetOf(codesOf(CATEGORIES), counts.category),
    kind: facetOf(codesOf(PROVIDER_KINDS), counts.kind),
    setting: facetOf(codesOf(SETTINGS), counts.setting),
    for: facetOf(codesOf(AUDIENCES), counts.for),
    day: [1, 2, 3, 4, 5, 6, 7].map((day) => ({ value: String(day), count: onDay(counts.week, day) })),
    regulated: [
      { value: 'yes', count: counts.regulated[1] ?? 0 },
      { value: 'no', count: counts.regulated[0] ?? 0 },
    ],
    per: facetOf(codesOf(PRICE_UNITS), counts.per),
    size: facetOf(codesOf(SIZES), counts.size),
    language: facetOf(codesOf(LANGUAGES), counts.language),
    access: facetOf(ACCESS_CODES, counts.access),
    checked: facetOf(codesOf(CHECKS), counts.checked),
    worker: facetOf(codesOf(WORKERS), counts.worker),
    open: [{ value: 'yes', count: counts.open }],
    max: counts.steps.map((most, step) => {
      const here = counts.max[step] ?? 0
      // What is free is for no unit, so that it does not count once one was chosen.
      if (most === 0 && per !== null) return { value: '0', count: here }
      cheaper += here
      return { value: String(most), count: cheaper }
    }),
  }
}
