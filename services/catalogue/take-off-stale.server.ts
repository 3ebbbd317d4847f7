import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { system } from '#services/kernel/actor.ts'
import { fromDate, inLondon, longDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { indexServices } from './index-services.server.ts'
import { GONE_MONTHS } from './presses.rules.ts'

const AT_ONCE = 500

/**
 * The job `take_off_stale`: listings that nobody has called right for 12 months leave the search, and their providers are
 * told how to bring them back. Harmless twice.
 * @returns how many were taken off
 */
export async function takeOffStale(deps: Deps): Promise<number> {
  const now = deps.clock.now()
  const before = toDate(inLondon(now).subtract({ months: GONE_MONTHS }).toInstant())
  const actor = system('take_off_stale')
  return deps.db.tx(async (tx) => {
    const stale = await tx.service.findMany({
      where: { state: { in: ['published', 'paused'] }, confirmedAt: { lt: before } },
      select: { id: true, providerId: true, confirmedAt: true, currentVersion: { select: { title: true } } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    })
    const ids = stale.map((service) => service.id)
    await tx.service.updateMany({
      where: { id: { in: ids }, confirmedAt: { lt: before } },
      data: { state: 'unpublished', submittedAt: null },
    })
    await indexServices(tx, now, ids)
    for (const service of stale)
      await recordAudit(tx, now, actor, {
        action: 'service.taken_off_stale',
        subjectType: 'service',
        subjectId: service.id,
      })
    await tell(
      tx,
      now,
      stale.map((service) => ({
        to: { providerId: service.providerId },
        kind: 'service.taken_off',
        title: `“${service.currentVersion?.title ?? 'A listing'}” was taken off`,
        body: `Nobody has said since ${longDate(inLondon(fromDate(service.confirmedAt)).toPlainDate())} that it is still right. Look it over and send it in again; that takes a minute.`,
        path: `/provider/services/${service.id}`,
        subjectId: service.id,
      })),
    )
    return stale.length
  })
}
