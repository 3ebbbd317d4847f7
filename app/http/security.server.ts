import { randomBytes } from 'node:crypto'
import type { RequestHandler } from 'express'
import helmet from 'helmet'
import type { Settings } from '#services/env.server.ts'

/** Pages about one person or one organisation's inside: search engines and shared caches keep off. */
const PRIVATE =
  /^\/(?:easy\/)?(my|book|bookings|circle|provide|provider|council|demo|design|sign-in|sign-out|concern)(\/|$|\.)/

/** A nonce for each request, in `res.locals`. */
export const nonces: RequestHandler = (_req, res, next) => {
  res.locals['nonce'] = randomBytes(16).toString('base64')
  next()
}

const nonceOf = (locals: unknown): string => String((locals as Record<string, unknown>)['nonce'])

/** Strict headers: only our own files, only scripts that carry the nonce, no frames, nothing inline. */
export function securityHeaders(settings: Settings): RequestHandler {
  const dev = settings.mode === 'development'
  const https = settings.origin.startsWith('https:')
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'", (_req, res) => `'nonce-${nonceOf((res as { locals?: unknown }).locals)}'`],
        styleSrc: dev ? ["'self'", "'unsafe-inline'"] : ["'self'"],
        // A map's pictures, from the one place that the operator named, and from nowhere else.
        imgSrc: ["'self'", ...(settings.mapTiles ? [settings.mapTiles.origin] : [])],
        fontSrc: ["'self'"],
        connectSrc: dev ? ["'self'", 'ws:'] : ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
        ...(https ? { upgradeInsecureRequests: [] } : {}),
      },
    },
    // 'no-referrer' makes Chromium without JavaScript send `Origin: null` with a form, which Remix refuses.
    referrerPolicy: { policy: 'same-origin' },
    strictTransportSecurity: https ? { maxAge: 31_536_000, includeSubDomains: true } : false,
    xFrameOptions: { action: 'deny' },
  })
}

/** Keeps private pages out of search engines and out of every cache, the browser's own included. */
export const privacyHeaders: RequestHandler = (req, res, next) => {
  const isPrivate = PRIVATE.test(req.path)
  if (isPrivate) res.setHeader('X-Robots-Tag', 'noindex, nofollow')
  // A photograph and the outlines of areas say themselves whether they may be kept.
  const isFile = /^\/(assets|photos)\/|^\/find\/boundaries$/.test(req.path)
  if (!isFile) {
    // After signing out on a shared computer, "back" must show nothing.
    const signedIn = /(^|;\s*)[^=;]*session[^=;]*=/i.test(req.headers.cookie ?? '')
    res.setHeader('Cache-Control', isPrivate || signedIn ? 'no-store' : 'no-cache')
  }
  next()
}
