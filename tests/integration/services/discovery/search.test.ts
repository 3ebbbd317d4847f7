import { beforeAll, describe, expect, test } from 'vitest'
import { priceSteps, USUAL_METRES } from '#services/discovery/choose-hits.rules.ts'
import {
  removeEntries,
  updateExperience,
  updateNextFree,
  writeEntries,
  type EntryDocument,
} from '#services/discovery/write-entries.server.ts'
import { unitNumber } from '#services/discovery/vocabulary.ts'
import { METRES_IN_A_MILE, metresBetween } from '#services/kernel/geo.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { SearchQuery } from '#services/ports/search.ts'
import { market, numbersFrom } from '#tests/factories/market.ts'
import { useHouse, TEST_NOW } from '#tests/support/house.ts'

const house = useHouse()
const MARKET = market(600, { seed: 3 })
const CENTRE = { lat: 53.55, lon: -2.1 }
const NOW = Temporal.Instant.from(TEST_NOW).epochMilliseconds

const EVERYTHING: SearchQuery = {
  text: '',
  near: null,
  withinMetres: null,
  categories: [],
  kinds: [],
  settings: [],
  audiences: [],
  days: [],
  regulated: null,
  maxPence: null,
  per: null,
  sort: 'best',
  page: 1,
  perPage: 20,
}
const find = (query: Partial<SearchQuery> = {}) =>
  house().deps.search.find({ ...EVERYTHING, ...query }, house().clock.now())
const ids = async (query: Partial<SearchQuery>) =>
  (await find({ perPage: 1_000, ...query })).hits.map((hit) => hit.id)

/** The same question asked of the documents themselves, one by one. */
function fits(document: EntryDocument, query: Partial<SearchQuery>): boolean {
  const { categories = [], kinds = [], settings = [], audiences = [], days = [] } = query
  const { regulated = null, maxPence = null, near = null, withinMetres = null } = query
  const price = document.free ? 0 : document.pricePence
  const unit = document.free || document.pricePence === null ? null : document.priceUnit
  const { per = null } = query
  const fresh =
    document.entryKind === 'place' ||
    Math.floor(NOW / 86_400_000) - Math.floor(document.confirmedAt.getTime() / 86_400_000) <= 365
  const any = <T>(wanted: readonly T[], given: readonly T[]) =>
    wanted.length === 0 || given.some((one) => wanted.includes(one))
  return (
    fresh &&
    any(categories, [document.categoryCode]) &&
    any(kinds, [document.providerKind]) &&
    any(settings, document.setting === null ? [] : [document.setting]) &&
    any(audiences, document.audiences) &&
    any(days, document.days) &&
    (regulated === null || document.regulated === regulated) &&
    (per === null || maxPence === 0 || unit === per) &&
    (maxPence === null ||
      (price !== null && price <= maxPence && (price === 0 || per !== null || unit === 'hour'))) &&
    (near === null || reaches(document, near.point, withinMetres ?? USUAL_METRES))
  )
}
function reaches(document: EntryDocument, point: typeof CENTRE, within: number): boolean {
  if (document.setting === 'online') return true
  if (!document.point) return false
  const metres = metresBetween(document.point, point)
  return metres <= (document.comesToYou ? (document.radiusMetres ?? 0) : within)
}
const matching = (query: Partial<SearchQuery>) => MARKET.filter((document) => fits(document, query))

beforeAll(async () => {
  await house().deps.db.tx((tx) => writeEntries(tx, MARKET))
})

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
    const query = QUESTIONS.at(-1)?.[1] ?? {}
    const { total, relax } = await find(query)
    const without: Record<string, Partial<SearchQuery>> = {
      category: { categories: [] },
      setting: { settings: [] },
      day: { days: [] },
      max: { maxPence: null },
      per: { per: null },
      regulated: { regulated: null },
      within: { withinMetres: 2 * USUAL_METRES },
    }
    expect(relax.length).toBeGreaterThan(2)
    for (const { filter, more } of relax)
      expect(matching({ ...query, ...without[filter] }).length).toBe(total + more)
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

describe('words', () => {
  const written = (word: RegExp) => (document: EntryDocument) =>
    word.test(`${document.title} ${document.summary} ${document.description}`)
  test('stems: walking finds walks', async () => {
    const found = await ids({ text: 'walking' })
    expect(found.length).toBeGreaterThan(10)
    expect(found.sort()).toEqual(
      matching({})
        .filter(written(/\bwalks?\b/i))
        .map(({ id }) => id)
        .sort(),
    )
  })
  test.each([
    ['gardning', 'gardening'],
    ['pottrey', 'pottery'],
    ['wheelcahir', 'wheelchair'],
  ])('a slip of the keyboard: %s finds %s, and says so', async (typed, meant) => {
    const { words, total } = await find({ text: typed })
    expect(words.corrected.map(({ used }) => used)).toEqual([expect.stringMatching(meant.slice(0, 5))])
    expect(total).toBe((await find({ text: meant })).total)
    expect(total).toBeGreaterThan(0)
  })
  test('accents do not matter', async () => {
    expect(await ids({ text: 'dáncé' })).toEqual(await ids({ text: 'dance' }))
  })
  test('a title counts more than the rest', async () => {
    const { hits } = await find({ text: 'gardening' })
    expect(hits[0]?.title.toLowerCase()).toContain('gardening')
  })
  test('lay words find their kind of support', async () => {
    const { hits } = await find({ text: 'meals on wheels', perPage: 5 })
    expect(hits.map((hit) => hit.category)).toContain('meals_delivered')
  })
  test('all of the words where something holds them all, else some of them, and it says so', async () => {
    const both = await find({ text: 'dementia gardening' })
    expect(both.words.loosely).toBe(false)
    const never = await find({ text: 'sunflower-dementia braille pottery mosque telephone hoist' })
    expect(never.total).toBeGreaterThan(0)
    expect(never.words.unknown).toContain('sunflower')
  })
  test('words that nothing holds find nothing, not everything', async () => {
    const { total, words } = await find({ text: 'qqqqzzzz' })
    expect(total).toBe(0)
    expect(words.unknown).toEqual(['qqqqzzzz'])
  })
  test.each([
    ["'; drop table search_entry; --"],
    ["dementia' | '"],
    ['a & b | ! c <-> (d'],
    ['\0\u202e\ud800'],
    ['🦆🦆🦆'],
    ['%_\\%'],
    ['walk '.repeat(2_000)],
    ['x'.repeat(10_000)],
    [':* :A (((('],
    ['\u0300'.repeat(500)],
  ])('hostile words do no harm: %s', async (text) => {
    const answer = await find({ text: text.slice(0, 200) })
    expect(answer.total).toBeGreaterThanOrEqual(0)
    expect((await find()).total).toBe(matching({}).length)
  })
})

describe('slips', () => {
  const words = [...new Set(MARKET.flatMap(({ title }) => title.toLowerCase().match(/[a-z]{6,}/g) ?? []))]
  test('put right, they find what the right word finds', async () => {
    let seen = 0
    for (const right of words.slice(0, 30)) {
      const typed = right.slice(0, 2) + right.slice(3, 4) + right.slice(2, 3) + right.slice(4)
      const answer = await find({ text: typed })
      if (answer.words.corrected[0]?.used !== right) continue
      seen += 1
      expect(await ids({ text: typed })).toEqual(await ids({ text: right }))
    }
    expect(seen).toBeGreaterThan(5)
  })
  test('also where the right word stands in a list of synonyms and only its stem is known here', async () => {
    const [first] = MARKET
    if (!first) throw new Error('an empty market')
    const swim = {
      ...first,
      id: '01930000-0000-7000-8000-00000000abcd',
      slug: 'swim',
      title: 'Swim with a buddy',
    }
    await house().deps.db.tx((tx) =>
      writeEntries(tx, [{ ...swim, confirmedAt: new Date(NOW), categoryCode: 'getting_out' }]),
    )
    const answer = await find({ text: 'swiming', perPage: 1_000 })
    expect(answer.words.corrected).toEqual([{ typed: 'swiming', used: 'swimming' }])
    expect(answer.hits.map(({ id }) => id)).toContain(swim.id)
    expect(await ids({ text: 'swimming' })).toEqual(await ids({ text: 'swiming' }))
    await house().deps.db.tx((tx) => removeEntries(tx, [swim.id]))
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

describe('keeping entries', () => {
  const extra = market(40, { seed: 8 })
  test('written again they are replaced, removed they are gone', async () => {
    const { db } = house().deps
    const before = (await find()).total
    const changed = extra.map((document) => ({
      ...document,
      confirmedAt: new Date(NOW),
      title: `${document.title} unicycling`,
    }))
    await db.tx((tx) => writeEntries(tx, extra))
    await db.tx((tx) => writeEntries(tx, [...changed, ...changed]))
    expect((await find({ text: 'unicycling' })).total).toBe(40)
    await db.tx((tx) =>
      removeEntries(
        tx,
        changed.map(({ id }) => id),
      ),
    )
    expect((await find({ text: 'unicycling' })).total).toBe(0)
    expect((await find()).total).toBe(before)
  })
  test('a new free time and new reviews change the order and the card', async () => {
    const { db } = house().deps
    const [document] = market(1, { seed: 21 })
    if (!document) throw new Error('no document')
    const mine: EntryDocument = {
      ...document,
      entryKind: 'service',
      bookable: true,
      title: 'Unicycle hour',
      confirmedAt: new Date(NOW),
      experience: [],
      experienceCount: 0,
      experienceScore: 0,
      nextFreeAt: null,
    }
    await db.tx((tx) => writeEntries(tx, [mine]))
    const nextFreeAt = new Date(NOW + 60_000)
    await db.tx(async (tx) => {
      await updateNextFree(tx, [{ id: mine.id, nextFreeAt }])
      await updateExperience(tx, [
        {
          id: mine.id,
          experience: [0, 0, 0, 0, 9],
          experienceCount: 9,
          experienceScore: 4.9,
          newestReviewAt: new Date(NOW),
        },
      ])
    })
    const [soonest] = (await find({ sort: 'soonest' })).hits
    const [liked] = (await find({ sort: 'experience' })).hits
    expect(soonest).toMatchObject({ id: mine.id, nextFreeAt: nextFreeAt.getTime() })
    expect(liked).toMatchObject({ id: mine.id, experience: [0, 0, 0, 0, 9], experienceCount: 9 })
    expect(liked?.why).toContain('liked')
    await db.tx((tx) => removeEntries(tx, [mine.id]))
  })
  test('two writers of the same entries wait for each other', async () => {
    const { db } = house().deps
    const random = numbersFrom(4)
    const shuffled = () => [...extra].sort(() => random() - 0.5)
    await Promise.all([1, 2, 3, 4].map(() => db.tx((tx) => writeEntries(tx, shuffled()))))
    expect(
      (await ids({ perPage: 1_000 })).filter((id) => extra.some((document) => document.id === id)).length,
    ).toBe(extra.filter((document) => fits(document, {})).length)
    await db.tx((tx) =>
      removeEntries(
        tx,
        extra.map(({ id }) => id),
      ),
    )
  })
  test('text that Postgres cannot keep is cleaned, not refused', async () => {
    const { db } = house().deps
    const [document] = market(1, { seed: 22 })
    if (!document) throw new Error('no document')
    await db.tx((tx) =>
      writeEntries(tx, [{ ...document, title: 'Uni\0cycle \ud800 club', confirmedAt: new Date(NOW) }]),
    )
    expect(
      (await find({ text: 'unicycle club' })).total + (await find({ text: 'cycle club' })).total,
    ).toBeGreaterThan(0)
    await db.tx((tx) => removeEntries(tx, [document.id]))
  })
  test('nothing at all is nothing to do', async () => {
    await house().deps.db.tx(async (tx) => {
      await writeEntries(tx, [])
      await removeEntries(tx, [])
      await updateNextFree(tx, [])
      await updateExperience(tx, [])
    })
    expect(METRES_IN_A_MILE * 10).toBeCloseTo(USUAL_METRES, -1)
  })
})
