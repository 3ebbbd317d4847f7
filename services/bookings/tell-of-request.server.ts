import { fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { termsSchema } from './terms.schema.ts'

/**
 * Tells a provider that somebody asked, once: a job that asking leaves in the outbox, so that the person does not wait for
 * it. A request that was answered or taken back meanwhile needs no telling.
 */
export async function tellOfRequest(deps: Pick<Deps, 'db' | 'clock'>, bookingId: string): Promise<void> {
  await deps.db.tx(async (tx) => {
    // The row is locked, so that a job that runs twice at once tells once.
    await tx.$queryRaw`select 1 from booking where id = ${bookingId}::uuid for update`
    const booking = await tx.booking.findFirst({
      where: { id: bookingId, state: 'requested' },
      select: {
        providerId: true,
        terms: true,
        askedAt: true,
        answerBy: true,
        _count: { select: { visits: true } },
      },
    })
    if (!booking?.askedAt || !booking.answerBy) return
    const told = await tx.notice.count({ where: { subjectId: bookingId, kind: 'booking.asked' } })
    if (told > 0) return
    const count = booking._count.visits
    await tell(tx, fromDate(booking.askedAt), [
      {
        to: { providerId: booking.providerId },
        kind: 'booking.asked',
        title:
          count === 1 ? 'Somebody is asking for a visit' : `Somebody is asking for ${String(count)} visits`,
        body: `${termsSchema.parse(booking.terms).title}. Please answer by ${longDate(londonDate(fromDate(booking.answerBy)))}, 5pm.`,
        path: `/provider/requests/${bookingId}`,
        subjectId: bookingId,
      },
    ])
  })
}
