import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { may, personInView, requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { dateColumn, duration, londonDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { answerSchema, assumptionOn, quarterOf, quarterWords, roughly, savedBy } from './hours.rules.ts'
import { receiptsOf } from './read-spared.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * Whether this quarter's question is still to be asked of whoever looks: once, and never again after an answer or a "rather
 * not". For the page of somebody's money, whose own policy has been asked.
 */
export async function asksForHours(deps: Needs, actor: Actor): Promise<boolean> {
  const personId = personInView(actor)
  if (!may(actor, personId, 'manage_money')) return false
  const quarter = dateColumn(quarterOf(londonDate(deps.clock.now())))
  const { prisma } = deps.db
  const [answered, funds] = await Promise.all([
    prisma.hoursAnswer.count({ where: { personId, quarter } }),
    prisma.allocation.count({ where: { personId, endsOn: { gte: quarter } } }),
  ])
  return answered === 0 && funds > 0
}

/**
 * Receipts that a person did not keep, with the assumption; and their own hours of this quarter and of those before.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN for a supporter without `see_money`
 */
export async function personHoursPage(deps: Needs, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const { prisma } = deps.db
  const today = londonDate(deps.clock.now())
  const quarter = quarterOf(today)
  const [person, spared, answers] = await Promise.all([
    prisma.person.findUniqueOrThrow({
      where: { id: personId },
      select: { id: true, name: true, shortName: true },
    }),
    receiptsOf(prisma, personId, { from: today.subtract({ years: 1 }), until: today.add({ days: 1 }) }),
    prisma.hoursAnswer.findMany({ where: { personId }, orderBy: { quarter: 'desc' }, take: 8 }),
  ])
  const saved = savedBy(spared, 'receipt')
  const assumption = assumptionOn('receipt', today.toString())
  const now = answers.find((one) => one.quarter.getTime() === dateColumn(quarter).getTime())
  return {
    person: { ...person, self: !(actor.kind === 'user' && actor.actingFor) },
    receipts: saved.count,
    saved: roughly(saved.minutes),
    assumption: assumption && {
      minutes: assumption.minutes,
      what: assumption.what,
      source: assumption.source,
    },
    mayAnswer: may(actor, personId, 'manage_money'),
    quarter: quarterWords(quarter),
    /** Null: not asked yet; 'skipped': they would rather not say. */
    answer:
      now === undefined
        ? null
        : now.minutes === null
          ? ('skipped' as const)
          : { hours: Math.floor(now.minutes / 60), minutes: now.minutes % 60, words: duration(now.minutes) },
    before: answers
      .filter((one) => one !== now && one.minutes !== null)
      .map((one) => ({
        quarter: quarterWords(plainDateOf(one.quarter)),
        words: duration(one.minutes ?? 0),
      })),
  }
}

/**
 * Keeps a person's own hours for this quarter, or that they would rather not say; it may be put right until the quarter ends.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when the session acts for somebody else now; ZodError beside the fields
 */
export async function answerHours(
  deps: Needs,
  actor: Actor,
  input: { personId: string; skip: boolean; hours: string; minutes: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'manage_money')
  const minutes = input.skip ? null : answerSchema.parse(input)
  const now = deps.clock.now()
  const key = { personId: input.personId, quarter: dateColumn(quarterOf(londonDate(now))) }
  await deps.db.tx(async (tx) => {
    const kept = await tx.hoursAnswer.upsert({
      where: { personId_quarter: key },
      create: { ...key, minutes, answeredAt: toDate(now) },
      update: { minutes, answeredAt: toDate(now) },
    })
    await recordAudit(tx, now, actor, {
      action: minutes === null ? 'hours.skipped' : 'hours.answered',
      subjectType: 'hours_answer',
      subjectId: kept.id,
      forPersonId: input.personId,
    })
  })
}
