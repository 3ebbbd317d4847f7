/**
 * Cell suppression in a table with totals (Willenborg and de Waal, "Elements of Statistical Disclosure Control", 2001,
 * chapter 4; the audit is Gusfield's, "A graph theoretic approach to statistical data security", 1988).
 *
 * A table with m rows and n columns becomes m + 1 rows and n + 1 columns, totals last. Each line adds up, so hidden cells
 * can move only along closed ways of hidden cells, as water through pipes: every cell is a pipe between its row and its
 * column. A hidden cell can be worked out exactly when no such way leads through it; the audit looks for one.
 */
export type Mark = 'shown' | 'small' | 'protecting' | 'vague'
// 'vague' is a small one whose words would give it away: four cells of '1 to 4' under a total of '1 to 4' are all 1.

/** What everybody knows of a hidden cell from its words: a small one is 1 to 4. */
export interface Bounds {
  low: number
  high: number
}
export type BoundsOf = (mark: Exclude<Mark, 'shown'>) => Bounds

/**
 * Counts: 'small' says 1 to 4. A cell that only protects is taken to be known as 5 or more (0 is always shown): somebody
 * who cannot tell it from a vague one knows less than that.
 */
export const COUNT_BOUNDS: BoundsOf = (mark) =>
  mark === 'small'
    ? { low: 1, high: 4 }
    : mark === 'vague'
      ? { low: 1, high: Infinity }
      : { low: 5, high: Infinity }
/** Money: nothing is known but that it is there. */
export const MONEY_BOUNDS: BoundsOf = () => ({ low: 1, high: Infinity })

/** Adds the totals: the last row and the last column. */
export function withTotals(inner: readonly (readonly number[])[], columns: number): number[][] {
  const rows = inner.map((row) => [...row, row.reduce((a, b) => a + b, 0)])
  const foot = Array.from({ length: columns + 1 }, (_, j) => rows.reduce((a, row) => a + (row[j] ?? 0), 0))
  return [...rows, foot]
}

/** A cell: row and column; m and n are those of the totals. */
export interface Spot {
  i: number
  j: number
}

interface Pipe extends Spot {
  /** Nodes: rows are 0 to m, columns m + 1 to m + 1 + n. */
  from: number
  to: number
  canGrow: boolean
  canShrink: boolean
}

function pipes(
  values: readonly (readonly number[])[],
  marks: readonly (readonly Mark[])[],
  boundsOf: BoundsOf,
): Pipe[] {
  const m = values.length - 1
  const n = (values[0]?.length ?? 1) - 1
  const found: Pipe[] = []
  values.forEach((row, i) => {
    row.forEach((value, j) => {
      const mark = marks[i]?.[j] ?? 'shown'
      if (mark === 'shown') return
      const { low, high } = boundsOf(mark)
      // A total stands on the other side of its line's sum, so its pipe runs the other way; the grand total's turns twice.
      const turned = (i === m) !== (j === n)
      const [from, to] = turned ? [m + 1 + j, i] : [i, m + 1 + j]
      found.push({ i, j, from, to, canGrow: value < high, canShrink: value > low })
    })
  })
  return found
}

/** Hidden cells whose value follows from the shown ones, the totals and the words of the hidden ones. */
export function determined(
  values: readonly (readonly number[])[],
  marks: readonly (readonly Mark[])[],
  boundsOf: BoundsOf,
): Spot[] {
  const all = pipes(values, marks, boundsOf)
  const ways = new Map<number, { node: number; pipe: Pipe }[]>()
  const way = (from: number, node: number, pipe: Pipe): void => {
    const known = ways.get(from)
    if (known) known.push({ node, pipe })
    else ways.set(from, [{ node, pipe }])
  }
  for (const pipe of all) {
    if (pipe.canGrow) way(pipe.from, pipe.to, pipe)
    if (pipe.canShrink) way(pipe.to, pipe.from, pipe)
  }
  const leads = (from: number, to: number, without: Pipe): boolean => {
    const seen = new Set([from])
    const next = [from]
    for (let node = next.pop(); node !== undefined; node = next.pop()) {
      for (const step of ways.get(node) ?? []) {
        if (step.pipe === without || seen.has(step.node)) continue
        if (step.node === to) return true
        seen.add(step.node)
        next.push(step.node)
      }
    }
    return false
  }
  return all
    .filter(
      (pipe) =>
        !(pipe.canGrow && leads(pipe.to, pipe.from, pipe)) &&
        !(pipe.canShrink && leads(pipe.from, pipe.to, pipe)),
    )
    .map(({ i, j }) => ({ i, j }))
}

export interface Suppression {
  /** Cells without totals. */
  inner: readonly (readonly number[])[]
  columns: number
  /** What must be hidden for its own sake, totals (row m, column n) included. 'shown' leaves it open. */
  first: (i: number, j: number, value: number) => Mark
  boundsOf: BoundsOf
  /**
   * Whether the hidden cells of one line, added up, may be told: when the line's total is shown their sum can be worked
   * out. Each is row and column without totals. Left out: only exact values are protected.
   */
  mayTellSum?: (line: readonly Spot[]) => boolean
}

/**
 * Marks for a table with totals, so that no hidden cell can be worked out. Further cells are hidden one by one: the
 * smallest in a line that needs company, an inner cell before a total. Zeros are always shown.
 */
export function suppress({ inner, columns, first, boundsOf, mayTellSum }: Suppression): Mark[][] {
  const values = withTotals(inner, columns)
  const m = values.length - 1
  const n = columns
  const marks: Mark[][] = values.map((row, i) =>
    row.map((value, j) => (value === 0 ? 'shown' : first(i, j, value))),
  )
  const at = (i: number, j: number): Mark => marks[i]?.[j] ?? 'shown'

  const row = (i: number): Spot[] => Array.from({ length: n + 1 }, (_, j) => ({ i, j }))
  const column = (j: number): Spot[] => Array.from({ length: m + 1 }, (_, i) => ({ i, j }))
  const hiddenOf = (line: readonly Spot[]): number => line.filter(({ i, j }) => at(i, j) !== 'shown').length
  /** Inner cells before totals; then one that crosses a line with a hidden cell, for it may close a way; then the smallest. */
  const rank = ({ i, j }: Spot): [number, number, number] => [
    Number(i === m) + Number(j === n),
    hiddenOf(row(i)) > 0 && hiddenOf(column(j)) > 0 ? 0 : 1,
    values[i]?.[j] ?? 0,
  ]
  const hide = (cells: readonly Spot[]): boolean => {
    const [chosen] = cells
      .filter(({ i, j }) => at(i, j) === 'shown' && (values[i]?.[j] ?? 0) > 0)
      .map((cell) => ({ cell, rank: rank(cell) }))
      .sort((a, b) => a.rank[0] - b.rank[0] || a.rank[1] - b.rank[1] || a.rank[2] - b.rank[2])
    const line = chosen && marks[chosen.cell.i]
    if (line) line[chosen.cell.j] = 'protecting'
    return Boolean(line)
  }
  const canMove = ({ i, j }: Spot, up: boolean): boolean => {
    const mark = at(i, j)
    const { low, high } = boundsOf(mark === 'shown' ? 'protecting' : mark)
    const value = values[i]?.[j] ?? 0
    return value > 0 && (up ? value < high : value > low)
  }
  /**
   * The shortest closed way through an inner cell is a rectangle: what it gains, its row and its column lose, and the cell
   * across gains again. The one that hides least more is hidden; false when there is none.
   */
  const hideRectangle = ({ i, j }: Spot): boolean => {
    if (i === m || j === n) return false
    let best: { cost: number; cells: Spot[] } | null = null
    for (let other = 0; other < m; other += 1)
      for (let across = 0; across < n; across += 1) {
        if (other === i || across === j) continue
        const near = [
          { i, j: across },
          { i: other, j },
        ]
        const far = { i: other, j: across }
        if (
          ![true, false].some(
            (up) => canMove({ i, j }, up) && canMove(far, up) && near.every((spot) => canMove(spot, !up)),
          )
        )
          continue
        const cells = [...near, far].filter((spot) => at(spot.i, spot.j) === 'shown')
        const cost = cells.reduce((sum, spot) => sum + (values[spot.i]?.[spot.j] ?? 0), 0)
        if (cells.length > 0 && (best === null || cost < best.cost)) best = { cost, cells }
      }
    if (best === null) return false
    for (const spot of best.cells) {
      const line = marks[spot.i]
      if (line) line[spot.j] = 'protecting'
    }
    return true
  }
  const sayLess = ({ i, j }: Spot): boolean => {
    const line = marks[i]
    if (!line || line[j] !== 'small') return false
    line[j] = 'vague'
    return true
  }
  const needing = (): boolean => {
    const known = determined(values, marks, boundsOf)
    // A cell alone in its line first; what stands at the crossing of two such lines helps both.
    for (const { i, j } of known) {
      if (hiddenOf(row(i)) < 2 && hide(row(i))) return true
      if (hiddenOf(column(j)) < 2 && hide(column(j))) return true
    }
    if (known.some(hideRectangle)) return true
    // A 4 can be no more by its words: another cell of its lines helps, or else words that say less, before any total goes.
    for (const spot of known) {
      if (canMove(spot, true)) continue
      if (hide([...row(spot.i), ...column(spot.j)].filter(({ i, j }) => i < m && j < n))) return true
      if (sayLess(spot)) return true
    }
    const [next] = known
    return (
      next !== undefined &&
      (hide([...row(next.i), ...column(next.j)]) || known.some(sayLess) || hide(everything(m, n)))
    )
  }
  while (needing() || (mayTellSum && widen(m, n, at, hide, mayTellSum)));
  return marks
}

const everything = (m: number, n: number): Spot[] =>
  Array.from({ length: (m + 1) * (n + 1) }, (_, k) => ({ i: Math.floor(k / (n + 1)), j: k % (n + 1) }))

/** Hides one more cell in each line whose hidden ones, added up, may not be told while the total is shown. */
function widen(
  m: number,
  n: number,
  at: (i: number, j: number) => Mark,
  hide: (cells: readonly Spot[]) => boolean,
  mayTellSum: (line: readonly Spot[]) => boolean,
): boolean {
  let changed = false
  const look = (inner: Spot[], total: Spot): void => {
    if (at(total.i, total.j) !== 'shown') return
    const hidden = inner.filter((cell) => at(cell.i, cell.j) !== 'shown')
    if (hidden.length > 0 && !mayTellSum(hidden)) changed = hide([...inner, total]) || changed
  }
  for (let i = 0; i <= m; i += 1)
    look(
      Array.from({ length: n }, (_, j) => ({ i, j })),
      { i, j: n },
    )
  for (let j = 0; j <= n; j += 1)
    look(
      Array.from({ length: m }, (_, i) => ({ i, j })),
      { i: m, j },
    )
  return changed
}
