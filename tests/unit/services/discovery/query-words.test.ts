import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { NOTHING_MEANT, PHRASE_WORDS } from '#services/discovery/meanings.rules.ts'
import { categoryMeant, textQuery, wantedIn } from '#services/discovery/query-words.rules.ts'
import { lettersApart, nearest, slipsIn, type KnownWord } from '#services/discovery/slips.rules.ts'
import { audienceSynonyms, categorySynonyms, sameWords } from '#services/discovery/synonyms/index.ts'
import { audienceNumber, CATEGORIES, categoryNumber } from '#services/discovery/vocabulary.ts'
import { anyText } from '#tests/factories/text.ts'
import { plain } from '#services/discovery/words.rules.ts'

const category = (code: string) => `category:${String(categoryNumber(code))}`
const audience = (code: string) => `audience:${String(audienceNumber(code))}`
const tokens = (text: string) => wantedIn(text).flatMap((one) => one.tokens)
const known = (word: string): KnownWord => ({ word, lexemes: [word], known: true, similar: [] })
const unknown = (word: string, similar: string[] = []): KnownWord => ({
  word,
  lexemes: [word],
  known: false,
  similar,
})

describe('what somebody wants', () => {
  test.each([
    ['someone to sit with mum', ['sitting_and_company', 'short_breaks']],
    ['PA', ['personal_assistant']],
    ['respite', ['short_breaks']],
    ['wash and dress my mum', ['personal_care']],
    ['take my son out', ['getting_out']],
    ['care home', ['care_home']],
    ['supported living for my brother', ['supported_living']],
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
      { words: ['gardening'], phrase: ['gardening'], ...NOTHING_MEANT, instead: [category('help_at_home')] },
    ])
    expect(wantedIn('help')).toEqual([{ words: ['help'], phrase: ['help'], ...NOTHING_MEANT }])
  })
  test('one category is meant, or none', () => {
    expect(categoryMeant('meals on wheels')).toBe('meals_delivered')
    expect(categoryMeant('gardening')).toBe('help_at_home')
    expect(categoryMeant('help')).toBeNull()
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
  const lists = [
    ...categorySynonyms.flatMap(({ words, within = [] }) => [...words, ...within]),
    ...audienceSynonyms.flatMap(({ words }) => words),
    ...sameWords.flatMap(({ words, also }) => [...words, ...also]),
  ]
  test.each([...new Set(lists)].map((word) => [word]))('“%s” is written as it is looked up', (word) => {
    expect(plain(word)).toBe(word)
    expect(word.split(' ').length).toBeLessThanOrEqual(6)
  })
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
    expect(nearest('bat', ['cat'])).toBeNull()
  })
  test.each([
    ['respit', ['rest', 'respite'], 'respite'],
    ['pets', ['pegs'], null],
    ['nigth', ['night', 'neigh'], 'night'],
  ])('%s, of %s: %s', (word, others, best) => {
    expect(nearest(word, others)).toBe(best)
  })
  test('a word of a reviewed phrase is never taken for a slip', () => {
    expect(slipsIn(wantedIn('medication'), [unknown('medication', ['education'])])).toEqual([])
  })
  test('a slip asks for exactly what the right word asks for', () => {
    // Words that the lists know and nothing else is near to, with two letters swapped.
    const word = fc.constantFrom(...PHRASE_WORDS.filter((one) => one.length >= 6))
    fc.assert(
      fc.property(word, fc.nat(), (right, at) => {
        const i = 1 + (at % (right.length - 2))
        const typed =
          right.slice(0, i) + right.slice(i + 1, i + 2) + right.slice(i, i + 1) + right.slice(i + 2)
        const slips = slipsIn(wantedIn(typed), [unknown(typed)])
        fc.pre(slips.length === 1 && slips[0]?.used === right)
        const knowledge = [known(right)]
        expect(textQuery(wantedIn(typed, slips), knowledge)).toEqual(textQuery(wantedIn(right), knowledge))
      }),
    )
  })
})

describe('the query for the index', () => {
  test('asks for all of it, ranks by any of it', () => {
    const wanted = wantedIn('bereavement walks')
    const query = textQuery(wanted, [known('bereavement'), { ...known('walks'), lexemes: ['walk'] }])
    expect(query.all).toBe("(('bereavement')) & (('walk'))")
    expect(query.any).toBe("(('bereavement')) | (('walk'))")
  })
  test('a synonym stands beside the words themselves', () => {
    const query = textQuery(wantedIn('respite'), [{ ...known('respite'), lexemes: ['respit'] }])
    expect(query.all).toBe(`(('respit') | '${category('short_breaks')}')`)
  })
  test('a word that nothing holds is told, not guessed', () => {
    const query = textQuery(wantedIn('bereavement xyzzyq'), [known('bereavement'), unknown('xyzzyq')])
    expect(query.unknown).toEqual(['xyzzyq'])
    expect(query.all).toBe("(('bereavement'))")
  })
  test('what stands for one kind of a thing stands in only when nothing names it', () => {
    const held = textQuery(wantedIn('swimming'), [{ ...known('swimming'), lexemes: ['swim'] }])
    expect(held.all).toBe("(('swim'))")
    expect(held.any).toContain(category('wellbeing'))
    const nowhere = textQuery(wantedIn('swimming'), [unknown('swimming')])
    expect(nowhere.all).toBe(`('${category('wellbeing')}')`)
    expect(nowhere.unknown).toEqual(['swimming'])
  })
  test('other words for the same are searched for beside it', () => {
    const query = textQuery(wantedIn('physio'), [unknown('physio'), known('physiotherapy')])
    expect(query.all).toBe("(('physiotherapy'))")
    expect(query.unknown).toEqual([])
  })
  test('a phrase that means a whole category is searched for as it was typed', () => {
    const query = textQuery(wantedIn('live in carer'), ['live', 'carer'].map(known))
    expect(query.all).toBe(`(('live' <2> 'carer') | '${category('live_in')}')`)
    expect(textQuery(wantedIn('a break'), [known('break')]).all).toBe(`('${category('short_breaks')}')`)
  })
  test('of three things, two together come before one alone', () => {
    const query = textQuery(
      wantedIn('drumming circles outdoors'),
      ['drumming', 'circles', 'outdoors'].map(known),
    )
    expect(query.most).toBe(
      "((('circles')) & (('outdoors'))) | ((('drumming')) & (('outdoors'))) | ((('drumming')) & (('circles')))",
    )
    expect(textQuery(wantedIn('drumming'), [known('drumming')]).most).toBeNull()
  })
  test('quotes and backslashes cannot leave their quotes', () => {
    const query = textQuery(
      [{ words: ['x'], phrase: ['x'], ...NOTHING_MEANT }],
      [{ ...known('x'), lexemes: ["o'\\brien"] }],
    )
    expect(query.all).toBe("(('o''\\\\brien'))")
  })
})
