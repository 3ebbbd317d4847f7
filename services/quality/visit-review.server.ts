import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { type Score, SCORE_WORDS, SCORES } from './review.schema.ts'
import { AGAIN_AFTER_DAYS, EDIT_DAYS } from './write-review.server.ts'

export interface VisitReview {
  scores: Record<Score, number>
  comment: string
  writtenOn: string
  /** Last day on which it can be changed; null when that has passed. */
  editUntil: string | null
  reply: string | null
  repliedOn: string | null
}

/** Words at both ends of each score. */
const ENDS: Record<Score, readonly [least: string, most: string]> = {
  keptMeInControl: ['not at all', 'completely'],
  reliable: ['never', 'always'],
  respectful: ['never', 'always'],
  listened: ['never', 'always'],
  madeADifference: ['none', 'a great deal'],
}
/** The five questions, in order, as a form asks them. */
export const reviewQuestions = () =>
  SCORES.map((name) => ({ name, label: SCORE_WORDS[name], least: ENDS[name][0], most: ENDS[name][1] }))

/** What was said about a visit; and, when nothing was, whether this support was spoken of within the last three months. */
export async function readVisitReview(
  tx: Tx,
  visit: { visitId: string; personId: string; serviceId: string },
  now: Temporal.Instant,
): Promise<{ review: VisitReview | null; saidLately: boolean }> {
  const row = await tx.review.findFirst({ where: { visitId: visit.visitId, personId: visit.personId } })
  if (!row) {
    const recent = await tx.review.findFirst({
      where: {
        personId: visit.personId,
        serviceId: visit.serviceId,
        createdAt: { gt: toDate(now.subtract({ hours: AGAIN_AFTER_DAYS * 24 })) },
      },
      select: { id: true },
    })
    return { review: null, saidLately: recent !== null }
  }
  const until = fromDate(row.createdAt).add({ hours: EDIT_DAYS * 24 })
  const day = (at: Temporal.Instant): string => longDate(londonDate(at))
  return {
    saidLately: false,
    review: {
      scores: {
        keptMeInControl: row.keptMeInControl,
        reliable: row.reliable,
        respectful: row.respectful,
        listened: row.listened,
        madeADifference: row.madeADifference,
      },
      comment: row.comment,
      writtenOn: day(fromDate(row.createdAt)),
      editUntil: until.epochMilliseconds >= now.epochMilliseconds ? day(until) : null,
      reply: row.reply,
      repliedOn: row.repliedAt ? day(fromDate(row.repliedAt)) : null,
    },
  }
}
