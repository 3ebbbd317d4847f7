import { ACCESS_CODES } from '#services/catalogue/access.ts'
import type { Facet, FacetName } from '#services/ports/search.ts'
import { USUAL_UNIT } from './conditions.rules.ts'
import { priceSteps } from './facet-counts.rules.ts'
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

/** The step of what costs nothing, whatever it is for. */
export const NOTHING_STEP = 'nothing'

/** 'hour:2000': the first of the offered prices that this is at most; null when it is dearer than all of them. */
export function priceStepOf(unit: string | null, pence: number): string | null {
  if (pence === 0) return NOTHING_STEP
  if (unit === null || pence < 0) return null
  const step = priceSteps(unit).find((most) => pence <= most)
  return step === undefined ? null : `${unit}:${String(step)}`
}

/**
 * Facets out of the counts of an engine that counts by itself.
 * @param count of one code of a facet; for 'max' of one step (`priceStepOf`), whatever the price is for
 */
export function facetsCounted(
  per: string | null,
  count: (facet: FacetName, value: string) => number,
): Record<FacetName, Facet[]> {
  const of = (facet: FacetName, codes: readonly string[]): Facet[] =>
    codes.map((value) => ({ value, count: count(facet, value) }))
  const nothing = count('max', NOTHING_STEP)
  // What is free is for no unit, so that it does not count once one was chosen.
  let cheaper = per === null ? nothing : 0
  return {
    category: of('category', codesOf(CATEGORIES)),
    kind: of('kind', codesOf(PROVIDER_KINDS)),
    setting: of('setting', codesOf(SETTINGS)),
    for: of('for', codesOf(AUDIENCES)),
    day: of('day', ['1', '2', '3', '4', '5', '6', '7']),
    regulated: of('regulated', ['yes', 'no']),
    per: of('per', codesOf(PRICE_UNITS)),
    size: of('size', codesOf(SIZES)),
    language: of('language', codesOf(LANGUAGES)),
    access: of('access', ACCESS_CODES),
    checked: of('checked', codesOf(CHECKS)),
    worker: of('worker', codesOf(WORKERS)),
    open: of('open', ['yes']),
    max: priceSteps(per).map((most) => {
      if (most === 0) return { value: '0', count: nothing }
      cheaper += count('max', `${per ?? USUAL_UNIT}:${String(most)}`)
      return { value: String(most), count: cheaper }
    }),
  }
}
