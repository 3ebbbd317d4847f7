import { metresBetween, normaliseOutcode, normalisePostcode, type Point } from '#services/kernel/geo.ts'
import { fromNationalGrid, inTheUnitedKingdom } from './national-grid.rules.ts'
import type { SkipReason } from './skipped.ts'

export interface PostcodeRow {
  kind: 'postcode'
  postcode: string
  outcode: string
  lat: number
  lon: number
  /** GSS code of the district, when the file gives one. */
  districtCode: string | null
  /** No longer used by the Royal Mail; still where it was. */
  terminated: boolean
}
export interface OutcodeRow {
  kind: 'outcode'
  outcode: string
  lat: number
  lon: number
  postcodes: number
  district: string | null
}
export type Read<Row> = { row: Row } | { why: SkipReason; detail?: string }

/**
 * How to read one of the three published files. Code-Point Open has no header: its columns are fixed
 * (postcode, quality, easting, northing, country, NHS region, NHS area, county, district, ward).
 */
export type PostcodeFormat =
  | { name: 'Code-Point Open'; columns: 10 }
  | { name: 'ONS Postcode Directory'; columns: number; at: DirectoryColumns }
  | { name: 'outcode centroids'; columns: number; at: OutcodeColumns }

interface Position {
  lat: number
  lon: number
  easting: number
  northing: number
}
/** Where a column is; -1 when the file has not got it. */
interface DirectoryColumns extends Position {
  postcode: number
  ended: number
  district: number
}
interface OutcodeColumns extends Position {
  outcode: number
  postcodes: number
  district: number
}

const AREA_CODE = /^[ENSWJLMK]\d{8}$/
/** Pseudo codes that stand for "none" in ONS files. */
const NO_AREA = /^[A-Z]9999999\d$/
/** Columns that are both given should name one spot; this is far beyond rounding. */
const AGREE_METRES = 1_000

/** Says which file a line belongs to, or null when it tells nothing (a preamble, a heading of another file). */
export function recognisePostcodeFile(cells: readonly string[]): PostcodeFormat | null {
  const names = cells.map((cell) => cell.trim().toLowerCase())
  const find = (...patterns: RegExp[]): number => {
    for (const pattern of patterns) {
      const index = names.findIndex((name) => pattern.test(name))
      if (index >= 0) return index
    }
    return -1
  }
  const position = {
    lat: find(/^lat(itude)?$/),
    lon: find(/^(long|lng|lon|longitude)$/),
    easting: find(/^(oseast1m|east1m|eastings?)$/),
    northing: find(/^(osnrth1m|north1m|northings?)$/),
  }
  const placed = (position.lat >= 0 && position.lon >= 0) || (position.easting >= 0 && position.northing >= 0)
  const outcode = find(/^outcode$/)
  if (outcode >= 0 && placed) {
    const at = {
      ...position,
      outcode,
      postcodes: find(/^postcodes$/),
      district: find(/^main_district/, /^lad\d\dcd$/),
    }
    return { name: 'outcode centroids', columns: cells.length, at }
  }
  const postcode = find(/^pcds$/, /^pcd$/, /^pcd2$/, /^pcd[78]$/)
  if (postcode >= 0 && placed) {
    const at = {
      ...position,
      postcode,
      ended: find(/^doterm$/),
      district: find(/^(os)?laua$/, /^lad\d\dcd$/),
    }
    return { name: 'ONS Postcode Directory', columns: cells.length, at }
  }
  const [first = '', quality = '', easting = '', northing = ''] = cells
  const numbers = [quality, easting, northing].every((cell) => /^\d+$/.test(cell.trim()))
  if (cells.length === 10 && numbers && normalisePostcode(first))
    return { name: 'Code-Point Open', columns: 10 }
  return null
}

/** One line of the recognised file as a row to keep, or why not. */
export function readPostcodeCells(
  format: PostcodeFormat,
  cells: readonly string[],
): Read<PostcodeRow | OutcodeRow> {
  if (cells.length !== format.columns)
    return { why: 'wrong_columns', detail: `${String(cells.length)}, not ${String(format.columns)}` }
  switch (format.name) {
    case 'Code-Point Open':
      return readPostcode(
        { postcode: 0, easting: 2, northing: 3, lat: -1, lon: -1, district: 8, ended: -1 },
        cells,
      )
    case 'ONS Postcode Directory':
      return readPostcode(format.at, cells)
    case 'outcode centroids':
      return readOutcode(format.at, cells)
  }
}

function readPostcode(at: DirectoryColumns, cells: readonly string[]): Read<PostcodeRow> {
  const text = cell(cells, at.postcode)
  if (text === '') return { why: 'no_postcode' }
  const postcode = normalisePostcode(text)
  if (!postcode) return isHeading(text) ? { why: 'heading' } : { why: 'bad_postcode' }
  // Northern Ireland's eastings are on the Irish Grid, Jersey's and Guernsey's on grids of their own.
  const irish = /^(BT|JE|GY)/.test(postcode)
  const point = readPosition(irish ? { ...at, easting: -1, northing: -1 } : at, cells)
  if ('why' in point) return point
  return {
    row: {
      kind: 'postcode',
      postcode,
      outcode: postcode.slice(0, postcode.indexOf(' ')),
      ...point,
      districtCode: areaCode(cell(cells, at.district)),
      terminated: cell(cells, at.ended) !== '',
    },
  }
}

function readOutcode(at: OutcodeColumns, cells: readonly string[]): Read<OutcodeRow> {
  const text = cell(cells, at.outcode)
  if (text === '') return { why: 'no_postcode' }
  const outcode = normaliseOutcode(text)
  if (!outcode) return isHeading(text) ? { why: 'heading' } : { why: 'bad_postcode' }
  const point = readPosition(outcode.startsWith('BT') ? { ...at, easting: -1, northing: -1 } : at, cells)
  if ('why' in point) return point
  const count = cell(cells, at.postcodes)
  return {
    row: {
      kind: 'outcode',
      outcode,
      ...point,
      postcodes: /^\d{1,6}$/.test(count) ? Number(count) : 0,
      district: areaCode(cell(cells, at.district)),
    },
  }
}

function readPosition(at: Position, cells: readonly string[]): Point | { why: SkipReason } {
  const lat = cell(cells, at.lat)
  const lon = cell(cells, at.lon)
  const easting = cell(cells, at.easting)
  const northing = cell(cells, at.northing)
  // Latitude 99.999999 is how the ONS writes "none"; 0, 0 and empty are how the others do.
  const none = lat === '' || lon === '' || number(lat) > 99 || (number(lat) === 0 && number(lon) === 0)
  const degrees = none ? null : { lat: number(lat), lon: number(lon) }
  const metres = [easting, northing].every((text) => /^0*$/.test(text))
    ? null
    : { easting: number(easting), northing: number(northing) }
  if (!degrees && !metres) return { why: 'no_position' }
  const converted = metres && fromNationalGrid(metres)
  if (!degrees) return converted && inTheUnitedKingdom(converted) ? converted : { why: 'bad_position' }
  if (!inTheUnitedKingdom(degrees)) return { why: 'bad_position' }
  if (metres && (!converted || metresBetween(degrees, converted) > AGREE_METRES))
    return { why: 'positions_disagree' }
  return degrees
}

const cell = (cells: readonly string[], index: number): string =>
  index < 0 ? '' : (cells[index] ?? '').trim()
/** Metres or degrees in plain decimals; anything else, the empty text too, is no number at all. */
const number = (text: string): number => (/^-?\d{1,9}(\.\d+)?$/.test(text) ? Number(text) : Number.NaN)
const isHeading = (text: string): boolean => /^(pc|pcds?|pcd[278]|postcodes?|outcode)$/i.test(text)
const areaCode = (text: string): string | null => (AREA_CODE.test(text) && !NO_AREA.test(text) ? text : null)
