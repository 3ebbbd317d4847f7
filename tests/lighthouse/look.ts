import { launch } from 'chrome-launcher'
import lighthouse, { type Result } from 'lighthouse'
import { CHROMIUM_FLAGS } from '../../scripts/lib/chromium.mjs'
import type { Page } from './pages.ts'

export const CATEGORIES = ['performance', 'accessibility', 'best-practices', 'seo'] as const
export type Category = (typeof CATEGORIES)[number]

/** An audit that cost points of its category. */
export interface Cost {
  category: Category
  audit: string
  /** What it measured, in its own words. */
  found: string
  /** Hundredths of the category's score. */
  points: number
}

export interface Look {
  page: Page
  /** 0 to 100. */
  scores: Record<Category, number>
  costs: Cost[]
  /** Bytes as they travelled, headers included; photographs apart. */
  script: number
  whole: number
  /** How fast the machine was, in Lighthouse's own measure: the fourfold slowdown is meant for 1,500 to 2,000. */
  machine: number
}

/** Lighthouse's own recording was lost, which says nothing of the page. */
const LOST = /^NO_NAVSTART|^NO_TRACING_STARTED/
/** Whether search engines may keep a page: the one audit that a page with a question must fail. */
const LISTED = 'is-crawlable'

/**
 * Looks at each page `runs` times as on a middling telephone with slow 4G (Lighthouse's own defaults: the network simulated, the processor
 * four times slower). Of performance the median counts, of what does not depend on the machine the worst.
 * @throws Error when a page does not load, or when an unlisted one could be listed
 */
export async function lookAt(
  origin: string,
  pages: readonly Page[],
  { chromium, runs }: { chromium: string; runs: number },
): Promise<Look[]> {
  const browser = await launch({
    chromePath: chromium,
    chromeFlags: ['--headless=new', ...CHROMIUM_FLAGS],
    logLevel: 'silent',
  })
  try {
    // The server's own compiler settles before anything counts: a site that people use has been running for a while.
    for (let n = 0; n < 5; n += 1) for (const { path } of pages) await (await fetch(origin + path)).text()
    const looks: Look[] = []
    for (const page of pages) {
      const seen: Look[] = []
      for (let run = 0; run < runs; run += 1) seen.push(await once(origin, page, browser.port))
      looks.push(together(seen))
    }
    return looks
  } finally {
    browser.kill()
  }
}

async function once(origin: string, page: Page, port: number): Promise<Look> {
  let lhr = await asked(origin, page, port)
  if (LOST.test(lhr.runtimeError?.code ?? '')) lhr = await asked(origin, page, port)
  if (lhr.runtimeError) throw new Error(`${page.path}: ${lhr.runtimeError.message}`)
  if (page.unlisted && lhr.audits[LISTED]?.score !== 0)
    throw new Error(`${page.path} could be kept by search engines`)
  const parts = CATEGORIES.map((category) => ({ category, ...scoreOf(lhr, category, page) }))
  return {
    page,
    scores: Object.fromEntries(parts.map(({ category, score }) => [category, score])) as Look['scores'],
    costs: parts.flatMap(({ costs }) => costs),
    ...weightOf(lhr),
    machine: lhr.environment.benchmarkIndex,
  }
}

async function asked(origin: string, page: Page, port: number): Promise<Result> {
  const answer = await lighthouse(origin + page.path, {
    port,
    logLevel: 'silent',
    output: 'json',
    onlyCategories: [...CATEGORIES],
    disableFullPageScreenshot: true,
  })
  if (!answer) throw new Error(`Lighthouse said nothing of ${page.path}`)
  return answer.lhr
}

/** As Lighthouse counts it: the weighted mean of the audits that apply, here without the one that an unlisted page is to fail. */
function scoreOf(lhr: Result, category: Category, page: Page): { score: number; costs: Cost[] } {
  const refs = (lhr.categories[category]?.auditRefs ?? []).filter(
    ({ id, weight }) => weight > 0 && !(page.unlisted && id === LISTED),
  )
  const all = refs.reduce((sum, { weight }) => sum + weight, 0)
  const costs = refs.flatMap(({ id, weight }): Cost[] => {
    const audit = lhr.audits[id]
    const points = ((1 - (audit?.score ?? 0)) * weight * 100) / all
    const found = audit?.displayValue ?? audit?.explanation ?? audit?.title ?? ''
    return points > 0 ? [{ category, audit: id, found, points }] : []
  })
  const lost = costs.reduce((sum, { points }) => sum + points, 0)
  return { score: Math.round(100 - lost), costs }
}

function weightOf(lhr: Result): { script: number; whole: number } {
  const details = lhr.audits['network-requests']?.details
  const requests = details?.type === 'table' ? details.items : []
  const bytes = (counts: (kind: unknown) => boolean): number =>
    requests.reduce((sum, item) => sum + (counts(item['resourceType']) ? Number(item['transferSize']) : 0), 0)
  return { script: bytes((kind) => kind === 'Script'), whole: bytes((kind) => kind !== 'Image') }
}

/** The run in the middle by performance; of the rest each category's worst. */
function together(seen: readonly Look[]): Look {
  const sorted = [...seen].sort((a, b) => a.scores.performance - b.scores.performance)
  const middle = sorted[Math.floor((sorted.length - 1) / 2)]
  if (!middle) throw new Error('nothing was looked at')
  const worst = { ...middle, scores: { ...middle.scores }, costs: middle.costs.filter(isPerformance) }
  for (const category of CATEGORIES) {
    if (category === 'performance') continue
    const lowest = seen.reduce((low, look) => (look.scores[category] < low.scores[category] ? look : low))
    worst.scores[category] = lowest.scores[category]
    worst.costs.push(...lowest.costs.filter((cost) => cost.category === category))
  }
  return worst
}
const isPerformance = ({ category }: Cost): boolean => category === 'performance'
