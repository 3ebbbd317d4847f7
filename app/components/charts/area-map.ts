/** Geometry of a map of areas, drawn from their middles alone: each area is all that is nearer to its middle than to another's. */

export interface Spot {
  x: number
  y: number
}
export interface Plan {
  width: number
  height: number
  /** Middles, in the order that they were given. */
  spots: Spot[]
  /** Corners of each area. */
  cells: Spot[][]
  /** A soft line round them all, as an SVG path. */
  outline: string
}

/** Free space round the outermost middles, as a part of the map's width. */
const MARGIN = 0.17

/**
 * Lays middles out on a plan `width` wide. A degree of longitude is shorter than one of latitude, by the cosine of the
 * latitude; over a borough nothing more exact can be seen.
 */
export function planOf(points: readonly { lat: number; lon: number }[], width: number): Plan {
  const spots = spread(points, width)
  const pad = width * MARGIN
  const xs = spots.map(({ x }) => x)
  const ys = spots.map(({ y }) => y)
  const height = Math.round(Math.max(...ys) + pad)
  const box: Spot[] = [
    { x: 0, y: 0 },
    { x: Math.max(...xs) + pad, y: 0 },
    { x: Math.max(...xs) + pad, y: height },
    { x: 0, y: height },
  ]
  return {
    width,
    height,
    spots,
    cells: spots.map((spot, i) =>
      spots.reduce((cell, other, j) => (i === j ? cell : nearerTo(cell, spot, other)), box),
    ),
    outline: softLine(around(spots, pad * 0.82)),
  }
}

function spread(points: readonly { lat: number; lon: number }[], width: number): Spot[] {
  const middle = points.reduce((sum, { lat }) => sum + lat, 0) / Math.max(1, points.length)
  const flat = points.map(({ lat, lon }) => ({ x: lon * Math.cos((middle * Math.PI) / 180), y: -lat }))
  const left = Math.min(...flat.map(({ x }) => x))
  const top = Math.min(...flat.map(({ y }) => y))
  const wide = Math.max(...flat.map(({ x }) => x)) - left
  const high = Math.max(...flat.map(({ y }) => y)) - top
  const room = width * (1 - 2 * MARGIN)
  // A borough that is long from north to south is not drawn taller than it is wide.
  const scale = room / Math.max(wide, high, 1e-9)
  const inset = width * MARGIN + (room - wide * scale) / 2
  return flat.map(({ x, y }) => ({ x: inset + (x - left) * scale, y: width * MARGIN + (y - top) * scale }))
}

/** The part of a convex shape that is nearer to `own` than to `other` (Sutherland and Hodgman's clipping, one edge). */
function nearerTo(shape: readonly Spot[], own: Spot, other: Spot): Spot[] {
  const side = ({ x, y }: Spot): number =>
    (x - (own.x + other.x) / 2) * (other.x - own.x) + (y - (own.y + other.y) / 2) * (other.y - own.y)
  return shape.flatMap((corner, i) => {
    const before = shape[(i + shape.length - 1) % shape.length] ?? corner
    const [a, b] = [side(before), side(corner)]
    const cut =
      a < 0 !== b < 0
        ? [
            {
              x: before.x + ((corner.x - before.x) * a) / (a - b),
              y: before.y + ((corner.y - before.y) * a) / (a - b),
            },
          ]
        : []
    return b < 0 ? [...cut, corner] : cut
  })
}

/** A ring of points round all spots: the furthest reach in each of 24 directions, `pad` beyond it. */
function around(spots: readonly Spot[], pad: number): Spot[] {
  const middle = {
    x: spots.reduce((sum, { x }) => sum + x, 0) / Math.max(1, spots.length),
    y: spots.reduce((sum, { y }) => sum + y, 0) / Math.max(1, spots.length),
  }
  return Array.from({ length: 24 }, (_, k) => {
    const angle = (2 * Math.PI * k) / 24
    const [dx, dy] = [Math.cos(angle), Math.sin(angle)]
    // How far the discs round the spots reach along this ray.
    const reach = Math.max(
      pad,
      ...spots.map(({ x, y }) => {
        const along = (x - middle.x) * dx + (y - middle.y) * dy
        const off = Math.abs((x - middle.x) * dy - (y - middle.y) * dx)
        return off < pad ? along + Math.sqrt(pad * pad - off * off) : 0
      }),
    )
    return { x: middle.x + dx * reach, y: middle.y + dy * reach }
  })
}

const n = (value: number): string => String(Math.round(value * 10) / 10)
const at = ({ x, y }: Spot): string => `${n(x)} ${n(y)}`

/** A closed curve through the points (Catmull and Rom), as cubic Béziers. */
function softLine(points: readonly Spot[]): string {
  const of = (i: number): Spot => points[(i + points.length) % points.length] ?? { x: 0, y: 0 }
  const parts = points.map((_, i) => {
    const [a, b, c, d] = [of(i - 1), of(i), of(i + 1), of(i + 2)]
    const one = { x: b.x + (c.x - a.x) / 6, y: b.y + (c.y - a.y) / 6 }
    const two = { x: c.x - (d.x - b.x) / 6, y: c.y - (d.y - b.y) / 6 }
    return `C${at(one)} ${at(two)} ${at(c)}`
  })
  return `M${at(of(0))}${parts.join('')}Z`
}

/** Boxes `wide` by `high` round the spots, moved apart where they would lie on each other: the shorter way, in turns. */
export function apart(
  spots: readonly Spot[],
  sizes: readonly { wide: number; high: number }[],
  gap = 3,
): Spot[] {
  const placed = spots.map((spot) => ({ ...spot }))
  for (let turn = 0; turn < 40; turn += 1) {
    let moved = false
    placed.forEach((a, i) => {
      placed.slice(i + 1).forEach((b, k) => {
        const [one, two] = [sizes[i], sizes[i + 1 + k]]
        if (!one || !two) return
        const acrossBy = (one.wide + two.wide) / 2 + gap - Math.abs(a.x - b.x)
        const downBy = (one.high + two.high) / 2 + gap - Math.abs(a.y - b.y)
        if (acrossBy <= 0 || downBy <= 0) return
        moved = true
        const axis = downBy <= acrossBy ? 'y' : 'x'
        const half = (Math.min(acrossBy, downBy) / 2 + 0.01) * (a[axis] <= b[axis] ? 1 : -1)
        a[axis] -= half
        b[axis] += half
      })
    })
    if (!moved) break
  }
  return placed
}

/** Every border once: two neighbours share it, and a dashed line drawn twice looks whole. */
export function bordersOf(cells: readonly (readonly Spot[])[]): string {
  const drawn = new Map<string, string>()
  for (const cell of cells)
    cell.forEach((corner, i) => {
      const ends = [at(corner), at(cell[(i + 1) % cell.length] ?? corner)]
      const key = [...ends].sort().join()
      if (!drawn.has(key)) drawn.set(key, `M${ends.join('L')}`)
    })
  return [...drawn.values()].join('')
}

export const shapeOf = (corners: readonly Spot[]): string =>
  corners.length < 3 ? '' : `M${corners.map(at).join('L')}Z`
