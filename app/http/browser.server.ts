import type { Browser } from '#services/accounts/browser.ts'

/** What signing in needs to know of a request. */
export const browserOf = (request: Request): Browser => ({
  cookie: request.headers.get('Cookie'),
  userAgent: request.headers.get('User-Agent'),
})
