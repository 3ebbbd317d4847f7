import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, longDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { freeService, sessionValue } from './own-plan-page.server.ts'
import { type Session, goesOn } from './own-plan.rules.ts'

/** More than this is no week any more. */
const MOST_PLANS = 60

interface Added {
  personId: string
  slug: string
  session: string
  often: 'once' | 'weekly'
  time: string
}

function refuse(field: string, sentence: string): never {
  throw new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })
}

/** The time that was chosen inside the opening hours, for as long as the shortest stay; all of them when none was. */
function chosenTime(
  session: Session,
  time: string,
  stays: number,
): Pick<Session, 'fromMinute' | 'untilMinute'> {
  if (time === '') return session
  const { hour, minute } = Temporal.PlainTime.from(time)
  const fromMinute = hour * 60 + minute
  if (fromMinute < session.fromMinute || fromMinute >= session.untilMinute)
    refuse('time', 'It is not open then. Choose a time inside the hours of that day')
  return { fromMinute, untilMinute: Math.min(session.untilMinute, fromMinute + stays) }
}

/**
 * Puts free support into somebody's week. No money moves, nothing is booked and nobody is told: it is theirs alone.
 * @returns the day on which it is first, for the page to say
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN without the scope `book`; INVALID beside a field; CLASH when it is there already
 */
export async function addOwnPlan(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Added,
): Promise<{ title: string; day: string; words: string }> {
  requireScope(actor, input.personId, 'book')
  const { service, version, sessions } = await freeService(deps, input.slug)
  const session = sessions.find((one) => sessionValue(one) === input.session)
  if (!session) return refuse('session', 'They are not open on that day. Choose a day from the list')
  const hours = chosenTime(session, input.time, version.minMinutes)
  const now = deps.clock.now()
  const first = Temporal.PlainDate.from(session.day)
  await deps.db.asActor(actor, async (tx) => {
    const held = await tx.ownPlan.findMany({ where: { personId: input.personId }, take: MOST_PLANS * 10 })
    const going = held.filter((plan) => plan.serviceId === service.id).map(planOf)
    if (going.some((plan) => goesOn(plan, session.day)))
      throw new DomainError('CLASH', 'It is in the week on that day already.')
    const today = londonDate(now).toString()
    const ahead = held
      .map(planOf)
      .filter((plan) => (plan.lastOn ?? (plan.weekly ? '9' : plan.firstOn)) >= today)
    if (ahead.length >= MOST_PLANS)
      throw new DomainError('TOO_MANY', 'There are a great many things in this week. Take one out first.')
    const { actorUserId, authorityId } = traceOf(actor)
    if (!actorUserId) throw notFound()
    const id = newId()
    await tx.ownPlan.create({
      data: {
        id,
        personId: input.personId,
        serviceId: service.id,
        firstOn: dateColumn(first),
        weekly: input.often === 'weekly',
        fromMinute: hours.fromMinute,
        untilMinute: hours.untilMinute,
        addedById: actorUserId,
        authorityId,
        createdAt: toDate(now),
      },
    })
    await recordAudit(tx, now, actor, {
      action: 'own_plan.added',
      subjectType: 'own_plan',
      subjectId: id,
      forPersonId: input.personId,
    })
  })
  return { title: version.title, day: session.day, words: longDate(first, { year: false }) }
}

/** A row as the rules read it. */
export const planOf = (row: {
  firstOn: Date
  weekly: boolean
  lastOn: Date | null
  without: Date[]
  fromMinute: number
  untilMinute: number
}) => ({
  firstOn: plainDateOf(row.firstOn).toString(),
  weekly: row.weekly,
  lastOn: row.lastOn ? plainDateOf(row.lastOn).toString() : null,
  without: row.without.map((day) => plainDateOf(day).toString()),
  fromMinute: row.fromMinute,
  untilMinute: row.untilMinute,
})

/**
 * Takes one day of it, or all that is still to come, out of the week. What was before stays: it is what somebody did.
 * @param input.day an ISO date to leave out; null for all of it
 * @throws SIGN_IN, NOT_FOUND for a plan that is not this person's, FORBIDDEN without the scope `book`
 */
export async function removeOwnPlan(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; planId: string; day: string | null },
): Promise<void> {
  requireScope(actor, input.personId, 'book')
  const now = deps.clock.now()
  const today = londonDate(now)
  await deps.db.asActor(actor, async (tx) => {
    const row = await tx.ownPlan.findFirst({ where: { id: input.planId, personId: input.personId } })
    if (!row) throw notFound()
    const plan = planOf(row)
    if (input.day !== null && plan.weekly) {
      if (!goesOn(plan, input.day)) return
      await tx.ownPlan.update({
        where: { id: row.id },
        data: { without: { push: dateColumn(Temporal.PlainDate.from(input.day)) } },
      })
    } else if (plan.weekly && plan.firstOn < today.toString())
      await tx.ownPlan.update({
        where: { id: row.id },
        data: { lastOn: dateColumn(today.subtract({ days: 1 })) },
      })
    else await tx.ownPlan.delete({ where: { id: row.id } })
    await recordAudit(tx, now, actor, {
      action: 'own_plan.removed',
      subjectType: 'own_plan',
      subjectId: row.id,
      forPersonId: input.personId,
    })
  })
}
