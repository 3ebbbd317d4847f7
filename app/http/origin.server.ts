import type { Request } from 'express'

const hostOf = (address: string): string | null => {
  try {
    return new URL(address).host
  } catch {
    return null
  }
}

/**
 * Whether a request that changes something was made by a page of ours. Browsers name the page's origin; what is no
 * browser (and so carries nobody's cookies by accident) may leave it out.
 * @param own the address from the settings, beside the one the request was sent to
 */
export function fromOurPages(req: Pick<Request, 'method' | 'headers' | 'hostname'>, own: string): boolean {
  if (req.method === 'GET' || req.method === 'HEAD' || req.method === 'OPTIONS') return true
  const { origin, host } = req.headers
  if (origin === undefined) {
    const site = req.headers['sec-fetch-site']
    return site === undefined || site === 'same-origin' || site === 'none'
  }
  const from = hostOf(origin)
  return from !== null && (from === host || from === hostOf(own))
}
