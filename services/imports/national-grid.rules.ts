import proj4 from 'proj4'
import type { Point } from '#services/kernel/geo.ts'

/**
 * British National Grid (EPSG:27700) with Ordnance Survey's published seven-parameter shift from Airy 1830 to
 * WGS84 ("A guide to coordinate systems in Great Britain", section 6.6; also EPSG transformation 1314).
 * Measured on OS's own 40 OSTN15 test points: at worst 4.92 m (St Kilda), in England 4.72 m (Scilly) and
 * mostly under 2.5 m. OSTN15 itself would be exact and is a 15 MB grid; a postcode's centre does not need it.
 */
const NATIONAL_GRID =
  '+proj=tmerc +lat_0=49 +lon_0=-2 +k=0.9996012717 +x_0=400000 +y_0=-100000 +ellps=airy ' +
  '+towgs84=446.448,-125.157,542.06,0.15,0.247,0.842,-20.489 +units=m +no_defs'
const converter = proj4(NATIONAL_GRID, 'WGS84')

/** Metres; the sea around Great Britain included. Irish Grid figures of Northern Ireland cannot be told apart by size. */
const GRID = { east: 700_000, north: 1_300_000 }
/** WGS84, the United Kingdom with its islands. */
const UNITED_KINGDOM = { south: 49.8, north: 60.95, west: -8.7, east: 1.85 }

export interface GridPosition {
  easting: number
  northing: number
}

/** True inside the grid. 0, 0 is what publishers write for "no position", not a place in the Atlantic. */
export function onTheGrid({ easting, northing }: GridPosition): boolean {
  if (!Number.isFinite(easting) || !Number.isFinite(northing)) return false
  if (easting === 0 && northing === 0) return false
  return easting >= 0 && easting <= GRID.east && northing >= 0 && northing <= GRID.north
}

export function inTheUnitedKingdom({ lat, lon }: Point): boolean {
  return (
    lat >= UNITED_KINGDOM.south &&
    lat <= UNITED_KINGDOM.north &&
    lon >= UNITED_KINGDOM.west &&
    lon <= UNITED_KINGDOM.east
  )
}

/** Metres on the National Grid to degrees WGS84, within 5 m; null off the grid. */
export function fromNationalGrid(position: GridPosition): Point | null {
  if (!onTheGrid(position)) return null
  const [lon, lat] = converter.forward([position.easting, position.northing])
  return lat === undefined || lon === undefined ? null : { lat, lon }
}

/** The other way, for checks. */
export function toNationalGrid({ lat, lon }: Point): GridPosition {
  const [easting, northing] = converter.inverse([lon, lat])
  return { easting: easting ?? Number.NaN, northing: northing ?? Number.NaN }
}
