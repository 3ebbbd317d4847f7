import { expect, test } from 'vitest'
import type { SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import { ENTRIES } from '#tests/support/search-worlds.ts'

const textOf = (id: string): string => {
  const entry = ENTRIES.find((one) => one.id === id)
  return [entry?.title, entry?.summary, entry?.description].join(' ').toLowerCase()
}

/** How both engines take words. They differ in rarer forms of a word: PostgreSQL knows its stem, Algolia is given the regular ones. */
export function wordsContract(ask: (query: Partial<SearchQuery>) => Promise<SearchAnswer>): void {
  const idsOf = async (text: string, query: Partial<SearchQuery> = {}) =>
    (await ask({ ...query, text, perPage: 1_000 })).hits.map(({ id }) => id)

  test.each(['braille', 'halal', 'mosque'])(
    '"%s" finds all that hold the word, and nothing else',
    async (word) => {
      const expected = ENTRIES.filter(({ id, confirmedAt, entryKind }) => {
        const days =
          Math.floor(Date.parse('2026-11-02') / 86_400_000) - Math.floor(confirmedAt.getTime() / 86_400_000)
        return textOf(id).includes(word) && (entryKind === 'place' || days <= 365)
      }).map(({ id }) => id)
      expect(expected.length).toBeGreaterThan(20)
      expect((await idsOf(word)).sort()).toEqual(expected.sort())
    },
  )
  test('of two words both are wanted', async () => {
    const both = await idsOf('braille halal')
    const [first, second] = [await idsOf('braille'), new Set(await idsOf('halal'))]
    expect(both.length).toBeGreaterThan(0)
    expect(both.sort()).toEqual(first.filter((id) => second.has(id)).sort())
  })
  test('what stands around what is meant narrows nothing', async () => {
    expect((await idsOf('I am looking for braille near me please')).sort()).toEqual(
      (await idsOf('braille')).sort(),
    )
  })
  test('a reviewed lay word finds all of what it means', async () => {
    const found = new Set(await idsOf('respite'))
    const meant = ENTRIES.filter(
      ({ categoryCode, confirmedAt }) =>
        categoryCode === 'short_breaks' && confirmedAt.getTime() > Date.parse('2025-11-04'),
    )
    expect(meant.length).toBeGreaterThan(5)
    for (const { id } of meant) expect(found).toContain(id)
  })
  test('what is in the title comes before what is in the small print', async () => {
    const [first = ''] = await idsOf('braille')
    expect(ENTRIES.find(({ id }) => id === first)?.title).toContain('braille')
  })
  test('a slip finds what the right word finds, and is told', async () => {
    expect((await ask({ text: 'brialle' })).words.corrected).toEqual([{ typed: 'brialle', used: 'braille' }])
    expect((await ask({ text: 'braille' })).words.corrected).toEqual([])
    expect((await idsOf('brialle')).sort()).toEqual((await idsOf('braille')).sort())
  })
  test('a word that nothing holds is named, and the rest is searched for', async () => {
    const answer = await ask({ text: 'braille xqzwvkj', perPage: 1_000 })
    expect(answer.words.unknown).toEqual(['xqzwvkj'])
    expect(answer.hits.map(({ id }) => id).sort()).toEqual((await idsOf('braille')).sort())
  })
  test('words that nothing holds find nothing, never everything', async () => {
    const answer = await ask({ text: 'xqzwvkj' })
    expect(answer).toMatchObject({
      total: 0,
      unfiltered: 0,
      hits: [],
      words: { unknown: ['xqzwvkj'], loosely: false },
    })
    expect((await ask({ text: '!!! ???' })).total).toBe(0)
  })
  test('words and filters together', async () => {
    const found = await ask({ text: 'braille', regulated: true, perPage: 1_000 })
    const expected = (await idsOf('braille')).filter((id) => ENTRIES.find((one) => one.id === id)?.regulated)
    expect(found.hits.map(({ id }) => id).sort()).toEqual(expected.sort())
    expect(found.hits.every(({ why }) => why.includes('words'))).toBe(true)
  })
}
