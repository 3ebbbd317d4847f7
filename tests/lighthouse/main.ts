// npm run lighthouse -- [--report] [--runs N] [--json FILE]: the public pages as Lighthouse sees them on a telephone with slow 4G.
// By hand it looks five times and fails below the floors. As a report (npm test) it looks once, and performance, which is the machine's too,
// fails nothing.
import { mkdtemp, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { findChromium } from '../../scripts/lib/chromium.mjs'
import { quickFolder } from '../../scripts/lib/quick-folder.mjs'
import { emptyFolder, startSite } from '../bench/site.ts'
import { CATEGORIES, lookAt, type Category, type Look } from './look.ts'
import { publicPages } from './pages.ts'

const FLOORS: Readonly<Record<Category, number>> = {
  performance: 95,
  accessibility: 100,
  'best-practices': 100,
  seo: 100,
}

/** Bytes that a page may send before anything is pressed, as they travel and without photographs. */
const MOST = { script: 110_000, whole: 220_000 }
/** Below it the slowdown of the processor is more than a middling telephone's. */
const SLOW = 1_500

const { values } = parseArgs({
  options: {
    report: { type: 'boolean', default: false },
    runs: { type: 'string' },
    json: { type: 'string' },
  },
})
const runs = Number(values.runs ?? (values.report ? 1 : 5))
const chromium = await findChromium()
if ('problem' in chromium) throw new Error(chromium.problem)

/** What of a page is below its floor, or above what it may send. */
const missed = ({ scores, script, whole }: Look): string[] => [
  ...CATEGORIES.filter((category) => scores[category] < FLOORS[category]),
  ...(script > MOST.script ? ['weight of scripts'] : []),
  ...(whole > MOST.whole ? ['weight of all'] : []),
]
const counts = (what: string): boolean => !(values.report && what === 'performance')
const kilobytes = (bytes: number): string => `${(bytes / 1_000).toFixed(0)} kB`

const folder = await mkdtemp(join(await quickFolder(), 'kith-lighthouse-'))
const site = await startSite(folder, { demo: true })
try {
  const looks = await lookAt(site.url, await publicPages(site.url), { chromium: chromium.path, runs })
  console.table(
    looks.map(({ page, scores, script, whole }) => ({
      page: page.unlisted ? `${page.name} *` : page.name,
      address: page.path,
      ...scores,
      script: kilobytes(script),
      all: kilobytes(whole),
    })),
  )
  console.log(
    '* Of SEO without "is-crawlable": what somebody looks for is nobody’s to index, and the page says so.',
  )
  for (const { page, costs } of looks)
    for (const { category, audit, found, points } of costs)
      console.log(`  ${page.name}: ${category} −${points.toFixed(1)} by ${audit} (${found})`)
  const machine = Math.min(...looks.map((look) => look.machine))
  if (machine < SLOW)
    console.log(
      `The machine was slow or busy (${machine.toFixed(0)}; ${String(SLOW)} and more is what the slowdown is meant for): performance is worse than it is.`,
    )
  const failed = looks.filter((look) => missed(look).some(counts))
  for (const look of failed)
    console.log(`NOT GOOD ENOUGH  ${look.page.name}: ${missed(look).filter(counts).join(', ')}`)
  if (values.json)
    await writeFile(
      values.json,
      `${JSON.stringify({ passed: looks.length - failed.length, failed: failed.length, looks }, null, 2)}\n`,
    )
  globalThis.process.exitCode = failed.length === 0 ? 0 : 1
} finally {
  await site.stop()
  await emptyFolder(folder)
}
