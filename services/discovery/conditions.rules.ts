import type { FilterName, SearchQuery } from '#services/ports/search.ts'
import { chord } from '#services/kernel/geo.ts'
import type { Candidate } from './facts.rules.ts'
import { ONLINE } from './ranking.rules.ts'
import {
  accessNumber,
  audienceNumber,
  bits,
  categoryNumber,
  checkNumber,
  kindNumber,
  languageNumber,
  settingNumber,
  sizeNumber,
  unitNumber,
  workerNumber,
} from './vocabulary.ts'

/** How far people go when they have not said. */
export const USUAL_METRES = 16_093
const FIVE_MILES = 8_047
/**
 * How much further one could look, in metres from the place: five miles more, and twice as far; where that is less than five
 * miles more, only that.
 */
export function furtherMetres(withinMetres: number | null): readonly number[] {
  const within = withinMetres ?? USUAL_METRES
  const twice = 2 * within
  return within > FIVE_MILES ? [within + FIVE_MILES, twice] : [twice]
}

/** What "at most" is for while nobody has said otherwise. */
export const USUAL_UNIT = 'hour'

/** The bit of a condition that an entry does not meet. */
export const MISS = {
  category: 1,
  kind: 2,
  setting: 4,
  for: 8,
  day: 16,
  regulated: 32,
  max: 64,
  within: 128,
  per: 256,
  size: 512,
  language: 1_024,
  access: 2_048,
  checked: 4_096,
  worker: 8_192,
  open: 16_384,
  hours: 32_768,
  fund: 65_536,
} as const satisfies Record<FilterName, number>

type Condition = (candidate: Candidate) => boolean

/** What a fund does not pay for, by its rules. */
function fundLacks(fund: NonNullable<SearchQuery['fund']>): Condition {
  const allowed = bits(fund.allowed.map(categoryNumber))
  const refused = bits(fund.refused.map(categoryNumber))
  const accredited = bits([checkNumber('training')])
  const { accreditedOnly, ceilingPence } = fund
  return (c) => {
    const category = c.category === 0 ? 0 : 1 << (c.category - 1)
    if (allowed !== 0 && (allowed & category) === 0) return true
    if ((refused & category) !== 0 || (accreditedOnly && (c.checks & accredited) === 0)) return true
    return ceilingPence !== null && c.pricePence > ceilingPence
  }
}

/** The conditions of a query that an entry does not meet, as bits of MISS. */
export function missing(query: SearchQuery): (candidate: Candidate) => number {
  const conditions: [number, Condition][] = []
  const when = (asked: boolean, bit: number, lacks: Condition): void => {
    if (asked) conditions.push([bit, lacks])
  }
  const oneOf = (bit: number, numbers: readonly number[], number: (c: Candidate) => number): void => {
    const mask = bits(numbers)
    when(mask !== 0, bit, (c) => (mask & (1 << (number(c) - 1))) === 0 || number(c) === 0)
  }
  const any = (bit: number, numbers: readonly number[], has: (c: Candidate) => number): void => {
    const mask = bits(numbers)
    when(mask !== 0, bit, (c) => (mask & has(c)) === 0)
  }
  const every = (bit: number, numbers: readonly number[], has: (c: Candidate) => number): void => {
    const mask = bits(numbers)
    when(mask !== 0, bit, (c) => (mask & has(c)) !== mask)
  }
  oneOf(MISS.category, query.categories.map(categoryNumber), (c) => c.category)
  oneOf(MISS.kind, query.kinds.map(kindNumber), (c) => c.kind)
  oneOf(MISS.setting, query.settings.map(settingNumber), (c) => c.setting)
  oneOf(MISS.size, query.sizes.map(sizeNumber), (c) => c.size)
  any(MISS.for, query.audiences.map(audienceNumber), (c) => c.audiences)
  // Free at no such hour at all is the hours' fault, not the day's.
  any(MISS.day, query.days, (c) => c.days || c.offered)
  any(MISS.language, query.languages.map(languageNumber), (c) => c.languages)
  any(MISS.worker, query.workers.map(workerNumber), (c) => c.workers)
  // What somebody needs to get in, and what they want to be sure of, has to be there all together.
  every(MISS.access, query.access.map(accessNumber), (c) => c.access)
  every(MISS.checked, query.checks.map(checkNumber), (c) => c.checks)
  when(query.hours !== null, MISS.hours, (c) => c.days === 0)
  when(query.open, MISS.open, (c) => !c.bookable)
  const { regulated, maxPence, fund } = query
  when(regulated !== null, MISS.regulated, (c) => c.regulated !== regulated)
  const per = unitNumber(query.per)
  when(per !== 0, MISS.per, (c) => c.unit !== per)
  if (maxPence !== null) {
    // "At most" without a unit is for an hour; what is free is free whatever it is for.
    const implied = per === 0 ? unitNumber(USUAL_UNIT) : 0
    when(true, MISS.max, (c) => {
      if (c.pricePence < 0 || c.pricePence > maxPence) return true
      return implied !== 0 && c.unit !== implied && c.pricePence !== 0
    })
  }
  if (fund) when(true, MISS.fund, fundLacks(fund))
  if (query.near) {
    const within = chord(query.withinMetres ?? USUAL_METRES)
    when(true, MISS.within, (c) => !c.comesToYou && c.setting !== ONLINE && c.chord > within)
  }
  return (c) => {
    let miss = 0
    for (const [bit, lacks] of conditions) if (lacks(c)) miss |= bit
    return miss
  }
}
