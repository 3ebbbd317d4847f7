import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { boxOf, clip, nameSpot, simplify, snapped } from '#services/kernel/outline.ts'
import { spread } from '#services/kernel/spread.ts'

const SQUARE = [0, 0, 10, 0, 10, 10, 0, 10]
const ring = fc
  .array(
    fc.tuple(fc.double({ min: -50, max: 50, noNaN: true }), fc.double({ min: -50, max: 50, noNaN: true })),
    {
      minLength: 3,
      maxLength: 60,
    },
  )
  .map((points) => points.flat())

const distance = (px: number, py: number, line: readonly number[]): number => {
  let best = Infinity
  for (let at = 0; at < line.length; at += 2) {
    const [ax = 0, ay = 0] = [line[at], line[at + 1]]
    const next = (at + 2) % line.length
    const [bx = 0, by = 0] = [line[next], line[next + 1]]
    const length = (bx - ax) ** 2 + (by - ay) ** 2
    const along =
      length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * (bx - ax) + (py - ay) * (by - ay)) / length))
    best = Math.min(best, Math.hypot(px - ax - along * (bx - ax), py - ay - along * (by - ay)))
  }
  return best
}

describe('outlines', () => {
  test('what is left out of a ring is never further from the line than was asked for', () => {
    fc.assert(
      fc.property(ring, fc.double({ min: 0.01, max: 20, noNaN: true }), (points, tolerance) => {
        const fewer = simplify(points, tolerance)
        for (let at = 0; at < points.length; at += 2)
          expect(distance(points[at] ?? 0, points[at + 1] ?? 0, fewer)).toBeLessThanOrEqual(tolerance + 1e-9)
      }),
    )
  })

  test('points along a straight edge say nothing', () => {
    expect(simplify([0, 0, 5, 0.001, 10, 0, 10, 10, 0, 10], 0.01)).toEqual(SQUARE)
    expect(simplify([], 1)).toEqual([])
  })

  test('a ring that is bent as badly as can be takes no longer than its length allows', () => {
    // A zigzag keeps every point, which is the worst that there is.
    const zigzag = Array.from({ length: 200_000 }, (_, at) => [at, (at % 2) * 100]).flat()
    expect(simplify(zigzag, 1)).toHaveLength(400_000)
  })

  test('a part of a ring that is cut out lies inside the box, and nothing is left of what lies outside', () => {
    expect(clip(SQUARE, { west: 5, south: 5, east: 20, north: 20 })).toEqual(
      expect.arrayContaining([5, 10]) as number[],
    )
    fc.assert(
      fc.property(ring, (points) => {
        const cut = boxOf([clip(points, { west: -10, south: -5, east: 10, north: 5 })])
        if (!cut) return
        expect(cut.west).toBeGreaterThanOrEqual(-10 - 1e-9)
        expect(cut.east).toBeLessThanOrEqual(10 + 1e-9)
        expect(cut.south).toBeGreaterThanOrEqual(-5 - 1e-9)
        expect(cut.north).toBeLessThanOrEqual(5 + 1e-9)
      }),
    )
    expect(clip(SQUARE, { west: 20, south: 20, east: 30, north: 30 })).toEqual([])
  })

  test('those who look nearby ask for the same box, and it holds theirs', () => {
    const mine = { west: -1.84, south: 53.51, east: -1.75, north: 53.58 }
    const yours = { west: -1.83, south: 53.52, east: -1.76, north: 53.57 }
    expect(snapped(mine)).toEqual(snapped(yours))
    expect(snapped(mine)).toEqual({ west: -1.875, south: 53.5, east: -1.75, north: 53.625 })
    expect(snapped(snapped(mine))).toEqual(snapped(mine))
  })

  test('a name stands where there is room, away from what stands there already, or nowhere', () => {
    const view = { wide: 10, high: 10 }
    const size = { wide: 6, high: 1 }
    const middle = nameSpot([SQUARE], view, size, [])
    expect(middle?.x).toBe(5)
    const taken = [{ x: 5, y: 5, wide: 10, high: 8 }]
    const edge = nameSpot([SQUARE], view, { wide: 6, high: 0.2 }, taken)
    expect(Math.abs((edge?.y ?? 5) - 5)).toBeGreaterThan(4)
    expect(nameSpot([SQUARE], view, { wide: 11, high: 1 }, [])).toBeNull()
    // A hole is not inside.
    const hole = [1, 1, 9, 1, 9, 9, 1, 9]
    const beside = nameSpot([SQUARE, hole], view, { wide: 6, high: 0.5 }, [])
    expect(Math.abs((beside?.y ?? 5) - 5)).toBeGreaterThan(4)
  })
})

describe('marks on a map', () => {
  test('no two meet, whatever their spots, and those with room stay where they belong', () => {
    const spots = fc.array(
      fc.record({
        x: fc.integer({ min: 0, max: 200 }),
        y: fc.integer({ min: 0, max: 200 }),
      }),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(spots, (given) => {
        const places = spread(given, { pitch: 44 })
        places.forEach((a, i) => {
          const alone = given.every(
            (other, j) =>
              i === j || Math.hypot(other.x - (given[i]?.x ?? 0), other.y - (given[i]?.y ?? 0)) >= 44,
          )
          if (alone) expect(a).toEqual(given[i])
          for (const b of places.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(43.9)
        })
      }),
    )
  })
})
