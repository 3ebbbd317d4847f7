import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { MOST_IN_BROWSER } from './browser-list.rules.ts'
import { addEntries, lockList, MOST_KEPT } from './list-rows.server.ts'
import { requireShortlist, whoseList } from './shortlist.policy.ts'

/**
 * Joins the list of a browser into the list of the person in view. What nobody can see any more is left out, what is there
 * already is not doubled, and what finds no room stays in the browser.
 * @returns how many were new, and what the browser keeps
 * @throws SIGN_IN; NOT_FOUND for whoever is nobody with a list; FORBIDDEN without the scope `shortlist`
 */
export async function joinLists(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  inBrowser: readonly string[],
): Promise<{ joined: number; inBrowser: string[] }> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser') throw notFound()
  const { personId } = whose
  requireShortlist(actor, personId)
  const asked = inBrowser.filter(isId).slice(0, MOST_IN_BROWSER)
  if (asked.length === 0) return { joined: 0, inBrowser: [] }
  return deps.db.asActor(actor, async (tx) => {
    const known = await tx.service.findMany({
      // Taken off meanwhile is no reason to lose it; never seen by anybody is.
      where: { id: { in: asked }, publishedAt: { not: null }, provider: { claimed: true } },
      select: { id: true },
    })
    const there = new Set(known.map(({ id }) => id))
    const held = await lockList(tx, personId)
    const fresh = asked.filter((id) => there.has(id) && !held.has(id))
    const room = Math.max(0, MOST_KEPT - held.size)
    const joined = fresh.slice(0, room)
    if (joined.length > 0) await addEntries(deps, tx, actor, personId, joined)
    return { joined: joined.length, inBrowser: fresh.slice(room) }
  })
}
