export interface QuiltItem {
  id: string
  kind: string
}
interface Square {
  column: number
  row: number
  span: number
}
export type PlacedSquare = Square & QuiltItem

interface Pattern {
  columns: number
  rows: number
  large: readonly Square[]
}
/** Where the large squares lie; small ones fill the rest. */
export const WIDE: Pattern = {
  columns: 8,
  rows: 8,
  large: [
    { column: 0, row: 0, span: 2 },
    { column: 5, row: 1, span: 3 },
    { column: 2, row: 3, span: 2 },
    { column: 0, row: 6, span: 2 },
    { column: 5, row: 5, span: 2 },
  ],
}
export const PHONE: Pattern = {
  columns: 7,
  rows: 3,
  large: [
    { column: 0, row: 0, span: 2 },
    { column: 4, row: 1, span: 2 },
  ],
}

/**
 * Places providers on a quilt so that, where the choice allows it, no two neighbours are of one kind.
 * When there are fewer providers than squares they come round again.
 */
export function layoutQuilt(items: readonly QuiltItem[], pattern: Pattern): PlacedSquare[] {
  if (items.length === 0) return []
  const taken = new Map<string, string>()
  const waiting: QuiltItem[] = []
  return squares(pattern).map((square) => {
    if (waiting.length === 0) waiting.push(...items)
    const near = kindsBeside(square, taken)
    const fits = waiting.findIndex((item) => !near.has(item.kind))
    const [item = items[0] as QuiltItem] = waiting.splice(Math.max(0, fits), 1)
    for (const cell of cellsOf(square)) taken.set(cell, item.kind)
    return { ...square, ...item }
  })
}

const at = (column: number, row: number): string => `${String(column)},${String(row)}`

function cellsOf({ column, row, span }: Square): string[] {
  return Array.from({ length: span * span }, (_, i) => at(column + (i % span), row + Math.floor(i / span)))
}

function squares({ columns, rows, large }: Pattern): Square[] {
  const covered = new Set(large.flatMap(cellsOf))
  const small = Array.from({ length: columns * rows }, (_, i) => ({
    column: i % columns,
    row: Math.floor(i / columns),
    span: 1,
  })).filter(({ column, row }) => !covered.has(at(column, row)))
  return [...large, ...small]
}

function kindsBeside({ column, row, span }: Square, taken: ReadonlyMap<string, string>): Set<string> {
  const near = new Set<string>()
  for (let i = 0; i < span; i += 1)
    for (const cell of [
      at(column + i, row - 1),
      at(column + i, row + span),
      at(column - 1, row + i),
      at(column + span, row + i),
    ]) {
      const kind = taken.get(cell)
      if (kind) near.add(kind)
    }
  return near
}
