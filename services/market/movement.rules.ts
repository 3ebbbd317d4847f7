import { firstMonth } from './months.rules.ts'
import { column, type SpendView } from './spend-tables.rules.ts'
import { groupOf, type Spend } from './spend.rules.ts'
import {
  count,
  GROUPS,
  kindWords,
  thousands,
  tileKind,
  withheld,
  words,
  type MarketTable,
} from './table.rules.ts'

/** Providers that were paid, before and now. */
export interface Movement {
  before: number
  came: number
  left: number
  now: number
}

/**
 * Who came in and who left: providers paid in the period and not in as many months just before it, and the other way
 * round, so that before + came − left = now. Counts of providers, never of people, and never by name: those who work
 * alone are one row together.
 * @param spends of two years; months below 0 are those of the year before
 */
export function movement(spends: readonly Spend[], period: SpendView['period']): Map<string, Set<string>> {
  const start = firstMonth(period)
  const paid = (from: number, until: number): Set<string> =>
    new Set(spends.filter(({ month }) => month >= from && month < until).map(({ providerId }) => providerId))
  const [before, now] = [paid(start - period, start), paid(start, start + period)]
  return new Map([
    ['before', before],
    ['came', new Set([...now].filter((id) => !before.has(id)))],
    ['left', new Set([...before].filter((id) => !now.has(id)))],
    ['now', now],
  ])
}

export interface MovementPart {
  table: MarketTable
  lead: string
  /** Null when the records do not reach back far enough. */
  all: Movement | null
}

/** Entries and exits by kind, always of the whole council. */
export function movementTable(
  { period, providers, periodWords }: SpendView,
  spends: readonly Spend[],
  record: number | null,
  recordWords: string,
): MovementPart {
  const parts = movement(spends, period)
  const known = record !== null && record <= firstMonth(period) - period
  const of = (group: string | null): Movement => {
    const size = (key: string): number =>
      [...(parts.get(key) ?? [])].filter((id) => group === null || groupOf(providers.get(id)) === group)
        .length
    return { before: size('before'), came: size('came'), left: size('left'), now: size('now') }
  }
  const cells = (moved: Movement) => ({
    before: known ? count(moved.before) : withheld('no figure'),
    came: known ? count(moved.came) : withheld('no figure'),
    left: known ? count(moved.left) : withheld('no figure'),
    now: count(moved.now),
  })
  const groups = [...GROUPS, 'unknown'].filter((group) => {
    const { before, now } = of(group)
    return before + now > 0
  })
  const all = of(null)
  return {
    all: known ? all : null,
    lead: leadOf(all, known, record === null ? null : recordWords, period),
    table: {
      id: 'movement',
      caption: `Providers that came in and left, by kind, ${periodWords}`,
      period: periodWords,
      columns: [
        column('kind', 'Kind', false),
        column('before', `Paid in the ${String(period)} months before`),
        column('came', 'Came in'),
        column('left', 'Left'),
        column('now', `Paid in these ${String(period)} months`),
      ],
      rows: groups.map((group) => ({
        key: group,
        kind: tileKind(group),
        cells: { kind: words(kindWords(group)), ...cells(of(group)) },
      })),
      foot: groups.length > 0 ? { key: 'total', cells: { kind: words('In all'), ...cells(all) } } : null,
    },
  }
}

const many = (value: number): string => (value === 1 ? '1 provider' : `${thousands(value)} providers`)

function leadOf(all: Movement, known: boolean, record: string | null, period: number): string {
  if (record === null) return 'No provider has been paid through Kith here yet.'
  const before = `the ${String(period)} months before`
  if (!known)
    return `${many(all.now)} ${all.now === 1 ? 'was' : 'were'} paid in these months. Who came in or left cannot be said: the first visit was settled in ${record}, so there are no whole records of ${before}.`
  const came = all.came === 0 ? 'No provider' : many(all.came)
  const left = all.left === 0 ? 'none' : thousands(all.left)
  return `${came} came in and ${left} left: ${thousands(all.now)} were paid in these months, ${thousands(all.before)} in ${before}.`
}
