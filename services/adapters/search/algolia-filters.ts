import type { FilterName, SearchQuery } from '#services/ports/search.ts'

/** One condition in Algolia's words: all of its clauses hold; of a clause one alternative is enough. */
export type Clauses = readonly string[]

const is = (facet: string, value: string): string => `${facet}:"${value.replace(/["\\]/g, '')}"`
const anyOf = (facet: string, values: readonly string[]): string[] =>
  values.length === 0 ? [] : [`(${values.map((value) => is(facet, value)).join(' OR ')})`]
const allOf = (facet: string, values: readonly string[]): string[] => values.map((value) => is(facet, value))
const noneOf = (facet: string, values: readonly string[]): string[] =>
  values.map((value) => `NOT ${is(facet, value)}`)

/** "At most" without a unit is for this one; what is free is free whatever it is for. */
const USUAL_UNIT = 'hour'
const NOTHING_STEP = 'nothing'

/** What a query asks for beside words and place, by the condition that says it. What is not asked for is not there. */
export function conditionsOf(query: SearchQuery): Map<FilterName, Clauses> {
  const { regulated, fund, maxPence, per } = query
  const all: [FilterName, Clauses][] = [
    ['category', anyOf('category', query.categories)],
    ['kind', anyOf('kind', query.kinds)],
    ['setting', anyOf('setting', query.settings)],
    ['for', anyOf('for', query.audiences)],
    ['day', anyOf('day', query.days.map(String))],
    ['size', anyOf('size', query.sizes)],
    ['language', anyOf('language', query.languages)],
    ['worker', anyOf('worker', query.workers)],
    ['access', allOf('access', query.access)],
    ['checked', allOf('checked', query.checks)],
    ['open', query.open ? [is('open', 'yes')] : []],
    ['regulated', regulated === null ? [] : [is('regulated', regulated ? 'yes' : 'no')]],
    ['per', per === null ? [] : [is('per', per)]],
    ['max', maxPence === null ? [] : atMost(maxPence, per)],
    ['fund', fund ? paidBy(fund) : []],
  ]
  return new Map(all.filter(([, clauses]) => clauses.length > 0))
}

/** The price alone, whatever it is for. */
export const costsAtMost = (pence: number): Clauses => [`pricePence >= 0`, `pricePence <= ${String(pence)}`]

function atMost(pence: number, per: string | null): Clauses {
  const unit = per === null ? [`(${is('per', USUAL_UNIT)} OR ${is('max', NOTHING_STEP)})`] : []
  return [...costsAtMost(pence), ...unit]
}

function paidBy(fund: NonNullable<SearchQuery['fund']>): Clauses {
  const { allowed, refused, accreditedOnly, ceilingPence } = fund
  return [
    ...anyOf('category', allowed),
    ...noneOf('category', refused),
    ...(accreditedOnly ? [is('checked', 'training')] : []),
    // Without a price it is −1, and nothing says that it is too dear.
    ...(ceilingPence === null ? [] : [`pricePence <= ${String(ceilingPence)}`]),
  ]
}
