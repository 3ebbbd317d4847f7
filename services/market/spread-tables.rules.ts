import type { Temporal } from '#services/kernel/time.ts'
import { monthWords } from './months.rules.ts'
import { inSlice } from './spend-mask.rules.ts'
import { column, totalHidden, type SpendView } from './spend-tables.rules.ts'
import { inPeriod, maySay, penceOf, peopleIn, type Spend } from './spend.rules.ts'
import { spread, type Spread } from './spread.rules.ts'
import { MONEY_BOUNDS, suppress } from './suppression.rules.ts'
import {
  count,
  money,
  share,
  unless,
  withheld,
  words,
  type MarketTable,
  type TableRow,
} from './table.rules.ts'

/** Spend of each closed month of the whole council. */
export function monthsTable(
  view: SpendView,
  months: readonly Temporal.PlainYearMonth[],
): { table: MarketTable; points: { label: string; pence: number }[] } {
  const { spends, providers } = view
  const of = (month: number): Spend[] => spends.filter((spend) => spend.month === month)
  const open = new Set<number>()
  // The three periods tell the sums of these stretches, so each hides what it must on its own.
  for (const [from, until] of [
    [0, 6],
    [6, 9],
    [9, 12],
  ] as const) {
    const stretch = Array.from({ length: until - from }, (_, k) => from + k)
    const [marks = []] = suppress({
      inner: [stretch.map((month) => penceOf(of(month)))],
      columns: stretch.length,
      boundsOf: MONEY_BOUNDS,
      first: (i, j) =>
        i === 0 && j < stretch.length && !maySay(of(from + j), providers) ? 'protecting' : 'shown',
      mayTellSum: (line) =>
        maySay(
          line.flatMap(({ j }) => of(from + j)),
          providers,
        ),
    })
    stretch.forEach((month, j) => {
      if (marks[j] === 'shown') open.add(month)
    })
  }
  return {
    table: {
      id: 'months',
      caption: 'Spend month by month, all of the area',
      period: 'each month by itself',
      columns: [
        column('month', 'Month', false),
        column('people', 'People'),
        column('spend', 'Spend', true, '£'),
      ],
      rows: months.map((month, i) => ({
        key: month.toString(),
        cells: {
          month: words(monthWords(month)),
          people: unless(!open.has(i), () => count(peopleIn(of(i)))),
          spend: unless(!open.has(i), () => money(penceOf(of(i)))),
        },
      })),
      foot: null,
    },
    points: months.flatMap((month, i) =>
      open.has(i) ? [{ label: monthWords(month), pence: penceOf(of(i)) }] : [],
    ),
  }
}

/** How far spend is spread out, for each kind of support and for all of the slice. */
export function spreadTable(
  view: SpendView,
  categories: readonly { code: string; name: string }[],
): { table: MarketTable; all: Spread } {
  const { spends, period, slice, providers, mask } = view
  const row = (key: string, label: string, payments: readonly Spend[], isHidden: boolean): TableRow => {
    const figures = spread(payments, period, providers)
    const index = (value: number | null) => unless(isHidden || value === null, () => count(value ?? 0))
    return {
      key,
      cells: {
        support: words(label),
        spend: unless(isHidden, () => money(penceOf(inPeriod(payments, period)))),
        providers: count(figures.providers),
        owners: count(figures.owners),
        byProvider: index(figures.byProvider),
        byOwner: index(figures.byOwner),
        three: isHidden || figures.top.three === null ? withheld('not shown') : share(figures.top.three, 0),
      },
    }
  }
  const inView = inSlice(spends, slice)
  const rows =
    slice.by === 'ward'
      ? []
      : categories
          .filter(({ code }) => slice.by === 'all' || slice.category === code)
          .map(({ code, name }) => ({
            code,
            name,
            payments: spends.filter(({ category }) => category === code),
          }))
          .filter(({ payments }) => penceOf(inPeriod(payments, period)) > 0)
          .map(({ code, name, payments }) =>
            row(code, name, payments, mask.mark(null, { by: 'category', category: code }) !== 'shown'),
          )
  const whole = spread(inView, period, providers)
  const isHidden = totalHidden(view)
  return {
    table: {
      id: 'spread',
      caption: `How far spend is spread out, ${view.periodWords}`,
      period: view.periodWords,
      columns: [
        column('support', 'Kind of support', false),
        column('spend', 'Spend', true, '£'),
        column('providers', 'Providers'),
        column('owners', 'Owners'),
        column('byProvider', 'Index by provider', true, '0 to 10,000'),
        column('byOwner', 'Index by owner', true, '0 to 10,000'),
        column('three', 'Largest 3 owners', true, '% of spend'),
      ],
      rows,
      foot: row('total', 'All together', inView, isHidden),
    },
    all: isHidden
      ? { ...whole, byProvider: null, byOwner: null, top: { one: null, three: null, five: null } }
      : whole,
  }
}
