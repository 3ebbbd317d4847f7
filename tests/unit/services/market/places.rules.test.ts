import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { METRES_IN_A_MILE, metresBetween } from '#services/kernel/geo.ts'
import { distances, medianReach, reachFrom } from '#services/market/distance.rules.ts'
import type { OfferFact, PlaceFacts } from '#services/market/facts.ts'
import { gapMap, stepFor } from '#services/market/gap-map.rules.ts'
import { gaps, gapsByArea, holdersOf } from '#services/market/gaps.rules.ts'

const MILE = METRES_IN_A_MILE
/** A mile north is 1 / 69.09 of a degree on the kernel's sphere. */
const north = (miles: number): number => 53 + (miles * MILE) / ((Math.PI / 180) * 6_371_008.8)
const offer = (providerId: string, miles: number, radius: number | null = null): OfferFact => ({
  providerId,
  category: 'help_at_home',
  lat: north(miles),
  lon: -2,
  radiusMetres: radius === null ? null : radius * MILE,
})
const here = { lat: 53, lon: -2 }

describe('the third nearest option', () => {
  test('counts providers, each by its nearest offer', () => {
    const reach = reachFrom(here, [offer('a', 1), offer('a', 2), offer('b', 3), offer('c', 4), offer('c', 9)])
    expect(reach.providers).toBe(3)
    expect((reach.third ?? 0) / MILE).toBeCloseTo(4, 6)
  })
  test('one that comes to people counts only as far as it goes', () => {
    expect(reachFrom(here, [offer('a', 1), offer('b', 1), offer('c', 4, 3)])).toEqual({
      providers: 2,
      third: null,
    })
    expect(reachFrom(here, [offer('a', 1), offer('b', 1), offer('c', 4, 5)]).providers).toBe(3)
  })
  test('is never nearer for having fewer offers', () => {
    const some = fc.array(
      fc.tuple(fc.constantFrom('a', 'b', 'c', 'd', 'e'), fc.double({ min: 0, max: 20, noNaN: true })),
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(some, (list) => {
        const all = list.map(([id, miles]) => offer(id, miles))
        expect(reachFrom(here, all.slice(1)).third ?? Infinity).toBeGreaterThanOrEqual(
          reachFrom(here, all).third ?? Infinity,
        )
      }),
    )
  })
  test('the middle of the areas: one without is further than any', () => {
    expect(medianReach([3, 1, 2])).toBe(2)
    expect(medianReach([1, 2, 3, 4])).toBe(2.5)
    expect(medianReach([1, 2, null])).toBe(2)
    expect(medianReach([1, null, null])).toBeNull()
    expect(medianReach([1, null])).toBeNull()
    expect(medianReach([])).toBeNull()
  })
})

describe('the tables of distance', () => {
  const places: PlaceFacts = {
    councilName: 'Aldermere Council',
    wards: [0, 1, 2].map((miles) => ({
      id: `w${String(miles)}`,
      name: `Ward ${String(miles)}`,
      lat: north(miles),
      lon: -2,
    })),
    categories: [
      { code: 'help_at_home', name: 'Help at home' },
      { code: 'nights', name: 'Nights' },
    ],
  }
  const offers = [offer('a', 0), offer('b', 0), offer('c', 5)]
  const cell = (table: ReturnType<typeof distances>['byKind'], row: string, column: string) =>
    table.rows.find(({ key }) => key === row)?.cells[column]
  test('by kind: the middle of the areas, the shortest and the longest', () => {
    const { byKind, lead } = distances(offers, places, { by: 'all' })
    // The third nearest is the one at mile 5: 5, 4 and 3 miles from the three areas.
    expect(
      ['middle', 'least', 'most', 'without'].map((key) => cell(byKind, 'help_at_home', key)?.csv),
    ).toEqual(['4.0', '3.0', '5.0', '0'])
    expect(cell(byKind, 'nights', 'middle')).toMatchObject({ text: 'fewer than 3', hidden: true })
    expect(cell(byKind, 'nights', 'without')?.csv).toBe('3')
    expect(lead).toBe('1 of 2 kinds of support have fewer than 3 providers in reach in most areas.')
  })
  test('by area, for one kind of support', () => {
    const { byArea } = distances(offers, places, { by: 'category', category: 'help_at_home' })
    expect(['w0', 'w1', 'w2'].map((ward) => cell(byArea, ward, 'middle')?.csv)).toEqual(['5.0', '4.0', '3.0'])
  })
  test('by kind, for one area', () => {
    const { byKind } = distances(offers, places, { by: 'ward', ward: 'w2' })
    expect(cell(byKind, 'help_at_home', 'middle')?.csv).toBe('3.0')
    expect(byKind.caption).toContain('Ward 2')
  })
})

describe('the map of gaps', () => {
  const wards = ['a', 'b', 'c', 'd'].map((id, i) => ({ id, name: id.toUpperCase(), lat: 53 + i, lon: -2 }))
  const tableOf = (counts: Record<string, number>) =>
    gapsByArea(
      {
        unmet: gaps(
          Object.entries(counts).map(([ward, count]) => ({
            ward,
            category: 'x',
            month: 11,
            count,
            person: null,
          })),
          3,
        ),
        unanswered: gaps([], 3),
        holders: holdersOf(wards.map(({ id }) => ({ ward: id, people: 100 }))),
        wards,
        categories: [{ code: 'x', name: 'X' }],
        periodWords: 'now',
      },
      null,
    )
  test('hatches exactly what the table hides, and says no more than the table', () => {
    const table = tableOf({ a: 2, b: 7, c: 40, d: 60 })
    const hidden = wards.map(
      ({ id }) => table.rows.find(({ key }) => key === id)?.cells['searchRate']?.hidden,
    )
    // Two areas are hidden, so that the smaller cannot be worked out from the total.
    expect(hidden).toEqual([true, true, false, false])
    expect(gapMap(table, wards)?.areas.map(({ shade }) => shade === null)).toEqual(hidden)
    expect(JSON.stringify(gapMap(table, wards))).not.toMatch(/"(?:20|70|2|7)"/)
  })
  test('is not drawn for one figure alone', () => {
    expect(gapMap(tableOf({ a: 2, b: 3, c: 4, d: 60 }), wards)).toBeNull()
  })
  test('shades by round steps', () => {
    const more = gapMap(tableOf({ a: 12, b: 7, c: 40, d: 9 }), wards)
    expect(more?.areas.map(({ display, shade }) => [display, shade])).toEqual([
      ['120', 1],
      ['70', 0],
      ['400', 3],
      ['90', 0],
    ])
    expect(more?.shades).toEqual(['Under 100', '100 to 199', '200 to 299', '300 and over'])
  })
  test('the highest figure is dark, whatever it is', () => {
    fc.assert(
      fc.property(fc.integer({ min: 3, max: 40_000 }), (most) => {
        expect(Math.floor(most / stepFor(most))).toBeGreaterThanOrEqual(3)
      }),
    )
  })
})

test('distance between two middles is that of the kernel', () => {
  expect(metresBetween(here, { lat: north(1), lon: -2 })).toBeCloseTo(MILE, 6)
})
