import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  categoryMeant,
  lettersApart,
  nearest,
  textQuery,
  wantedIn,
  type KnownWord,
} from '#services/discovery/query-words.rules.ts'
import { audienceSynonyms, categorySynonyms } from '#services/discovery/synonyms/index.ts'
import { audienceNumber, CATEGORIES, categoryNumber } from '#services/discovery/vocabulary.ts'
import { anyText } from '#tests/factories/text.ts'
import { plain } from '#services/discovery/words.rules.ts'

const category = (code: string) => `category:${String(categoryNumber(code))}`
const audience = (code: string) => `audience:${String(audienceNumber(code))}`
const tokens = (text: string) => wantedIn(text).flatMap((one) => one.tokens)
const known = (word: string): KnownWord => ({ word, lexemes: [word], known: true, similar: [] })

describe('what somebody wants', () => {
  test.each([
    ['someone to sit with mum', ['sitting_and_company', 'short_breaks']],
    ['PA', ['personal_assistant']],
    ['respite', ['short_breaks']],
    ['OT', ['rehabilitation_and_therapy']],
    ['meals on wheels', ['meals_delivered']],
    ['help with direct payments', ['direct_payment_support']],
    ['I need a lift to hospital', ['transport']],
    ['befriender', ['sitting_and_company']],
  ])('“%s” means %s', (text, codes) => {
    expect(tokens(text)).toEqual(expect.arrayContaining(codes.map(category)))
  })
  test.each([
    ['LD', 'learning_disability'],
    ['my dad has Alzheimer’s', 'dementia'],
    ['BSL', 'deaf_or_hard_of_hearing'],
  ])('“%s” is for %s', (text, code) => {
    expect(tokens(text)).toContain(audience(code))
  })
  test('words around the meaning are dropped while something is left', () => {
    expect(wantedIn('I am looking for somebody to help my mum with gardening please')).toEqual([
      { words: ['gardening'], tokens: [] },
    ])
    expect(wantedIn('help')).toEqual([{ words: ['help'], tokens: [] }])
  })
  test('one category is meant, or none', () => {
    expect(categoryMeant('meals on wheels')).toBe('meals_delivered')
    expect(categoryMeant('gardening')).toBeNull()
    expect(categoryMeant('respite or a taxi')).toBeNull()
  })
  test('never more than sixteen words, never a throw', () => {
    fc.assert(
      fc.property(anyText(200), (text) => {
        expect(wantedIn(text).length).toBeLessThanOrEqual(16)
      }),
    )
  })
})

describe('the reviewed synonyms', () => {
  test('cover every category once', () => {
    expect(categorySynonyms.map((one) => one.category)).toEqual(CATEGORIES.map(([code]) => code))
  })
  test.each([...categorySynonyms, ...audienceSynonyms].flatMap(({ words }) => words.map((word) => [word])))(
    '“%s” is written as it is looked up',
    (word) => {
      expect(plain(word)).toBe(word)
      expect(word.split(' ').length).toBeLessThanOrEqual(6)
    },
  )
})

describe('slips of the keyboard', () => {
  test.each([
    ['gardning', 'gardening', 1],
    ['demetnia', 'dementia', 1],
    ['alzhiemers', 'alzheimers', 1],
    ['walk', 'walk', 0],
    ['cat', 'dementia', 4],
  ])('%s and %s', (a, b, apart) => {
    expect(lettersApart(a, b, 3)).toBe(apart)
  })
  test('swapping two letters costs one, both ways round', () => {
    const word = fc.string({ unit: fc.constantFrom('a', 'b', 'c', 'd'), maxLength: 8 })
    fc.assert(
      fc.property(word, word, (a, b) => {
        expect(lettersApart(a, b, 9)).toBe(lettersApart(b, a, 9))
        expect(lettersApart(a, a, 9)).toBe(0)
      }),
    )
  })
  test('short words are not guessed at', () => {
    const similar = [{ word: 'cat', lexeme: 'cat' }]
    expect(nearest({ word: 'bat', lexemes: ['bat'], known: false, similar })).toBeNull()
  })
})

describe('the query for the index', () => {
  test('asks for all of it, ranks by any of it', () => {
    const wanted = wantedIn('dementia walks')
    const query = textQuery(wanted, [known('dementia'), { ...known('walks'), lexemes: ['walk'] }])
    expect(query.all).toBe("(('dementia')) & (('walk'))")
    expect(query.any).toBe("(('dementia')) | (('walk'))")
  })
  test('a synonym stands beside the words themselves', () => {
    const query = textQuery(wantedIn('respite'), [{ ...known('respite'), lexemes: ['respit'] }])
    expect(query.all).toBe(`(('respit') | '${category('short_breaks')}')`)
  })
  test('a word that nothing holds is told, not guessed', () => {
    const query = textQuery(wantedIn('dementia xyzzyq'), [
      known('dementia'),
      { word: 'xyzzyq', lexemes: ['xyzzyq'], known: false, similar: [] },
    ])
    expect(query.unknown).toEqual(['xyzzyq'])
    expect(query.all).toBe("(('dementia'))")
  })
  test('a slip of a synonym still finds its category', () => {
    const query = textQuery(wantedIn('resbite'), [
      { word: 'resbite', lexemes: ['resbit'], known: false, similar: [] },
    ])
    expect(query.corrected).toEqual([{ typed: 'resbite', used: 'respite' }])
    expect(query.all).toBe(`('${category('short_breaks')}')`)
  })
  test('quotes and backslashes cannot leave their quotes', () => {
    const query = textQuery([{ words: ['x'], tokens: [] }], [{ ...known('x'), lexemes: ["o'\\brien"] }])
    expect(query.all).toBe("(('o''\\\\brien'))")
  })
})
