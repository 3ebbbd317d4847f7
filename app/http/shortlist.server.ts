import { cookieAttributes, readCookie } from '#services/accounts/session-cookie.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readBrowserList, writeBrowserList } from '#services/shortlist/browser-list.rules.ts'
import { joinLists } from '#services/shortlist/join-lists.server.ts'
import { keptIds, type Kept } from '#services/shortlist/kept-ids.server.ts'

/** The list of somebody who is not signed in: ids of services and nothing else, so that it works without JavaScript. */
const COOKIE = 'kith.shortlist'
const HALF_A_YEAR = 15_552_000

/** What this browser keeps. */
export const inBrowser = (request: Request): string[] =>
  readBrowserList(readCookie(request.headers.get('Cookie'), COOKIE))

/** The header that keeps this list in the browser, or forgets it. */
export const keepInBrowser = ({ settings }: Pick<Deps, 'settings'>, ids: readonly string[]): string =>
  `${COOKIE}=${writeBrowserList(ids)}; Max-Age=${ids.length === 0 ? '0' : String(HALF_A_YEAR)}; ${cookieAttributes(settings)}`

/** What is kept, for a page with a "Keep" button; null where there is to be none. */
export const keptFor = (deps: Deps, actor: Actor, request: Request): Promise<Kept | null> =>
  keptIds(deps, actor, inBrowser(request))

/**
 * After signing in: what the browser kept is joined into the person’s own list. Whoever has none of their own goes on with
 * the browser’s.
 * @returns the header for the browser’s list, when it changes
 */
export async function joinedOnSignIn(deps: Deps, actor: Actor, request: Request): Promise<string | null> {
  const ids = inBrowser(request)
  if (ids.length === 0 || actor.kind !== 'user' || !actor.personId || actor.actingFor) return null
  const { inBrowser: rest } = await joinLists(deps, actor, ids)
  return keepInBrowser(deps, rest)
}
