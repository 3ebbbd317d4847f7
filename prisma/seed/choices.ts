import type { Tx } from '#services/db/client.server.ts'
import { at, HOUR, insertRows, type Kit } from './kit.ts'

/** Joan has begun to answer, and has stopped for today. */
const BEGUN = { what: ['house', 'do'], for: [], setting: ['at_home', 'at_venue'], near: ['Millgate'] }

/** What is answered in "Help me choose", as the use case would have left it. */
export async function writeChoices(tx: Tx, kit: Kit): Promise<void> {
  const joan = await tx.person.findFirst({
    where: { name: 'Joan Ellery' },
    select: { id: true, userId: true },
  })
  if (!joan?.userId) return
  await insertRows(tx, 'choice_path', [
    {
      personId: joan.id,
      answers: BEGUN,
      changedById: joan.userId,
      authorityId: null,
      changedAt: at(kit.nowMs - 30 * HOUR),
    },
  ])
}
