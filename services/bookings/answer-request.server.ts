import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { asDomainError } from '#services/db/errors.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { fromDate, longDate, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { isBankHoliday } from './bank-holidays.rules.ts'
import { requireProvider } from './bookings.policy.ts'
import { type ChosenTimes } from './draft.schema.ts'
import { reserveLanes } from './lanes.server.ts'
import { INDEX_JOB, moveBooking, moveVisits, releaseVisits } from './move.server.ts'
import { answerBy } from './recurrence.rules.ts'
import { choicesOf, readTimes } from './start-draft.server.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** The booking, for somebody of its provider. @throws NOT_FOUND to anybody else. */
async function requestFor(tx: Tx, actor: Actor, bookingId: string) {
  const booking = await tx.booking.findUnique({
    where: { id: bookingId },
    include: {
      provider: { select: { name: true } },
      visits: { where: { state: 'planned' }, orderBy: { startsAt: 'asc' } },
    },
  })
  if (!booking || booking.state === 'draft') throw notFound()
  requireProvider(actor, booking.providerId, 'answer')
  return booking
}

/** A worker of theirs, or nobody in particular. @throws INVALID */
async function requireLaneOf(tx: Tx, providerId: string, laneId: string | null | undefined): Promise<void> {
  if (!laneId) return
  if (isId(laneId) && (await tx.lane.count({ where: { id: laneId, providerId } })) === 1) return
  const sentence = 'Choose somebody of your team from the list.'
  throw new DomainError('INVALID', sentence, { fields: { laneId: [sentence] } })
}

/**
 * The provider accepts: a lane is reserved for every visit and only now it is booked.
 * @param input.laneId the worker the provider chose, where they name workers
 * @throws INVALID for a worker who is not theirs; CLASH naming the dates for which nobody is free; STALE_STATE when it was answered or withdrawn meanwhile
 */
export async function acceptRequest(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; laneId?: string | null },
): Promise<void> {
  const now = deps.clock.now()
  try {
    await deps.db.tx(async (tx) => {
      const booking = await requestFor(tx, actor, input.bookingId)
      await requireLaneOf(tx, booking.providerId, input.laneId)
      await moveBooking(tx, now, 'accept', booking.id, { answeredAt: toDate(now) })
      const clashes = await reserveLanes(tx, booking.serviceId, booking.visits, input.laneId ?? null)
      if (clashes.length > 0) throw clash(clashes.map((visit) => visit.startsAt))
      await tell(tx, now, [
        {
          to: { personId: booking.personId },
          kind: 'booking.accepted',
          title: `${booking.provider.name} said yes`,
          body: 'It is booked. The visits are in your week.',
          path: `/my/bookings/${booking.id}`,
          subjectId: booking.id,
        },
      ])
      await recordAudit(tx, now, actor, {
        action: 'booking.accepted',
        subjectType: 'booking',
        subjectId: booking.id,
        forPersonId: booking.personId,
      })
      await addJob(tx, INDEX_JOB, { serviceIds: [booking.serviceId] }, { key: `index:${booking.serviceId}` })
    })
  } catch (error) {
    throw asDomainError(error)
  }
}

function clash(dates: readonly Date[]): DomainError {
  const words = dates.slice(0, 3).map((date) => longDate(londonDate(fromDate(date)), { year: false }))
  const more = dates.length > 3 ? ` and ${String(dates.length - 3)} more` : ''
  return new DomainError(
    'CLASH',
    `Nobody in your team is free for ${words.join(', ')}${more}: another visit is booked at that time. Nothing was changed. Offer another time, or say no with a reason.`,
    { facts: { dates: dates.map((date) => date.toISOString()) } },
  )
}

/** The provider says no, with a reason that the person reads. What was set aside goes back at once. */
export async function declineRequest(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; reason: string },
): Promise<void> {
  const reason = input.reason.trim()
  if (reason === '')
    throw new DomainError('INVALID', 'Say in a few words why not. The person reads it.', {
      fields: { reason: ['Say in a few words why not. The person reads it.'] },
    })
  if (reason.length > 500)
    throw new DomainError('INVALID', 'Make the reason shorter: 500 letters at most.', {
      fields: { reason: ['Make the reason shorter: 500 letters at most.'] },
    })
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const booking = await requestFor(tx, actor, input.bookingId)
    await moveBooking(tx, now, 'decline', booking.id, { reason, answeredAt: toDate(now) })
    await freeAll(tx, deps, actor, booking, `decline:${booking.id}`)
    await tell(tx, now, [
      {
        to: { personId: booking.personId },
        kind: 'booking.declined',
        title: `${booking.provider.name} cannot do this`,
        body: 'All the money set aside for it is back in your funds. You can see why, and who else is free.',
        path: `/my/bookings/${booking.id}`,
        subjectId: booking.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'booking.declined',
      subjectType: 'booking',
      subjectId: booking.id,
      forPersonId: booking.personId,
    })
  })
}

/** Ends the planned visits of a booking that will not be and gives back what was set aside for them. */
export async function freeAll(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Actor,
  booking: { id: string; visits: readonly { id: string }[] },
  key: string,
): Promise<void> {
  const now = deps.clock.now()
  const ids = booking.visits.map((visit) => visit.id)
  if (ids.length === 0) return
  await moveVisits(tx, now, 'cancel_free', ids, { holdsLane: false })
  await releaseVisits(tx, now, actor, key, booking.id, ids)
}

/**
 * The provider offers other times. The price follows the terms; what is set aside stays until the person answers.
 * @throws INVALID beside a field, STALE_STATE when it was answered or withdrawn meanwhile
 */
export async function counterOffer(
  deps: Needs,
  actor: Actor,
  input: { bookingId: string; times: Omit<ChosenTimes, 'personId'>; message: string },
): Promise<void> {
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const booking = await requestFor(tx, actor, input.bookingId)
    const terms = termsSchema.parse(booking.terms)
    const choices = choicesOf(readTimes({ ...input.times, personId: booking.personId }, terms, now))
    const answer = answerBy(now, isBankHoliday)
    await moveBooking(tx, now, 'counter', booking.id, {
      counterOffer: { choices, message: input.message.trim().slice(0, 500) },
      answerBy: toDate(answer),
    })
    await tell(tx, now, [
      {
        to: { personId: booking.personId },
        kind: 'booking.countered',
        title: `${booking.provider.name} offers another time`,
        body: `Please say yes or no by ${longDate(londonDate(answer))}. It is not booked yet.`,
        path: `/my/bookings/${booking.id}`,
        subjectId: booking.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'booking.countered',
      subjectType: 'booking',
      subjectId: booking.id,
      forPersonId: booking.personId,
    })
  })
}
