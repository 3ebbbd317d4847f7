import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'

export interface AuditEntry {
  /** verb.noun in the past: 'booking.asked'. */
  action: string
  subjectType: string
  subjectId: string
  /** When it is not the person the actor acts for or is. */
  forPersonId?: string | null
  /** Facts without free text and without names: ids, states, pence. */
  facts?: Record<string, string | number | boolean | null>
}

/** Writes who did what, for whom and by which authority, in the caller's transaction. Rows are never changed. */
export async function recordAudit(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  entry: AuditEntry,
): Promise<void> {
  const trace = traceOf(actor)
  await tx.auditEvent.create({
    data: {
      id: newId(),
      at: toDate(now),
      actorUserId: trace.actorUserId,
      forPersonId: entry.forPersonId === undefined ? trace.forPersonId : entry.forPersonId,
      authorityId: trace.authorityId,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      facts: entry.facts ?? {},
    },
    select: { id: true },
  })
}

/** The same for many at once, in one statement. */
export async function recordAudits(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  entries: readonly AuditEntry[],
): Promise<void> {
  const trace = traceOf(actor)
  await tx.auditEvent.createMany({
    data: entries.map((entry) => ({
      id: newId(),
      at: toDate(now),
      actorUserId: trace.actorUserId,
      forPersonId: entry.forPersonId === undefined ? trace.forPersonId : entry.forPersonId,
      authorityId: trace.authorityId,
      action: entry.action,
      subjectType: entry.subjectType,
      subjectId: entry.subjectId,
      facts: entry.facts ?? {},
    })),
  })
}
