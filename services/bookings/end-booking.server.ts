import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { fromDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { freeAll } from './answer-request.server.ts'
import { requireProvider } from './bookings.policy.ts'
import { INDEX_JOB, moveBooking } from './move.server.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** The person takes a request back, or says no to another time that was offered. What was set aside goes back. */
export async function withdrawRequest(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; personId: string },
): Promise<void> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const booking = await tx.booking.findFirst({
      where: { id: input.bookingId, personId: input.personId },
      include: { visits: { where: { state: 'planned' } } },
    })
    if (!booking) throw notFound()
    await moveBooking(tx, now, 'withdraw', booking.id)
    await freeAll(tx, deps, actor, booking, `withdraw:${booking.id}`)
    await tell(tx, now, [
      {
        to: { providerId: booking.providerId },
        kind: 'booking.withdrawn',
        title: 'A request was taken back',
        body: 'You do not need to do anything.',
        path: `/provider/requests/${booking.id}`,
        subjectId: booking.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'booking.withdrawn',
      subjectType: 'booking',
      subjectId: booking.id,
      forPersonId: booking.personId,
    })
  })
}

/**
 * Ends standing support by notice: visits after the notice period go and their money comes back; visits inside it stand,
 * and can be cancelled one by one by the terms. Either side may.
 *
 * @returns the last date on which a visit still stands, or null when none does
 */
export async function endBooking(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; by: 'person' | 'provider' },
): Promise<{ lastVisitAt: Date | null }> {
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const booking = await tx.booking.findUnique({
      where: { id: input.bookingId },
      include: { visits: { where: { state: 'planned' }, orderBy: { startsAt: 'asc' } } },
    })
    if (!booking || booking.state === 'draft') throw notFound()
    if (input.by === 'person') requireScope(actor, booking.personId, 'book')
    else requireProvider(actor, booking.providerId, 'cancel')
    const terms = termsSchema.parse(booking.terms)
    const until = now.add({ hours: terms.endNoticeDays * 24 })
    // What is paused does not come back for the notice.
    const later = booking.visits.filter(
      (visit) =>
        visit.pausedAt !== null || fromDate(visit.startsAt).epochMilliseconds > until.epochMilliseconds,
    )
    const staying = booking.visits.filter((visit) => !later.includes(visit))
    await moveBooking(tx, now, 'end', booking.id)
    await freeAll(tx, deps, actor, { id: booking.id, visits: later }, `end:${booking.id}`)
    const body =
      staying.length === 0
        ? 'No more visits are planned.'
        : `${String(staying.length)} ${staying.length === 1 ? 'visit' : 'visits'} inside the notice of ${String(terms.endNoticeDays)} days still stand.`
    await tell(tx, now, [
      {
        to: { personId: booking.personId },
        kind: 'booking.ended',
        title: 'Support is ending',
        body,
        path: `/my/bookings/${booking.id}`,
        subjectId: booking.id,
      },
      {
        to: { providerId: booking.providerId },
        kind: 'booking.ended',
        title: 'Support is ending',
        body,
        path: `/provider/requests/${booking.id}`,
        subjectId: booking.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'booking.ended',
      subjectType: 'booking',
      subjectId: booking.id,
      forPersonId: booking.personId,
    })
    await addJob(tx, INDEX_JOB, { serviceIds: [booking.serviceId] }, { key: `index:${booking.serviceId}` })
    return { lastVisitAt: staying.at(-1)?.startsAt ?? null }
  })
}

const EXPIRE_AT_ONCE = 100

/** Job: requests and counter-offers that nobody answered in time. Each is a transaction of its own. */
export async function expireRequests(deps: Needs): Promise<number> {
  const now = deps.clock.now()
  const late = await deps.db.prisma.booking.findMany({
    where: { state: { in: ['requested', 'countered'] }, answerBy: { lt: toDate(now) } },
    include: { visits: { where: { state: 'planned' } } },
    orderBy: { answerBy: 'asc' },
    take: EXPIRE_AT_ONCE,
  })
  for (const booking of late) {
    await deps.db.tx(async (tx) => {
      await moveBooking(tx, now, 'expire', booking.id)
      await freeAll(tx, deps, system('expire_requests'), booking, `expire:${booking.id}`)
      await tell(tx, now, [
        {
          to: { personId: booking.personId },
          kind: 'booking.expired',
          title: 'Nobody answered in time',
          body: 'All the money set aside for it is back in your funds. You can ask somebody else.',
          path: `/my/bookings/${booking.id}`,
          subjectId: booking.id,
        },
        {
          to: { providerId: booking.providerId },
          kind: 'booking.expired',
          title: 'A request has run out',
          body: 'It was not answered in five working days, so it has ended.',
          path: `/provider/requests/${booking.id}`,
          subjectId: booking.id,
        },
      ])
    })
  }
  return late.length
}
