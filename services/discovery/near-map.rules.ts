import type { Point } from '#services/kernel/geo.ts'
import { clip, nameSpot, overlaps, simplify, type Box, type Plate } from '#services/kernel/outline.ts'
import { spread } from '#services/kernel/spread.ts'

/** A result on the map. */
export interface MapPin extends Point {
  /** The number on the result's card. */
  n: number
  /** It comes to people, and stands about where it sets out from. */
  comes: boolean
}

/** What a line or a word of the picture is, as its style is called. */
type LineKind = 'land' | 'area' | 'ward' | 'mark' | 'lead' | 'dot' | 'pin-shape' | 'pin-shape comes'
type WordKind = 'sub' | 'area-n' | 'b' | 'pin-n' | 'pin-n comes'

/** Where results lie about a place, as a square of 460: SVG paths, and the words over them, from the lowest to the topmost. */
export interface NearDrawing {
  lines: { kind: LineKind; d: string }[]
  /** By their middle and their base line. */
  words: { kind: WordKind; x: number; y: number; text: string }[]
  /** Names of the areas that are in the picture, also of those without room for one. */
  areas: string[]
}

const SIZE = 460
/** What is left free round the pins: their heads stand over them, and are whole. */
const MARGIN = { top: 60, side: 30, bottom: 30 }
const MILES_PER_DEGREE = 69.055
/** Half a mile to each side at least. */
const LEAST_MILES = 1
/** The outer circle is the largest of these that is not beyond the furthest pin; the inner is half of it. */
const RINGS = [512, 256, 128, 64, 32, 24, 16, 12, 8, 6, 4, 3, 2, 1, 0.5]
/** A head's middle is over its point by this much, and so wide. */
const HEAD = 33
const HEAD_WIDE = 42
const MARK = 10
/** A letter of a name is about so wide, and a line so high. */
const LETTER = 10.5
const BOLD = 12.5
const LINE = 28
/** Outlines are cut a little outside the picture, so that the cut is not seen. */
const BEYOND = 6

const ringName = (miles: number): string => (miles === 1 ? '1 mile' : `${String(miles)} miles`)
const whole = (value: number): number => Math.round(value)
const tenth = (value: number): number => Math.round(value * 10) / 10

interface Spot {
  x: number
  y: number
}

/** How the picture lies on the ground. */
interface Ground {
  /** Picture units for a mile, and for a degree. */
  mile: number
  east: number
  north: number
  spotOf: (point: Point) => Spot
  box: Box
}

/** As close as can be with the place and every pin in it; north is up. */
function groundOf(centre: Point, pins: readonly Point[]): Ground {
  const across = MILES_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180)
  const all = [centre, ...pins]
  const least = (of: (point: Point) => number): number => Math.min(...all.map(of))
  const most = (of: (point: Point) => number): number => Math.max(...all.map(of))
  const [west, east] = [least(({ lon }) => lon), most(({ lon }) => lon)]
  const [south, north] = [least(({ lat }) => lat), most(({ lat }) => lat)]
  const mile = Math.min(
    (SIZE - 2 * MARGIN.side) / Math.max(LEAST_MILES, (east - west) * across),
    (SIZE - MARGIN.top - MARGIN.bottom) / Math.max(LEAST_MILES, (north - south) * MILES_PER_DEGREE),
  )
  const [perEast, perNorth] = [across * mile, MILES_PER_DEGREE * mile]
  const left = (west + east) / 2 - SIZE / 2 / perEast
  const top = (south + north) / 2 + (SIZE / 2 + (MARGIN.top - MARGIN.bottom) / 2) / perNorth
  return {
    mile,
    east: perEast,
    north: perNorth,
    spotOf: ({ lat, lon }) => ({ x: tenth((lon - left) * perEast), y: tenth((top - lat) * perNorth) }),
    box: { west: left, east: left + SIZE / perEast, north: top, south: top - SIZE / perNorth },
  }
}

/** The part of the country that the picture shows. */
export const boxOfNearMap = (centre: Point, pins: readonly Point[]): Box => groundOf(centre, pins).box

/**
 * Draws results about a place over the outlines of councils: distance and direction, from data of this site alone, so nothing about
 * a search leaves it. Circles are miles from the place.
 */
export function nearDrawing(
  centre: Point & { name: string },
  pins: readonly MapPin[],
  areas: readonly { name: string; rings: readonly (readonly number[])[] }[],
): NearDrawing {
  const ground = groundOf(centre, pins)
  const middle = ground.spotOf(centre)
  const spots = pins.map(ground.spotOf)
  const name = titlePlate(centre.name, middle)
  const heads = spread(
    spots.map(({ x, y }) => ({ x, y: y - HEAD })),
    {
      pitch: HEAD_WIDE,
      room: { left: 22, top: 22, right: SIZE - 22, bottom: SIZE - 22 },
      taken: [name, { ...middle, wide: 2 * MARK, high: 2 * MARK }],
    },
  ).map(({ x, y }) => ({ x: tenth(x), y: tenth(y) }))
  const taken: Plate[] = [name, ...heads.map((head) => ({ ...head, wide: HEAD_WIDE, high: HEAD_WIDE }))]
  const rings = ringsRound(middle, spots, ground.mile, taken)
  const shown = areas.flatMap((area) => areaOn(ground, area, taken))
  const land = { kind: 'land' as const, d: `M0 0H${String(SIZE)}V${String(SIZE)}H0Z` }
  return {
    lines: [
      ...(shown.length > 0 ? shown.map(({ d }) => ({ kind: 'area' as const, d })) : [land]),
      ...rings.map(({ r }) => ({ kind: 'ward' as const, d: circle(middle, r) })),
      { kind: 'mark', d: circle(middle, MARK) },
      ...pinLines(pins, spots, heads),
    ],
    words: [
      ...rings.flatMap(({ at, text }) => (at ? [{ kind: 'sub' as const, ...at, text }] : [])),
      ...shown.flatMap(({ name: text, at }) => (at ? [{ kind: 'area-n' as const, ...at, text }] : [])),
      { kind: 'b', x: name.x, y: tenth(name.y + 8), text: centre.name },
      ...pins.map(({ n, comes }, i) => {
        const { x, y } = heads[i] ?? { x: 0, y: 0 }
        return {
          kind: comes ? ('pin-n comes' as const) : ('pin-n' as const),
          x,
          y: tenth(y + 8),
          text: String(n),
        }
      }),
    ],
    areas: shown.map(({ name }) => name),
  }
}

/** Under the mark of the place; at its side where the picture ends. */
function titlePlate(text: string, { x, y }: Spot): Plate {
  const wide = text.length * BOLD
  const inside = Math.min(SIZE - wide / 2 - 4, Math.max(wide / 2 + 4, x))
  return { x: tenth(inside), y: tenth(y + 28 + LINE / 2 > SIZE ? y - 28 : y + 28), wide, high: LINE }
}

/** Two circles about the place, each with its miles under, over or beside it, where there is room. */
function ringsRound(middle: Spot, spots: readonly Spot[], mile: number, taken: Plate[]) {
  const furthest = Math.max(...spots.map(({ x, y }) => Math.hypot(x - middle.x, y - middle.y)))
  const outer = RINGS.find((miles) => miles * mile <= furthest + 0.01) ?? 0.5
  return [outer / 2, outer].map((miles) => {
    const r = tenth(miles * mile)
    const text = ringName(miles)
    const wide = text.length * LETTER
    const size = { wide, high: LINE }
    const free = [
      { x: middle.x, y: middle.y + r - 18, ...size },
      { x: middle.x, y: middle.y - r + 18, ...size },
      { x: middle.x + r - wide / 2 - 6, y: middle.y, ...size },
      { x: middle.x - r + wide / 2 + 6, y: middle.y, ...size },
    ].find((plate) => inPicture(plate) && !taken.some((other) => overlaps(plate, other)))
    if (free) taken.push(free)
    return { r, text, at: free ? { x: tenth(free.x), y: tenth(free.y + 8) } : null }
  })
}

const inPicture = ({ x, y, wide, high }: Plate): boolean =>
  x >= wide / 2 && x <= SIZE - wide / 2 && y >= high / 2 && y <= SIZE - high / 2

const circle = ({ x, y }: Spot, r: number): string =>
  `M${String(tenth(x - r))} ${String(y)}a${String(r)} ${String(r)} 0 1 0 ${String(2 * r)} 0a${String(r)} ${String(r)} 0 1 0 ${String(-2 * r)} 0`

/** A pin stands on its spot; where others are in its way, its head stands beside it, with a line to a dot. */
function pinLines(
  pins: readonly MapPin[],
  spots: readonly Spot[],
  heads: readonly Spot[],
): NearDrawing['lines'] {
  const under: NearDrawing['lines'] = []
  const over: NearDrawing['lines'] = []
  pins.forEach(({ comes }, i) => {
    const [spot, head] = [spots[i], heads[i]]
    if (!spot || !head) return
    const kind = comes ? 'pin-shape comes' : 'pin-shape'
    const [at, top] = [`${String(spot.x)} ${String(spot.y)}`, `${String(head.x)} ${String(head.y)}`]
    if (Math.hypot(head.x - spot.x, head.y + HEAD - spot.y) < 0.5) {
      over.push({ kind, d: `M${at}c-4 -13 -20 -17 -20 -33a20 20 0 0 1 40 0c0 16 -16 20 -20 33Z` })
      return
    }
    under.push({ kind: 'lead', d: `M${at}L${top}` }, { kind: 'dot', d: circle(spot, 5) })
    over.push({ kind, d: circle(head, 20) })
  })
  return [...under, ...over]
}

/** The part of an area that is in the picture; nothing when none is. Its name takes its place. */
function areaOn(
  { box, east, north }: Ground,
  { name, rings }: { name: string; rings: readonly (readonly number[])[] },
  taken: Plate[],
): { name: string; d: string; at: Spot | null }[] {
  const frame: Box = { west: -BEYOND, south: -BEYOND, east: SIZE + BEYOND, north: SIZE + BEYOND }
  const shapes = rings
    .map((ring) => {
      const drawn = ring.map((degrees, at) =>
        at % 2 === 0 ? (degrees - box.west) * east : (box.north - degrees) * north,
      )
      return simplify(clip(drawn, frame), 0.7).map(whole)
    })
    .filter((ring) => ring.length >= 6)
  if (shapes.length === 0) return []
  const size = { wide: name.length * LETTER + 12, high: LINE }
  const at = nameSpot(shapes, { wide: SIZE, high: SIZE }, size, taken)
  if (at) taken.push({ ...at, ...size })
  const d = shapes.map((ring) => `M${ring.join(' ')}Z`).join('')
  return [{ name, d, at: at && { x: whole(at.x), y: whole(at.y + 7) } }]
}
