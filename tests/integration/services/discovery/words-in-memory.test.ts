/** What is kept in memory of words finds what PostgreSQL finds, and ranks as it does. */
import { beforeAll, describe, expect, test } from 'vitest'
import { EntryTable } from '#services/adapters/search/entry-table.ts'
import { parseWords } from '#services/adapters/search/word-query.ts'
import { searchRules } from '#services/discovery/search-rules.ts'
import { PackedCandidate } from '#services/discovery/facts.rules.ts'
import type { KnownWord } from '#services/discovery/slips.rules.ts'
import { removeEntries, writeEntries } from '#services/discovery/write-entries.server.ts'
import { market } from '#tests/factories/market.ts'
import { JUDGED } from '#tests/relevance/judged.ts'
import { relevanceMarket } from '#tests/relevance/market.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
let table: EntryTable
beforeAll(async () => {
  const { db, clock } = house().deps
  const entries = [
    ...market(200, { seed: 41 }),
    ...relevanceMarket(clock.now().epochMilliseconds).map(({ entry }) => entry),
  ]
  await db.tx((tx) => writeEntries(tx, entries))
  table = new EntryTable(db, searchRules.layout)
})

async function kept(match: string, rank: string | null): Promise<Map<number, number>> {
  await table.refresh()
  const rows = table.candidates(table.choose({ match, rank }, null), null)
  const c = new PackedCandidate()
  return new Map(
    Array.from({ length: rows.length }, (_, index) => {
      rows.read(index, c)
      return [c.no, c.rank]
    }),
  )
}
async function inDatabase(match: string, rank: string): Promise<Map<number, number>> {
  const rows = await house().deps.db.query<{ no: number; rank: number }>(
    'test_words',
    `select no, ts_rank('{0.1,0.3,0.6,1.0}', document, $2::tsquery)::float8 as rank from search_key where document @@ $1::tsquery`,
    [match, rank],
  )
  return new Map(rows.map((row) => [row.no, row.rank]))
}
const sorted = (of: Map<number, number>): number[] => [...of.keys()].sort((a, b) => a - b)

/** Queries as the page makes them of what people type. */
async function queriesOf(text: string): Promise<string[]> {
  const wanted = searchRules.wantedIn(text)
  const knowledge = await house().deps.db.query<KnownWord>(
    'test_known',
    `select word, tsvector_to_array(to_tsvector('kith_english', word)) as lexemes, true as known, '[]'::json as similar from unnest($1::text[]) word`,
    [searchRules.wordsOfAll(wanted)],
  )
  const { all, most, any, rank } = searchRules.textQuery(wanted, knowledge)
  return [...new Set([all, most, any, rank])].filter((query) => query !== null)
}

test('every judged query finds the same rows', async () => {
  let asked = 0
  for (const { query } of JUDGED)
    for (const match of await queriesOf(query)) {
      asked += 1
      expect([match, sorted(await kept(match, null))]).toEqual([
        match,
        sorted(await inDatabase(match, match)),
      ])
    }
  expect(asked).toBeGreaterThan(JUDGED.length)
})

test('words that are asked for one or the other are ranked as PostgreSQL ranks them', async () => {
  for (const query of [
    "'garden' | 'help'",
    "'swim'",
    "'dementia' | 'audience:2' | 'category:3' | 'walk'",
    "'help' | 'help' | 'morn'",
  ]) {
    const [mine, theirs] = [await kept(query, query), await inDatabase(query, query)]
    expect(mine.size).toBeGreaterThan(0)
    for (const [no, rank] of theirs) expect(mine.get(no)).toBeCloseTo(rank, 5)
  }
})

describe('what changes', () => {
  test('an entry that is written anew is found by its new words alone, one that is gone by none, and its row by the next', async () => {
    const { db } = house().deps
    const [entry, other] = market(2, { seed: 77 })
    if (!entry || !other) throw new Error('no entries')
    const write = (title: string, of = entry) => db.tx((tx) => writeEntries(tx, [{ ...of, title }]))
    const finds = async (word: string) => (await kept(`'${word}'`, null)).size
    for (let round = 0; round < 5; round += 1) {
      await write('Unicycl first')
      expect([await finds('unicycl'), await finds('trampolin')]).toEqual([1, 0])
      await write('Trampolin second')
      expect([await finds('unicycl'), await finds('trampolin')]).toEqual([0, 1])
      await db.tx((tx) => removeEntries(tx, [entry.id]))
      expect([await finds('unicycl'), await finds('trampolin')]).toEqual([0, 0])
      await write('Unicycl of another', other)
      expect([await finds('unicycl'), await finds('trampolin')]).toEqual([1, 0])
      await db.tx((tx) => removeEntries(tx, [other.id]))
    }
  })

  test('what a transaction writes that began before and ends after is not missed', async () => {
    const { db } = house().deps
    const [late, early] = market(2, { seed: 78 })
    if (!late || !early) throw new Error('no entries')
    await db.tx(async (tx) => {
      await writeEntries(tx, [{ ...late, title: 'Latecomer' }])
      // Another one is written, ends and is read while this one is still at work.
      await db.tx((other) => writeEntries(other, [{ ...early, title: 'Earlybird' }]))
      expect((await kept("'earlybird'", null)).size).toBe(1)
      expect((await kept("'latecom'", null)).size).toBe(0)
    })
    expect((await kept("'latecom'", null)).size).toBe(1)
    await db.tx((tx) => removeEntries(tx, [late.id, early.id]))
  })
})

test.each(["'a' &", "('a'", "'a' 'b'", '', "('a' | 'b') <1> 'c'"])(
  'a query that is none is refused, not guessed: %s',
  (query) => {
    expect(() => parseWords(query)).toThrow('quer')
  },
)
