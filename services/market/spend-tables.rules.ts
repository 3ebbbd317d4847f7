import type { Period } from './months.rules.ts'
import { pieces, OTHERS, type Piece } from './pieces.rules.ts'
import { inSlice, type Slice, type SpendMask } from './spend-mask.rules.ts'
import {
  groupOf,
  grouped,
  inPeriod,
  maySayIn,
  penceOf,
  peopleIn,
  type Providers,
  type Spend,
} from './spend.rules.ts'
import { MONEY_BOUNDS, suppress } from './suppression.rules.ts'
import {
  count,
  GROUPS,
  kindsWords,
  kindWords,
  money,
  share,
  thousands,
  tileKind,
  unless,
  words,
  type MarketTable,
  type TableRow,
} from './table.rules.ts'

/** What the tables about spend are made of. */
export interface SpendView {
  /** Twelve months of the whole council. */
  spends: readonly Spend[]
  period: Period
  periodWords: string
  slice: Slice
  providers: Providers
  mask: SpendMask
}

/** @param unit said in the file's heading; on the page the cells carry their signs */
export const column = (
  key: string,
  label: string,
  numeric = true,
  unit?: string,
): MarketTable['columns'][number] => ({ key, label, numeric, ...(unit ? { unit } : {}) })

/** Kinds with spend in the slice and period, largest first, hidden ones at the end in their fixed order. */
export interface KindRow {
  group: string
  providers: number
  people: number
  pence: number
  hidden: boolean
}
export function kindRows({ spends, period, slice, providers, mask }: SpendView): KindRow[] {
  const parts = grouped(inPeriod(inSlice(spends, slice), period), ({ providerId }) =>
    groupOf(providers.get(providerId)),
  )
  return [...parts]
    .map(([group, payments]) => ({
      group,
      providers: new Set(payments.map(({ providerId }) => providerId)).size,
      people: peopleIn(payments),
      pence: penceOf(payments),
      hidden: mask.mark(group, slice) !== 'shown',
    }))
    .sort((a, b) =>
      a.hidden || b.hidden
        ? Number(a.hidden) - Number(b.hidden) || GROUPS.indexOf(a.group) - GROUPS.indexOf(b.group)
        : b.pence - a.pence,
    )
}

export const totalHidden = ({ mask, slice }: SpendView): boolean => mask.mark(null, slice) !== 'shown'
const now = ({ spends, slice, period }: SpendView): Spend[] => inPeriod(inSlice(spends, slice), period)

function totalRow(view: SpendView, label: string, key: string): TableRow {
  const payments = now(view)
  const isHidden = totalHidden(view)
  return {
    key: 'total',
    cells: {
      [key]: words(label),
      providers: count(new Set(payments.map(({ providerId }) => providerId)).size),
      people: unless(isHidden, () => count(peopleIn(payments))),
      spend: unless(isHidden, () => money(penceOf(payments))),
      share: unless(isHidden, () => share(1)),
    },
  }
}

export function kindsTable(view: SpendView): MarketTable {
  const total = penceOf(now(view))
  return {
    id: 'kinds',
    caption: `Spend and people by kind of provider, ${view.periodWords}`,
    period: view.periodWords,
    columns: [
      column('kind', 'Kind', false),
      column('providers', 'Providers'),
      column('people', 'People'),
      column('spend', 'Spend', true, '£'),
      column('share', 'Share', true, '%'),
    ],
    rows: kindRows(view).map(({ group, providers, people, pence, hidden }) => ({
      key: group,
      kind: tileKind(group),
      cells: {
        kind: words(kindWords(group)),
        providers: count(providers),
        people: unless(hidden, () => count(people)),
        spend: unless(hidden, () => money(pence)),
        share: unless(hidden || totalHidden(view), () => share(pence / total)),
      },
    })),
    foot: totalRow(view, 'In all', 'kind'),
  }
}

const SIZES = [
  ['one', 'Works alone'],
  ['two_to_nine', '2 to 9 workers'],
  ['ten_to_49', '10 to 49 workers'],
  ['fifty_to_249', '50 to 249 workers'],
  ['over_249', '250 workers or more'],
  ['unknown', 'Size not known'],
] as const

/**
 * Shares by size in whole per cent, people to the nearest 5. Who is of which size is public, so an exact sum by size beside
 * an exact sum by kind could be taken apart; rounded ones cannot.
 */
export function sizesTable(view: SpendView): MarketTable {
  const { spends, slice, period, providers } = view
  const sizeOf = (providerId: string): string => {
    const provider = providers.get(providerId)
    return !provider ? 'unknown' : provider.sole ? 'one' : (provider.size ?? 'unknown')
  }
  const parts = grouped(inSlice(spends, slice), ({ providerId }) => sizeOf(providerId))
  const rows = SIZES.filter(([size]) => penceOf(inPeriod(parts.get(size) ?? [], period)) > 0)
  const payments = (i: number): Spend[] => parts.get(rows[i]?.[0] ?? '') ?? []
  const marks = suppress({
    inner: rows.map((_, i) => [penceOf(inPeriod(payments(i), period))]),
    columns: 1,
    boundsOf: MONEY_BOUNDS,
    first: (i) =>
      i === rows.length
        ? totalHidden(view)
          ? 'protecting'
          : 'shown'
        : maySayIn(payments(i), period, providers)
          ? 'shown'
          : 'protecting',
    mayTellSum: (line) =>
      maySayIn(
        line.flatMap(({ i }) => payments(i)),
        period,
        providers,
      ),
  })
  const total = penceOf(now(view))
  return {
    id: 'sizes',
    caption: `Spend and people by size of provider, ${view.periodWords}`,
    period: view.periodWords,
    columns: [
      column('size', 'Size', false),
      column('providers', 'Providers'),
      column('people', 'People, to the nearest 5'),
      column('share', 'Share of spend', true, '%'),
    ],
    rows: rows.map(([size, label], i) => {
      const part = inPeriod(payments(i), period)
      const isHidden = totalHidden(view) || marks[i]?.[0] !== 'shown' || marks[i]?.[1] !== 'shown'
      return {
        key: size,
        cells: {
          size: words(label),
          providers: count(new Set(part.map(({ providerId }) => providerId)).size),
          people: unless(isHidden, () => count(Math.max(5, 5 * Math.round(peopleIn(part) / 5)))),
          share: unless(isHidden, () => share(penceOf(part) / total, 0)),
        },
      }
    }),
    foot: null,
  }
}

/** The pieces of the quilt: organisations by name for the whole council; kinds only, when it is filtered. */
export function quiltPieces(view: SpendView): Piece[] {
  const { spends, period, providers, mask, slice } = view
  if (totalHidden(view)) return []
  if (slice.by === 'all') return pieces(spends, period, providers, mask)
  const rows = kindRows(view)
  const hidden = rows.filter((row) => row.hidden)
  const shown = rows
    .filter((row) => !row.hidden)
    .map((row): Piece => ({ ...row, key: row.group, provider: null }))
  if (hidden.length === 0) return shown
  const groups = new Set(hidden.map(({ group }) => group))
  const payments = now(view).filter(({ providerId }) => groups.has(groupOf(providers.get(providerId))))
  const rest: Piece = {
    key: OTHERS,
    provider: null,
    group: OTHERS,
    providers: hidden.reduce((sum, row) => sum + row.providers, 0),
    people: peopleIn(payments),
    pence: penceOf(payments),
  }
  return [...shown, rest].sort((a, b) => b.pence - a.pence)
}

/** What a piece is called: an organisation's name, or of which kind it is and how many there are in it. */
export function pieceWords(piece: Piece, all: readonly Piece[]): string {
  if (piece.provider) return piece.provider.name
  const many = `(${thousands(piece.providers)})`
  if (piece.group === OTHERS)
    return all.length === 1 ? `All kinds together ${many}` : `Other kinds, added together ${many}`
  const named = all.some(({ provider, group }) => provider !== null && group === piece.group)
  const words = named ? `other ${kindsWords(piece.group)}` : kindsWords(piece.group)
  return `${words.charAt(0).toUpperCase()}${words.slice(1)} ${many}`
}

export function providersTable(view: SpendView, all: readonly Piece[]): MarketTable {
  const total = all.reduce((sum, { pence }) => sum + pence, 0)
  return {
    id: 'providers',
    caption: `Spend by provider, ${view.periodWords}`,
    period: view.periodWords,
    columns: [
      column('name', 'Number and provider', false),
      column('kind', 'Kind', false),
      column('owner', 'Ultimate owner', false),
      column('people', 'People'),
      column('spend', 'Spend', true, '£'),
      column('share', 'Share', true, '%'),
    ],
    rows: all.map((piece, i) => ({
      key: piece.key,
      kind: tileKind(piece.group),
      cells: {
        name: words(`${String(i + 1)}. ${pieceWords(piece, all)}`),
        kind: words(kindWords(piece.group)),
        owner: words(piece.provider?.owner ?? (piece.providers === 1 ? '' : 'Many')),
        people: count(piece.people),
        spend: money(piece.pence),
        share: share(piece.pence / total),
      },
    })),
    foot: all.length > 0 ? totalRow(view, 'In all', 'name') : null,
  }
}
