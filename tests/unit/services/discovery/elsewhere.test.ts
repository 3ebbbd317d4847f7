import { expect, test } from 'vitest'
import { objectOf } from '#services/adapters/search/algolia-records.ts'
import { priceStepOf } from '#services/discovery/facets-elsewhere.rules.ts'
import { recordOf } from '#services/discovery/public-record.rules.ts'
import { momentOf } from '#services/discovery/ranking.rules.ts'
import { categorySynonyms } from '#services/discovery/synonyms/index.ts'
import { AUDIENCES, CATEGORIES } from '#services/discovery/vocabulary.ts'
import {
  audienceWord,
  categoryWord,
  queryTerms,
  reviewedSynonyms,
} from '#services/discovery/words-elsewhere.rules.ts'
import { MARKET, NOW } from '#tests/support/searched-market.ts'

const words = (text: string) => queryTerms(text).map((term) => term.words)

test.each([
  ['I am looking for a choir for my dad please', ['choir']],
  ['respite', ['respite']],
  // A person in the middle of a reviewed phrase: what it means is sent, not whom it is for.
  ['take my son out', [categoryWord('getting_out')]],
  // A reviewed phrase, as it is.
  ['somebody to sit with mum', ['sit with mum']],
])('of "%s" this is sent', (text, sent) => {
  expect(words(text)).toEqual(sent)
})

test('every reviewed phrase is a synonym there, of all that it means', () => {
  const synonyms = new Map(reviewedSynonyms().map(({ input, synonyms: others }) => [input, others]))
  for (const { category, words: phrases } of categorySynonyms)
    for (const phrase of phrases)
      expect([phrase, synonyms.get(phrase)]).toEqual([
        phrase,
        expect.arrayContaining([categoryWord(category)]),
      ])
  // Algolia takes a hundred words for one.
  for (const others of synonyms.values()) expect(others.length).toBeLessThan(100)
})

test('made-up words stand for one thing each, and for no word that is a slip of another', () => {
  const all = [
    ...CATEGORIES.map(([code]) => categoryWord(code)),
    ...AUDIENCES.map(([code]) => audienceWord(code)),
  ]
  expect(new Set(all).size).toBe(all.length)
  for (const word of all) expect(word).toMatch(/^(means|for)[a-z]+$/)
})

test.each([
  ['hour', 0, 'nothing'],
  ['hour', 1_500, 'hour:1500'],
  ['hour', 1_501, 'hour:2000'],
  ['hour', 6_001, null],
  ['night', 9_999, 'night:10000'],
  [null, 0, 'nothing'],
  [null, -1, null],
])('what is for %s and costs %i pence is in the step %s', (unit, pence, step) => {
  expect(priceStepOf(unit, pence)).toBe(step)
})

test('records stay well within the 10 kB that Algolia takes of one', () => {
  const now = momentOf(NOW)
  const sizes = MARKET.map((entry) => JSON.stringify(objectOf(recordOf(entry, now))).length)
  expect(Math.max(...sizes)).toBeLessThan(10_000)
  const far = MARKET.find(({ comesToYou }) => comesToYou)
  if (!far) throw new Error('nobody comes to people')
  const longest = { ...far, radiusMetres: 500_000, description: 'many words '.repeat(400) }
  expect(JSON.stringify(objectOf(recordOf(longest, now))).length).toBeLessThan(10_000)
})
