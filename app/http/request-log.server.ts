import { matchRoutes } from '@remix-run/router'
import type { RequestHandler } from 'express'
import type { Logger } from 'pino'
import { newId } from '#services/kernel/ids.ts'

interface Route {
  id: string
  parentId?: string | undefined
  path?: string | undefined
  index?: boolean | undefined
}
interface Branch {
  id: string
  path?: string
  index?: boolean
  children?: Branch[]
}

function branches(routes: readonly Route[], parentId?: string): Branch[] {
  return routes
    .filter((route) => route.parentId === parentId)
    .map((route) => {
      const at = { id: route.id, ...(route.path === undefined ? {} : { path: route.path }) }
      return route.index ? { ...at, index: true } : { ...at, children: branches(routes, route.id) }
    })
}

/** Whether its percent signs mean something. */
export function isPath(path: string): boolean {
  try {
    decodeURIComponent(path)
    return true
  } catch {
    return false
  }
}

/**
 * From a path to the pattern it matched ('/my/bookings/:id'), for logs and metrics: paths hold people's ids and
 * names, patterns do not.
 */
export function patternOf(routes: readonly Route[]): (path: string) => string {
  const tree = branches(routes)
  return (path) => {
    if (path.startsWith('/assets/')) return '/assets/*'
    if (path === '/healthz' || path === '/metrics' || path === '/__manifest') return path
    const page = path.replace(/\/?_root\.data$/, '/').replace(/\.data$/, '')
    // The router would complain about it aloud, and quote it.
    if (!isPath(page)) return '(none)'
    const matches = matchRoutes(tree as Parameters<typeof matchRoutes>[0], page === '' ? '/' : page)
    if (!matches) return '(none)'
    const parts = matches.map(({ route }) => route.path ?? '').filter(Boolean)
    return `/${parts.join('/')}`.replaceAll(/\/{2,}/g, '/')
  }
}

export interface Seen {
  method: string
  route: string
  status: number
  seconds: number
}

/** Gives each request an id, and writes one line when it is answered: no query, no address, no name. */
export function requestLog(
  log: Logger,
  pattern: (path: string) => string,
  observe: (seen: Seen) => void,
): RequestHandler {
  return (req, res, next) => {
    const requestId = newId()
    const startedAt = performance.now()
    // Both may be rewritten on the way to the route.
    const { path, method } = req
    res.locals['requestId'] = requestId
    res.setHeader('X-Request-Id', requestId)
    let written = false
    const write = (): void => {
      if (written) return
      written = true
      const seconds = (performance.now() - startedAt) / 1_000
      const route = pattern(path)
      const seen = { method, route, status: res.statusCode, seconds }
      observe(seen)
      if (route === '/assets/*' || route === '/healthz' || route === '/metrics') return
      const aborted = !res.writableFinished
      const line = { requestId, method, route, status: seen.status, ms: Math.round(seconds * 1_000) }
      log.info(aborted ? { ...line, aborted } : line, 'request')
    }
    res.once('finish', write)
    res.once('close', write)
    next()
  }
}
