import { redirect } from '@remix-run/node'
import type { NewSession } from '#services/accounts/begin-session.server.ts'
import { landingPage, safeNext } from '#services/accounts/landing.rules.ts'
import type { SignedIn } from '#services/accounts/read-actor.server.ts'
import { sessionCookie } from '#services/accounts/session-cookie.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { choicesOnSignIn } from './choosing.server.ts'
import { keptFormId } from './kept-form.server.ts'
import { goneCookie, readSealed, sealedCookie } from './sealed-cookie.server.ts'
import { joinedOnSignIn } from './shortlist.server.ts'

const COOKIE = 'kith.signing_in'
const MINUTES = 30

/** Whom a code was sent to and where they were going: in a sealed cookie, because an address belongs in no URL. */
export interface SigningIn {
  email: string
  next: string | null
}

export const signingInCookie = (deps: Deps, value: SigningIn): string =>
  sealedCookie(deps, COOKIE, value, MINUTES)

export function readSigningIn(deps: Deps, request: Request): SigningIn | null {
  const value = readSealed(deps, request, COOKIE) as Partial<SigningIn> | null
  return typeof value?.email === 'string' ? { email: value.email, next: safeNext(value.next) } : null
}

/** A page that leads on to another one. */
export const withNext = (path: string, next: string | null): string =>
  next ? `${path}?next=${encodeURIComponent(next)}` : path

/** The next page for somebody who just signed in: what is still missing first, then where they were going. */
export function onward(
  deps: Deps,
  request: Request,
  state: { signedIn: SignedIn; nameMissing: boolean; next: string | null },
): string {
  if (state.signedIn.secondStepDue) return withNext('/sign-in/second-step', state.next)
  if (state.nameMissing) return withNext('/sign-in/name', state.next)
  if (keptFormId(deps, request)) return withNext('/sign-in/carry-on', state.next)
  return state.next ?? landingPage(state.signedIn)
}

/**
 * Whatever the browser kept for somebody before they signed in becomes their own.
 * @returns the headers for what the browser keeps from now on
 */
export async function takenAlong(deps: Deps, actor: Actor, request: Request): Promise<string[]> {
  const headers = [await joinedOnSignIn(deps, actor, request), await choicesOnSignIn(deps, actor, request)]
  return headers.filter((header) => header !== null)
}

/** The cookies of a new session, what the browser had kept joined into the person’s own list, and the way on. */
export async function welcome(
  deps: Deps,
  request: Request,
  session: NewSession,
  next: string | null,
): Promise<Response> {
  const headers = new Headers()
  headers.append('Set-Cookie', sessionCookie(deps.settings, session.token))
  headers.append('Set-Cookie', goneCookie(deps, COOKIE))
  for (const cookie of await takenAlong(deps, session.signedIn.actor, request))
    headers.append('Set-Cookie', cookie)
  return redirect(onward(deps, request, { ...session, next: safeNext(next) }), { headers })
}

const CARRY_ON = '/sign-in/carry-on'

/** As `safeNext`, and also back to a form that waits: the one page of signing in that somebody may be led on to. */
export function safeOnward(next: string | null): string | null {
  if (next !== CARRY_ON && !next?.startsWith(`${CARRY_ON}?next=`)) return safeNext(next)
  return withNext(CARRY_ON, safeNext(new URL(next, 'http://kith.invalid').searchParams.get('next')))
}
