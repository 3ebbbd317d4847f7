/**
 * Outlines of areas, flat: a ring is x0, y0, x1, y1, … and closes by itself; several rings are one area, and a place is inside
 * when a line out of it crosses them an odd number of times, so holes and islands need no names.
 */
export type Ring = readonly number[]

/** Degrees, WGS84. */
export interface Box {
  west: number
  south: number
  east: number
  north: number
}

/** How much shorter a degree of longitude is than one of latitude, in the middle of England. */
export const SQUEEZE = 0.6
const STEPS = [0.125, 0.25, 0.5, 1, 2] as const

/** The smallest box that holds all rings; null when there is no point at all. */
export function boxOf(rings: readonly Ring[]): Box | null {
  const box = { west: Infinity, south: Infinity, east: -Infinity, north: -Infinity }
  for (const ring of rings)
    for (let at = 0; at < ring.length; at += 2) {
      const [x = 0, y = 0] = [ring[at], ring[at + 1]]
      box.west = Math.min(box.west, x)
      box.east = Math.max(box.east, x)
      box.south = Math.min(box.south, y)
      box.north = Math.max(box.north, y)
    }
  return box.west > box.east ? null : box
}

/** Outwards to a grid that fits its size, so that neighbours ask for the same box and one answer serves many. */
export function snapped({ west, south, east, north }: Box): Box {
  const span = Math.max((east - west) * SQUEEZE, north - south)
  const step = STEPS.find((one) => one >= span / 3) ?? 2
  const down = (value: number): number => Math.floor(value / step) * step
  const up = (value: number): number => Math.ceil(value / step) * step
  return { west: down(west), south: down(south), east: up(east), north: up(north) }
}

/** Points that are looked at together: however a ring is bent, the time stays in proportion to its length. */
const STRETCH = 512

/**
 * The same ring with fewer points: none of those left out is further than `tolerance` from the line (Ramer, Douglas and Peucker, a
 * stretch at a time). Fewer than three points are left of a ring that is smaller than that.
 * @param across what a unit of x counts beside one of y
 */
export function simplify(ring: Ring, tolerance: number, across = 1): number[] {
  const count = ring.length / 2
  const keep = new Uint8Array(count)
  for (let from = 0; from < count; from += STRETCH) {
    keep[from] = 1
    thin(ring, keep, from, Math.min(from + STRETCH, count), tolerance, across)
  }
  const out: number[] = []
  for (let at = 0; at < count; at += 1) if (keep[at]) out.push(ring[2 * at] ?? 0, ring[2 * at + 1] ?? 0)
  return out
}

/** Marks what is kept between two points; the one after the last is the first. */
function thin(ring: Ring, keep: Uint8Array, first: number, last: number, tolerance: number, across: number) {
  const count = ring.length / 2
  const open: [number, number][] = [[first, last]]
  for (let part = open.pop(); part; part = open.pop()) {
    const [from, to] = part
    const end = to % count
    const [ax = 0, ay = 0] = [(ring[2 * from] ?? 0) * across, ring[2 * from + 1]]
    const [bx = 0, by = 0] = [(ring[2 * end] ?? 0) * across, ring[2 * end + 1]]
    const [dx, dy] = [bx - ax, by - ay]
    const length = dx * dx + dy * dy
    let furthest = tolerance * tolerance
    let found = -1
    for (let at = from + 1; at < to; at += 1) {
      const [px, py] = [(ring[2 * at] ?? 0) * across - ax, (ring[2 * at + 1] ?? 0) - ay]
      const along = length === 0 ? 0 : Math.max(0, Math.min(1, (px * dx + py * dy) / length))
      const away = (px - along * dx) ** 2 + (py - along * dy) ** 2
      if (away > furthest) {
        furthest = away
        found = at
      }
    }
    if (found < 0) continue
    keep[found] = 1
    open.push([from, found], [found, to])
  }
}

/** The part of a ring inside a box, its own edge where the ring leaves it (Sutherland and Hodgman). Fewer than three points: none. */
export function clip(ring: Ring, { west, south, east, north }: Box): number[] {
  const sides: ((x: number, y: number) => number)[] = [
    (x) => x - west,
    (x) => east - x,
    (_x, y) => y - south,
    (_x, y) => north - y,
  ]
  let shape: Ring = ring
  for (const side of sides) {
    const kept: number[] = []
    for (let at = 0; at < shape.length; at += 2) {
      const before = (at + shape.length - 2) % shape.length
      const [ax = 0, ay = 0] = [shape[before], shape[before + 1]]
      const [bx = 0, by = 0] = [shape[at], shape[at + 1]]
      const [a, b] = [side(ax, ay), side(bx, by)]
      if (a < 0 !== b < 0) {
        const part = a / (a - b)
        kept.push(ax + (bx - ax) * part, ay + (by - ay) * part)
      }
      if (b >= 0) kept.push(bx, by)
    }
    shape = kept
  }
  return [...shape]
}

/** On a screen: y grows downwards. */
export interface Plate {
  x: number
  y: number
  wide: number
  high: number
}

export const overlaps = (a: Plate, b: Plate): boolean =>
  Math.abs(a.x - b.x) < (a.wide + b.wide) / 2 && Math.abs(a.y - b.y) < (a.high + b.high) / 2

const LINES = 17

/**
 * Where an area's name can stand inside it: in the widest stretch of seventeen level lines that has room for it, away from what
 * must not be covered. Null where there is no such place.
 * @param view the part that is seen; `size` of the name, `taken` what stands there already
 */
export function nameSpot(
  rings: readonly Ring[],
  view: { wide: number; high: number },
  size: { wide: number; high: number },
  taken: readonly Plate[],
): { x: number; y: number } | null {
  let best: { x: number; y: number } | null = null
  let most = 0
  for (let line = 0; line < LINES; line += 1) {
    const y = size.high / 2 + ((view.high - size.high) * (line + 0.5)) / LINES
    const edges = crossings(rings, y)
    for (let at = 0; at + 1 < edges.length; at += 2) {
      const left = Math.max(edges[at] ?? 0, 0)
      const right = Math.min(edges[at + 1] ?? 0, view.wide)
      const room = right - left - size.wide
      if (room < 0 || room + size.wide <= most) continue
      const free = [left + room / 2, left, left + room]
        .map((x) => ({ x: x + size.wide / 2, y, ...size }))
        .find((plate) => !taken.some((other) => overlaps(plate, other)))
      if (!free) continue
      best = { x: free.x, y }
      most = room + size.wide
    }
  }
  return best
}

/** Where a level line crosses the rings, from left to right. */
function crossings(rings: readonly Ring[], y: number): number[] {
  const edges: number[] = []
  for (const ring of rings)
    for (let at = 0; at < ring.length; at += 2) {
      const next = (at + 2) % ring.length
      const [ax = 0, ay = 0, bx = 0, by = 0] = [ring[at], ring[at + 1], ring[next], ring[next + 1]]
      if (ay > y !== by > y) edges.push(ax + ((y - ay) * (bx - ax)) / (by - ay))
    }
  return edges.sort((a, b) => a - b)
}
