import { firstMonth, MONTHS, PERIODS, type Period } from './months.rules.ts'
import { FEWEST } from './spend.rules.ts'
import { COUNT_BOUNDS, suppress, withTotals, type Mark } from './suppression.rules.ts'
import { marked, unless, count, words, type Cell, type MarketTable, type TableRow } from './table.rules.ts'
import type { GapFact } from './facts.ts'

export interface Gaps {
  /** Keys of the rows and columns: wards and kinds of support; '' where it was not said. */
  wards: string[]
  categories: string[]
  values: number[][]
  marks: Mark[][]
}

interface Sum {
  count: number
  people: Set<number>
}
const small = ({ count: value, people }: Sum): boolean =>
  value > 0 && (value < FEWEST || (people.size > 0 && people.size < FEWEST))

/**
 * Unmet searches or unanswered requests of a period, by area and kind of support, with totals and marks. One table stands
 * behind every choice of area and support, and a count is also hidden when a longer period would tell the few between.
 */
export function gaps(facts: readonly GapFact[], period: Period): Gaps {
  const wards = distinct(facts.map(({ ward }) => ward))
  const categories = distinct(facts.map(({ category }) => category))
  const cells: GapFact[][][] = wards.map(() => categories.map(() => []))
  for (const fact of facts) cells[wards.indexOf(fact.ward)]?.[categories.indexOf(fact.category)]?.push(fact)
  const sum = (some: readonly GapFact[], from: number, before: number): Sum => {
    const inside = some.filter(({ month }) => month >= from && month < before)
    return {
      count: inside.reduce((total, { count: value }) => total + value, 0),
      people: new Set(inside.flatMap(({ person }) => (person === null ? [] : [person]))),
    }
  }
  const start = firstMonth(period)
  const inner = cells.map((row) => row.map((some) => sum(some, start, MONTHS).count))
  const at = (i: number, j: number): GapFact[] =>
    (i === wards.length ? cells : [cells[i] ?? []]).flatMap((row) =>
      j === categories.length ? row.flat() : (row[j] ?? []),
    )
  const marks = suppress({
    inner,
    columns: categories.length,
    boundsOf: COUNT_BOUNDS,
    first: (i, j, value) => {
      if (value < FEWEST) return 'small'
      const some = at(i, j)
      const tells =
        small(sum(some, start, MONTHS)) ||
        PERIODS.some((longer) => longer > period && small(sum(some, firstMonth(longer), start)))
      return tells ? 'protecting' : 'shown'
    },
  })
  return { wards, categories, values: withTotals(inner, categories.length), marks }
}

const distinct = (keys: readonly string[]): string[] => [...new Set(keys)].sort()

/** A count with its mark; null keys are totals. What never happened is a plain 0. */
export function gapAt(
  table: Gaps,
  ward: string | null,
  category: string | null,
): { value: number; mark: Mark } {
  const i = ward === null ? table.wards.length : table.wards.indexOf(ward)
  const j = category === null ? table.categories.length : table.categories.indexOf(category)
  return { value: table.values[i]?.[j] ?? 0, mark: table.marks[i]?.[j] ?? 'shown' }
}

export interface Holders {
  /** People with a budget by ward; null for the whole council. */
  at(ward: string | null): { people: number; mark: Mark }
}
/** How many people have a budget, by area: a rate would give the number away, so it is guarded like one. */
export function holdersOf(facts: readonly { ward: string; people: number }[]): Holders {
  const marks = suppress({
    inner: [facts.map(({ people }) => people)],
    columns: facts.length,
    boundsOf: COUNT_BOUNDS,
    first: (_i, _j, value) => (value < FEWEST ? 'small' : 'shown'),
  })
  return {
    at(ward) {
      const j = ward === null ? facts.length : facts.findIndex((fact) => fact.ward === ward)
      const people =
        ward === null ? facts.reduce((sum, fact) => sum + fact.people, 0) : (facts[j]?.people ?? 0)
      // A line of one row: its cell and its total are the same figure, so one hidden hides both.
      const hidden = [marks[0]?.[j], marks[1]?.[j]].find((mark) => mark !== undefined && mark !== 'shown')
      return { people, mark: hidden ?? 'shown' }
    },
  }
}

/** Per 1,000 people with a budget; null where it would tell a hidden number, or nobody there has one. */
export function rate(
  gap: { value: number; mark: Mark },
  holders: { people: number; mark: Mark },
): number | null {
  if (gap.mark !== 'shown' || holders.mark !== 'shown' || holders.people < FEWEST) return null
  return (1_000 * gap.value) / holders.people
}

const columns = (first: string): MarketTable['columns'] => {
  const rate = 'for every 1,000 people with a budget'
  return [
    { key: 'name', label: first, numeric: false },
    { key: 'searches', label: 'Searches', numeric: true, unit: 'found nothing to book' },
    { key: 'searchRate', label: 'Searches for 1,000 people', numeric: true, unit: rate },
    { key: 'requests', label: 'Requests', numeric: true, unit: 'not answered in 5 working days' },
    { key: 'requestRate', label: 'Requests for 1,000 people', numeric: true, unit: rate },
  ]
}

export interface GapView {
  unmet: Gaps
  unanswered: Gaps
  holders: Holders
  wards: readonly { id: string; name: string }[]
  categories: readonly { code: string; name: string }[]
  periodWords: string
}

function row(
  view: GapView,
  key: string,
  label: string,
  ward: string | null,
  category: string | null,
): TableRow {
  const searches = gapAt(view.unmet, ward, category)
  const requests = gapAt(view.unanswered, ward, category)
  const holders = view.holders.at(ward)
  const rateCell = (gap: typeof searches): Cell => {
    const value = rate(gap, holders)
    return unless(value === null, () => count(Math.round(value ?? 0)))
  }
  return {
    key,
    cells: {
      name: words(label),
      searches: marked(searches.mark, searches.value),
      searchRate: ward === '' ? words('–') : rateCell(searches),
      requests: marked(requests.mark, requests.value),
      requestRate: ward === '' ? words('–') : rateCell(requests),
    },
  }
}

/** By area, for one kind of support or all. */
export function gapsByArea(view: GapView, category: string | null): MarketTable {
  const unsaid = [view.unmet, view.unanswered].some((table) => gapAt(table, '', category).value > 0)
  return {
    id: 'gaps-by-area',
    caption: `What was looked for and not found, by area, ${view.periodWords}`,
    period: view.periodWords,
    columns: columns('Area'),
    rows: [
      ...view.wards.map(({ id, name }) => row(view, id, name, id, category)),
      ...(unsaid ? [row(view, 'unsaid', 'Area not known', '', category)] : []),
    ],
    foot: row(view, 'total', 'In all', null, category),
  }
}

/** By kind of support, for one area or all; only those with something to say. */
export function gapsBySupport(view: GapView, ward: string | null): MarketTable {
  const some = (code: string): boolean =>
    [view.unmet, view.unanswered].some((table) => gapAt(table, ward, code).value > 0)
  return {
    id: 'gaps-by-support',
    caption: `What was looked for and not found, by kind of support, ${view.periodWords}`,
    period: view.periodWords,
    columns: columns('Kind of support'),
    rows: [
      ...view.categories
        .filter(({ code }) => some(code))
        .map(({ code, name }) => row(view, code, name, ward, code)),
      ...(some('') ? [row(view, 'unsaid', 'No kind named', ward, '')] : []),
    ],
    foot: row(view, 'total', 'In all', ward, null),
  }
}
