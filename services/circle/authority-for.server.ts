import type { Actor } from '#services/kernel/actor.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { heldBy, live } from './live.ts'

/** By which authority the actor may do things for this person, and how the person is called; null when by none. */
export async function authorityFor(
  deps: Deps,
  actor: Actor,
  personId: string,
): Promise<{ authorityId: string; name: string } | null> {
  if (actor.kind !== 'user' || !isId(personId)) return null
  const found = await deps.db.prisma.authority.findFirst({
    where: { personId, AND: [live(deps.clock.now()), heldBy(actor.userId)] },
    orderBy: { createdAt: 'asc' },
    select: { id: true, person: { select: { shortName: true } } },
  })
  return found && { authorityId: found.id, name: found.person.shortName }
}
