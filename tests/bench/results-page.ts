import { join } from 'node:path'
import { type Row, get, interleaved, load, median, percentile } from './measure.ts'
import { queries } from './queries.ts'
import { BENCH_DATA, emptyFolder, memoryOf, script, startSite } from './site.ts'

const CONNECTIONS = 8
const SECONDS = 6
const ROUNDS = 3
/** The same server and shell, words and no data. */
const FLOOR = '/privacy'

interface Measured {
  perSecond: number
  p95: number
  floor: { perSecond: number; p95: number }
  megabytes: number
}

/** 300 varied searches over what is in the folder's database against a page without data, on one running site. */
async function measured(folder: string): Promise<Measured> {
  const site = await startSite(folder, { demo: false })
  try {
    const asked = queries()
    let next = 0
    const floor = () => load(CONNECTIONS, SECONDS, async () => void (await get(site.url + FLOOR)))
    const subject = () =>
      load(CONNECTIONS, SECONDS, async () => {
        const query = asked[next % asked.length] ?? ''
        next += 1
        await get(`${site.url}/find?${query}`)
      })
    // Plans, caches and the compiler settle on both alike before anything counts.
    await load(CONNECTIONS, 3, async () => void (await get(site.url + FLOOR)))
    await load(
      CONNECTIONS,
      5,
      async (client, n) =>
        void (await get(`${site.url}/find?${asked[(client * 37 + n) % asked.length] ?? ''}`)),
    )
    const rounds = await interleaved(ROUNDS, floor, subject)
    const { now } = await memoryOf(site.pid)
    const speed = (of: typeof rounds.floor) => median(of.map((round) => round.perSecond))
    const slow = (of: typeof rounds.floor) => median(of.map((round) => percentile(round.times, 0.95)))
    return {
      perSecond: speed(rounds.subject),
      p95: slow(rounds.subject),
      floor: { perSecond: speed(rounds.floor), p95: slow(rounds.floor) },
      megabytes: now,
    }
  } finally {
    await site.stop()
  }
}

const pages = (name: string, { perSecond, floor }: Measured): Row => ({
  name,
  value: perSecond,
  unit: 'pages/s',
  floor: floor.perSecond,
  ratio: perSecond / floor.perSecond,
  target: '≥ 0.25 of floor A',
  ok: perSecond / floor.perSecond >= 0.25,
})

/** Over 10,000 services; and what the process holds after it. */
export async function resultsPage(): Promise<Row[]> {
  const found = await measured(BENCH_DATA)
  const { p95, floor, megabytes } = found
  return [
    pages('results-page', found),
    {
      name: 'results-page-p95',
      value: p95,
      unit: 'ms',
      floor: floor.p95,
      ratio: p95 / floor.p95,
      target: '≤ 6 × floor A',
      ok: p95 / floor.p95 <= 6,
    },
    {
      name: 'memory',
      value: megabytes,
      unit: 'MB',
      floor: null,
      ratio: null,
      target: '< 350 MB',
      ok: megabytes < 350,
    },
  ]
}

/** Over a market as large as England's: 100,000 services of more than 30,000 providers. */
export async function resultsPageOfEngland(): Promise<Row[]> {
  const folder = join(BENCH_DATA, 'england')
  await emptyFolder(folder)
  await script(['scripts/run.mjs', 'scripts/seed.ts', '--scale', '100000'], { DATA_DIR: folder, DEMO: '0' })
  const found = await measured(folder)
  await emptyFolder(folder)
  return [pages('results-page-100k', found)]
}
