import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, isDomainError, notFound } from '#services/kernel/errors.ts'
import { type Temporal, fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { moveVisits } from './move.server.ts'
import { deliveredQuote } from './quote.rules.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
export const SETTLE_JOB = 'settle_visits'
/** Silence counts as a yes after this, and only then. */
export const SILENCE_DAYS = 7
export const REMIND_DAYS = 4
const AT_ONCE = 100

interface Delivered {
  id: string
  startsAt: Date
  minutes: number
  actualMinutes: number | null
  approvedMinutes: number | null
  booking: { terms: unknown }
}

/** What it costs as delivered: never more than was quoted, unless more was approved. */
const costOf = (visit: Delivered): number =>
  deliveredQuote(termsSchema.parse(visit.booking.terms), fromDate(visit.startsAt), visit).total

/** Delivered visits count from here on, and are settled next. The caller knows that somebody said yes, or why nobody has to. */
export async function confirm(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visits: readonly Delivered[],
  bySilence: boolean,
): Promise<void> {
  for (const visit of visits) {
    await moveVisits(tx, now, 'confirm', [visit.id], {
      outcome: 'attended',
      finalPence: costOf(visit),
      confirmedAt: toDate(now),
      confirmedById: actor.kind === 'user' ? actor.userId : null,
      bySilence,
    })
  }
  await addJob(tx, SETTLE_JOB, { visitIds: visits.map((visit) => visit.id) })
}

export interface SaidYes {
  /** How many are confirmed by this press. */
  now: number
  /** How many were confirmed before: saying it again changes nothing. */
  already: number
}

/** It stands as a yes, said or by silence; not as something that both sides put right. */
const isYes = (visit: { state: string; outcome: string | null }): boolean =>
  (visit.state === 'confirmed' || visit.state === 'settled') && visit.outcome === 'attended'

/**
 * The person, or a supporter who may confirm hours, says yes to visits: one, or "yes to all this week, except …".
 * All or none: a visit that changed meanwhile refuses the whole press. A yes that was said before is no change.
 *
 * @throws NOT_FOUND for a visit that is not theirs, FORBIDDEN without the scope `confirm_hours`, STALE_STATE, INVALID for none
 */
export async function confirmVisits(
  deps: Needs,
  actor: Actor,
  input: { personId: string; visitIds: readonly string[] },
): Promise<SaidYes> {
  requireScope(actor, input.personId, 'confirm_hours')
  const ids = [...new Set(input.visitIds)]
  if (ids.length === 0)
    throw new DomainError('INVALID', 'Choose at least one visit to say yes to.', {
      fields: { visit: ['Choose at least one visit to say yes to.'] },
    })
  if (ids.length > AT_ONCE)
    throw new DomainError('INVALID', `Say yes to at most ${String(AT_ONCE)} visits at once.`)
  const now = deps.clock.now()
  const press = () =>
    deps.db.tx(async (tx) => {
      const found = await tx.visit.findMany({
        where: { id: { in: ids }, personId: input.personId },
        include: { booking: { select: { terms: true } } },
      })
      if (found.length !== ids.length) throw notFound()
      const visits = found.filter((visit) => !isYes(visit))
      if (visits.length > 0) await confirm(tx, now, actor, visits, false)
      for (const visit of visits)
        await recordAudit(tx, now, actor, {
          action: 'visit.confirmed',
          subjectType: 'visit',
          subjectId: visit.id,
          forPersonId: input.personId,
        })
      return { now: visits.length, already: found.length - visits.length }
    })
  try {
    return await press()
  } catch (error) {
    // Two presses at the same moment: the second looks again and finds the yes of the first.
    if (isDomainError(error) && error.code === 'STALE_STATE') return press()
    throw error
  }
}

/** The person says that something was different. Nothing is paid until both agree. */
export async function disputeVisit(
  deps: Needs,
  actor: Actor,
  input: { personId: string; visitId: string; reason: string },
): Promise<void> {
  requireScope(actor, input.personId, 'confirm_hours')
  const reason = input.reason.trim()
  if (reason === '' || reason.length > 1000) {
    const sentence =
      reason === '' ? 'Say what was different, in a few words.' : 'Make it shorter: 1,000 letters at most.'
    throw new DomainError('INVALID', sentence, { fields: { reason: [sentence] } })
  }
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const visit = await tx.visit.findFirst({ where: { id: input.visitId, personId: input.personId } })
    if (!visit) throw notFound()
    await moveVisits(tx, now, visit.outcome === 'no_answer' ? 'dispute_no_answer' : 'dispute', [visit.id], {
      reason,
    })
    await tell(tx, now, [
      {
        to: { providerId: visit.providerId },
        kind: 'visit.disputed',
        title: 'Something about a visit was different',
        body: `${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. Read what they say and agree the time.`,
        path: `/provider/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.disputed',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: input.personId,
    })
  })
}

/**
 * Job: silence. After 4 days without an answer the person is reminded; after 7 days, if both notices arrived and the
 * person was not in hospital meanwhile, it counts as a yes.
 */
export async function confirmBySilence(deps: Needs): Promise<{ reminded: number; confirmed: number }> {
  const now = deps.clock.now()
  const actor = system('confirm_by_silence')
  const before = (days: number): Date => toDate(now.subtract({ hours: days * 24 }))
  const due = await deps.db.prisma.$queryRaw<{ id: string }[]>`
    select v.id from visit v
    where v.state = 'delivered' and v.delivered_at <= ${before(REMIND_DAYS)}
      and not exists (select 1 from notice n where n.subject_id = v.id and n.kind = 'visit.reminder')
    order by v.delivered_at limit ${AT_ONCE}`
  const remind = await deps.db.prisma.visit.findMany({
    where: { id: { in: due.map((row) => row.id) } },
    include: { booking: { include: { provider: { select: { name: true } } } } },
  })
  if (remind.length > 0)
    await deps.db.tx((tx) =>
      tell(
        tx,
        now,
        remind.map((visit) => ({
          to: { personId: visit.personId },
          kind: 'visit.reminder',
          title: `Did ${visit.booking.provider.name} come?`,
          body: `We still need a yes, or what was different, for ${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. Seven days after they told us we take it as a yes.`,
          path: `/my/visits/${visit.id}`,
          subjectId: visit.id,
        })),
      ),
    )
  const silent = await deps.db.prisma.$queryRaw<{ id: string }[]>`
    select v.id from visit v
    where v.state = 'delivered' and v.delivered_at <= ${before(SILENCE_DAYS)}
      and exists (select 1 from notice n where n.subject_id = v.id and n.kind = 'visit.delivered' and n.arrived_at is not null)
      and exists (select 1 from notice n where n.subject_id = v.id and n.kind = 'visit.reminder' and n.arrived_at is not null)
      and not exists (select 1 from person_absence a where a.person_id = v.person_id and a.kind = 'hospital'
        and a.starts_on <= (${toDate(now)}::timestamptz at time zone 'Europe/London')::date
        and (a.ends_on is null or a.ends_on >= (v.delivered_at at time zone 'Europe/London')::date))
    order by v.delivered_at limit ${AT_ONCE}`
  const visits = await deps.db.prisma.visit.findMany({
    where: { id: { in: silent.map((row) => row.id) } },
    include: { booking: { select: { terms: true } } },
  })
  if (visits.length > 0) await deps.db.tx((tx) => confirm(tx, now, actor, visits, true))
  return { reminded: remind.length, confirmed: visits.length }
}
