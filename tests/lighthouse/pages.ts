/** A page to look at, and what holds for it. */
export interface Page {
  name: string
  path: string
  /** It keeps itself out of search engines, so that one audit is not asked of it, and must say so. */
  unlisted?: true
}

/** Words and a place, as people ask: twelve or so results with a map. */
const QUESTION = '/find?q=help+at+home&near=Millgate'

/**
 * Home, results and a service. What somebody looks for is nobody's to index, so the results of a question are unlisted; the same page without
 * a question lists everything, is open to search engines, and is looked at besides.
 */
export async function publicPages(origin: string): Promise<Page[]> {
  return [
    { name: 'home', path: '/' },
    { name: 'results', path: QUESTION, unlisted: true },
    { name: 'all results', path: '/find' },
    { name: 'service', path: await firstService(origin) },
  ]
}

async function firstService(origin: string): Promise<string> {
  const html = await (await fetch(origin + QUESTION)).text()
  const path = /href="(\/services\/[a-z0-9-]+)"/.exec(html)?.[1]
  if (!path) throw new Error(`${QUESTION} lists no service`)
  return path
}
