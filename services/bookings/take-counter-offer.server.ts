import { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { asDomainError } from '#services/db/errors.server.ts'
import type { LineKind } from './terms.schema.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { holdPlaced } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { freeAll } from './answer-request.server.ts'
import { type AskFacts, readAskFacts } from './askable.server.ts'
import { choicesSchema } from './draft.schema.ts'
import { reserveLanes } from './lanes.server.ts'
import { INDEX_JOB, moveBooking } from './move.server.ts'
import { type Proposal, STOPPED_WORDS, propose } from './proposal.rules.ts'
import { type VisitRows, holdsOf, visitRows } from './visit-rows.rules.ts'

export const counterOfferSchema = z.object({ choices: choicesSchema, message: z.string() })

/**
 * What a counter-offer would cost and who would pay, as of now; null when the booking is not theirs or has none.
 */
export async function proposeCounter(
  deps: Pick<Deps, 'db' | 'clock'>,
  bookingId: string,
  personId: string,
): Promise<{ facts: AskFacts; proposal: Proposal; message: string } | null> {
  const booking = await deps.db.prisma.booking.findFirst({
    where: { id: bookingId, personId, state: 'countered' },
    select: { counterOffer: true },
  })
  if (!booking) return null
  const offer = counterOfferSchema.parse(booking.counterOffer)
  const now = deps.clock.now()
  const facts = await readAskFacts(deps.db, bookingId, personId, now.toString(), offer.choices)
  return facts ? { facts, proposal: propose(facts, now), message: offer.message } : null
}

/**
 * The person takes the provider's other times: what was set aside goes back and is set aside anew, the lanes are
 * reserved, and it is booked; all in one transaction.
 *
 * @throws STALE_STATE, NOT_ENOUGH_MONEY, CLASH: then nothing changed and the first request stands as it was
 */
export async function takeCounterOffer(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { bookingId: string; personId: string; expectedPence: number },
): Promise<void> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  const offer = await proposeCounter(deps, input.bookingId, input.personId)
  if (!offer) throw notFound()
  const { proposal } = offer
  if (proposal.stopped) throw new DomainError('STALE_STATE', STOPPED_WORDS[proposal.stopped])
  if (proposal.refused.length > 0)
    throw new DomainError('STALE_STATE', 'The time they offered is no longer free. Ask them for another.')
  if (proposal.total !== input.expectedPence)
    throw new DomainError(
      'STALE_STATE',
      `The price is now ${pounds(proposal.total)}. Look again before you say yes.`,
    )
  if (proposal.split.short > 0)
    throw new DomainError(
      'NOT_ENOUGH_MONEY',
      `The funds are ${pounds(proposal.split.short)} short for the time they offer. Nothing was changed.`,
    )
  try {
    await deps.db.tx(async (tx) => {
      const booking = await tx.booking.findUniqueOrThrow({
        where: { id: input.bookingId },
        include: { visits: { where: { state: 'planned' } } },
      })
      await moveBooking(tx, now, 'take_counter', booking.id, { answeredAt: toDate(now) })
      await freeAll(tx, deps, actor, booking, `counter-release:${booking.id}`)
      const rows = visitRows(proposal)
      await insertVisits(tx, booking, rows)
      await postJournals(tx, now, actor, [
        holdPlaced(`counter:${booking.id}`, holdsOf(proposal, rows, booking.id)),
      ])
      const clashes = await reserveLanes(
        tx,
        booking.serviceId,
        rows.visits.map((visit) => ({ id: visit.id, startsAt: new Date(visit.starts_at) })),
        null,
      )
      if (clashes.length > 0)
        throw new DomainError(
          'CLASH',
          'The time they offered has just been taken. Nothing was changed. Ask them for another.',
        )
      await tell(tx, now, [
        {
          to: { providerId: booking.providerId },
          kind: 'booking.counter_taken',
          title: 'Your other time was accepted',
          body: 'It is booked. The visits are in your diary.',
          path: `/provider/requests/${booking.id}`,
          subjectId: booking.id,
        },
      ])
      await recordAudit(tx, now, actor, {
        action: 'booking.counter_taken',
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

/** Writes visits with their quotes and funding, three statements however many visits. */
export async function insertVisits(
  tx: Tx,
  booking: { id: string; personId: string; providerId: string },
  rows: VisitRows,
): Promise<void> {
  await tx.visit.createMany({
    data: rows.visits.map((visit) => ({
      id: visit.id,
      bookingId: booking.id,
      personId: booking.personId,
      providerId: booking.providerId,
      startsAt: visit.starts_at,
      endsAt: visit.ends_at,
      minutes: visit.minutes,
      occupiedFrom: visit.occupied_from,
      occupiedUntil: visit.occupied_until,
      quotedPence: visit.quoted_pence,
    })),
  })
  await tx.quoteLine.createMany({
    data: rows.quotes.map((line) => ({
      id: line.id,
      visitId: line.visit_id,
      position: line.position,
      kind: line.kind as LineKind,
      label: line.label,
      quantity: line.quantity,
      categoryCode: line.category_code,
      pence: line.pence,
    })),
  })
  await tx.fundingLine.createMany({
    data: rows.funding.map((line) => ({
      id: line.id,
      visitId: line.visit_id,
      quoteLineId: line.quote_line_id,
      allocationId: line.allocation_id,
      position: line.position,
      pence: line.pence,
      reason: line.reason,
      state: line.state as 'planned' | 'set_aside',
    })),
  })
}
