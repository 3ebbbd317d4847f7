import { expect, test } from 'vitest'
import { layoutQuilt, PHONE, WIDE, type PlacedSquare } from '~/components/tile/quilt-layout.ts'
import { KIND_NAMES } from '~/components/tile/tile.ts'

const providers = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    id: `p${String(i)}`,
    kind: KIND_NAMES[i % KIND_NAMES.length] ?? 'charity',
  }))
const cells = ({ column, row, span }: PlacedSquare) =>
  Array.from(
    { length: span * span },
    (_, i) => `${String(column + (i % span))},${String(row + Math.floor(i / span))}`,
  )

test.each([
  ['the wide quilt', WIDE],
  ['the strip for phones', PHONE],
])('%s covers every place once', (_name, pattern) => {
  const covered = layoutQuilt(providers(60), pattern).flatMap(cells)
  expect(new Set(covered).size).toBe(covered.length)
  expect(covered).toHaveLength(pattern.columns * pattern.rows)
})

test('no two neighbours are of one kind when there are kinds enough', () => {
  const at = new Map<string, string>()
  const placed = layoutQuilt(providers(60), WIDE)
  for (const square of placed) for (const cell of cells(square)) at.set(cell, square.id)
  const kindOf = new Map(placed.map((square) => [square.id, square.kind]))
  let alike = 0
  for (const [cell, id] of at) {
    const [column = 0, row = 0] = cell.split(',').map(Number)
    for (const beside of [`${String(column + 1)},${String(row)}`, `${String(column)},${String(row + 1)}`]) {
      const other = at.get(beside)
      if (other && other !== id && kindOf.get(other) === kindOf.get(id)) alike += 1
    }
  }
  expect(alike).toBeLessThanOrEqual(2)
})

test('a few providers come round again, and none make no quilt', () => {
  expect(layoutQuilt(providers(3), PHONE)).toHaveLength(15)
  expect(layoutQuilt([], PHONE)).toEqual([])
})
