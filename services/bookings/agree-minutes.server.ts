import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { type Temporal, duration, fromDate, toDate, visitTime } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Side, isAgreed, mostMinutes } from './agreement.rules.ts'
import { requireProvider } from './bookings.policy.ts'
import { SETTLE_JOB } from './confirm-visits.server.ts'
import { moveVisits, releaseVisits } from './move.server.ts'
import { finalQuote } from './quote.rules.ts'
import { termsSchema } from './terms.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** Agreed: it counts now. Offered: the other side has been asked. */
export type Said = 'agreed' | 'offered'

const NO_OFFER = { offeredMinutes: null, offeredBy: null }

const readVisit = (tx: Tx, id: string) =>
  tx.visit.findUnique({
    where: { id },
    include: {
      booking: { include: { provider: { select: { name: true } }, person: { select: { shortName: true } } } },
    },
  })
type Row = NonNullable<Awaited<ReturnType<typeof readVisit>>>

function requireSide(actor: Actor, visit: Row | null, by: Side): asserts visit is Row {
  if (!visit) throw notFound()
  if (by === 'person') requireScope(actor, visit.personId, 'confirm_hours')
  else requireProvider(actor, visit.providerId, 'answer')
}

/**
 * One side of a disputed visit says how long it was. Where the words of both meet it is agreed: it costs those minutes, or
 * nothing at 0; else the other side is asked. The same word said again changes nothing.
 *
 * @throws NOT_FOUND, FORBIDDEN; INVALID for minutes above what was booked and said; STALE_STATE when it is not disputed
 */
export async function sayMinutes(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; by: Side; minutes: number },
): Promise<Said> {
  const { by, minutes } = input
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const visit = await readVisit(tx, input.visitId)
    requireSide(actor, visit, by)
    const most = mostMinutes(visit)
    if (!Number.isInteger(minutes) || minutes < 0 || minutes > most) {
      const sentence = `Enter the minutes you agree to, from 0 to ${String(most)}.`
      throw new DomainError('INVALID', sentence, { fields: { minutes: [sentence] } })
    }
    if (wasAgreed(visit, minutes)) return 'agreed'
    if (visit.state === 'disputed' && visit.offeredBy === by && visit.offeredMinutes === minutes)
      return 'offered'
    const agreed = isAgreed(visit, by, minutes)
    if (agreed) await agree(tx, now, actor, visit, minutes)
    else await offer(tx, now, visit, by, minutes)
    await tell(tx, now, [newsOf(visit, by, minutes, agreed)])
    await recordAudit(tx, now, actor, {
      action: agreed ? 'visit.agreed' : 'visit.minutes_offered',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
      facts: { minutes },
    })
    return agreed ? 'agreed' : 'offered'
  })
}

/** The visit stands as these minutes already, by agreement. */
function wasAgreed(visit: Row, minutes: number): boolean {
  if (visit.actualMinutes !== minutes) return false
  if (minutes === 0) return visit.state === 'cancelled_free'
  return (visit.state === 'confirmed' || visit.state === 'settled') && visit.outcome === 'amended'
}

async function agree(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visit: Row,
  minutes: number,
): Promise<void> {
  if (minutes === 0) {
    await moveVisits(tx, now, 'agree_none', [visit.id], { ...NO_OFFER, actualMinutes: 0 })
    await releaseVisits(tx, now, actor, `agreed-none:${visit.id}`, visit.bookingId, [visit.id])
    return
  }
  const terms = termsSchema.parse(visit.booking.terms)
  await moveVisits(tx, now, 'agree_minutes', [visit.id], {
    ...NO_OFFER,
    actualMinutes: minutes,
    outcome: 'amended',
    finalPence: finalQuote(terms, fromDate(visit.startsAt), visit.minutes, minutes).total,
    confirmedAt: toDate(now),
    confirmedById: actor.kind === 'user' ? actor.userId : null,
  })
  await addJob(tx, SETTLE_JOB, { visitIds: [visit.id] })
}

async function offer(tx: Tx, now: Temporal.Instant, visit: Row, by: Side, minutes: number): Promise<void> {
  const moved = await tx.visit.updateMany({
    where: {
      id: visit.id,
      state: 'disputed',
      offeredMinutes: visit.offeredMinutes,
      offeredBy: visit.offeredBy,
    },
    data: { offeredMinutes: minutes, offeredBy: by, updatedAt: toDate(now) },
  })
  if (moved.count !== 1)
    throw new DomainError(
      'STALE_STATE',
      'This has changed since you opened the page. Look at how it stands now; nothing was done.',
    )
}

function newsOf(visit: Row, by: Side, minutes: number, agreed: boolean) {
  const when = visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))
  const long = minutes === 0 ? 'no time at all' : duration(minutes)
  const about = { subjectId: visit.id, kind: agreed ? 'visit.agreed' : 'visit.minutes_offered' }
  if (by === 'provider')
    return {
      ...about,
      to: { personId: visit.personId },
      path: `/my/visits/${visit.id}`,
      title: !agreed
        ? `${visit.booking.provider.name} says how long it was`
        : minutes === 0
          ? 'They agree that the visit did not happen'
          : 'They have put the time right',
      body: !agreed
        ? `${when}. They say it was ${long}. Nothing is paid until you say yes, or say how long it was.`
        : minutes === 0
          ? `${when}. All the money set aside is back in your funds.`
          : `${when}. You pay for ${duration(minutes)}.`,
    }
  return {
    ...about,
    to: { providerId: visit.providerId },
    path: `/provider/visits/${visit.id}`,
    title: agreed ? 'A visit is agreed' : `${visit.booking.person.shortName} says how long it was`,
    body: agreed
      ? `${when}. You both say ${long}.`
      : `${when}. They say it was ${long}. Agree, or say how long it was.`,
  }
}

/**
 * The person accepts what the provider said at first: the minutes, or that nobody answered the door. The latter goes back
 * to what it was, at the same price, and is settled when its 7 days are over. A second press changes nothing.
 */
export async function acceptAsSaid(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; personId: string },
): Promise<void> {
  const now = deps.clock.now()
  const doorSaid = await deps.db.tx(async (tx) => {
    const visit = await readVisit(tx, input.visitId)
    requireSide(actor, visit, 'person')
    if (visit.personId !== input.personId) throw notFound()
    if (visit.outcome !== 'no_answer') return false
    // The first press has put it back already.
    if (visit.state === 'confirmed' || visit.state === 'settled') return true
    await moveVisits(tx, now, 'agree_minutes', [visit.id], NO_OFFER)
    await addJob(
      tx,
      SETTLE_JOB,
      { visitIds: [visit.id] },
      { runAt: fromDate(visit.confirmedAt ?? visit.updatedAt).add({ hours: 7 * 24 }) },
    )
    await tell(tx, now, [
      {
        to: { providerId: visit.providerId },
        kind: 'visit.agreed',
        title: 'A visit is agreed',
        body: `${visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt))}. They accept what you said.`,
        path: `/provider/visits/${visit.id}`,
        subjectId: visit.id,
      },
    ])
    await recordAudit(tx, now, actor, {
      action: 'visit.agreed',
      subjectType: 'visit',
      subjectId: visit.id,
      forPersonId: visit.personId,
      facts: { minutes: 0 },
    })
    return true
  })
  if (doorSaid) return
  const visit = await deps.db.prisma.visit.findUniqueOrThrow({
    where: { id: input.visitId },
    select: { actualMinutes: true, minutes: true },
  })
  await sayMinutes(deps, actor, {
    visitId: input.visitId,
    by: 'person',
    minutes: visit.actualMinutes ?? visit.minutes,
  })
}
