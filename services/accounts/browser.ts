/** What a use case of signing in needs to know about the browser; routes take it from the request. */
export interface Browser {
  cookie: string | null
  userAgent: string | null
}

export function headersOf({ cookie, userAgent }: Browser): Headers {
  const headers = new Headers()
  if (cookie) headers.set('cookie', cookie)
  // Long ones are made up; the list of devices needs the start.
  if (userAgent) headers.set('user-agent', userAgent.slice(0, 300))
  return headers
}
