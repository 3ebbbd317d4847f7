import { metresBetween, type Point } from '#services/kernel/geo.ts'

/**
 * How far somebody comes, as words that an index can filter by. The earth is a lattice of hundredths of a degree (1.1 km by 0.66 km in
 * England), and that is also how roughly a place is asked about: a circle becomes the squares of two, four, eight … lattice points a
 * side that lie in it, and a place asks for the squares that it lies in, one of each size.
 */
const SIZES = 12
/** Beyond so many words the edge gets coarser: by a kilometre from some 30 km on. */
const MOST_CELLS = 300
const LATITUDES = 9_000
const LONGITUDES = 18_000

export const EVERYWHERE = 'everywhere'

const step = (degrees: number, offset: number): number => Math.round(degrees * 100) + offset
const name = (size: number, i: number, j: number): string =>
  `${size.toString(36)}${i.toString(36).padStart(3, '0')}${j.toString(36).padStart(3, '0')}`

/** The squares that a place lies in, one of each size. */
export function cellsAt({ lat, lon }: Point): string[] {
  const i = step(lat, LATITUDES)
  const j = step(lon, LONGITUDES)
  return Array.from({ length: SIZES }, (_, size) => name(size, i >> size, j >> size))
}

/** The squares that fill a circle; none when not one lattice point lies in it. */
export function cellsWithin(centre: Point, metres: number): string[] {
  for (let finest = 0; finest < SIZES; finest += 1) {
    const cells = fill(centre, metres, finest)
    if (cells) return cells
  }
  return []
}

function fill(centre: Point, metres: number, finest: number): string[] | null {
  const point = (i: number, j: number): Point => ({
    lat: (i - LATITUDES) / 100,
    lon: (j - LONGITUDES) / 100,
  })
  const inside = (i: number, j: number): boolean => metresBetween(point(i, j), centre) <= metres
  const middleI = step(centre.lat, LATITUDES)
  const middleJ = step(centre.lon, LONGITUDES)
  const nearest = (at: number, from: number, to: number): number => Math.min(to, Math.max(from, at))
  const cells: string[] = []
  const visit = (size: number, a: number, b: number): void => {
    if (cells.length > MOST_CELLS) return
    const last = (1 << size) - 1
    const [i, j] = [a << size, b << size]
    if (!inside(nearest(middleI, i, i + last), nearest(middleJ, j, j + last))) return
    const corners = inside(i, j) && inside(i + last, j) && inside(i, j + last) && inside(i + last, j + last)
    if (corners) {
      cells.push(name(size, a, b))
      return
    }
    if (size === finest) {
      // On the edge: by its middle.
      if (inside(i + (last + 1) / 2, j + (last + 1) / 2)) cells.push(name(size, a, b))
      return
    }
    for (const [half, quarter] of [
      [0, 0],
      [0, 1],
      [1, 0],
      [1, 1],
    ] as const)
      visit(size - 1, 2 * a + half, 2 * b + quarter)
  }
  const top = SIZES - 1
  // The circle may lie across the edges of the largest squares: their neighbours, too.
  for (const a of [-1, 0, 1])
    for (const b of [-1, 0, 1]) visit(top, (middleI >> top) + a, (middleJ >> top) + b)
  return cells.length > MOST_CELLS ? null : cells
}
