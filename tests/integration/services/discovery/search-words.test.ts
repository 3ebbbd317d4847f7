import { describe, expect, test } from 'vitest'
import { removeEntries, writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import { useHouse } from '#tests/support/house.ts'
import { MARKET, matching, NOW, useMarket } from '#tests/support/searched-market.ts'

const house = useHouse()
const { find, ids } = useMarket(house)

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
    ['(a+)+$'.repeat(30)],
    ['^(.*)*\\b(?=x)'.repeat(12)],
    ['\u0300'.repeat(500)],
  ])('hostile words do no harm, and none runs into the limit of a statement: %s', async (text) => {
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
