import { fromDate, toDate, type Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

/** When the next visit that was agreed to ends; of one visit, if its id is given. Null when there is none. */
export async function nextVisitEnd(deps: Deps, visitId?: string): Promise<Temporal.Instant | null> {
  const visit = await deps.db.prisma.visit.findFirst({
    where: {
      endsAt: { gt: toDate(deps.clock.now()) },
      state: { in: ['planned', 'started'] },
      booking: { state: 'accepted' },
      ...(visitId ? { id: visitId } : {}),
    },
    orderBy: { endsAt: 'asc' },
    select: { endsAt: true },
  })
  return visit && fromDate(visit.endsAt)
}
