import fc from 'fast-check'
import { expect, test } from 'vitest'
import { apart, bordersOf, planOf, type Spot } from '~/components/charts/area-map.ts'

const place = fc.record({
  lat: fc.double({ min: 53.5, max: 53.6, noNaN: true }),
  lon: fc.double({ min: -1.9, max: -1.7, noNaN: true }),
})
const places = fc.uniqueArray(place, {
  minLength: 2,
  maxLength: 14,
  comparator: (a, b) => Math.hypot(a.lat - b.lat, a.lon - b.lon) < 0.002,
})
const surface = (corners: readonly Spot[]): number =>
  Math.abs(
    corners.reduce((sum, { x, y }, i) => {
      const next = corners[(i + 1) % corners.length] ?? { x, y }
      return sum + x * next.y - next.x * y
    }, 0) / 2,
  )

test('every corner of an area is as near to its own middle as to any other', () => {
  fc.assert(
    fc.property(places, (some) => {
      const { spots, cells } = planOf(some, 640)
      cells.forEach((corners, i) => {
        const own = spots[i] ?? { x: 0, y: 0 }
        for (const corner of corners)
          for (const other of spots)
            expect(Math.hypot(corner.x - own.x, corner.y - own.y)).toBeLessThanOrEqual(
              Math.hypot(corner.x - other.x, corner.y - other.y) + 1e-6,
            )
      })
    }),
  )
})

test('the areas fill the plan without gap or overlap', () => {
  fc.assert(
    fc.property(places, (some) => {
      const { spots, cells, height } = planOf(some, 640)
      const right = Math.max(...spots.map(({ x }) => x)) + 640 * 0.17
      const sum = cells.reduce((total, corners) => total + surface(corners), 0)
      expect(sum).toBeCloseTo(right * height, 3)
    }),
  )
})

test('north is up, east is right, and a mile is as long either way', () => {
  const { spots } = planOf(
    [
      { lat: 53.5, lon: -2 },
      { lat: 53.6, lon: -2 },
      { lat: 53.5, lon: -2 + 0.1 / Math.cos((53.5333 * Math.PI) / 180) },
    ],
    640,
  )
  const [origin, north, east] = spots as [Spot, Spot, Spot]
  expect(north.y).toBeLessThan(origin.y)
  expect(east.x).toBeGreaterThan(origin.x)
  expect(origin.y - north.y).toBeCloseTo(east.x - origin.x, 1)
})

test('one area alone, and none, are drawn too', () => {
  expect(planOf([{ lat: 53.5, lon: -2 }], 640).cells[0]).toHaveLength(4)
  expect(planOf([], 640).cells).toEqual([])
})

test('names that would lie on each other are moved apart, the others stay', () => {
  const sizes = [1, 2, 3].map(() => ({ wide: 80, high: 40 }))
  const [a, b, c] = apart(
    [
      { x: 100, y: 100 },
      { x: 110, y: 120 },
      { x: 400, y: 100 },
    ],
    sizes,
  ) as [Spot, Spot, Spot]
  expect(Math.abs(a.y - b.y)).toBeGreaterThanOrEqual(40)
  expect(c).toEqual({ x: 400, y: 100 })
})

test('a border that two areas share is drawn once, so that its dashes stay dashes', () => {
  const square = (x: number): Spot[] => [
    { x, y: 0 },
    { x: x + 10, y: 0 },
    { x: x + 10, y: 10 },
    { x, y: 10 },
  ]
  expect(bordersOf([square(0), square(10)]).match(/M/g)).toHaveLength(7)
})
