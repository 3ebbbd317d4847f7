import { categoryName } from '#services/discovery/vocabulary.ts'
import { fromDate, londonDate, longDate, plusMinutes } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { nearestProviders } from './fitting.server.ts'

/** Nearest first; more than these would be more answers than anybody can compare. */
export const MOST_TOLD = 30

/**
 * Tells the providers that fit that somebody looks for what they offer, once: a job that asking leaves in the outbox. It
 * says what and roughly where, and nothing of who.
 */
export async function tellOfSupportRequest(
  deps: Pick<Deps, 'db' | 'clock'>,
  requestId: string,
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    // The row is locked, so that a job that runs twice at once tells once.
    await tx.$queryRaw`select 1 from request_for_support where id = ${requestId}::uuid for update`
    const request = await tx.supportRequest.findFirst({
      where: { id: requestId, state: 'open' },
      select: { categoryCode: true, outcode: true, openUntil: true },
    })
    if (!request) return
    const told = await tx.notice.count({ where: { subjectId: requestId, kind: 'support.asked' } })
    if (told > 0) return
    const until = longDate(londonDate(plusMinutes(fromDate(request.openUntil), -1)))
    const what = categoryName(request.categoryCode)
    const providers = await nearestProviders(tx, now, requestId, MOST_TOLD)
    await tell(
      tx,
      now,
      providers.map((providerId) => ({
        to: { providerId },
        kind: 'support.asked',
        title: `Somebody near ${request.outcode} looks for what you offer`,
        body: `${what}. You can say what you could do, until ${until}. You learn who it is when they take your offer.`,
        path: `/provider/asked/${requestId}`,
        subjectId: requestId,
      })),
    )
  })
}
