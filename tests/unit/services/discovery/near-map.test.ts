import { describe, expect, test } from 'vitest'
import { nearMapWords } from '#services/discovery/near-map-words.ts'
import { boxOfNearMap, nearDrawing, type MapPin } from '#services/discovery/near-map.rules.ts'

const MILLGATE = { lat: 53.5, lon: -1.8, name: 'Millgate' }
const pin = (n: number, lat: number, lon = -1.8, comes = false): MapPin => ({ n, lat, lon, comes })
const far = pin(1, 53.53)
/** A square of degrees, as an area. */
const square = (name: string, west: number, south: number, east: number, north: number) => ({
  name,
  rings: [[west, south, east, south, east, north, west, north]],
})

type Drawing = ReturnType<typeof nearDrawing>
const wordsOf = ({ words }: Drawing, kind: string) => words.filter((one) => one.kind.startsWith(kind))
const linesOf = ({ lines }: Drawing, kind: string): string[] =>
  lines.filter((one) => one.kind === kind).map(({ d }) => d)
const numbers = (d: string): number[] => (d.match(/-?\d+(\.\d+)?/g) ?? []).map(Number)

describe('the picture of results about a place', () => {
  test('the name of the place stands under its mark, and a pin that would cover it stands aside', () => {
    const drawing = nearDrawing(MILLGATE, [far, pin(2, 53.48)], [])
    const [name] = wordsOf(drawing, 'b')
    const [mark] = linesOf(drawing, 'mark').map(numbers)
    expect(name).toMatchObject({ x: 230, text: 'Millgate' })
    expect(name?.y).toBe((mark?.[1] ?? 0) + 36)
    expect(linesOf(drawing, 'lead')).toHaveLength(0)
    const close = nearDrawing(MILLGATE, [far, pin(2, 53.4945)], [])
    expect(linesOf(close, 'lead')).toHaveLength(1)
  })

  test('it is as close as all pins allow, north is up, and circles say how far away they are', () => {
    const drawing = nearDrawing(MILLGATE, [far, pin(2, 53.47, -1.81)], [])
    const [north, south] = linesOf(drawing, 'pin-shape').map(numbers)
    expect(north?.[1]).toBeCloseTo(60, 0)
    expect(south?.[1]).toBeCloseTo(430, 0)
    expect(south?.[0]).toBeLessThan(north?.[0] ?? 0)
    // 2.07 miles to the first.
    expect(wordsOf(drawing, 'sub').map(({ text }) => text)).toEqual(['1 mile', '2 miles'])
  })

  test('who comes to people has a pin of another kind than a place to go to', () => {
    const drawing = nearDrawing(MILLGATE, [far, pin(2, 53.5, -1.85, true)], [])
    expect(wordsOf(drawing, 'pin-n').map(({ kind, text }) => [kind, text])).toEqual([
      ['pin-n', '1'],
      ['pin-n comes', '2'],
    ])
    expect(linesOf(drawing, 'pin-shape comes')).toHaveLength(1)
  })

  test('several at one door are told apart: their heads stand side by side, each with its own number', () => {
    const many = Array.from({ length: 20 }, (_, i) => pin(i + 1, 53.5))
    const drawing = nearDrawing(MILLGATE, many, [])
    const heads = wordsOf(drawing, 'pin-n')
    expect(heads.map(({ text }) => text)).toEqual(many.map(({ n }) => String(n)))
    for (const [i, a] of heads.entries())
      for (const b of heads.slice(i + 1)) expect(Math.hypot(a.x - b.x, a.y - b.y)).toBeGreaterThan(41.8)
    for (const { x, y } of heads) {
      expect(Math.min(x, y)).toBeGreaterThanOrEqual(21.9)
      expect(Math.max(x, y - 8)).toBeLessThanOrEqual(438.1)
    }
    // One of them stands where it belongs, the others say where they belong.
    expect(linesOf(drawing, 'lead')).toHaveLength(19)
  })

  test('areas are cut to the picture; one that is not in it is left out, and a name stands inside its own', () => {
    const drawing = nearDrawing(
      MILLGATE,
      [far],
      [
        square('Eastborough', -1.79, 52, -1, 55),
        square('Westborough', -3, 52, -1.79, 55),
        square('Elsewhere', -1, 50, 0, 51),
      ],
    )
    expect(drawing.areas).toEqual(['Eastborough', 'Westborough'])
    const outlines = linesOf(drawing, 'area').map(numbers)
    for (const value of outlines.flat()) {
      expect(value).toBeGreaterThanOrEqual(-6)
      expect(value).toBeLessThanOrEqual(466)
    }
    expect(drawing.words.every(({ x, y }) => x > 0 && x < 460 && y > 0 && y < 460)).toBe(true)
    const border = Math.min(...(outlines[0] ?? []).filter((value) => value > 0))
    const [east, west] = wordsOf(drawing, 'area-n')
    expect(east?.x).toBeGreaterThan(border)
    expect(west?.x).toBeLessThan(border)
  })

  test('without areas it is drawn on a plain round ground', () => {
    expect(linesOf(nearDrawing(MILLGATE, [far], []), 'land')).toHaveLength(1)
    expect(linesOf(nearDrawing(MILLGATE, [far], [square('Here', -3, 52, -1, 55)]), 'land')).toEqual([])
  })

  test('an area with a hole is one line, so that the hole stays open', () => {
    const { rings } = square('Ring', -3, 52, -1, 55)
    const hole = [-1.81, 53.49, -1.79, 53.49, -1.79, 53.51, -1.81, 53.51]
    const drawing = nearDrawing(MILLGATE, [far], [{ name: 'Ring', rings: [...rings, hole] }])
    expect(linesOf(drawing, 'area')[0]?.match(/M/g)).toHaveLength(2)
  })

  test('the box that is asked for is what the picture shows', () => {
    const box = boxOfNearMap(MILLGATE, [far])
    // One mile at least: 0.03 of a degree is two, and takes 370 of 460.
    expect(box.north - box.south).toBeCloseTo((0.03 * 460) / 370, 9)
    expect((box.west + box.east) / 2).toBeCloseTo(-1.8, 9)
  })
})

test('the words under the map say what its marks are, and who sees what once it moves', () => {
  const words = nearMapWords('Millgate', [{ comes: false }, { comes: true }], {
    areas: ['Aldermere', 'Thornhaugh'],
    sources: ['Drawn by hand.'],
    host: 'tiles.example.org',
  })
  expect(words.label).toBe(
    'Where the results lie around Millgate: 2 numbered pins, over the areas of Aldermere and Thornhaugh. The list says the same in words.',
  )
  expect(words.marks).toContain('nobody’s home')
  expect(words.thanks).toBe('Councils’ areas: Drawn by hand.')
  expect(words.seen).toContain('It does not see what you look for.')
  const plain = nearMapWords('Millgate', [{ comes: false }], { areas: [], sources: [], host: null })
  expect(plain).toMatchObject({ marks: 'Filled pins: places you go to.', thanks: '', seen: '' })
})
