import type { APIRequestContext } from '@playwright/test'

/** Which route a path belongs to: '/provider/services/new' is its own and no service's. */
export function routeOf(path: string, routes: readonly string[]): string | null {
  const words = path.split('/')
  const fits = routes.filter((route) => {
    const parts = route.split('/')
    return (
      parts.length === words.length && parts.every((part, i) => part.startsWith(':') || part === words[i])
    )
  })
  const holes = (route: string): number => route.split(':').length
  return fits.sort((a, b) => holes(a) - holes(b))[0] ?? null
}

export interface FoundPage {
  path: string
  pattern: string
  html: string
}

/**
 * The pages that links lead to from `starts`, so many of each route: pages of one route show different forms by how
 * things stand. Files are left out.
 */
export async function crawl(
  request: APIRequestContext,
  starts: readonly string[],
  routes: readonly string[],
  most: (pattern: string) => number,
): Promise<FoundPage[]> {
  const seen = new Set<string>()
  const count = new Map<string, number>()
  const found: FoundPage[] = []
  let next = [...starts]
  while (next.length > 0) {
    const pages = await Promise.all(
      next.splice(0, 4).map(async (path) => {
        const bare = path.replace(/[?#].*$/, '')
        const pattern = routeOf(bare, routes)
        if (!pattern || seen.has(bare) || /\.\w+$/.test(bare)) return null
        if ((count.get(pattern) ?? 0) >= most(pattern)) return null
        seen.add(bare)
        count.set(pattern, (count.get(pattern) ?? 0) + 1)
        const answer = await request.get(path)
        // Somebody who may not see it is led to another page, which has a path of its own.
        const here = new URL(answer.url()).pathname === bare
        return here && answer.status() === 200 ? { path: bare, pattern, html: await answer.text() } : null
      }),
    )
    for (const page of pages) {
      if (!page) continue
      found.push(page)
      const links = [...page.html.matchAll(/href="(\/[^"/][^"]*)"/g)].map(([, to = '']) =>
        to.replaceAll('&amp;', '&'),
      )
      next = next.concat(links)
    }
  }
  return found
}
