import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { indexServices } from '#services/catalogue/index-services.server.ts'
import { clone } from '#services/db/clone.server.ts'
import { makeBookingWorld } from '#tests/factories/bookings.ts'
import {
  FAKE_ADMIN_KEY,
  FAKE_APP,
  FAKE_SEARCH_KEY,
  type FakeAlgolia,
  startFakeAlgolia,
} from '#tests/support/algolia/fake.ts'
import { useHouse } from '#tests/support/house.ts'

const house = useHouse()
let fake: FakeAlgolia
beforeAll(async () => {
  fake = await startFakeAlgolia()
})
afterAll(async () => {
  await fake.close()
  expect(fake.breaches).toEqual([])
})

/** What a command says of this test's database, and how it ends. */
async function command(name: string, keys: Record<string, string>): Promise<{ code: number; said: string }> {
  const child = spawn(process.execPath, ['scripts/run.mjs', `scripts/${name}.ts`], {
    cwd: clone,
    env: {
      ...process.env,
      NODE_ENV: 'production',
      DATABASE_URL: house().url,
      DEMO: '0',
      LOG_LEVEL: 'error',
      SESSION_SECRET: 'a secret that only tests know, long enough',
      ...keys,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  child.stdout.on('data', (part: Buffer) => (said += part.toString()))
  child.stderr.on('data', (part: Buffer) => (said += part.toString()))
  const [code] = (await once(child, 'close')) as [number]
  return { code, said: said.trim() }
}

test('the index is made anew and configured by a command, and without keys there is nothing to do', async () => {
  const { serviceId, deps } = await makeBookingWorld(house().deps)
  await deps.db.tx((tx) => indexServices(tx, deps.clock.now(), [serviceId]))
  const keys = {
    ALGOLIA_APP_ID: FAKE_APP,
    ALGOLIA_SEARCH_KEY: FAKE_SEARCH_KEY,
    ALGOLIA_ADMIN_KEY: FAKE_ADMIN_KEY,
    ALGOLIA_INDEX: 'kith_of_a_test',
    ALGOLIA_HOST: fake.host,
  }
  expect(await command('search-reindex', keys)).toEqual({
    code: 0,
    said: 'The index at Algolia was made anew from 1 entry.',
  })
  expect([...fake.world.objectsOf('kith_of_a_test_near').keys()]).toEqual([serviceId])
  fake.world.index('kith_of_a_test').synonyms.clear()
  expect((await command('search-configure', keys)).code).toBe(0)
  expect(fake.world.index('kith_of_a_test').synonyms.size).toBeGreaterThan(300)
  const asked = fake.seen.length
  expect(await command('search-reindex', {})).toMatchObject({
    code: 0,
    said: expect.stringContaining('Nothing to do') as string,
  })
  expect(fake.seen.length).toBe(asked)
})
