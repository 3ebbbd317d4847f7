import { requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { isoText } from '#services/kernel/time.ts'
import { ledgerRefusal } from '#services/ledger/post-journals.server.ts'
import { holdPlaced } from '#services/ledger/templates.rules.ts'
import { ledgerCall } from '#services/ledger/wire.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readAskFacts } from './askable.server.ts'
import { isBankHoliday } from './bank-holidays.rules.ts'
import { type Proposal, propose, STOPPED_WORDS } from './proposal.rules.ts'
import { answerBy } from './recurrence.rules.ts'
import { holdsOf, visitRows } from './visit-rows.rules.ts'

/**
 * One write: the booking moves only from draft (so a second press does nothing), and everything that follows from it is
 * in the same statement: visits, quote, funding, the hold, the audit row, and the job that tells the provider.
 */
const WRITE = `
with moved as (
  update booking set state = 'requested', asked_at = $2, answer_by = $3, terms = $4, created_by_id = $5, authority_id = $6, updated_at = $2
  where id = $1 and state = 'draft' returning id, person_id, provider_id
), visits as (
  insert into visit (id, booking_id, person_id, provider_id, starts_at, ends_at, minutes, occupied_from, occupied_until, quoted_pence, updated_at)
  select r.id, m.id, m.person_id, m.provider_id, r.starts_at, r.ends_at, r.minutes, r.occupied_from, r.occupied_until, r.quoted_pence, $2
  from moved m, json_to_recordset($7) as r (id uuid, starts_at timestamptz, ends_at timestamptz, minutes int, occupied_from timestamptz, occupied_until timestamptz, quoted_pence int)
), quotes as (
  insert into quote_line (id, visit_id, position, kind, label, quantity, category_code, pence)
  select r.id, r.visit_id, r.position, r.kind, r.label, r.quantity, r.category_code, r.pence
  from moved, json_to_recordset($8) as r (id uuid, visit_id uuid, position int, kind price_line_kind, label text, quantity int, category_code text, pence int)
), funding as (
  insert into funding_line (id, visit_id, quote_line_id, allocation_id, position, pence, reason, state)
  select r.id, r.visit_id, r.quote_line_id, r.allocation_id, r.position, r.pence, r.reason, r.state
  from moved, json_to_recordset($9) as r (id uuid, visit_id uuid, quote_line_id uuid, allocation_id uuid, position int, pence int, reason text, state funding_state)
), audited as (
  insert into audit_event (id, at, actor_user_id, for_person_id, authority_id, action, subject_type, subject_id, facts)
  select $10, $2, $5, m.person_id, $6, 'booking.asked', 'booking', m.id, $11 from moved m
)
select (select count(*) from moved)::int as moved,
  case when exists (select 1 from moved) and $12 <> '[]' then (select count(*) from ledger_post($12::jsonb, $13::jsonb)) end as posted,
  case when exists (select 1 from moved) then jobs.add_job('tell_of_request', json_build_object('bookingId', $1::uuid))::text end as job`

export interface Asked {
  bookingId: string
  /** False when it had been asked for already: a second press changes nothing. */
  now: boolean
}

/**
 * Asks the provider for the visits of a draft: sets the money aside and tells them. It is not booked until they accept.
 *
 * @param input.expectedPence the total the person saw on the check page; asking at another price is refused
 * @throws NOT_FOUND for somebody else's booking, FORBIDDEN without the scope `book`, STALE_STATE when price, dates or terms
 *   are no longer what was checked, NOT_ENOUGH_MONEY when the funds cannot pay.
 */
export async function askForVisits(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { bookingId: string; personId: string; expectedPence: number },
): Promise<Asked> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  const facts = await readAskFacts(deps.db, input.bookingId, input.personId, isoText(now))
  if (!facts) throw notFound()
  if (facts.booking.state !== 'draft') return { bookingId: input.bookingId, now: false }
  const proposal = propose(facts, now)
  refuseWhatWasNotChecked(proposal, input.expectedPence)

  const trace = traceOf(actor)
  const at = isoText(now)
  const rows = visitRows(proposal)
  const holds = holdsOf(proposal, rows, input.bookingId)
  const ledger = ledgerCall([holdPlaced(`ask:${input.bookingId}`, holds)], now, {
    ...trace,
    forPersonId: input.personId,
  })
  const answer = answerBy(now, isBankHoliday)
  try {
    const [row] = await deps.db.hot<{ moved: number }>('bookings.ask', WRITE, [
      input.bookingId,
      at,
      isoText(answer),
      JSON.stringify(proposal.terms),
      trace.actorUserId,
      trace.authorityId,
      JSON.stringify(rows.visits),
      JSON.stringify(rows.quotes),
      JSON.stringify(rows.funding),
      newId(),
      JSON.stringify({
        visits: proposal.visits.length,
        pence: proposal.total,
        setAside: proposal.split.setAside,
      }),
      ledger.journals,
      ledger.accounts,
    ])
    return { bookingId: input.bookingId, now: row?.moved === 1 }
  } catch (error) {
    throw ledgerRefusal(error)
  }
}

/** @throws STALE_STATE or NOT_ENOUGH_MONEY when the proposal is not what was checked, or cannot be paid */
export function refuseWhatWasNotChecked(proposal: Proposal, expectedPence: number): void {
  if (proposal.stopped) throw new DomainError('STALE_STATE', STOPPED_WORDS[proposal.stopped])
  if (proposal.refused.length > 0)
    throw new DomainError(
      'STALE_STATE',
      'One of these dates can no longer be asked for. Look at the dates again; nothing was asked.',
    )
  if (proposal.total !== expectedPence)
    throw new DomainError(
      'STALE_STATE',
      `The price is now ${pounds(proposal.total)}. It was ${pounds(expectedPence)} when you checked. Nothing was asked; look again first.`,
    )
  if (proposal.split.short > 0)
    throw new DomainError(
      'NOT_ENOUGH_MONEY',
      `The funds are ${pounds(proposal.split.short)} short. Nothing was asked. Choose fewer visits, or tell the council this budget is too small.`,
    )
}
