import { system } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { setAsidePlanned } from './receive-instalments.server.ts'

const AT_ONCE = 1_000
const HOURS_AHEAD = 14 * 24

/**
 * Job: looks two weeks ahead, so that a shortfall is told before it bites. Visits whose instalment is late get what is free in
 * their fund; what is missing then is told, once while it stays the same.
 * @returns how many funds are short
 */
export async function tellShortFunds(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const funds = await deps.db.prisma.fundingLine.findMany({
    where: {
      state: 'planned',
      visit: {
        state: { in: ['planned', 'started', 'delivered', 'disputed', 'confirmed'] },
        startsAt: { lte: toDate(now.add({ hours: HOURS_AHEAD })) },
        booking: { state: { in: ['requested', 'countered', 'accepted'] } },
      },
    },
    distinct: ['allocationId'],
    select: { allocationId: true },
    orderBy: { allocationId: 'asc' },
    take: AT_ONCE,
  })
  let short = 0
  for (const { allocationId } of funds) {
    const { missing } = await deps.db.tx((tx) =>
      setAsidePlanned(tx, now, system('tell_short_funds'), allocationId),
    )
    if (missing > 0) short += 1
  }
  return short
}
