/** From a change of a listing to the index outside this house. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { reindexServices } from '#services/catalogue/reindex-services.server.ts'
import { pushEntries, rebuildIndex } from '#services/discovery/push-entries.server.ts'
import { reviewedSynonyms } from '#services/discovery/words-elsewhere.rules.ts'
import { removeEntries, writeEntries } from '#services/discovery/write-entries.server.ts'
import { entryReaders } from '#services/jobs/entry-readers.server.ts'
import { makeBookingWorld } from '#tests/factories/bookings.ts'
import { type FakeAlgolia, startFakeAlgolia } from '#tests/support/algolia/fake.ts'
import { openTestHouse, type TestHouse, useHouse } from '#tests/support/house.ts'
import { keysFor } from '#tests/support/search-worlds.ts'
import { MARKET } from '#tests/support/searched-market.ts'

let fake: FakeAlgolia
let house: TestHouse
beforeAll(async () => {
  fake = await startFakeAlgolia()
  house = await openTestHouse({ settings: { algolia: keysFor(fake.host) } })
  await house.deps.searchIndex?.configure()
})
afterAll(async () => {
  await house.close()
  await fake.close()
  expect(fake.breaches).toEqual([])
})

const records = () => fake.world.objectsOf('kith')
const nameOn = (id: string) =>
  (records().get(id)?.['card'] as { providerName: string } | undefined)?.providerName

async function listed() {
  const { serviceId, provider } = await makeBookingWorld(house.deps)
  const index = () => house.deps.db.tx((tx) => indexServices(tx, house.deps.clock.now(), [serviceId]))
  const rename = (name: string) =>
    house.deps.db.prisma.provider.update({ where: { id: provider.providerId }, data: { name } })
  return { serviceId, index, rename }
}
const waiting = async (h: TestHouse) =>
  (
    await h.asOwner<{ n: number }>(
      `SELECT count(*)::int AS n FROM jobs.outbox WHERE identifier = 'push_entries'`,
    )
  )[0]?.n

describe('a change of a listing', () => {
  test('is in the index after the job that its own transaction added', async () => {
    const { serviceId, index } = await listed()
    await index()
    expect(records().has(serviceId)).toBe(false)
    await house.runJobs()
    expect(records().has(serviceId)).toBe(true)
    await house.deps.db.prisma.service.update({ where: { id: serviceId }, data: { state: 'paused' } })
    await index()
    await house.runJobs()
    expect(records().has(serviceId)).toBe(false)
  })
  test('that is rolled back adds no job', async () => {
    const before = await waiting(house)
    await expect(
      house.deps.db.tx(async (tx) => {
        await writeEntries(tx, MARKET.slice(0, 3))
        throw new Error('no')
      }),
    ).rejects.toThrow('no')
    expect(await waiting(house)).toBe(before)
  })
  test('carries ids and nothing else', async () => {
    const { serviceId, index } = await listed()
    await index()
    const rows = await house.asOwner<{ payload: unknown }>(
      `SELECT payload FROM jobs.outbox WHERE identifier = 'push_entries' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows).toEqual([{ payload: { ids: [serviceId] } }])
    await house.runJobs()
  })
  test('while another is on its way: the later one has the last word', async () => {
    const { serviceId, index, rename } = await listed()
    await rename('Canal Walks')
    await index()
    let once = true
    fake.onWrite = async (path) => {
      if (!once || !path.endsWith('/batch')) return
      once = false
      await rename('River Walks')
      await index()
      // As if the job of that change had run to its end before this older record arrived.
    }
    try {
      await pushEntries(house.deps, [serviceId], entryReaders)
    } finally {
      fake.onWrite = null
    }
    expect(nameOn(serviceId)).toBe('River Walks')
    await house.runJobs()
  })
  test('twice is as once', async () => {
    const { serviceId, index } = await listed()
    await index()
    for (const _time of [1, 2]) await pushEntries(house.deps, [serviceId, serviceId], entryReaders)
    expect(records().has(serviceId)).toBe(true)
  })
})

describe('made anew', () => {
  test('from all that can be found, and searches find what was there before until it is there', async () => {
    const { serviceId, index } = await listed()
    await index()
    await house.runJobs()
    // Left over from a time when something went wrong.
    fake.world.index('kith').objects.set('stray', { objectID: 'stray' })
    const sizes: number[] = []
    fake.onWrite = () => void sizes.push(records().size)
    const before = records().size
    const count = await rebuildIndex(house.deps, entryReaders)
    fake.onWrite = null
    expect(count).toBe(before - 1)
    expect(Math.min(...sizes)).toBeGreaterThanOrEqual(before - 1)
    expect(records().has('stray')).toBe(false)
    expect(records().has(serviceId)).toBe(true)
    expect(fake.world.indexes.has('kith_made_anew')).toBe(false)
  })
  test('what is changed or taken out meanwhile is right at the end', async () => {
    const [changed, gone] = [await listed(), await listed()]
    for (const { index } of [changed, gone]) await index()
    await house.runJobs()
    let once = true
    fake.onWrite = async (path) => {
      if (!once || !path.endsWith('/operation')) return
      once = false
      await changed.rename('Said differently now')
      await changed.index()
      await house.deps.db.prisma.service.update({ where: { id: gone.serviceId }, data: { state: 'paused' } })
      await gone.index()
      // The jobs of these changes run now, into the index that is about to be replaced.
      await house.runJobs()
    }
    await rebuildIndex(house.deps, entryReaders)
    fake.onWrite = null
    expect(nameOn(changed.serviceId)).toBe('Said differently now')
    expect(records().has(gone.serviceId)).toBe(false)
  })
})

test('settings, orders and synonyms are those of this program, and stay when the index is made anew', async () => {
  await rebuildIndex(house.deps, entryReaders)
  const { settings, synonyms } = fake.world.index('kith')
  expect(settings.replicas).toEqual(['kith_near', 'kith_price', 'kith_soonest', 'kith_experience'])
  expect(fake.world.index('kith_price').settings.ranking?.[0]).toBe('asc(priceOrder)')
  expect(fake.world.index('kith_experience').settings.ranking?.[0]).toBe('desc(experience)')
  expect(synonyms.size).toBe(reviewedSynonyms().length)
  expect(synonyms.size).toBeGreaterThan(300)
  for (const replica of settings.replicas ?? []) {
    expect(fake.world.index(replica).synonyms.size).toBe(synonyms.size)
    expect(fake.world.index(replica).settings.attributesForFaceting).toEqual(settings.attributesForFaceting)
  }
  const respite = [...synonyms.values()].find(({ input }) => input === 'respite')
  expect(respite?.synonyms).toContain('meansshortbreaks')
})

describe('without keys', () => {
  const plain = useHouse()
  test('no job is added, and there is nothing to keep', async () => {
    const { deps } = plain()
    await deps.db.tx((tx) => writeEntries(tx, MARKET.slice(0, 3)))
    await deps.db.tx((tx) => removeEntries(tx, [MARKET[0]?.id ?? '']))
    expect(await waiting(plain())).toBe(0)
    expect(deps.searchIndex).toBeNull()
    expect(await rebuildIndex(deps, entryReaders)).toBeNull()
    await pushEntries(deps, [MARKET[0]?.id ?? ''], entryReaders)
  })
})

test('the nightly round brings everything again, for what changes by the day alone', async () => {
  const { serviceId, index } = await listed()
  await index()
  await house.runJobs()
  fake.world.index('kith').objects.delete(serviceId)
  await reindexServices(house.deps)
  await house.runJobs()
  expect(records().has(serviceId)).toBe(true)
})
