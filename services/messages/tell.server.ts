import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'

export type Reader =
  { personId: string } | { userId: string } | { providerId: string } | { councilId: string }

export interface NewNotice {
  to: Reader
  /** noun.event, for the page that groups them: 'visit.delivered'. */
  kind: string
  title: string
  /** One or two sentences. It never says "booked" when it is not. */
  body: string
  path?: string
  subjectId?: string
}

/**
 * Tells people something: rows for their pages and one job that mails it to whoever of them has an address.
 * A notice to a person also reaches the supporters who act for them. Part of the caller's transaction.
 */
export async function tell(tx: Tx, now: Temporal.Instant, notices: readonly NewNotice[]): Promise<string[]> {
  if (notices.length === 0) return []
  const rows = notices.map((notice) => ({
    id: newId(),
    personId: 'personId' in notice.to ? notice.to.personId : null,
    userId: 'userId' in notice.to ? notice.to.userId : null,
    providerId: 'providerId' in notice.to ? notice.to.providerId : null,
    councilId: 'councilId' in notice.to ? notice.to.councilId : null,
    kind: notice.kind,
    title: notice.title,
    body: notice.body,
    path: notice.path ?? null,
    subjectId: notice.subjectId ?? null,
    createdAt: toDate(now),
  }))
  await tx.notice.createMany({ data: rows })
  const ids = rows.map((row) => row.id)
  await addJob(tx, 'mail_notices', { noticeIds: ids })
  return ids
}
