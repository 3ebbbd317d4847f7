import { constants } from 'node:zlib'
import { createRequestHandler } from '@remix-run/express'
import type { ServerBuild } from '@remix-run/node'
import compression from 'compression'
import express, { type ErrorRequestHandler, type Express, type Request, type Response } from 'express'
import { clone } from '#services/db/clone.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { health } from './health.server.ts'
import { bodyLimit, readToTheEnd, signInLimit, type Refuse } from './limits.server.ts'
import { makeMetrics } from './metrics.server.ts'
import { fromOurPages } from './origin.server.ts'
import { isPath, patternOf, requestLog } from './request-log.server.ts'
import { nonces, privacyHeaders, securityHeaders } from './security.server.ts'
import { buildFolder, staticFiles } from './static.server.ts'
import { cardWebhooks, paymentWebhooks } from './webhooks.server.ts'
import './context.ts'

/** Where the pages come from: the build, or Vite while developing. */
export interface Pages {
  routes: ServerBuild['routes']
  build: ServerBuild | (() => Promise<ServerBuild>)
  /** Vite's own files, in development. */
  files?: express.RequestHandler
}

/** Everything between the socket and the routes. */
export function makeApp(deps: Deps, pages: Pages): Express {
  const { settings, log } = deps
  const app = express()
  app.disable('x-powered-by')
  app.disable('etag')
  app.set('trust proxy', settings.trustProxy)
  const metrics = makeMetrics(settings.metricsToken)
  const contextOf = (res: Response) => ({
    deps,
    requestId: String(res.locals['requestId']),
    nonce: String(res.locals['nonce']),
  })
  const remix = createRequestHandler({
    build: pages.build,
    mode: settings.mode,
    getLoadContext: (_req, res) => ({
      ...contextOf(res),
      ...(res.locals['refusal']
        ? { refusal: res.locals['refusal'] as { status: number; message: string } }
        : {}),
    }),
  })
  /** The root page says why; the request's own body and address are not looked at. */
  const refuse: Refuse = (req, res, status, message) => {
    res.locals['refusal'] = { status, message }
    res.setHeader('Connection', 'close')
    req.method = 'GET'
    req.originalUrl = '/'
    remix(req, res, (error?: unknown) => {
      if (error) log.error({ err: error }, 'the refusal itself failed')
      if (!res.headersSent) res.status(status).type('text').send(`${message}\n`)
    }) as unknown
  }

  app.use(
    requestLog(
      log,
      patternOf(Object.values(pages.routes).filter((route) => route !== undefined)),
      metrics.observe,
    ),
  )
  app.get('/healthz', health(deps))
  app.get('/metrics', metrics.handler)
  app.post('/webhooks/payments', ...paymentWebhooks(deps))
  app.post('/webhooks/cards', ...cardWebhooks(deps))
  if (!pages.files) app.use(staticFiles(buildFolder(clone)))
  app.use(nonces, securityHeaders(settings), privacyHeaders)
  // Quality 4 packs a page in a millisecond; the build packs files as small as they go.
  app.use(compression({ brotli: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } } }))
  if (pages.files) app.use(pages.files)
  app.use((req, res, next) => {
    if (isPath(req.path)) next()
    else refuse(req, res, 400, 'The address is mistyped: it holds a % sign in the wrong place.')
  })
  app.use((req, res, next) => {
    if (fromOurPages(req, settings.origin)) next()
    else refuse(req, res, 403, 'That form was sent from another website, so nothing was done.')
  })
  app.use(readToTheEnd, bodyLimit(refuse), signInLimit(refuse, settings.signInLimit))
  app.all('*', (req: Request, res: Response, next) => {
    void remix(req, res, next)
  })
  const failed: ErrorRequestHandler = (error: unknown, _req, res, next) => {
    const requestId = String(res.locals['requestId'])
    const bad = error instanceof URIError || (error as { status?: unknown }).status === 400
    if (bad) log.info({ requestId }, 'bad request')
    else log.error({ requestId, err: error }, 'request failed before its route')
    if (res.headersSent) {
      next(error)
      return
    }
    res
      .status(bad ? 400 : 500)
      .type('text')
      .send(
        bad ? 'The address is mistyped.\n' : `Something went wrong on our side. Reference: ${requestId}\n`,
      )
  }
  app.use(failed)
  return app
}
