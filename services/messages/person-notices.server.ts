import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'

export interface PersonNotice {
  id: string
  title: string
  body: string
  path: string | null
  at: Date
}

/** The page puts these two as questions itself, and only while they are open. */
const ASKED_ELSEWHERE = ['visit.delivered', 'visit.reminder']
/** Kinds that speak of money, for those who may not see it. */
const ABOUT_MONEY = ['budget.', 'payment.', 'purchase.']
/** Whether a notice of this kind speaks of money: then a supporter without `see_money` neither sees it nor gets it by mail. */
export const isAboutMoney = (kind: string): boolean => ABOUT_MONEY.some((prefix) => kind.startsWith(prefix))

/** The newest notices to a person that nobody has marked as read. */
export async function unreadNotices(
  tx: Tx,
  personId: string,
  options: { most: number; money: boolean },
): Promise<PersonNotice[]> {
  const rows = await tx.notice.findMany({
    where: {
      personId,
      readAt: null,
      kind: { notIn: ASKED_ELSEWHERE },
      ...(options.money ? {} : { NOT: ABOUT_MONEY.map((prefix) => ({ kind: { startsWith: prefix } })) }),
    },
    orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
    take: options.most,
    select: { id: true, title: true, body: true, path: true, createdAt: true },
  })
  return rows.map(({ createdAt, ...row }) => ({ ...row, at: createdAt }))
}

/**
 * These notices, and those about these visits, were shown to the person or to somebody who acts for them: they have
 * arrived, whether or not a mail did.
 */
export async function noticesArrived(
  tx: Tx,
  now: Temporal.Instant,
  personId: string,
  shown: { noticeIds: readonly string[]; visitIds: readonly string[] },
): Promise<void> {
  if (shown.noticeIds.length === 0 && shown.visitIds.length === 0) return
  await tx.notice.updateMany({
    where: {
      personId,
      arrivedAt: null,
      OR: [
        { id: { in: [...shown.noticeIds] } },
        {
          subjectId: { in: [...shown.visitIds] },
          kind: { in: ['visit.delivered', 'visit.reminder', 'visit.no_answer'] },
        },
      ],
    },
    data: { arrivedAt: toDate(now) },
  })
}

/** Somebody pressed "I have read these", or opened the page that a notice leads to. Harmless twice. */
export async function noticesRead(
  tx: Tx,
  now: Temporal.Instant,
  personId: string,
  which: { noticeIds: readonly string[] } | { subjectId: string },
): Promise<void> {
  const chosen = 'subjectId' in which ? { subjectId: which.subjectId } : { id: { in: [...which.noticeIds] } }
  await tx.notice.updateMany({ where: { personId, readAt: null, ...chosen }, data: { readAt: toDate(now) } })
}
