import type { UserActor } from '#services/kernel/actor.ts'

/** Where somebody is taken after signing in when they were on their way nowhere in particular. */
export function landingPage(signedIn: { actor: UserActor; supports: boolean }): string {
  const { actor, supports } = signedIn
  if (actor.staff.length > 0 || actor.operator) return '/council'
  if (actor.personId) return '/my/week'
  if (supports) return '/my/circle'
  if (actor.providers.length > 0) return '/provider'
  return '/'
}

/** A path of our own to go on to; anything that could lead elsewhere is dropped. */
export function safeNext(next: string | null | undefined): string | null {
  if (!next || next.length > 1_000) return null
  // '//host' and '/\host' are other sites to a browser, and so are they with a control character between.
  if (!/^\/(?![/\\])/.test(next) || /[\u0000-\u001f\u007f\\]/.test(next)) return null
  if (/^\/sign-(in|out)(\/|\?|$)/.test(next)) return null
  try {
    const url = new URL(next, 'http://kith.invalid')
    return url.origin === 'http://kith.invalid' ? `${url.pathname}${url.search}` : null
  } catch {
    return null
  }
}
