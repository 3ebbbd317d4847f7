import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, dateColumn, fromDate, londonDate, plainDateOf } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { setAsideWhenAgreed } from './payer.rules.ts'
import type { Waiting } from './planned.rules.ts'

export interface PlannedVisit extends Waiting {
  bookingId: string
  state: string
  /** How often it was paused and started again. */
  round: number
  lineIds: string[]
}

export interface Planned {
  personId: string
  /** Its name. */
  fund: string
  /** What is free in it. Pence. */
  left: number
  /** In the order of their days. */
  visits: PlannedVisit[]
  /** Instalments later than today. */
  coming: { dueOn: string; pence: number }[]
}

const MOST_LINES = 500
/** Soon enough that it must be said. */
const SOON_HOURS = 14 * 24

/** What is planned and not set aside of a fund; null when nothing is. */
export async function readPlanned(
  tx: Tx,
  now: Temporal.Instant,
  allocationId: string,
): Promise<Planned | null> {
  const lines = await tx.fundingLine.findMany({
    where: {
      allocationId,
      state: 'planned',
      visit: { state: { in: ['planned', 'started', 'delivered', 'disputed', 'confirmed'] } },
    },
    include: {
      visit: {
        select: { id: true, bookingId: true, startsAt: true, personId: true, state: true, pauseRound: true },
      },
      allocation: { select: { deployment: true, stream: { select: { name: true } } } },
    },
    orderBy: [{ visit: { startsAt: 'asc' } }, { position: 'asc' }],
    take: MOST_LINES,
  })
  const [first] = lines
  if (!first) return null
  const coming = setAsideWhenAgreed(first.allocation.deployment)
    ? []
    : await tx.instalment.findMany({
        where: { allocationId, arrivedAt: null, dueOn: { gt: dateColumn(londonDate(now)) } },
        orderBy: { dueOn: 'asc' },
        take: 200,
      })
  const visits = new Map<string, PlannedVisit>()
  for (const line of lines) {
    const before = visits.get(line.visitId)
    const startsAt = fromDate(line.visit.startsAt)
    visits.set(line.visitId, {
      visitId: line.visitId,
      bookingId: line.visit.bookingId,
      state: line.visit.state,
      round: line.visit.pauseRound,
      on: londonDate(startsAt).toString(),
      soon: now.until(startsAt).total('hours') <= SOON_HOURS,
      pence: (before?.pence ?? 0) + line.pence,
      lineIds: [...(before?.lineIds ?? []), line.id],
    })
  }
  return {
    personId: first.visit.personId,
    fund: first.allocation.stream.name,
    left: (await readBalances(tx, [allocationId])).get(allocationId)?.available ?? 0,
    visits: [...visits.values()],
    coming: coming.map((one) => ({ dueOn: plainDateOf(one.dueOn).toString(), pence: one.pence })),
  }
}
