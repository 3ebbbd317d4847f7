import { payerOf } from '#services/budgets/payer.rules.ts'
import { useLines } from '#services/budgets/split.rules.ts'
import { moveVisits } from '#services/bookings/move.server.ts'
import { settledLines } from '#services/bookings/settled-lines.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, fromDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { type SettledPart, visitSettled } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'

export const PAY_JOB = 'pay_visits'
/** A visit that nobody answered the door for can be disputed this long. */
const DISPUTE_DAYS = 7

export interface Settled {
  settled: string[]
  /** Money has not arrived for these; they are settled when it has. */
  waiting: string[]
}

/**
 * Settles confirmed visits: what was set aside becomes spent up to the visit's cost, the rest goes back to its fund, and
 * each fund's payer owes the provider. Visits that are not confirmed (any more) are passed over, so it can be repeated.
 */
export async function settleVisits(
  deps: Pick<Deps, 'db' | 'clock'>,
  visitIds: readonly string[],
): Promise<Settled> {
  const result: Settled = { settled: [], waiting: [] }
  const now = deps.clock.now()
  const actor = system('settle_visits')
  for (const visitId of visitIds) {
    try {
      if (await deps.db.tx((tx) => settleOne(tx, now, actor, visitId))) result.settled.push(visitId)
    } catch (error) {
      if (isDomainError(error) && error.code === 'NOT_ENOUGH_MONEY') result.waiting.push(visitId)
      else throw error
    }
  }
  return result
}

async function settleOne(tx: Tx, now: Temporal.Instant, actor: Actor, visitId: string): Promise<boolean> {
  const visit = await tx.visit.findUnique({
    where: { id: visitId },
    include: {
      booking: { select: { terms: true } },
      quoteLines: { orderBy: { position: 'asc' } },
      fundingLines: {
        where: { state: { in: ['planned', 'set_aside'] } },
        orderBy: { position: 'asc' },
        include: { allocation: true },
      },
    },
  })
  if (visit?.state !== 'confirmed' || visit.finalPence === null) return false
  // A visit that nobody answered can be disputed for 7 days.
  if (
    visit.outcome === 'no_answer' &&
    visit.confirmedAt &&
    fromDate(visit.confirmedAt).until(now).total('hours') < DISPUTE_DAYS * 24
  )
    return false
  await moveVisits(tx, now, 'settle', [visit.id], { settledAt: toDate(now) })

  const lineOf = new Map(visit.quoteLines.map((line, index) => [line.id, index]))
  const finals = settledLines(
    visit.quoteLines.map((line) => pence(line.pence)),
    pence(visit.finalPence),
  )
  const used = useLines(
    visit.fundingLines.map((line) => ({ ...line, line: lineOf.get(line.quoteLineId) ?? 0 })),
    finals,
  )
  const holds = (await readHolds(tx, [visit.id])).get(visit.id) ?? new Map<string, number>()
  const council = await tx.person.findUniqueOrThrow({
    where: { id: visit.personId },
    select: { councilId: true },
  })
  const parts = new Map<string, SettledPart>()
  for (const line of used) {
    const before = parts.get(line.allocationId)
    parts.set(line.allocationId, {
      allocationId: line.allocationId,
      bookingId: visit.bookingId,
      visitId: visit.id,
      amount: pence((before?.amount ?? 0) + line.used),
      held: pence(holds.get(line.allocationId) ?? 0),
      payer: payerOf({ ...line.allocation, personId: visit.personId, councilId: council.councilId }),
    })
  }
  await postJournals(tx, now, actor, [
    visitSettled(`settle:${visit.id}`, visit.providerId, [...parts.values()]),
  ])
  await tx.$executeRaw`
    update funding_line set state = 'used', used_pence = u.used::int
    from unnest(${used.map((line) => line.id)}::text[], ${used.map((line) => line.used as number)}::int[]) as u (id, used)
    where funding_line.id = u.id::uuid`
  await addJob(tx, PAY_JOB, { visitId: visit.id })
  return true
}

const AT_ONCE = 200

/**
 * Job: confirmed visits that are due and not yet settled: those whose 7 days after "no answer at the door" are over, and
 * those whose money had not arrived. It asks the clock, so it follows the demo's.
 */
export async function settleDueVisits(deps: Pick<Deps, 'db' | 'clock'>): Promise<Settled> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.visit.findMany({
    where: {
      state: 'confirmed',
      OR: [
        { outcome: { not: 'no_answer' } },
        { outcome: 'no_answer', confirmedAt: { lte: toDate(now.subtract({ hours: DISPUTE_DAYS * 24 })) } },
      ],
    },
    select: { id: true },
    orderBy: { confirmedAt: 'asc' },
    take: AT_ONCE,
  })
  return settleVisits(
    deps,
    due.map((visit) => visit.id),
  )
}
