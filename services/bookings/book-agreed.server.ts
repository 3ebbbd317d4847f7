import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isoText, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { holdPlaced } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { refuseWhatWasNotChecked } from './ask-for-visits.server.ts'
import { type AskFacts, readAskFacts } from './askable.server.ts'
import { isBankHoliday } from './bank-holidays.rules.ts'
import { reserveLanes } from './lanes.server.ts'
import { INDEX_JOB, moveBooking } from './move.server.ts'
import { type Proposal, propose } from './proposal.rules.ts'
import { answerBy } from './recurrence.rules.ts'
import { insertVisits } from './take-counter-offer.server.ts'
import { holdsOf, visitRows } from './visit-rows.rules.ts'

export interface ReadyDraft {
  facts: AskFacts
  proposal: Proposal
  /** Nothing stands in the way: every date can be had, and the funds pay for all of it. */
  ready: boolean
}

/**
 * Where a person's draft stands now; null when it is no draft any more.
 * @throws NOT_FOUND for somebody else's; FORBIDDEN without the scope `book`
 */
export async function readyDraft(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { bookingId: string; personId: string },
): Promise<ReadyDraft | null> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  const facts = await readAskFacts(deps.db, input.bookingId, input.personId, isoText(now))
  if (!facts) throw notFound()
  if (facts.booking.state !== 'draft') return null
  const proposal = propose(facts, now)
  return {
    facts,
    proposal,
    ready: !proposal.stopped && proposal.refused.length === 0 && proposal.split.short === 0,
  }
}

/**
 * Asks for a draft to which the provider has said yes beforehand, by an offer, and so books it: money is set aside and
 * lanes are reserved, in the caller's transaction. Where nobody of theirs is free any more it is asked for, as any other
 * request is, and the provider answers.
 * @returns whether it is booked or asked for
 * @throws STALE_STATE when price, dates or terms are no longer what was checked, or it was asked for meanwhile;
 *   NOT_ENOUGH_MONEY
 */
export async function bookAgreed(
  tx: Tx,
  deps: Pick<Deps, 'clock'>,
  actor: Actor,
  { facts, proposal }: ReadyDraft,
  expectedPence: number,
): Promise<'booked' | 'asked'> {
  refuseWhatWasNotChecked(proposal, expectedPence)
  const now = deps.clock.now()
  const trace = traceOf(actor)
  const booking = { id: facts.booking.id, personId: facts.person.id, providerId: facts.provider.id }
  await moveBooking(tx, now, 'ask', booking.id, {
    askedAt: toDate(now),
    answerBy: toDate(answerBy(now, isBankHoliday)),
    terms: proposal.terms,
    createdById: trace.actorUserId,
    authorityId: trace.authorityId,
  })
  const rows = visitRows(proposal)
  await insertVisits(tx, booking, rows)
  await postJournals(tx, now, actor, [holdPlaced(`ask:${booking.id}`, holdsOf(proposal, rows, booking.id))])
  const audit = { subjectType: 'booking', subjectId: booking.id, forPersonId: booking.personId }
  await recordAudit(tx, now, actor, {
    ...audit,
    action: 'booking.asked',
    facts: {
      visits: proposal.visits.length,
      pence: proposal.total,
      setAside: proposal.split.setAside,
      byOffer: true,
    },
  })
  const busy = await reserveLanes(
    tx,
    facts.service.id,
    rows.visits.map((visit) => ({ id: visit.id, startsAt: new Date(visit.starts_at) })),
    null,
  )
  if (busy.length > 0) {
    await addJob(tx, 'tell_of_request', { bookingId: booking.id })
    return 'asked'
  }
  await moveBooking(tx, now, 'accept', booking.id, { answeredAt: toDate(now) })
  await recordAudit(tx, now, actor, { ...audit, action: 'booking.accepted', facts: { byOffer: true } })
  await addJob(tx, INDEX_JOB, { serviceIds: [facts.service.id] }, { key: `index:${facts.service.id}` })
  return 'booked'
}
