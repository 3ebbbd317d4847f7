import { quartiles, type Quartiles } from './concentration.rules.ts'
import type { FundFact, PriceFact, ScoreFact } from './facts.ts'
import { column } from './spend-tables.rules.ts'
import { FEWEST, groupOf, SOLE, type Providers } from './spend.rules.ts'
import { COUNT_BOUNDS, suppress } from './suppression.rules.ts'
import {
  count,
  decimal,
  GROUPS,
  kindWords,
  marked,
  price,
  share,
  tileKind,
  unless,
  withheld,
  words,
  type MarketTable,
} from './table.rules.ts'

const DEPLOYMENTS = [
  ['direct_payment_bank', 'Direct payment to a bank account'],
  ['direct_payment_card', 'Direct payment on a card'],
  ['direct_payment_managed_account', 'Direct payment in an account managed for the person'],
  ['individual_service_fund', 'Individual service fund'],
  ['adviser_held', 'Held by a named adviser'],
  ['council_managed', 'Managed by the council'],
] as const
/**
 * Ways of holding a budget that put the person in control. Money held by the council, or by its adviser, is never counted
 * as personalisation by itself, even when it was chosen.
 */
const IN_CONTROL: ReadonlySet<string> = new Set([
  'direct_payment_bank',
  'direct_payment_card',
  'direct_payment_managed_account',
  'individual_service_fund',
])

export interface Holding {
  table: MarketTable
  /** Of every ten funds, how many the person chose to have in their own control; null for under 20 funds. */
  inControlOfTen: number | null
}

/** How funds are held, chosen against assigned, on the last day of the period. Always for the whole council. */
export function holding(facts: readonly FundFact[], dayWords: string): Holding {
  const of = (deployment: string, chosen: boolean): FundFact =>
    facts.find((fact) => fact.deployment === deployment && fact.chosen === chosen) ?? {
      deployment,
      chosen,
      funds: 0,
      people: 0,
    }
  const inner = DEPLOYMENTS.map(([code]) => [of(code, true).funds, of(code, false).funds])
  const marks = suppress({
    inner,
    columns: 2,
    boundsOf: COUNT_BOUNDS,
    first: (i, j, value) => {
      if (value < FEWEST) return 'small'
      const code = DEPLOYMENTS[i]?.[0]
      const people = code === undefined || j === 2 ? value : of(code, j === 0).people
      return people < FEWEST ? 'protecting' : 'shown'
    },
  })
  const m = DEPLOYMENTS.length
  const total = inner.flat().reduce((a, b) => a + b, 0)
  const mark = (i: number, j: number) => marks[i]?.[j] ?? 'shown'
  const row = (i: number, key: string, label: string, [chosen = 0, assigned = 0]: readonly number[]) => ({
    key,
    cells: {
      way: words(label),
      chosen: marked(mark(i, 0), chosen),
      assigned: marked(mark(i, 1), assigned),
      all: marked(mark(i, 2), chosen + assigned),
      share: unless(mark(i, 2) !== 'shown' || mark(m, 2) !== 'shown' || total === 0, () =>
        share((chosen + assigned) / total, 0),
      ),
    },
  })
  const rows = DEPLOYMENTS.map(([code, label], i) => row(i, code, label, inner[i] ?? []))
  const column_ = (j: number): number => inner.reduce((sum, line) => sum + (line[j] ?? 0), 0)
  const controlled = facts
    .filter(({ deployment, chosen }) => chosen && IN_CONTROL.has(deployment))
    .reduce((sum, { funds }) => sum + funds, 0)
  return {
    table: {
      id: 'holding',
      caption: `How budgets are held, ${dayWords}`,
      period: dayWords,
      columns: [
        column('way', 'How it is held', false),
        column('chosen', 'Chosen'),
        column('assigned', 'Not chosen'),
        column('all', 'In all'),
        column('share', 'Share', true, '%'),
      ],
      rows,
      foot: row(m, 'total', 'In all', [column_(0), column_(1)]),
    },
    // In tenths: a tenth of 20 funds or more says nothing about four of them.
    inControlOfTen: total >= 20 ? Math.round((10 * controlled) / total) : null,
  }
}

const SCORES = [
  ['control', 'Kept me in control'],
  ['reliable', 'Reliable'],
  ['respectful', 'Respectful'],
  ['listened', 'Listened'],
  ['difference', 'Made a difference'],
] as const
/** Fewer reviews than this have no average. */
const FEWEST_REVIEWS = 3

/** What people said of each kind of provider: five scores beside each other, never one. */
export function experienceTable(
  facts: readonly ScoreFact[],
  providers: Providers,
  periodWords: string,
): MarketTable {
  const rows = GROUPS.flatMap((group) => {
    const own = facts.filter(({ providerId }) => groupOf(providers.get(providerId)) === group)
    if (own.length === 0) return []
    const reviews = own.reduce((sum, fact) => sum + fact.reviews, 0)
    const few = reviews < FEWEST_REVIEWS || (group === SOLE && own.length < FEWEST)
    const mean = (k: number): number => own.reduce((sum, fact) => sum + (fact.sums[k] ?? 0), 0) / reviews
    return [
      {
        key: group,
        kind: tileKind(group),
        cells: {
          kind: words(kindWords(group)),
          reviews: few
            ? withheld(reviews < FEWEST_REVIEWS ? 'fewer than 3' : 'too few who work alone')
            : count(reviews),
          ...Object.fromEntries(SCORES.map(([key], k) => [key, unless(few, () => decimal(mean(k)))])),
        },
      },
    ]
  })
  return {
    id: 'experience',
    caption: `What people said, ${periodWords}`,
    period: periodWords,
    columns: [
      column('kind', 'Kind', false),
      column('reviews', 'Reviews'),
      ...SCORES.map(([key, label]) => column(key, label, true, '1 to 5')),
    ],
    rows,
    foot: null,
  }
}

const UNITS: Readonly<Record<string, string>> = {
  hour: 'an hour',
  visit: 'a visit',
  half_day: 'half a day',
  day: 'a day',
  night: 'a night',
  week: 'a week',
  session: 'a session',
  item: 'an item',
  fixed: 'in all',
}

export interface PriceRow {
  key: string
  category: string
  unit: string
  group: string
  prices: number
  range: Quartiles | null
}

/**
 * Prices on offer by kind of support, unit and kind of provider. Fewer than 5 prices, or fewer than 5 of those who work
 * alone, have no quartiles: with four, the quartiles are nearly the prices.
 */
export function priceRows(
  facts: readonly PriceFact[],
  providers: Providers,
  category: string | null,
): PriceRow[] {
  const parts = new Map<string, PriceFact[]>()
  for (const fact of facts) {
    if (category !== null && fact.category !== category) continue
    const key = `${fact.category} ${fact.unit}`
    parts.set(key, [...(parts.get(key) ?? []), fact])
  }
  const enough = [...parts]
    .filter(([, own]) => own.length >= FEWEST)
    .sort((a, b) => b[1].length - a[1].length || a[0].localeCompare(b[0]))
  return enough.flatMap(([key, own]) =>
    GROUPS.flatMap((group): PriceRow[] => {
      const its = own.filter(({ providerId }) => groupOf(providers.get(providerId)) === group)
      const [first] = its
      if (!first) return []
      const few =
        its.length < FEWEST ||
        (group === SOLE && new Set(its.map(({ providerId }) => providerId)).size < FEWEST)
      return [
        {
          key: `${key} ${group}`,
          category: first.category,
          unit: first.unit,
          group,
          prices: its.length,
          range: few ? null : quartiles(its.map(({ pence }) => pence)),
        },
      ]
    }),
  )
}

export const unitWords = (unit: string): string => UNITS[unit] ?? unit

export function pricesTable(
  rows: readonly PriceRow[],
  categories: readonly { code: string; name: string }[],
): MarketTable {
  const named = new Map(categories.map(({ code, name }) => [code, name]))
  return {
    id: 'prices',
    caption: 'Prices on offer today, travel and fees included',
    period: 'on offer today',
    columns: [
      column('support', 'Kind of support', false),
      column('kind', 'Kind of provider', false),
      column('low', 'Lower quarter', true, '£'),
      column('middle', 'Middle', true, '£'),
      column('high', 'Upper quarter', true, '£'),
      column('prices', 'Prices'),
    ],
    rows: rows.map(({ key, category, unit, group, prices, range }) => ({
      key,
      kind: tileKind(group),
      cells: {
        support: words(`${named.get(category) ?? category}, ${unitWords(unit)}`),
        kind: words(kindWords(group)),
        low: unless(range === null, () => price(range?.low ?? 0)),
        middle: unless(range === null, () => price(range?.middle ?? 0)),
        high: unless(range === null, () => price(range?.high ?? 0)),
        prices: range === null ? withheld('under 5') : count(prices),
      },
    })),
    foot: null,
  }
}
