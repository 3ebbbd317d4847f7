import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Temporal, fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { INDEX_JOB, moveBooking, releaseVisits } from './move.server.ts'
import { stoppedBy } from './pause.rules.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface Paused {
  /** How many visits stop. */
  visits: number
  /** What was set aside for them and is back in its funds, in pence. */
  back: number
  /** Visits after that day that stand, because it is too late to cancel them free. */
  standing: number
}

/** @throws INVALID beside the field for a day that is over */
export function dayAhead(iso: string, now: Temporal.Instant): Temporal.PlainDate {
  const day = Temporal.PlainDate.from(iso)
  if (Temporal.PlainDate.compare(day, londonDate(now)) >= 0) return day
  const sentence = 'Enter today or a day after today.'
  throw new DomainError('INVALID', sentence, { fields: { from: [sentence] } })
}

/**
 * The person stops a series for a while, from a day on. What was set aside for the visits that stop goes back, and their
 * time is free for others. Visits that are too near to be cancelled free stand.
 *
 * @throws NOT_FOUND, FORBIDDEN without the scope `book`, INVALID when no visit would stop, STALE_STATE
 */
export async function pauseBooking(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; personId: string; from: string },
): Promise<Paused> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  const from = dayAhead(input.from, now)
  return deps.db.tx(async (tx) => {
    const booking = await tx.booking.findFirst({
      where: { id: input.bookingId, personId: input.personId, state: { not: 'draft' } },
      include: {
        person: { select: { shortName: true } },
        visits: { orderBy: { startsAt: 'asc' } },
      },
    })
    if (!booking) throw notFound()
    await moveBooking(tx, now, 'pause', booking.id)
    const terms = termsSchema.parse(booking.terms)
    const planned = booking.visits
      .filter((visit) => visit.state === 'planned' && visit.pausedAt === null)
      .map((visit) => ({ ...visit, startsAt: fromDate(visit.startsAt) }))
    const { stopping, tooLate } = stoppedBy(planned, terms, from, now)
    const first = stopping[0]
    if (!first) {
      const sentence =
        tooLate.length > 0
          ? 'It is too late to stop the visits from that day free. You can cancel them one by one.'
          : 'No visits are planned from that day on, so there is nothing to stop.'
      throw new DomainError('INVALID', sentence, { fields: { from: [sentence] } })
    }
    const ids = stopping.map((visit) => visit.id)
    const round = 1 + Math.max(...booking.visits.map((visit) => visit.pauseRound))
    const holds = await readHolds(tx, ids)
    const back = [...holds.values()].flatMap((byFund) => [...byFund.values()]).reduce((a, b) => a + b, 0)
    const stopped = await tx.visit.updateMany({
      where: { id: { in: ids }, state: 'planned', pausedAt: null, missedSaidAt: null },
      // The lane stays known, so that the same face comes back where it can; it is not kept free.
      data: { pausedAt: toDate(now), pauseRound: round, holdsLane: false, updatedAt: toDate(now) },
    })
    if (stopped.count !== ids.length)
      throw new DomainError('STALE_STATE', 'A visit has changed meanwhile. Look again; nothing was done.')
    await releaseVisits(tx, now, actor, `pause:${booking.id}:${String(round)}`, booking.id, ids)
    const count = ids.length === 1 ? 'One visit stops' : `${String(ids.length)} visits stop`
    const day = longDate(londonDate(first.startsAt))
    await tell(tx, now, [
      {
        to: { providerId: booking.providerId },
        kind: 'booking.paused',
        title: 'Support is paused for a while',
        body: `${terms.title}. ${count}, the first on ${day}. That time is free for others now. We tell you when they go on.`,
        path: `/provider/requests/${booking.id}`,
        subjectId: booking.id,
      },
      ...(actor.kind === 'user' && actor.actingFor
        ? [
            {
              to: { personId: booking.personId },
              kind: 'booking.paused',
              title: 'Your support is paused for a while',
              body: `${terms.title}. ${count}, the first on ${day}. The money set aside for them is back in your funds.`,
              path: `/my/bookings/${booking.id}`,
              subjectId: booking.id,
            },
          ]
        : []),
    ])
    await recordAudit(tx, now, actor, {
      action: 'booking.paused',
      subjectType: 'booking',
      subjectId: booking.id,
      forPersonId: booking.personId,
      facts: { from: from.toString(), visits: ids.length, pence: back },
    })
    await addJob(tx, INDEX_JOB, { serviceIds: [booking.serviceId] }, { key: `index:${booking.serviceId}` })
    return { visits: ids.length, back, standing: tooLate.length }
  })
}
