/** Degrees, WGS84. */
export interface Point {
  lat: number
  lon: number
}

/** IUGG mean radius. */
export const EARTH_METRES = 6_371_008.8
export const METRES_IN_A_MILE = 1_609.344

const hundredths = (degrees: number): number => Math.round(degrees * 100) / 100
/** To about a kilometre: enough to search around, too little to find a door. */
export const roughly = ({ lat, lon }: Point): Point => ({ lat: hundredths(lat), lon: hundredths(lon) })

const radians = (degrees: number): number => (degrees * Math.PI) / 180

/** Great-circle distance in metres (haversine). */
export function metresBetween(a: Point, b: Point): number {
  const dLat = radians(b.lat - a.lat)
  const dLon = radians(b.lon - a.lon)
  const h =
    Math.sin(dLat / 2) ** 2 + Math.cos(radians(a.lat)) * Math.cos(radians(b.lat)) * Math.sin(dLon / 2) ** 2
  return 2 * EARTH_METRES * Math.asin(Math.min(1, Math.sqrt(h)))
}

/** A point on the unit sphere, as PostgreSQL's `cube` stores it: '(x, y, z)'. */
export function unitVector({ lat, lon }: Point): [number, number, number] {
  const cosLat = Math.cos(radians(lat))
  return [cosLat * Math.cos(radians(lon)), cosLat * Math.sin(radians(lon)), Math.sin(radians(lat))]
}

/** Straight line through the unit sphere for an arc of `metres`, for index searches. */
export const chord = (metres: number): number => 2 * Math.sin(Math.min(Math.PI, metres / EARTH_METRES) / 2)
export const metresOfChord = (length: number): number => 2 * EARTH_METRES * Math.asin(Math.min(1, length / 2))

/** '0.6 miles'; under a tenth of a mile 'less than 0.1 miles'. */
export function miles(metres: number): string {
  const value = metres / METRES_IN_A_MILE
  if (value < 0.1) return 'less than 0.1 miles'
  const text = value < 10 ? value.toFixed(1) : String(Math.round(value))
  return `${text} ${text === '1.0' || text === '1' ? 'mile' : 'miles'}`
}

/** 'OL1 1AA' from 'ol11aa'; null when it has not the shape of a full postcode. */
export function normalisePostcode(text: string): string | null {
  const clean = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  const match = /^([A-Z]{1,2}\d[A-Z\d]?)(\d[A-Z]{2})$/.exec(clean)
  return match ? `${match[1] ?? ''} ${match[2] ?? ''}` : null
}
/** 'OL1' from 'ol1'; null when it has not the shape of an outcode. */
export function normaliseOutcode(text: string): string | null {
  const clean = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]/g, '')
  return /^[A-Z]{1,2}\d[A-Z\d]?$/.test(clean) ? clean : null
}
