import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { setAsidePlanned } from '#services/budgets/receive-instalments.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { asDomainError } from '#services/db/errors.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Temporal, fromDate, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { reserveLanes } from './lanes.server.ts'
import { INDEX_JOB, moveBooking, moveVisits } from './move.server.ts'
import { dayAhead } from './pause-booking.server.ts'
import { backFrom, comingBack } from './pause.rules.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

export interface Resumed {
  /** How many visits are booked again, and for how many of these the money is set aside now. */
  visits: number
  setAside: number
}

/**
 * The person goes on with a paused series from a day on. Lanes are reserved again, all dates or none: those that the page
 * showed as taken are named in `without`, and will not be. Then money is set aside in date order, as far as what has
 * arrived reaches; the rest is planned, as for a new series.
 *
 * @throws NOT_FOUND, FORBIDDEN without the scope `book`, INVALID when nothing would come back, CLASH naming the dates for
 *   which nobody is free, STALE_STATE. Then nothing was changed.
 */
export async function resumeBooking(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; personId: string; from: string; without: readonly string[] },
): Promise<Resumed> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  const from = dayAhead(input.from, now)
  try {
    return await deps.db.tx(async (tx) => {
      const booking = await tx.booking.findFirst({
        where: { id: input.bookingId, personId: input.personId, state: { not: 'draft' } },
        include: {
          visits: {
            where: { state: 'planned', pausedAt: { not: null } },
            orderBy: { startsAt: 'asc' },
          },
        },
      })
      if (!booking) throw notFound()
      await moveBooking(tx, now, 'resume', booking.id)
      const terms = termsSchema.parse(booking.terms)
      const paused = booking.visits.map((visit) => ({ ...visit, startsAt: fromDate(visit.startsAt) }))
      const { back } = comingBack(paused, backFrom(terms, from, now))
      const coming = back.filter((visit) => !input.without.includes(visit.id))
      const going = paused.filter((visit) => !coming.includes(visit))
      const first = coming[0]
      if (!first) {
        const sentence =
          'No visit would come back from that day on. Choose an earlier day, or end this support and ask again.'
        throw new DomainError('INVALID', sentence, { fields: { from: [sentence] } })
      }
      const ids = coming.map((visit) => visit.id)
      // What will not be: its money is back already.
      if (going.length > 0)
        await moveVisits(
          tx,
          now,
          'cancel_free',
          going.map((visit) => visit.id),
        )
      const returned = await tx.visit.updateMany({
        where: { id: { in: ids }, state: 'planned', pausedAt: { not: null } },
        data: { pausedAt: null, updatedAt: toDate(now) },
      })
      if (returned.count !== ids.length)
        throw new DomainError('STALE_STATE', 'A visit has changed meanwhile. Look again; nothing was done.')
      const clashes = await reserveLanes(
        tx,
        booking.serviceId,
        coming.map((visit) => ({ id: visit.id, startsAt: toDate(visit.startsAt) })),
        first.laneId,
      )
      if (clashes.length > 0) throw takenMeanwhile(clashes)
      await setAsideAgain(tx, now, actor, ids)
      const setAside = await tx.visit.count({
        where: { id: { in: ids }, fundingLines: { none: { state: 'planned' } } },
      })
      const count = ids.length === 1 ? 'One visit is' : `${String(ids.length)} visits are`
      const day = longDate(londonDate(first.startsAt))
      await tell(tx, now, [
        {
          to: { providerId: booking.providerId },
          kind: 'booking.resumed',
          title: 'Support goes on',
          body: `${terms.title}. ${count} booked again, the first on ${day}.`,
          path: `/provider/requests/${booking.id}`,
          subjectId: booking.id,
        },
        ...(actor.kind === 'user' && actor.actingFor
          ? [
              {
                to: { personId: booking.personId },
                kind: 'booking.resumed',
                title: 'Your support goes on',
                body: `${terms.title}. ${count} booked again, the first on ${day}.`,
                path: `/my/bookings/${booking.id}`,
                subjectId: booking.id,
              },
            ]
          : []),
      ])
      await recordAudit(tx, now, actor, {
        action: 'booking.resumed',
        subjectType: 'booking',
        subjectId: booking.id,
        forPersonId: booking.personId,
        facts: { from: from.toString(), visits: ids.length, without: going.length, setAside },
      })
      await addJob(tx, INDEX_JOB, { serviceIds: [booking.serviceId] }, { key: `index:${booking.serviceId}` })
      return { visits: ids.length, setAside }
    })
  } catch (error) {
    throw asDomainError(error)
  }
}

function takenMeanwhile(visits: readonly { startsAt: Date }[]): DomainError {
  const words = visits
    .slice(0, 3)
    .map((visit) => longDate(londonDate(fromDate(visit.startsAt)), { year: false }))
  const more = visits.length > 3 ? ` and ${String(visits.length - 3)} more` : ''
  return new DomainError(
    'CLASH',
    `Nobody of theirs is free any more on ${words.join(', ')}${more}. Nothing was changed. Look at the dates again.`,
  )
}

/** The same funds pay the same parts as before; each gets its money in date order, also against other bookings. */
async function setAsideAgain(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visitIds: readonly string[],
): Promise<void> {
  const where = { visitId: { in: [...visitIds] } }
  await tx.fundingLine.updateMany({ where: { ...where, state: 'released' }, data: { state: 'planned' } })
  const lines = await tx.fundingLine.findMany({
    where,
    distinct: ['allocationId'],
    select: { allocationId: true },
  })
  for (const { allocationId } of lines.sort((a, b) => a.allocationId.localeCompare(b.allocationId)))
    await setAsidePlanned(tx, now, actor, allocationId)
}
