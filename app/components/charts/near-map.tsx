import { round1 } from './scale.ts'

export interface NearPin {
  /** The number on the result's card. */
  n: number
  lat: number
  lon: number
}
export interface NearMapProps {
  /** What was searched near. */
  centre: { lat: number; lon: number; name: string }
  pins: readonly NearPin[]
  /** The picture in words; the list beside it is the same information. */
  label: string
}

const SIZE = 460
const MIDDLE = SIZE / 2
/** Pins stay inside so that their heads are whole. */
const REACH = 190
const MILES_PER_DEGREE = 69.055
/** The outer ring is the first that holds every pin; the inner is half of it. */
const RINGS = [0.5, 1, 2, 3, 4, 6, 8, 12, 16, 24, 32, 64, 128, 256, 512]

/**
 * Where results lie about a place: distance and direction only, drawn without a map's data, so nothing about
 * a search leaves the site. Rings are miles.
 */
export function NearMap({ centre, pins, label }: NearMapProps) {
  const placed = pins.map((pin) => ({
    n: pin.n,
    east: (pin.lon - centre.lon) * MILES_PER_DEGREE * Math.cos((centre.lat * Math.PI) / 180),
    north: (pin.lat - centre.lat) * MILES_PER_DEGREE,
  }))
  const furthest = Math.max(0.4, ...placed.map((pin) => Math.hypot(pin.east, pin.north)))
  const outer = RINGS.find((ring) => ring >= furthest) ?? Math.ceil(furthest)
  const scale = REACH / outer
  const rings = [outer / 2, outer]
  const spots = placed.map((pin) => ({
    n: pin.n,
    x: round1(MIDDLE + pin.east * scale),
    y: round1(MIDDLE - pin.north * scale),
  }))
  const title = freePlace(centre.name, spots)
  return (
    <svg className="chart near" viewBox={`0 0 ${String(SIZE)} ${String(SIZE)}`} role="img" aria-label={label}>
      <circle className="land" cx={MIDDLE} cy={MIDDLE} r={REACH + 24} />
      {rings.map((ring) => (
        <g key={ring}>
          <circle className="ward" cx={MIDDLE} cy={MIDDLE} r={round1(ring * scale)} />
          <text className="sub" x={MIDDLE} y={round1(MIDDLE + ring * scale - 10)} textAnchor="middle">
            {ring === 1 ? '1 mile' : `${String(ring)} miles`}
          </text>
        </g>
      ))}
      <circle className="mark" cx={MIDDLE} cy={MIDDLE} r="10" />
      <text className="b" x={title.x} y={title.y} textAnchor="middle">
        {centre.name}
      </text>
      {[...spots].reverse().map(({ n, x, y }) => (
        <g key={n}>
          <path
            className="pin-shape"
            d={`M${String(x)} ${String(y)}c-4 -13 -20 -17 -20 -33a20 20 0 0 1 40 0c0 16 -16 20 -20 33Z`}
          />
          <text className="pin-n" x={x} y={y - 25}>
            {n}
          </text>
        </g>
      ))}
    </svg>
  )
}

/** Where the name of the middle stands: under it, over it or beside it, wherever the fewest pins would cover it. */
function freePlace(name: string, pins: readonly { x: number; y: number }[]): { x: number; y: number } {
  const half = name.length * 6.5
  const covered = ({ x, y }: { x: number; y: number }): number =>
    pins.filter((pin) => Math.abs(pin.x - x) < half + 22 && pin.y - 55 < y + 6 && pin.y > y - 20).length
  const places = [
    { x: MIDDLE, y: MIDDLE + 36 },
    { x: MIDDLE, y: MIDDLE - 22 },
    { x: MIDDLE + half + 20, y: MIDDLE + 8 },
    { x: MIDDLE - half - 20, y: MIDDLE + 8 },
    { x: MIDDLE, y: MIDDLE + 62 },
    { x: MIDDLE, y: MIDDLE - 80 },
  ]
  return places.reduce((best, place) => (covered(place) < covered(best) ? place : best))
}
