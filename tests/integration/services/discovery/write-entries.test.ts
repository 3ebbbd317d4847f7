import { describe, expect, test } from 'vitest'
import { USUAL_METRES } from '#services/discovery/conditions.rules.ts'
import { removeEntries, writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { market, numbersFrom } from '#tests/factories/market.ts'
import { useHouse } from '#tests/support/house.ts'
import { fits, NOW, useMarket } from '#tests/support/searched-market.ts'

const house = useHouse()
const { find, ids } = useMarket(house)

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
    const said = { experience: [0, 0, 0, 0, 9], experienceCount: 9, experienceScore: 4.9 }
    await db.tx((tx) => writeEntries(tx, [{ ...mine, ...said, nextFreeAt, newestReviewAt: new Date(NOW) }]))
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
    })
    expect(METRES_IN_A_MILE * 10).toBeCloseTo(USUAL_METRES, -1)
  })
})
