import { afterEach, expect, test } from 'vitest'
import { algoliaClient } from '#services/adapters/search/algolia-client.server.ts'
import { algoliaSearch } from '#services/adapters/search/algolia.server.ts'
import { withFallback } from '#services/adapters/search/with-fallback.server.ts'
import { searchRules } from '#services/discovery/search-rules.ts'
import type { SearchQuery } from '#services/ports/search.ts'
import { EVERYTHING } from '#tests/support/searched-market.ts'
import { keysFor, PATIENT_MS, type SearchWorld } from '#tests/support/search-worlds.ts'

export function fallingBack(world: () => SearchWorld): void {
  afterEach(() => {
    world().fake.trouble = null
  })
  /** A way to Algolia of its own, so that no test finds the circuit of another open. */
  function engine({ host = world().fake.host, withinMs = PATIENT_MS } = {}) {
    const keys = keysFor(host)
    const logged: object[] = []
    let elapsed = 0
    const search = withFallback(
      algoliaSearch(algoliaClient(keys, { readMs: PATIENT_MS }), keys.index, searchRules),
      world().postgres,
      {
        withinMs,
        log: { warn: (line: object) => logged.push(line) },
        elapsed: () => elapsed,
      },
    )
    return {
      logged,
      pass: (ms: number) => (elapsed += ms),
      find: (query: Partial<SearchQuery> = {}) =>
        search.find({ ...EVERYTHING, ...query }, world().house.clock.now()),
    }
  }
  const asked = async (work: () => Promise<unknown>): Promise<number> => {
    const before = world().fake.seen.length
    await work()
    return world().fake.seen.length - before
  }

  test.each(['silence', 'fault', 'garbage', 'nonsense', 'reset'] as const)(
    '%s: PostgreSQL answers',
    async (trouble) => {
      const expected = await world().postgres.find(
        { ...EVERYTHING, text: 'braille' },
        world().house.clock.now(),
      )
      const { find, logged } = engine(trouble === 'silence' ? { withinMs: 50 } : {})
      world().fake.trouble = trouble
      expect(await find({ text: 'braille' })).toEqual(expected)
      expect(logged).toHaveLength(1)
      expect(JSON.stringify(logged)).not.toContain('braille')
    },
  )
  test('the site asks Algolia first where its keys are set, and shows PostgreSQL’s answer where it must', async () => {
    const { house, fake, postgres } = world()
    const find = () => house.deps.search.find({ ...EVERYTHING, text: 'mosque' }, house.clock.now())
    expect(await asked(find)).toBe(2)
    const expected = await postgres.find({ ...EVERYTHING, text: 'mosque' }, house.clock.now())
    fake.trouble = 'silence'
    expect(await find()).toEqual(expected)
    expect(house.logged.at(-1)).toMatchObject({ engine: 'algolia', why: 'slow' })
    expect(JSON.stringify(house.logged)).not.toContain('mosque')
  })
  test('a host that is not there', async () => {
    const { find, logged } = engine({ host: 'http://127.0.0.1:9' })
    expect((await find()).total).toBe(
      (await world().postgres.find(EVERYTHING, world().house.clock.now())).total,
    )
    expect(logged).toHaveLength(1)
  })
  test('after five failures in a row it is left alone for half a minute, then asked again', async () => {
    const { find, pass, logged } = engine()
    world().fake.trouble = 'fault'
    for (let i = 0; i < 5; i += 1) await find()
    expect(logged).toHaveLength(5)
    expect(logged.at(-1)).toMatchObject({ failures: 5, rests: true })
    world().fake.trouble = null
    expect(await asked(() => find())).toBe(0)
    pass(29_999)
    expect(await asked(() => find())).toBe(0)
    pass(1)
    expect(await asked(() => find())).toBeGreaterThan(0)
    expect(await asked(() => find())).toBeGreaterThan(0)
  })
  test('one that is still down after its rest rests again at the first failure', async () => {
    const { find, pass } = engine()
    world().fake.trouble = 'fault'
    for (let i = 0; i < 5; i += 1) await find()
    pass(30_000)
    expect(await asked(() => find())).toBeGreaterThan(0)
    expect(await asked(() => find())).toBe(0)
  })
  test('a success in between starts the count again', async () => {
    const { find } = engine()
    for (let i = 0; i < 8; i += 1) {
      world().fake.trouble = i === 4 ? null : 'fault'
      await find()
    }
    expect(await asked(() => find())).toBeGreaterThan(0)
  })
  test.each<[string, Partial<SearchQuery>]>([
    ['hours of a week', { hours: { from: 10, until: 12, all: true, startingDay: 20_760 } }],
    ['pages behind the first thousand', { page: 51 }],
  ])('%s are PostgreSQL’s to answer, and that is no failure', async (_name, query) => {
    const { find, logged } = engine()
    expect(
      await asked(async () => {
        expect(await find(query)).toEqual(
          await world().postgres.find({ ...EVERYTHING, ...query }, world().house.clock.now()),
        )
      }),
    ).toBe(0)
    expect(logged).toEqual([])
  })
  test('counts that Algolia itself calls rough are not shown', async () => {
    const { fake } = world()
    const { find, logged } = engine()
    const search = fake.world.search.bind(fake.world)
    fake.world.search = (request) => ({
      ...search(request),
      exhaustive: { nbHits: true, facetsCount: false },
    })
    try {
      expect(await find()).toEqual(await world().postgres.find(EVERYTHING, world().house.clock.now()))
      expect(logged).toEqual([])
    } finally {
      fake.world.search = search
    }
  })
  /** One record is other than this program writes it, until the work is done. */
  async function withRecord(change: object, work: () => Promise<void>): Promise<void> {
    const { objects } = world().fake.world.index('kith')
    const [id, record] = [...objects].find(([, { foundUntil }]) => Number(foundUntil) > 30_000) ?? []
    if (id === undefined || !record) throw new Error('the index is empty')
    objects.set(id, { ...record, ...change })
    try {
      await work()
    } finally {
      objects.set(id, record)
    }
  }
  test('records of another version are left alone until they are written anew', async () => {
    const { find, logged } = engine()
    await withRecord({ layout: 1 }, async () => {
      expect(await find()).toEqual(await world().postgres.find(EVERYTHING, world().house.clock.now()))
    })
    expect(logged).toEqual([])
  })
  test.each<[string, object, Partial<SearchQuery>]>([
    ['whose facts and facets disagree', { open: ['yes'] }, { open: true }],
    ['whose facts are cut short', { facts: 'ab' }, {}],
  ])('a record %s is nonsense', async (_name, change, query) => {
    const { find, logged } = engine()
    await withRecord(change, async () => {
      expect(await find(query)).toEqual(
        await world().postgres.find({ ...EVERYTHING, ...query }, world().house.clock.now()),
      )
    })
    expect(logged).toHaveLength(1)
  })
}
