import fc from 'fast-check'
import { expect, test } from 'vitest'
import { CATEGORIES, PRICE_UNITS, SETTINGS } from '#services/discovery/vocabulary.ts'
import { resultLines, resultOf } from '#services/easy-read/result.rules.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { faultsOf } from '#tests/support/easy-read.ts'

const HIT: SearchHit = {
  id: 'hit',
  entryKind: 'service',
  slug: 'company-on-tuesdays',
  title: 'Company; on Tuesdays, and more',
  summary: 'Theirs.',
  category: 'sitting_and_company',
  setting: 'at_home',
  providerName: 'Rahma',
  providerSlug: 'rahma',
  providerId: 'p',
  providerKind: 'micro_enterprise',
  regulated: false,
  free: false,
  bookable: true,
  pricePence: 1_850,
  priceUnit: 'hour',
  nextFreeAt: Date.parse('2026-11-03T10:00:00Z'),
  metres: 900,
  comesToYou: true,
  experience: [0, 0, 2, 3, 7],
  experienceCount: 12,
  newestReviewAt: null,
  rating: null,
  ratingDate: null,
  ratingSource: null,
  placeName: null,
  point: null,
  listedAt: 0,
  confirmedAt: 0,
  why: [],
}
const words = (changes: Partial<SearchHit> = {}): string[] =>
  resultLines({ ...HIT, ...changes }).map((line) => line.words)

test('a result says what, who comes, the whole price, when, what people say and the regulator', () => {
  expect(words()).toEqual([
    'They keep you company.',
    'Rahma comes to your home.',
    'It costs £18.50 for one hour.',
    'They are next free on Tuesday 3 November at 10am.',
    '10 of 12 people said: I was in control.',
    'CQC does not inspect this kind of support.',
  ])
})

test.each<[string, Partial<SearchHit>, string]>([
  ['free', { free: true, pricePence: null }, 'It is free for you.'],
  ['without a price', { pricePence: null }, 'There is no price here yet.'],
  ['nothing free', { nextFreeAt: null }, 'They have no free time in the next 60 days.'],
  ['near', { setting: 'at_venue', comesToYou: false, metres: 300 }, 'It is very near.'],
  ['a mile', { setting: 'at_venue', comesToYou: false, metres: 1_700 }, 'It is about 1 mile away.'],
  ['miles', { setting: 'at_venue', comesToYou: false, metres: 9_000 }, 'It is about 6 miles away.'],
  [
    'no distance',
    { setting: 'at_venue', comesToYou: false, metres: null, placeName: 'Fenside' },
    'It is in Fenside.',
  ],
  ['two voices', { experienceCount: 2 }, 'Fewer than 3 people have said how it was.'],
  ['rated', { regulated: true, rating: 'Good' }, 'CQC says: good.'],
])('%s', (_name, changes, sentence) => {
  expect(words(changes)).toContain(sentence)
})

test('a place that nobody has claimed says so, has no price and cannot be kept', () => {
  const place = {
    entryKind: 'place',
    category: 'care_home',
    regulated: true,
    rating: 'Good',
    pricePence: null,
  } as const
  expect(words(place).join(' ')).toMatch(/They are not with Kith yet/)
  expect(words(place).join(' ')).not.toMatch(/£|price|free/)
  expect(resultOf({ ...HIT, ...place })).toMatchObject({
    href: '/providers/rahma',
    mayKeep: false,
    easy: false,
  })
  expect(resultOf(HIT)).toMatchObject({
    href: '/easy/services/company-on-tuesdays',
    mayKeep: true,
    easy: true,
  })
})

/** What the sentences of a result are made of. */
type Told = Pick<
  SearchHit,
  | 'category'
  | 'setting'
  | 'entryKind'
  | 'free'
  | 'bookable'
  | 'comesToYou'
  | 'regulated'
  | 'pricePence'
  | 'priceUnit'
  | 'metres'
  | 'nextFreeAt'
  | 'rating'
  | 'experienceCount'
>

const code = (pairs: readonly (readonly [string, ...unknown[]])[]): fc.Arbitrary<string> =>
  fc.constantFrom(...pairs.map(([one]) => one))

test('whatever a search finds, every sentence is short and whole, and none is cut from what they wrote', () => {
  const hit: fc.Arbitrary<Told> = fc.record({
    category: code(CATEGORIES),
    setting: fc.option(code(SETTINGS)),
    entryKind: fc.constantFrom('service' as const, 'place' as const),
    free: fc.boolean(),
    bookable: fc.boolean(),
    comesToYou: fc.boolean(),
    regulated: fc.boolean(),
    pricePence: fc.option(fc.integer({ min: 0, max: 9_999_999 })),
    priceUnit: fc.option(code(PRICE_UNITS)),
    metres: fc.option(fc.integer({ min: 0, max: 200_000 })),
    nextFreeAt: fc.option(fc.integer({ min: 1_700_000_000_000, max: 1_900_000_000_000 })),
    rating: fc.option(
      fc.constantFrom('Outstanding', 'Good', 'Requires improvement', 'Inadequate', 'Something new'),
    ),
    experienceCount: fc.integer({ min: 0, max: 500 }),
  })
  fc.assert(
    fc.property(hit, (changes) => {
      const lines = resultLines({ ...HIT, ...changes })
      expect(faultsOf(lines)).toEqual([])
      expect(lines.length).toBeGreaterThan(2)
      expect(lines.map((line) => line.words).join(' ')).not.toMatch(/Theirs|Tuesdays, and more/)
    }),
  )
})
