import { keepForm, KEPT_MINUTES, keptForm, type KeptForm } from '#services/accounts/keep-form.server.ts'
import { readSessionToken } from '#services/accounts/session-cookie.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { goneCookie, readSealed, sealedCookie } from './sealed-cookie.server.ts'

const COOKIE = 'kith.kept_form'
/** Signing in keeps nothing; a concern is never kept anywhere but where it belongs. */
const NEVER = /^\/(sign-in|sign-out|demo|concern|circle)(\/|$)/

/**
 * A second copy of what was posted, taken before the action reads it, when signing in may come between: somebody's
 * session may have ended while they typed.
 */
export function copyInCase(request: Request, mayHaveToSignIn: boolean): Request | null {
  if (request.method !== 'POST' || !mayHaveToSignIn || NEVER.test(new URL(request.url).pathname)) return null
  const type = request.headers.get('Content-Type') ?? ''
  return /^(application\/x-www-form-urlencoded|multipart\/form-data)/.test(type) ? request.clone() : null
}

/** Keeps the copy until they have signed in again; the header that goes with the redirect. */
export async function keepCopy(deps: Deps, copy: Request): Promise<HeadersInit> {
  const form = await copy.formData()
  const fields = [...form].flatMap(([name, value]): [string, string][] =>
    typeof value === 'string' ? [[name, value]] : [],
  )
  const token = readSessionToken(deps.settings, copy.headers.get('Cookie'))
  const url = new URL(copy.url)
  const id = await keepForm(deps, token, {
    path: `${url.pathname.replace(/\.data$/, '')}${url.search}`,
    fields,
  })
  return id ? { 'Set-Cookie': sealedCookie(deps, COOKIE, id, KEPT_MINUTES) } : {}
}

export function keptFormId(deps: Deps, request: Request): string | null {
  const id = readSealed(deps, request, COOKIE)
  return typeof id === 'string' && isId(id) ? id : null
}

/** What this browser had typed before it had to sign in. */
export async function takeKeptForm(deps: Deps, actor: Actor, request: Request): Promise<KeptForm | null> {
  const id = keptFormId(deps, request)
  return id ? keptForm(deps, actor, id) : null
}

export const noKeptForm = (deps: Deps): string => goneCookie(deps, COOKIE)
