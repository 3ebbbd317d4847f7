import { expect, test } from 'vitest'
import { EVERYTHING } from '#tests/support/searched-market.ts'
import { ENTRIES, type SearchWorld } from '#tests/support/search-worlds.ts'
import { searchRules } from '#services/discovery/search-rules.ts'
import { metresBetween, type Point } from '#services/kernel/geo.ts'
import { objectOf } from '#services/adapters/search/algolia-records.ts'
import { cellsAt, cellsWithin } from '#services/adapters/search/reach-cells.ts'

/** The whole of a card, and what it is found, counted and ranked by: anything more has to be thought about here first. */
const IN_A_RECORD = new Set(
  `objectID card title about summary more category kind setting for day regulated size language access checked worker open per max reach
  pricePence priceOrder nextFreeMinute experience foundUntil steadyScore facts layout _geoloc`.split(/\s+/),
)
const ON_A_CARD = new Set(
  `entryKind slug title summary category setting providerName providerSlug providerId providerKind regulated free bookable pricePence priceUnit
  nextFreeAt comesToYou experience experienceCount newestReviewAt rating ratingDate ratingSource placeName point listedAt confirmedAt`.split(
    /\s+/,
  ),
)

export function whatLeavesTheHouse(world: () => SearchWorld): void {
  test('of an entry: its card and what it is found by, and no more', () => {
    const { seen } = world().fake
    const sent = seen.filter(({ path }) => path.endsWith('/batch') && !path.includes('synonyms'))
    expect(sent.length).toBeGreaterThan(0)
    for (const { body } of sent)
      for (const { body: record } of (body as { requests: { body: Record<string, object> }[] }).requests) {
        expect(Object.keys(record).filter((name) => !IN_A_RECORD.has(name))).toEqual([])
        expect(Object.keys(record['card'] ?? {}).filter((name) => !ON_A_CARD.has(name))).toEqual([])
      }
  })
  test('where those who come to people start from, to about a kilometre', () => {
    const home = { lat: 53.551_234, lon: -2.117_891 }
    const mover = ENTRIES.find(({ comesToYou }) => comesToYou)
    const venue = ENTRIES.find(({ setting }) => setting === 'at_venue')
    if (!mover || !venue) throw new Error('the market has neither')
    const now = searchRules.momentOf(world().house.clock.now().epochMilliseconds)
    const sentFor = (entry: typeof mover) =>
      objectOf(searchRules.elsewhere.recordOf({ ...entry, point: home, radiusMetres: 9_000 }, now))
    const record = sentFor(mover)
    expect(JSON.stringify(record)).not.toMatch(/53\.551|2\.117/)
    expect(record['_geoloc']).toEqual({ lat: 53.55, lng: -2.12 })
    // Nor can it be worked out of how far they come: that is measured from the rounded place.
    expect(record['reach']).toEqual(cellsWithin({ lat: 53.55, lon: -2.12 }, 9_000))
    // A venue is where everybody goes.
    expect(sentFor(venue)['_geoloc']).toEqual({ lat: home.lat, lng: home.lon })
  })
  test('of a search: the words that matter and a place to about a kilometre, and nothing of who asks', async () => {
    const { fake, algolia, house } = world()
    const before = fake.seen.length
    const exact: Point = { lat: 53.547_812, lon: -2.103_377 }
    await algolia.find(
      {
        ...EVERYTHING,
        text: 'somebody to sit with my mum',
        near: { point: exact, label: '14 Mill Lane, OL1 1AA' },
      },
      house.clock.now(),
    )
    const sent = fake.seen.slice(before)
    expect(sent.length).toBeGreaterThan(0)
    const all = JSON.stringify(sent)
    expect(all).not.toMatch(/Mill Lane|OL1|53\.547|2\.103|somebody|mum/)
    expect(all).not.toMatch(/user-?token|forwarded|x-real-ip|cookie|referer|analyticsTags/i)
    for (const { path, body } of sent) {
      if (!path.endsWith('/queries')) continue
      for (const request of (body as { requests: Record<string, unknown>[] }).requests)
        expect(request).toMatchObject({
          analytics: false,
          clickAnalytics: false,
          enablePersonalization: false,
          enableABTest: false,
          ...(request['aroundLatLng'] !== undefined && { aroundLatLng: '53.55,-2.10' }),
        })
    }
  })
  test('searches go with the key that may only search, everything else with the other', () => {
    for (const { path, headers } of world().fake.seen)
      expect(headers['x-algolia-api-key']).toBe(
        /\/(queries|objects)$/.test(path) ? 'searchsearchsearch' : 'adminadminadmin',
      )
  })
  test('what the rounding does: within is right to 1.3 km at the edge, for those who come and for where people go', async () => {
    const { algolia, house } = world()
    const exact: Point = { lat: 53.564_9, lon: -2.084_9 }
    const within = 9_000
    const { hits } = await algolia.find(
      { ...EVERYTHING, near: { point: exact, label: '' }, withinMetres: within, perPage: 1_000 },
      house.clock.now(),
    )
    const found = new Set(hits.map(({ id }) => id))
    const answer = await world().postgres.find(
      { ...EVERYTHING, near: { point: exact, label: '' }, withinMetres: within, perPage: 1_000 },
      house.clock.now(),
    )
    const here = new Set(answer.hits.map(({ id }) => id))
    const differing = ENTRIES.filter(({ id }) => found.has(id) !== here.has(id))
    for (const { point, comesToYou, radiusMetres } of differing) {
      if (!point) throw new Error('what happens online is found by both')
      const edge = comesToYou ? (radiusMetres ?? 0) : within
      expect(Math.abs(metresBetween(point, exact) - edge)).toBeLessThan(1_300)
    }
    expect(differing.length).toBeLessThan(here.size / 10)
  })
  test.each([500, 2_000, 16_000, 60_000, 500_000])('circles of %i metres as squares', (metres) => {
    const centre = { lat: 53.55, lon: -2.1 }
    const cells = new Set(cellsWithin(centre, metres))
    expect(cells.size).toBeLessThanOrEqual(300)
    for (const degrees of [0, 37, 90, 144, 201, 270, 333]) {
      const at = (part: number): Point => {
        const turn = (degrees * Math.PI) / 180
        const metresOfADegree = 111_195
        const lat = centre.lat + (Math.cos(turn) * metres * part) / metresOfADegree
        const lon =
          centre.lon + (Math.sin(turn) * metres * part) / metresOfADegree / Math.cos((lat * Math.PI) / 180)
        return { lat, lon }
      }
      const inside = (point: Point) => cellsAt(point).some((cell) => cells.has(cell))
      const slack = Math.max(0.08, 900 / metres)
      if (slack < 1) expect(inside(at(1 - slack))).toBe(true)
      expect(inside(at(1 + slack))).toBe(false)
    }
  })
}
