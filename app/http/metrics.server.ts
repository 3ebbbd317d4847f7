import { timingSafeEqual } from 'node:crypto'
import type { RequestHandler } from 'express'
import { collectDefaultMetrics, Histogram, Registry } from 'prom-client'
import type { Seen } from './request-log.server.ts'

/** Compared as bytes: letters beyond ASCII have as many letters, but more bytes. */
const same = (a: string, b: string): boolean => {
  const [given, wanted] = [Buffer.from(a), Buffer.from(b)]
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

/** Prometheus figures: the process's own, and how long each route takes. Told to this machine, or for a token. */
export function makeMetrics(token: string | null): {
  observe: (seen: Seen) => void
  handler: RequestHandler
} {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const durations = new Histogram({
    name: 'kith_http_request_seconds',
    help: 'Time to answer a request, by route pattern, method and status',
    labelNames: ['method', 'route', 'status'] as const,
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  })
  return {
    observe({ method, route, status, seconds }) {
      durations.observe({ method, route, status: String(status) }, seconds)
    },
    handler: (req, res, next) => {
      const from = req.socket.remoteAddress ?? ''
      // A proxy on this machine is not this machine asking.
      const direct = req.headers['x-forwarded-for'] === undefined && req.headers['forwarded'] === undefined
      const local = direct && /^(127\.|::1$|::ffff:127\.)/.test(from)
      const given = /^Bearer (.+)$/.exec(req.headers.authorization ?? '')?.[1] ?? ''
      if (!local && !(token !== null && same(given, token))) {
        res.status(404).type('text').send('Not found\n')
        return
      }
      registry
        .metrics()
        .then((text) => res.type(registry.contentType).send(text))
        .catch(next)
    },
  }
}
