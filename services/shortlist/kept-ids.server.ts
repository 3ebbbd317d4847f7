import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { MOST_KEPT } from './list-rows.server.ts'
import { mayKeep, whoseList } from './shortlist.policy.ts'

/** What a page with a "Keep" button needs to know. */
export interface Kept {
  /** Ids of the services that are kept, whether they are still listed or not. */
  ids: string[]
  /** The person whose list it is, for the form to name; null for the list that this browser keeps. */
  personId: string | null
}

/**
 * What is kept in the list that the actor sees. Null for a supporter without the scope `shortlist`: they get no button.
 * @param inBrowser ids that the browser keeps
 */
export async function keptIds(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  inBrowser: readonly string[],
): Promise<Kept | null> {
  const whose = whoseList(actor)
  if (whose.kind === 'browser') return { ids: [...inBrowser], personId: null }
  if (!mayKeep(actor)) return null
  const { personId } = whose
  const rows = await deps.db.asActor(actor, (tx) =>
    tx.shortlistEntry.findMany({ where: { personId }, select: { serviceId: true }, take: MOST_KEPT }),
  )
  return { ids: rows.map(({ serviceId }) => serviceId), personId }
}
