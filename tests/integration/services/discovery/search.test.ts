import { describe, expect, test } from 'vitest'
import { priceSteps } from '#services/discovery/facet-counts.rules.ts'
import { unitNumber } from '#services/discovery/vocabulary.ts'
import { metresBetween } from '#services/kernel/geo.ts'
import type { SearchQuery } from '#services/ports/search.ts'
import { useHouse } from '#tests/support/house.ts'
import { CENTRE, MARKET, matching, NOW, useMarket } from '#tests/support/searched-market.ts'

const house = useHouse()
const { find, ids } = useMarket(house)

/** Days since 1970. */
const TODAY = Math.floor(NOW / 86_400_000)

const QUESTIONS: readonly [string, Partial<SearchQuery>][] = [
  ['everything', {}],
  ['two categories', { categories: ['nursing', 'transport'] }],
  ['a kind and a day', { kinds: ['charity'], days: [2] }],
  ['a setting for an audience', { settings: ['at_home', 'online'], audiences: ['dementia', 'autism'] }],
  ['regulated', { regulated: true }],
  ['not regulated, under £20', { regulated: false, maxPence: 2_000 }],
  ['free', { maxPence: 0 }],
  ['at most £30 an hour', { maxPence: 3_000 }],
  ['priced by the session', { per: 'session' }],
  [
    'at most £20 a session, of two kinds',
    { per: 'session', maxPence: 2_000, kinds: ['charity', 'micro_enterprise'] },
  ],
  ['small, and it takes new people', { sizes: ['one', 'two_to_nine'], open: true }],
  ['in either of two languages', { languages: ['polish', 'british_sign_language'] }],
  ['no steps and a toilet', { access: ['step_free', 'accessible_toilet'] }],
  ['checked twice over, a woman comes', { checks: ['dbs', 'insurance'], workers: ['woman'] }],
  ['free for an hour, some day', { hours: { from: 10, until: 11, all: true, startingDay: TODAY } }],
  [
    'free on Tuesdays, 10 to 12',
    { days: [2], hours: { from: 10, until: 12, all: true, startingDay: TODAY } },
  ],
  [
    'free on Tuesdays or Fridays, 2 to 4, from next month on',
    { days: [2, 5], hours: { from: 14, until: 16, all: true, startingDay: TODAY + 29 } },
  ],
  [
    'free at all on Sundays, from later than is known',
    { days: [7], hours: { from: 0, until: 24, all: false, startingDay: TODAY + 400 } },
  ],
  [
    'what a fund pays for',
    {
      fund: {
        allowed: ['nursing', 'wellbeing', 'transport'],
        refused: ['transport'],
        accreditedOnly: false,
        ceilingPence: 2_500,
      },
    },
  ],
  [
    'accredited only',
    { fund: { allowed: [], refused: ['nights'], accreditedOnly: true, ceilingPence: null } },
  ],
  ['near', { near: { point: CENTRE, label: 'here' } }],
  ['very near', { near: { point: CENTRE, label: 'here' }, withinMetres: 1_500 }],
  [
    'far, on a weekend, of two kinds',
    {
      near: { point: { lat: 53.7, lon: -2.4 }, label: 'there' },
      withinMetres: 30_000,
      days: [6, 7],
      kinds: ['cooperative', 'micro_enterprise'],
    },
  ],
  [
    'everything at once',
    {
      near: { point: CENTRE, label: 'here' },
      categories: ['nights', 'meals_delivered', 'wellbeing', 'advocacy'],
      settings: ['at_home', 'in_community', 'at_venue'],
      days: [1, 3, 5],
      maxPence: 3_000,
      regulated: false,
    },
  ],
]

describe('what fits', () => {
  test.each(QUESTIONS)('%s: exactly those that a person would count', async (_name, query) => {
    const expected = matching(query).map(({ id }) => id)
    expect((await ids(query)).sort()).toEqual(expected.sort())
    const { total, bookable } = await find(query)
    expect(total).toBe(expected.length)
    expect(bookable).toBe(matching(query).filter((document) => document.bookable).length)
  })
  test('every count beside a filter is what pressing it would leave', async () => {
    for (const [, query] of QUESTIONS) {
      const { facets } = await find(query)
      for (const { value, count } of facets.category)
        expect(count).toBe(matching({ ...query, categories: [value] }).length)
      for (const { value, count } of facets.kind)
        expect(count).toBe(matching({ ...query, kinds: [value] }).length)
      for (const { value, count } of facets.setting)
        expect(count).toBe(matching({ ...query, settings: [value] }).length)
      for (const { value, count } of facets.for)
        expect(count).toBe(matching({ ...query, audiences: [value] }).length)
      for (const { value, count } of facets.day)
        expect(count).toBe(matching({ ...query, days: [Number(value)] }).length)
      for (const { value, count } of facets.size)
        expect(count).toBe(matching({ ...query, sizes: [value] }).length)
      for (const { value, count } of facets.language)
        expect(count).toBe(matching({ ...query, languages: [value] }).length)
      for (const { value, count } of facets.worker)
        expect(count).toBe(matching({ ...query, workers: [value] }).length)
      for (const { value, count } of facets.access)
        expect(count).toBe(matching({ ...query, access: [...(query.access ?? []), value] }).length)
      for (const { value, count } of facets.checked)
        expect(count).toBe(matching({ ...query, checks: [...(query.checks ?? []), value] }).length)
      for (const { count } of facets.open) expect(count).toBe(matching({ ...query, open: true }).length)
      for (const { value, count } of facets.regulated)
        expect(count).toBe(matching({ ...query, regulated: value === 'yes' }).length)
      expect(facets.max.map(({ value }) => Number(value))).toEqual([...priceSteps(query.per ?? null)])
      for (const { value, count } of facets.per)
        expect(count).toBe(query.maxPence === 0 ? 0 : matching({ ...query, per: value }).length)
      for (const { value, count } of facets.max)
        expect(count).toBe(matching({ ...query, maxPence: Number(value) }).length)
    }
  })
  test('every wider search adds as many as it says', async () => {
    const found = new Set<string>()
    for (const [, query] of QUESTIONS) {
      const { total, relax } = await find(query)
      const without: Record<string, Partial<SearchQuery>> = {
        category: { categories: [] },
        setting: { settings: [] },
        day: { days: [] },
        max: { maxPence: null },
        per: { per: null },
        regulated: { regulated: null },
        kind: { kinds: [] },
        for: { audiences: [] },
        size: { sizes: [] },
        language: { languages: [] },
        access: { access: [] },
        checked: { checks: [] },
        worker: { workers: [] },
        open: { open: false },
        hours: { hours: null },
        fund: { fund: null },
      }
      for (const { filter, more, metres } of relax) {
        found.add(filter)
        const less = metres === undefined ? without[filter] : { withinMetres: metres }
        expect([filter, matching({ ...query, ...less }).length]).toEqual([filter, total + more])
      }
    }
    expect(found.size).toBeGreaterThan(12)
  })
  test('distances are great-circle metres to within one in a thousand', async () => {
    const { hits } = await find({ near: { point: CENTRE, label: 'here' }, perPage: 200 })
    for (const hit of hits) {
      if (!hit.point) continue
      const metres = metresBetween(hit.point, CENTRE)
      expect(Math.abs((hit.metres ?? 0) - metres)).toBeLessThan(Math.max(1, metres / 1_000))
    }
  })
})

describe('orders', () => {
  const near = { point: CENTRE, label: 'here' }
  const values = async (
    query: Partial<SearchQuery>,
    of: (hit: Awaited<ReturnType<typeof find>>['hits'][number]) => number,
  ) => (await find({ perPage: 600, ...query })).hits.map(of)
  test('cheapest first for each thing that a price is for, free before all, without a price last', async () => {
    const prices = await values({ sort: 'price' }, (hit) =>
      hit.free ? 0 : hit.pricePence === null ? Infinity : unitNumber(hit.priceUnit) * 1e9 + hit.pricePence,
    )
    expect(prices).toEqual([...prices].sort((a, b) => a - b))
    const sessions = await values({ sort: 'price', per: 'session' }, (hit) => hit.pricePence ?? Infinity)
    expect(sessions.length).toBeGreaterThan(5)
    expect(sessions).toEqual([...sessions].sort((a, b) => a - b))
  })
  test('nearest first, online last', async () => {
    const metres = await values({ sort: 'near', near }, (hit) => hit.metres ?? Infinity)
    expect(metres).toEqual([...metres].sort((a, b) => a - b))
  })
  test('soonest first, nothing free last', async () => {
    const times = await values({ sort: 'soonest' }, (hit) =>
      Math.floor((hit.nextFreeAt ?? Infinity) / 60_000),
    )
    expect(times).toEqual([...times].sort((a, b) => a - b))
  })
  test('best liked first', async () => {
    const scores = await values(
      { sort: 'experience' },
      (hit) => -(MARKET.find(({ id }) => id === hit.id)?.experienceScore ?? 0),
    )
    for (const [i, score] of scores.entries())
      expect(score).toBeGreaterThanOrEqual((scores[i - 1] ?? -6) - 0.001)
  })
  test('pages follow each other without a gap or a double, in every order', async () => {
    for (const sort of ['best', 'near', 'price', 'soonest', 'experience'] as const) {
      const all = await ids({ sort, near, perPage: 600 })
      const pages = await Promise.all([1, 2, 3, 4].map((page) => ids({ sort, near, page, perPage: 17 })))
      expect(pages.flat()).toEqual(all.slice(0, 68))
    }
  })
  test('a page behind the last shows the first', async () => {
    const answer = await find({ page: 400 })
    expect(answer.page).toBe(1)
    expect(answer.hits).toEqual((await find()).hits)
  })
})
