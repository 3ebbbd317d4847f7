import {
  forgetForm,
  keepForm,
  KEPT_MINUTES,
  keptForm,
  type KeptForm,
} from '#services/accounts/keep-form.server.ts'
import { readSessionToken } from '#services/accounts/session-cookie.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { refillOf, type Refill } from './refill.ts'
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

/**
 * Whether a form was filled in for somebody else than the one in view now: signing in again ends acting for somebody. What
 * was typed for one person must never be sent for another.
 */
export function isForAnother(actor: Actor, form: KeptForm | null): string | null {
  const personId = form?.fields.find(([name]) => name === 'personId')?.[1]
  const inView = actor.kind === 'user' ? (actor.actingFor?.personId ?? actor.personId) : null
  return personId !== undefined && personId !== inView ? personId : null
}

const pathOf = (request: Request): string => new URL(request.url).pathname.replace(/\.data$/, '')

/** What this page is to be filled in with, when a form of it came too late and they have signed in again. */
export async function refillFor(deps: Deps, actor: Actor, request: Request): Promise<Refill | null> {
  const form = await takeKeptForm(deps, actor, request)
  const refill = form && refillOf(form)
  return refill?.path === pathOf(request) && !isForAnother(actor, form) ? refill : null
}

/** A form that is sent again, put right or not, waits no longer. */
export async function forgetWhenSent(deps: Deps, actor: Actor, request: Request): Promise<void> {
  if (request.method !== 'POST' || actor.kind !== 'user') return
  const id = keptFormId(deps, request)
  const form = id ? await keptForm(deps, actor, id) : null
  if (id && form?.path.split('?')[0] === pathOf(request)) await forgetForm(deps, actor, id)
}
