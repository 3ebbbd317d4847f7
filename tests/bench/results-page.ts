import { readFile } from 'node:fs/promises'
import { type Row, get, interleaved, load, median, percentile } from './measure.ts'
import { queries } from './queries.ts'
import { BENCH_DATA, startSite } from './site.ts'

const CONNECTIONS = 8
const SECONDS = 6
const ROUNDS = 3
/** The same server and shell, words and no data. */
const FLOOR = '/privacy'

/** 300 varied searches over 10,000 services against a page without data, on one running site. */
export async function resultsPage(): Promise<Row[]> {
  const site = await startSite(BENCH_DATA, { demo: false })
  try {
    const asked = queries(300)
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
    const memory = await residentMegabytes(site.pid)
    const base = median(rounds.floor.map((round) => round.perSecond))
    const value = median(rounds.subject.map((round) => round.perSecond))
    const base95 = median(rounds.floor.map((round) => percentile(round.times, 0.95)))
    const value95 = median(rounds.subject.map((round) => percentile(round.times, 0.95)))
    return [
      {
        name: 'results-page',
        value,
        unit: 'pages/s',
        floor: base,
        ratio: value / base,
        target: '≥ 0.25 of floor A',
        ok: value / base >= 0.25,
      },
      {
        name: 'results-page-p95',
        value: value95,
        unit: 'ms',
        floor: base95,
        ratio: value95 / base95,
        target: '≤ 6 × floor A',
        ok: value95 / base95 <= 6,
      },
      {
        name: 'memory',
        value: memory,
        unit: 'MB',
        floor: null,
        ratio: null,
        target: '< 350 MB',
        ok: memory < 350,
      },
    ]
  } finally {
    await site.stop()
  }
}

/** Resident memory of the process that serves and works on jobs; its PostgreSQL is counted apart, as any database is. */
async function residentMegabytes(pid: number): Promise<number> {
  const status = await readFile(`/proc/${String(pid)}/status`, 'utf8')
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024
}
