import fc from 'fast-check'
import { expect, test } from 'vitest'
import { treemap, type Box } from '~/components/tile/treemap.ts'

const values = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 })
const boxes = fc.record({
  x: fc.integer({ min: 0, max: 100 }),
  y: fc.integer({ min: 0, max: 100 }),
  w: fc.integer({ min: 50, max: 1_200 }),
  h: fc.integer({ min: 50, max: 1_200 }),
})
const items = (list: number[]) => list.map((value, i) => ({ value, name: `p${String(i)}` }))
const close = (a: number, b: number, about = 1) => Math.abs(a - b) <= 1e-6 * Math.max(1, about)

const overlap = (a: Box, b: Box): number => {
  const wide = Math.min(a.x + a.w, b.x + b.w) - Math.max(a.x, b.x)
  const high = Math.min(a.y + a.h, b.y + b.h) - Math.max(a.y, b.y)
  return wide > 0 && high > 0 ? wide * high : 0
}

test('each piece has the share of the box that its value has of the whole', () => {
  fc.assert(
    fc.property(values, boxes, (list, box) => {
      const total = list.reduce((sum, value) => sum + value, 0)
      for (const piece of treemap(items(list), box))
        expect(close(piece.w * piece.h, (piece.value / total) * box.w * box.h, box.w * box.h)).toBe(true)
    }),
  )
})

test('no two pieces overlap', () => {
  fc.assert(
    fc.property(values, boxes, (list, box) => {
      const pieces = treemap(items(list), box)
      for (const [i, a] of pieces.entries())
        for (const b of pieces.slice(i + 1)) expect(overlap(a, b)).toBeLessThan(1e-6 * box.w * box.h)
    }),
  )
})

test('every piece lies inside the box', () => {
  fc.assert(
    fc.property(values, boxes, (list, box) => {
      for (const piece of treemap(items(list), box)) {
        expect(piece.x).toBeGreaterThanOrEqual(box.x - 1e-6)
        expect(piece.y).toBeGreaterThanOrEqual(box.y - 1e-6)
        expect(piece.x + piece.w).toBeLessThanOrEqual(box.x + box.w + 1e-3)
        expect(piece.y + piece.h).toBeLessThanOrEqual(box.y + box.h + 1e-3)
      }
    }),
  )
})

test('everything is there once, largest first', () => {
  fc.assert(
    fc.property(values, boxes, (list, box) => {
      const pieces = treemap(items(list), box)
      expect(pieces.map((piece) => piece.name).sort()).toEqual(
        items(list)
          .map((item) => item.name)
          .sort(),
      )
      expect(pieces.map((piece) => piece.value)).toEqual([...list].sort((a, b) => b - a))
    }),
  )
})

test('nothing, and things of no value, make no pieces', () => {
  expect(treemap([], { x: 0, y: 0, w: 10, h: 10 })).toEqual([])
  expect(treemap([{ value: 0 }], { x: 0, y: 0, w: 10, h: 10 })).toEqual([])
})

test('equal values in a square make four squares', () => {
  const four = treemap([{ value: 1 }, { value: 1 }, { value: 1 }, { value: 1 }], { x: 0, y: 0, w: 10, h: 10 })
  for (const piece of four) expect([piece.w, piece.h]).toEqual([5, 5])
})
