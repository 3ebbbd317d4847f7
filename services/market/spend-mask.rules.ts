import { firstMonth, type Period } from './months.rules.ts'
import {
  groupOf,
  maySayIn,
  peopleIn,
  penceOf,
  inPeriod,
  FEWEST,
  type Providers,
  type Spend,
} from './spend.rules.ts'
import { MONEY_BOUNDS, suppress, type Mark, type Spot } from './suppression.rules.ts'

/** Which part of the market is looked at: all of it, one kind of support, or one area; never two at once. */
export type Slice = { by: 'all' } | { by: 'category'; category: string } | { by: 'ward'; ward: string }

export const inSlice = (spends: readonly Spend[], slice: Slice): Spend[] =>
  slice.by === 'all'
    ? [...spends]
    : spends.filter((spend) =>
        slice.by === 'category' ? spend.category === slice.category : spend.ward === slice.ward,
      )

export interface SpendMask {
  /** A row of the table by kind, or its total (null), in a slice. What was not spent at all is 'shown'. */
  mark(group: string | null, slice: Slice): Mark
}

interface Plane {
  columns: string[]
  cells: Spend[][][]
  marks: Mark[][]
}

/**
 * Decides once, for every page that the filters can make in a period, which sums are hidden: kinds of provider by kinds of
 * support, and by areas, in two tables that share their totals. So one page taken from another tells nothing: the
 * pages of all areas add up to the page of all Aldermere, and the audit has seen that sum.
 */
export function spendMask(payments: readonly Spend[], period: Period, providers: Providers): SpendMask {
  const spends = byStretch(payments)
  const groups = distinct(spends.map((spend) => groupOf(providers.get(spend.providerId))))
  const rowOf = new Map(groups.map((group, i) => [group, i]))
  const now = (cells: readonly Spend[]): number => penceOf(inPeriod(cells, period))
  const plane = (keyOf: (spend: Spend) => string): Plane => {
    const columns = distinct(spends.map(keyOf))
    const columnOf = new Map(columns.map((key, j) => [key, j]))
    const cells = groups.map(() => columns.map((): Spend[] => []))
    for (const spend of spends) {
      const i = rowOf.get(groupOf(providers.get(spend.providerId))) ?? 0
      cells[i]?.[columnOf.get(keyOf(spend)) ?? 0]?.push(spend)
    }
    return { columns, cells, marks: [] }
  }
  const categories = plane(({ category }) => category)
  const wards = plane(({ ward }) => ward)

  /** Totals that one of the two tables hides are hidden in the other. */
  const hiddenTotals = new Set<string>()
  const settle = (table: Plane): boolean => {
    const m = groups.length
    const n = table.columns.length
    const paymentsAt = ({ i, j }: Spot): Spend[] =>
      i === m
        ? table.cells.flatMap((row) => (j === n ? row.flat() : (row[j] ?? [])))
        : j === n
          ? (table.cells[i]?.flat() ?? [])
          : (table.cells[i]?.[j] ?? [])
    const before = hiddenTotals.size
    table.marks = suppress({
      inner: table.cells.map((row) => row.map(now)),
      columns: n,
      boundsOf: MONEY_BOUNDS,
      first: (i, j) => {
        const spot = { i, j }
        const own = paymentsAt(spot)
        if (!maySayIn(own, period, providers))
          return peopleIn(inPeriod(own, period)) < FEWEST ? 'small' : 'protecting'
        return j === n && hiddenTotals.has(String(i)) ? 'protecting' : 'shown'
      },
      mayTellSum: (line) => maySayIn(line.flatMap(paymentsAt), period, providers),
    })
    table.marks.forEach((row, i) => {
      if (row[n] !== 'shown') hiddenTotals.add(String(i))
    })
    return hiddenTotals.size > before
  }
  settle(categories)
  while (settle(wards) && settle(categories));

  return {
    mark(group, slice) {
      const table = slice.by === 'ward' ? wards : categories
      const i = group === null ? groups.length : rowOf.get(group)
      const wanted = slice.by === 'ward' ? slice.ward : slice.by === 'category' ? slice.category : null
      const j = wanted === null ? table.columns.length : table.columns.indexOf(wanted)
      return (i === undefined ? undefined : table.marks[i]?.[j]) ?? 'shown'
    },
  }
}

/** Months that no period tells apart, added together: the same answers from a fraction of the rows. */
function byStretch(spends: readonly Spend[]): Spend[] {
  const sums = new Map<string, Spend>()
  for (const spend of spends) {
    const month =
      spend.month < firstMonth(6) ? 0 : spend.month < firstMonth(3) ? firstMonth(6) : firstMonth(3)
    const key = `${String(spend.person)}|${spend.providerId}|${spend.category}|${spend.ward}|${String(month)}`
    const known = sums.get(key)
    if (known) known.pence += spend.pence
    else sums.set(key, { ...spend, month })
  }
  return [...sums.values()]
}

const distinct = (keys: readonly string[]): string[] => [...new Set(keys)].sort()
