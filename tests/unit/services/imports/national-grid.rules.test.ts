import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  fromNationalGrid,
  inTheUnitedKingdom,
  onTheGrid,
  toNationalGrid,
} from '#services/imports/national-grid.rules.ts'
import { metresBetween } from '#services/kernel/geo.ts'

/** Ordnance Survey's published OSTN15 test points: name, latitude, longitude (ETRS89), easting, northing. */
const ORDNANCE_SURVEY: [string, number, number, number, number][] = [
  ["St Mary's, Scilly", 49.92226394, -6.29977752, 91492.146, 11318.804],
  ['Lizard Point', 49.96006138, -5.2030461, 170370.718, 11572.405],
  ['Plymouth', 50.43885826, -4.10864564, 250359.811, 62016.569],
  ["St Catherine's Point", 50.57563665, -1.29782277, 449816.371, 75335.861],
  ['Southampton', 50.93127938, -1.45051434, 438710.92, 114792.25],
  ['Nash Point', 51.4007822, -3.55128349, 292184.87, 168003.465],
  ['North Foreland', 51.37447026, 1.4445473, 639821.835, 169565.858],
  ['Brislington', 51.42754743, -2.54407618, 362269.991, 169978.69],
  ['Lambeth', 51.48936565, -0.11992557, 530624.974, 178388.464],
  ['Carmarthen', 51.85890896, -4.30852477, 241124.584, 220332.641],
  ['Colchester', 51.89436637, 0.89724327, 599445.59, 225722.826],
  ['Droitwich', 52.25529382, -2.15458614, 389544.19, 261912.153],
  ['Northampton', 52.25160951, -0.91248957, 474335.969, 262047.755],
  ["King's Lynn", 52.75136687, 0.40153547, 562180.547, 319784.995],
  ['Nottingham', 52.96219109, -1.19747656, 454002.834, 340834.943],
  ['Daresbury', 53.3448028, -2.64049321, 357455.843, 383290.436],
  ['Blackpool', 53.77911026, -3.04045491, 331534.564, 431920.794],
  ['Leeds', 53.8002152, -1.66379168, 422242.186, 433818.701],
  ['Isle of Man', 54.32919541, -4.38849118, 244780.636, 495254.887],
  ['Flamborough Head', 54.11685144, -0.07773133, 525745.67, 470703.214],
  ['Carlisle', 54.8954234, -2.93827741, 339921.145, 556034.761],
  ['Newcastle', 54.97912274, -1.61657685, 424639.355, 565012.703],
  ['Edinburgh', 55.92478266, -3.29479219, 319188.434, 670947.534],
  ['St Kilda', 57.81351838, -8.57854456, 9587.909, 899448.996],
  ['Shetland', 60.13308092, -2.07382823, 395999.668, 1138728.951],
]

/** Places as their publishers give them both ways (ONS Postcode Directory; OS OpenData), to their own rounding. */
const PUBLISHED: [string, number, number, number, number][] = [
  ['Oldham, a postcode', 53.5165882, -2.1430049, 390615, 402222],
  ["Land's End, its outcode", 50.10009, -5.63088, 140445, 28537],
  ['Berwick-upon-Tweed, its outcode', 55.74795, -2.01436, 399197, 650509],
  ['Lowestoft, its outcode', 52.45433, 1.71687, 652633, 290540],
]

describe('from the National Grid to latitude and longitude', () => {
  test.each(ORDNANCE_SURVEY)('%s is within 5 metres', (_name, lat, lon, easting, northing) => {
    const point = fromNationalGrid({ easting, northing })
    expect(point && metresBetween(point, { lat, lon })).toBeLessThan(5)
  })

  test.each(PUBLISHED)('%s agrees with its publisher', (_name, lat, lon, easting, northing) => {
    const point = fromNationalGrid({ easting, northing })
    expect(point && metresBetween(point, { lat, lon })).toBeLessThan(1.5)
  })

  test('there and back is the same place to two centimetres', () => {
    const metres = fc.record({
      easting: fc.double({ min: 80_000, max: 660_000, noNaN: true }),
      northing: fc.double({ min: 5_000, max: 1_220_000, noNaN: true }),
    })
    fc.assert(
      fc.property(metres, (position) => {
        const point = fromNationalGrid(position)
        if (!point) throw new Error('the grid has no such place')
        const back = toNationalGrid(point)
        expect(Math.hypot(back.easting - position.easting, back.northing - position.northing)).toBeLessThan(
          0.02,
        )
      }),
    )
  })

  test.each([
    ['no position, as publishers write it', { easting: 0, northing: 0 }],
    ['east of the grid', { easting: 700_001, northing: 400_000 }],
    ['north of Shetland', { easting: 400_000, northing: 1_300_001 }],
    ['below zero', { easting: -1, northing: 400_000 }],
    ['not a number', { easting: Number.NaN, northing: 400_000 }],
    ['without end', { easting: Number.POSITIVE_INFINITY, northing: 400_000 }],
  ])('%s is nowhere', (_name, position) => {
    expect(onTheGrid(position)).toBe(false)
    expect(fromNationalGrid(position)).toBeNull()
  })

  test.each([
    ['Oldham', { lat: 53.54, lon: -2.11 }, true],
    ['Belfast', { lat: 54.6, lon: -5.93 }, true],
    ['Paris', { lat: 48.86, lon: 2.35 }, false],
    ['latitude and longitude the wrong way round', { lat: -2.11, lon: 53.54 }, false],
    ['not a number', { lat: Number.NaN, lon: 0 }, false],
  ])('%s: in the United Kingdom or not', (_name, point, expected) => {
    expect(inTheUnitedKingdom(point)).toBe(expected)
  })
})
