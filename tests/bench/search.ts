import { indexServices } from '#services/catalogue/index-services.server.ts'
import { reindexServices } from '#services/catalogue/reindex-services.server.ts'
import { openHouse, type House } from '#services/composition.server.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import { readSettings } from '#services/env.server.ts'
import { ANONYMOUS } from '#services/kernel/actor.ts'
import { makeLog } from '#services/log.server.ts'
import type { Search, SearchQuery } from '#services/ports/search.ts'
import { seedScale } from '../../prisma/seed/scale.ts'
import { type Row, median, percentile } from './measure.ts'
import { queries } from './queries.ts'
import { BENCH_DATA, emptyFolder } from './site.ts'

const SMALL = 10_000
const LARGE = 100_000
const ROUNDS = 3

async function open(): Promise<House> {
  await emptyFolder(BENCH_DATA)
  const settings = {
    ...readSettings({ ...globalThis.process.env, DATA_DIR: BENCH_DATA, DEMO: '0', NODE_ENV: 'production' }),
    databaseUrl: null,
  }
  return openHouse(settings, makeLog('error'))
}

/** What each search takes, in milliseconds, from asking the port to its answer: one after another, every one another question. */
async function searches(house: House): Promise<number[]> {
  const asked: SearchQuery[] = []
  // The page makes the question of the address, as it does for people; a port that only listens keeps it.
  const listening: Search = {
    find: (query, now) => {
      asked.push(query)
      return house.deps.search.find(query, now)
    },
  }
  for (const address of queries()) {
    const { errors } = await findPage(
      { ...house.deps, search: listening },
      ANONYMOUS,
      new URLSearchParams(address),
    )
    const wrong = Object.values(errors)
    if (wrong.length > 0) throw new Error(`${address}: ${wrong.join(' ')}`)
  }
  const times: number[] = []
  for (const query of asked) {
    const from = performance.now()
    await house.deps.search.find(query, house.deps.clock.now())
    times.push(performance.now() - from)
  }
  return times
}

async function measured(house: House): Promise<{ p50: number; p95: number }> {
  const rounds: number[][] = []
  for (let round = 0; round < ROUNDS; round += 1) rounds.push(await searches(house))
  return {
    p50: median(rounds.map((times) => percentile(times, 0.5))),
    p95: median(rounds.map((times) => percentile(times, 0.95))),
  }
}

/** How long after a price has changed a search shows it: the change and the next search, in milliseconds. */
async function lag(house: House): Promise<number> {
  const { db, clock, search } = house.deps
  const some = await db.prisma.service.findMany({
    where: { state: 'published' },
    take: 20,
    select: { id: true, slug: true, currentVersionId: true },
  })
  const times: number[] = []
  for (const [n, service] of some.entries()) {
    const from = performance.now()
    // As a new version does it, with the versions' freeze out of the way: the price is another, and its entry is written anew.
    await db.tx(async (tx) => {
      await tx.$executeRaw`update search_entry set price_pence = ${10_000 + n} where id = ${service.id}::uuid`
      await indexServices(tx, clock.now(), [service.id])
    })
    const { total } = await search.find(
      { ...EVERYTHING, text: service.slug.split('-').slice(2).join(' ') },
      clock.now(),
    )
    if (total === 0) throw new Error('a service that was just written is not found')
    times.push(performance.now() - from)
  }
  return Math.max(...times)
}

const EVERYTHING: SearchQuery = {
  text: '',
  near: null,
  withinMetres: null,
  categories: [],
  kinds: [],
  settings: [],
  audiences: [],
  days: [],
  regulated: null,
  sizes: [],
  languages: [],
  access: [],
  checks: [],
  workers: [],
  open: false,
  hours: null,
  fund: null,
  maxPence: null,
  per: null,
  sort: 'best',
  page: 1,
  perPage: 20,
}

/** The search of a market as large as England's, and how it grows from a tenth of it. */
export async function searchOfEngland(): Promise<Row[]> {
  const house = await open()
  try {
    await seedScale(house.deps, SMALL)
    const small = await measured(house)
    await seedScale(house.deps, LARGE - SMALL)
    const large = await measured(house)
    const shown = await lag(house)
    const from = performance.now()
    await reindexServices(house.deps)
    const reindex = (performance.now() - from) / 1_000
    const growth = large.p95 / small.p95
    const row = (name: string, value: number, unit: string, target: string, ok: boolean): Row => ({
      name,
      value,
      unit,
      floor: null,
      ratio: null,
      target,
      ok,
    })
    return [
      row('search-p50', large.p50, 'ms', '< 12 ms', large.p50 < 12),
      row('search-p95', large.p95, 'ms', '< 40 ms', large.p95 < 40),
      { ...row('search-growth', large.p95, 'ms', '≤ 2.5 × of a tenth', growth <= 2.5), floor: small.p95, ratio: growth }, // prettier-ignore
      row('index-lag', shown, 'ms', '< 1,000 ms', shown < 1_000),
      row('reindex', reindex, 's', '< 90 s', reindex < 90),
    ]
  } finally {
    await house.close()
  }
}
