import { machineNow } from '#services/accounts/machine-time.ts'
import { seal, secretOf, unseal } from '#services/accounts/seal.server.ts'
import { cookieAttributes, readCookie } from '#services/accounts/session-cookie.server.ts'
import type { Deps } from '#services/ports/deps.ts'

/** A short-lived cookie that nobody but this site can read or make. */
export function sealedCookie(deps: Deps, name: string, value: unknown, minutes: number): string {
  const sealed = seal(
    secretOf(deps.settings),
    `cookie ${name}`,
    value,
    machineNow(deps.clock).add({ minutes }),
  )
  return `${name}=${sealed}; Max-Age=${String(minutes * 60)}; ${cookieAttributes(deps.settings)}`
}

export const goneCookie = (deps: Deps, name: string): string =>
  `${name}=; Max-Age=0; ${cookieAttributes(deps.settings)}`

export function readSealed(deps: Deps, request: Request, name: string): unknown {
  const value = readCookie(request.headers.get('Cookie'), name)
  return value ? unseal(secretOf(deps.settings), `cookie ${name}`, value, machineNow(deps.clock)) : null
}
