import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

/** More than this is no short list. */
export const MOST_KEPT = 50

/** The rows of one person's list, one writer at a time: two presses at once must not make 51 of 50. */
export async function lockList(tx: Tx, personId: string): Promise<Set<string>> {
  await tx.$executeRaw`select pg_advisory_xact_lock(hashtextextended(${`shortlist ${personId}`}, 0))`
  const rows = await tx.shortlistEntry.findMany({
    where: { personId },
    select: { serviceId: true },
    take: MOST_KEPT,
  })
  return new Set(rows.map(({ serviceId }) => serviceId))
}

/** Writes these entries and who kept them. Call it under the lock. */
export async function addEntries(
  deps: Pick<Deps, 'clock'>,
  tx: Tx,
  actor: Actor,
  personId: string,
  serviceIds: readonly string[],
): Promise<void> {
  const { actorUserId, authorityId } = traceOf(actor)
  if (!actorUserId) throw notFound()
  const now = deps.clock.now()
  await tx.shortlistEntry.createMany({
    data: serviceIds.map((serviceId) => ({
      id: newId(),
      personId,
      serviceId,
      keptById: actorUserId,
      authorityId,
      createdAt: toDate(now),
    })),
  })
  await recordAudit(tx, now, actor, {
    action: 'shortlist.kept',
    subjectType: 'person',
    subjectId: personId,
    forPersonId: personId,
    facts: { services: serviceIds.length },
  })
}
