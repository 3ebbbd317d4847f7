import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'

/** Whose page it is, for its words: 'You employ', 'Ada employs'. */
export interface PagePerson {
  id: string
  shortName: string
  self: boolean
}

export async function pagePerson(tx: Tx, actor: Actor, personId: string): Promise<PagePerson> {
  const { shortName } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { shortName: true },
  })
  return { id: personId, shortName, self: !(actor.kind === 'user' && actor.actingFor) }
}
