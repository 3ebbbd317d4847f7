import { requirePersonInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import { noticesRead } from './person-notices.server.ts'

/** "I have read these": the person, or whoever acts for them, takes notices off the first page. */
export async function markRead(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; noticeIds: readonly string[] },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  await noticesRead(deps.db.prisma, deps.clock.now(), input.personId, { noticeIds: input.noticeIds })
}
