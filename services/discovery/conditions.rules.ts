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

/** What a query asks of an entry, as numbers: 0 where it asks nothing. */
interface Asked {
  category: number
  kind: number
  setting: number
  size: number
  for: number
  day: number
  language: number
  worker: number
  access: number
  checked: number
  hours: boolean
  open: boolean
  /** 1 for yes, 2 for no. */
  regulated: number
  per: number
  maxPence: number | null
  /** Of "at most" that was said without a unit. */
  impliedUnit: number
  fund: FundAsked | null
  /** Straight line through the sphere; negative where there is no place. */
  within: number
}

/** What a fund pays for, by its rules. */
interface FundAsked {
  allowed: number
  refused: number
  accredited: number
  ceilingPence: number | null
}

function askedIn(query: SearchQuery): Asked {
  const { fund, maxPence, regulated } = query
  const per = unitNumber(query.per)
  return {
    category: bits(query.categories.map(categoryNumber)),
    kind: bits(query.kinds.map(kindNumber)),
    setting: bits(query.settings.map(settingNumber)),
    size: bits(query.sizes.map(sizeNumber)),
    for: bits(query.audiences.map(audienceNumber)),
    day: bits(query.days),
    language: bits(query.languages.map(languageNumber)),
    worker: bits(query.workers.map(workerNumber)),
    access: bits(query.access.map(accessNumber)),
    checked: bits(query.checks.map(checkNumber)),
    hours: query.hours !== null,
    open: query.open,
    regulated: regulated === null ? 0 : regulated ? 1 : 2,
    per,
    maxPence,
    impliedUnit: maxPence !== null && per === 0 ? unitNumber(USUAL_UNIT) : 0,
    fund: fund && {
      allowed: bits(fund.allowed.map(categoryNumber)),
      refused: bits(fund.refused.map(categoryNumber)),
      accredited: fund.accreditedOnly ? bits([checkNumber('training')]) : 0,
      ceilingPence: fund.ceilingPence,
    },
    within: query.near ? chord(query.withinMetres ?? USUAL_METRES) : -1,
  }
}

/** The bit of a number from 1; none of 0. */
const bitOf = (number: number): number => (number === 0 ? 0 : 1 << (number - 1))

/** "At most" without a unit is for an hour; what is free is free whatever it is for. */
function dearer(c: Candidate, maxPence: number, impliedUnit: number): boolean {
  if (c.pricePence < 0 || c.pricePence > maxPence) return true
  return impliedUnit !== 0 && c.unit !== impliedUnit && c.pricePence !== 0
}

function fundLacks(fund: FundAsked, c: Candidate): boolean {
  const category = bitOf(c.category)
  if (fund.allowed !== 0 && (fund.allowed & category) === 0) return true
  if ((fund.refused & category) !== 0) return true
  if (fund.accredited !== 0 && (c.checks & fund.accredited) === 0) return true
  return fund.ceilingPence !== null && c.pricePence > fund.ceilingPence
}

/** The conditions of a query that an entry does not meet, as bits of MISS. Numbers alone: it runs for every candidate of every search. */
export function missing(query: SearchQuery): (candidate: Candidate) => number {
  const asked = askedIn(query)
  return (c) => {
    let miss = 0
    if (asked.category !== 0 && (asked.category & bitOf(c.category)) === 0) miss |= MISS.category
    if (asked.kind !== 0 && (asked.kind & bitOf(c.kind)) === 0) miss |= MISS.kind
    if (asked.setting !== 0 && (asked.setting & bitOf(c.setting)) === 0) miss |= MISS.setting
    if (asked.size !== 0 && (asked.size & bitOf(c.size)) === 0) miss |= MISS.size
    if (asked.for !== 0 && (asked.for & c.audiences) === 0) miss |= MISS.for
    // Free at no such hour at all is the hours' fault, not the day's.
    if (asked.day !== 0 && (asked.day & (c.days || c.offered)) === 0) miss |= MISS.day
    if (asked.language !== 0 && (asked.language & c.languages) === 0) miss |= MISS.language
    if (asked.worker !== 0 && (asked.worker & c.workers) === 0) miss |= MISS.worker
    // What somebody needs to get in, and what they want to be sure of, has to be there all together.
    if (asked.access !== 0 && (asked.access & c.access) !== asked.access) miss |= MISS.access
    if (asked.checked !== 0 && (asked.checked & c.checks) !== asked.checked) miss |= MISS.checked
    if (asked.hours && c.days === 0) miss |= MISS.hours
    if (asked.open && !c.bookable) miss |= MISS.open
    if (asked.regulated !== 0 && (asked.regulated === 1) !== c.regulated) miss |= MISS.regulated
    if (asked.per !== 0 && c.unit !== asked.per) miss |= MISS.per
    if (asked.maxPence !== null && dearer(c, asked.maxPence, asked.impliedUnit)) miss |= MISS.max
    if (asked.fund !== null && fundLacks(asked.fund, c)) miss |= MISS.fund
    if (asked.within >= 0 && c.chord > asked.within && !c.comesToYou && c.setting !== ONLINE)
      miss |= MISS.within
    return miss
  }
}
