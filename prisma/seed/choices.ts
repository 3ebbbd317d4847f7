import type { Tx } from '#services/db/client.server.ts'
import { at, HOUR, insertRows, type Kit } from './kit.ts'

/** Joan has begun to answer, and has stopped for today. */
const BEGUN = { what: ['house', 'do'], for: [], setting: ['at_home', 'at_venue'], near: ['Millgate'] }

/** Two of these she has put into her plan. */
const IN_PLAN = [
  { about: 'What would make life better', words: 'Help with the house; Things to do, and people to meet' },
  { about: 'Where it happens', words: 'At your home; At their place' },
]

/** What is answered in "Help me choose", as the use cases would have left it. */
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
  await insertRows(tx, 'plan_answers', [
    {
      personId: joan.id,
      lines: IN_PLAN,
      consent: 'self',
      putById: joan.userId,
      authorityId: null,
      putAt: at(kit.nowMs - 29 * HOUR),
    },
  ])
}
