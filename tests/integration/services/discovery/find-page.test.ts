import { beforeAll, describe, expect, test } from 'vitest'
import { findPage } from '#services/discovery/find-page.server.ts'
import { findPlace } from '#services/discovery/find-place.server.ts'
import { searchesNoted } from '#services/discovery/note-search.server.ts'
import { sitemap } from '#services/discovery/sitemap.server.ts'
import { writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { market } from '#tests/factories/market.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
const council = newId()
const page = (query: string) => findPage(house().deps, ANONYMOUS, new URLSearchParams(query))

const [base] = market(1, { seed: 30 })
const entry = (changes: Partial<EntryDocument>): EntryDocument => ({
  ...(base as EntryDocument),
  id: newId(),
  providerId: newId(),
  providerSize: 'over_249',
  entryKind: 'service',
  bookable: true,
  free: false,
  confirmedAt: new Date(TEST_NOW),
  listedAt: new Date('2024-01-01T00:00:00Z'),
  experience: [],
  experienceCount: 0,
  experienceScore: 0,
  rating: null,
  ratingDate: null,
  regulated: false,
  ...changes,
})

beforeAll(async () => {
  const { db } = house().deps
  await db.prisma.council.create({
    data: {
      id: council,
      slug: 'aldermere',
      name: 'Aldermere',
      phone: '01632 960100',
      urgentPhone: '01632 960199',
    },
  })
  await db.prisma.ward.createMany({
    data: [
      { councilId: council, name: 'Moorend', lat: 53.55, lon: -2.1 },
      { councilId: council, name: 'St Anne’s', lat: 53.57, lon: -2.08 },
    ],
  })
  await db.prisma.outcode.createMany({
    data: [
      { outcode: 'AL1', lat: 53.55, lon: -2.1, district: 'Aldermere District', postcodes: 9 },
      { outcode: 'AL2', lat: 53.6, lon: -2.0, district: 'Far Side', postcodes: 4 },
    ],
  })
  await db.prisma.postcode.create({ data: { postcode: 'AL1 1AA', outcode: 'AL1', lat: 53.551, lon: -2.101 } })
  await db.tx((tx) =>
    writeEntries(tx, [
      entry({
        slug: 'morning-help',
        providerSlug: 'morning',
        title: 'Morning help',
        categoryCode: 'personal_care',
        setting: 'at_home',
        comesToYou: true,
        radiusMetres: 5_000,
        point: { lat: 53.56, lon: -2.1 },
        placeName: 'Old Town',
        pricePence: 2_750,
        priceUnit: 'hour',
        regulated: true,
        rating: 'Good',
        ratingDate: new Date('2025-05-14T00:00:00Z'),
        experience: [0, 0, 1, 1, 3],
        experienceCount: 5,
        experienceScore: 4.2,
        newestReviewAt: new Date('2026-10-30T10:00:00Z'),
        nextFreeAt: new Date('2026-11-03T09:00:00Z'),
        days: [1, 2],
      }),
      entry({
        slug: 'tea-club',
        providerSlug: 'tea',
        title: 'Tea club',
        categoryCode: 'sitting_and_company',
        setting: 'at_venue',
        comesToYou: false,
        radiusMetres: null,
        point: { lat: 53.5, lon: -2.1 },
        placeName: 'Fenside',
        free: true,
        pricePence: null,
        priceUnit: null,
        nextFreeAt: null,
        days: [4],
        listedAt: new Date(TEST_NOW),
      }),
      entry({
        entryKind: 'place',
        slug: 'quiet-house',
        title: 'Quiet House',
        providerSlug: 'quiet-house',
        providerKind: 'unknown',
        bookable: false,
        categoryCode: 'supported_living',
        setting: 'at_venue',
        comesToYou: false,
        radiusMetres: null,
        point: { lat: 53.552, lon: -2.1 },
        pricePence: null,
        priceUnit: null,
        nextFreeAt: null,
        regulated: true,
        rating: 'Not yet rated',
        days: [],
        confirmedAt: new Date('2024-02-01T00:00:00Z'),
      }),
    ]),
  )
})

describe('where', () => {
  test.each([
    ['AL1 1AA', 'AL1 1AA', 'AL1', false],
    ['al11aa', 'AL1 1AA', 'AL1', false],
    ['AL1', 'AL1', 'AL1', true],
    ['AL2 3ZZ', 'AL2', 'AL2', true],
    ['moorend', 'Moorend', 'Moorend', false],
    ["St Anne's", 'St Anne’s', 'St Anne’s', false],
    ['Aldermere', 'Aldermere', 'Aldermere', false],
    ['fenside', 'Fenside', 'Fenside', false],
    ['far side', 'Far Side', 'Far Side', false],
  ])('%s is a place; what is kept of it is no more than an area', async (text, label, area, rough) => {
    const { found } = await findPlace(house().deps.db, text)
    expect(found).toMatchObject({ label, area, rough })
  })
  test('a postcode that is none says so beside the field, and nothing is listed as if it were near', async () => {
    const result = await page('near=AL1+9ZZ&day=monday')
    expect(result.errors.near).toBe(
      'We do not know the postcode “AL1 9ZZ”. Check it, or type a town or ward.',
    )
    expect(result.cards).toEqual([])
    expect(result.typed).toMatchObject({ near: 'AL1 9ZZ', day: ['monday'] })
  })
  test('a place with a slip in it offers the places like it', async () => {
    const result = await page('near=Mooredn')
    expect(result.errors.near).toContain('Mooredn')
    expect(result.like).toEqual([{ label: 'Moorend', href: '/find?near=Moorend' }])
  })
  test.each([['%'], ['_'], ["'); drop table ward; --"], ['🦆'], ['0'], ['ZZ99 9ZZ']])(
    'hostile places are only unknown: %s',
    async (text) => {
      expect((await page(`near=${encodeURIComponent(text)}`)).errors.near).toBeDefined()
    },
  )
  test('a place typed with the words goes where places go', async () => {
    const result = await page('q=tea+near+Moorend')
    expect(result.typed).toMatchObject({ q: 'tea', near: 'Moorend' })
    expect(result.heading).toBe('“tea” near Moorend')
  })
  test('“near” in words without such a place stays words', async () => {
    expect((await page('q=company+near+death')).typed.q).toBe('company near death')
  })
})

describe('the page of results', () => {
  test('words a card: price, time, place, both voices and why', async () => {
    const { cards, heading, lead } = await page('near=Moorend&category=personal_care')
    expect(heading).toBe('Personal care near Moorend')
    expect(lead).toBe('1 fits. They come to Moorend, are within 10 miles of it, or happen online.')
    expect(cards[0]).toMatchObject({
      href: '/services/morning-help',
      facts: ['personal care', 'registered with CQC'],
      price: { pence: 2_750, unit: 'for one hour, travel in' },
      nextFree: 'Tue 3 Nov, 9am',
      place: { strong: 'Comes to you', rest: 'from 0.7 miles away' },
      experience: { count: 5, scores: [0, 0, 1, 1, 3], newest: '3 days ago', since: null },
      regulator: { rating: 'good', date: '14 May 2025' },
    })
    expect(cards[0]?.why).toBe(
      'It fits what you chose. It comes to Moorend. People say that it keeps them in control. It is free soon. Nobody can pay to be higher up.',
    )
  })
  test('free support is found the same way, and a newcomer has no figures', async () => {
    const { cards } = await page('max=0')
    expect(cards.map((card) => card.title)).toEqual(['Tea club'])
    expect(cards[0]).toMatchObject({
      priceWords: { words: 'Free' },
      facts: ['new here', 'sitting and company'],
      experience: { count: 0, scores: null, since: 'November 2026' },
      regulator: { rating: 'not_required' },
    })
  })
  test('a place that nobody claimed has no price and no experience, and says where its facts are from', async () => {
    const { cards } = await page('q=quiet+house')
    expect(cards[0]).toMatchObject({
      href: '/providers/quiet-house',
      priceWords: { words: 'No price here' },
      experience: null,
      nextFree: null,
      regulator: { rating: 'not_yet_rated' },
      source: { date: '1 February 2024' },
    })
  })
  test('a chip takes one condition off and leaves the rest', async () => {
    const { chips } = await page('q=tea&day=thursday&max=25&kind=charity&within=5&near=Moorend')
    expect(chips.find((chip) => chip.label === 'Thursdays')?.href).toBe(
      '/find?q=tea&near=Moorend&kind=charity&max=25&within=5',
    )
    expect(chips.map((chip) => chip.label)).toEqual([
      'Thursdays',
      'Charity',
      'Within 5 miles',
      'Free, or up to £25.00 for an hour',
    ])
  })
  test('nothing is never the end: each way on says what it finds', async () => {
    const result = await page('q=tea&category=nursing&near=Moorend&day=sunday')
    expect(result.total).toBe(0)
    expect(result.wider.length).toBeGreaterThan(0)
    for (const { href, label } of result.wider) {
      const wider = await findPage(house().deps, ANONYMOUS, new URLSearchParams(href.split('?')[1]))
      const count = Number(/: (\d+)/.exec(label)?.[1])
      expect(wider.total).toBe(count)
    }
  })
  test('a page behind the last shows the first and says so', async () => {
    const result = await page('page=7')
    expect(result.notes).toEqual(['There is 1 page of results. This is the first.'])
    expect(result.errors).toEqual({})
    expect(result.page).toBe(1)
    expect(result.cards.length).toBe(3)
  })
  test('garbage in a filter leaves no trace of itself on the page', async () => {
    const result = await page('max=cheap&within=-1&day=someday&sort=money&category=x')
    expect(Object.keys(result.errors).sort()).toEqual(['category', 'day', 'max', 'sort', 'within'])
    expect(result.chips).toEqual([])
    expect(result.total).toBe(3)
    expect(JSON.stringify(result)).not.toMatch(/NaN|undefined|cheap|someday/)
  })
  test('corrections and unknown words are told', async () => {
    expect((await page('q=mornign')).notes).toEqual(['We looked for “morning”, not “mornign”.'])
    expect((await page('q=tea+zzzzzz')).notes).toEqual([
      'Nothing here mentions “zzzzzz”. What follows is the nearest there is.',
    ])
  })
})

describe('what is kept of a search', () => {
  test('the area and how much was found, written later and together; no words, no postcode, nobody', async () => {
    const { db } = house().deps
    await searchesNoted(db)
    await db.prisma.searchEvent.deleteMany()
    await page('q=meals+on+wheels&near=AL1+1AA')
    await page('category=nursing&for=dementia')
    // Shown once more after a press on "Keep": the same search.
    await findPage(house().deps, ANONYMOUS, new URLSearchParams('category=nursing&for=dementia'), {
      again: true,
    })
    await page('')
    await searchesNoted(db)
    const events = await db.prisma.searchEvent.findMany({ orderBy: { id: 'asc' } })
    expect(events.map(({ id: _id, ...event }) => event)).toEqual([
      {
        at: new Date(TEST_NOW),
        councilId: council,
        area: 'AL1',
        categoryCode: 'meals_delivered',
        audience: null,
        results: 0,
        bookable: 0,
      },
      {
        at: new Date(TEST_NOW),
        councilId: null,
        area: null,
        categoryCode: 'nursing',
        audience: 'dementia',
        results: 0,
        bookable: 0,
      },
    ])
    expect(JSON.stringify(house().logged)).not.toContain('AL1 1AA')
  })
})

describe('the map of the site', () => {
  test('names services, providers and fixed pages once each', async () => {
    const xml = await sitemap(house().deps, null)
    const places = [...xml.matchAll(/<loc>([^<]*)<\/loc>/g)].map(([, path]) => new URL(path ?? '').pathname)
    expect(places).toContain('/services/morning-help')
    expect(places).toContain('/providers/quiet-house')
    expect(places).not.toContain('/services/quiet-house')
    expect(new Set(places).size).toBe(places.length)
  })
  test.each([['0'], ['2'], ['x'], ['-1'], ['99999999']])('part %s of one is none', async (part) => {
    await expect(sitemap(house().deps, part)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('a question that takes too long', () => {
  test('is stopped by the database, and the page says what to do and keeps what was typed', async () => {
    const { deps } = house()
    const stopped = (): Promise<never> =>
      deps.db.tx(async (tx) => {
        await tx.$executeRaw`set local statement_timeout = 20`
        await tx.$executeRaw`select pg_sleep(2)`
        throw new Error('it was not stopped')
      })
    const result = await findPage(
      { ...deps, search: { find: stopped } },
      ANONYMOUS,
      new URLSearchParams('q=help'),
    )
    expect(result.errors.q).toContain('took too long')
    expect(result.typed.q).toBe('help')
    expect(result.cards).toEqual([])
  })
  test('statements of a search have a limit of their own', async () => {
    const [row] = await house().deps.db.hot<{ limit: string }>(
      'test_limit',
      "select current_setting('statement_timeout') as limit",
      [],
    )
    expect(row?.limit).toBe('5s')
  })
})
