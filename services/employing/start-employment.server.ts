import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { shortReference } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, longDate, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireEmployer } from './employing.policy.ts'
import { employmentSchema, type Step, stepSchemas } from './employment.schema.ts'
import { openTimesheets } from './open-timesheets.server.ts'
import { assistantUser, bureauOf, later, mustBeLawful, mustPay, readStart } from './terms.server.ts'

/** Far above what one person needs. */
const MOST_ASSISTANTS = 40

/**
 * One page of writing down an employment: whether what was typed can be, before the next page is shown.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; ZodError and INVALID beside fields
 */
export async function checkStep(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { personId: string; step: Step; values: Readonly<Record<string, unknown>> },
): Promise<void> {
  requireEmployer(actor, input.personId)
  const today = londonDate(deps.clock.now())
  const { prisma } = deps.db
  switch (input.step) {
    case 'fund':
      await mustPay(prisma, input.personId, stepSchemas.fund.parse(input.values).allocationId, today)
      return
    case 'who':
      stepSchemas.who.parse(input.values)
      return
    case 'pay': {
      const { hourly, age } = stepSchemas.pay.parse(input.values)
      mustBeLawful(hourly, age, today)
      return
    }
    case 'payroll':
      await bureauOf(prisma, stepSchemas.payroll.parse(input.values).bureau)
      return
    case 'dates':
      readStart(stepSchemas.dates.parse(input.values).startsOn, today)
      return
  }
}

/**
 * The person becomes an employer, on paper: this writes down whom they employ and on what terms, and opens the pay periods. The contract
 * itself is between the two. A second press with the same id makes nothing new.
 * @returns the employment's id
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when the session acts for somebody else now; ZodError and INVALID beside
 *   fields: a fund that cannot pay for it, pay below the law's least
 */
export async function startEmployment(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof employmentSchema>,
): Promise<string> {
  const user = requireEmployer(actor, input.personId)
  const given = employmentSchema.parse(input)
  const { personId, id } = given
  const now = deps.clock.now()
  const today = londonDate(now)
  const startsOn = readStart(given.startsOn, today)
  mustBeLawful(given.hourly, given.age, later(startsOn, today))
  return deps.db.tx(async (tx) => {
    // Two presses at once: the second waits here, and then finds it done.
    await tx.$executeRaw`select 1 from person where id = ${personId}::uuid for update`
    const done = await tx.employment.findUnique({ where: { id }, select: { personId: true } })
    if (done?.personId === personId) return id
    if (done) throw new DomainError('STALE_STATE', 'Open the page again from the start.')
    if ((await tx.employment.count({ where: { personId, endsOn: null } })) >= MOST_ASSISTANTS)
      throw new DomainError('TOO_MANY', `At most ${String(MOST_ASSISTANTS)} people can be written down here.`)
    await mustPay(tx, personId, given.allocationId, today)
    const bureauProviderId = await bureauOf(tx, given.bureau)
    const assistantUserId = await assistantUser(tx, actor, personId, given)
    await tx.employment.create({
      data: {
        id,
        personId,
        allocationId: given.allocationId,
        assistantName: given.name,
        assistantUserId,
        hourlyPence: given.hourly,
        weeklyMinutes: given.hours,
        age: given.age,
        hoursVary: given.vary === 'yes',
        pension: given.pension === 'yes',
        employmentAllowance: given.allowance === 'yes',
        bureauProviderId,
        payrollFeePence: given.fee,
        payrollReference: `PA-${shortReference(id)}`,
        insuranceEndsOn: given.insuranceEndsOn
          ? dateColumn(Temporal.PlainDate.from(given.insuranceEndsOn))
          : null,
        startsOn: dateColumn(startsOn),
        createdAt: toDate(now),
      },
      select: { id: true },
    })
    await openTimesheets(tx, now, id)
    await recordAudit(tx, now, actor, {
      action: 'employment.started',
      subjectType: 'employment',
      subjectId: id,
      forPersonId: personId,
      facts: { hourlyPence: given.hourly, weeklyMinutes: given.hours, allocationId: given.allocationId },
    })
    const person = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: { shortName: true },
    })
    await tell(tx, now, [
      ...(assistantUserId ? [welcome(assistantUserId, id, person.shortName)] : []),
      ...(user.actingFor
        ? [
            {
              to: { personId },
              kind: 'employment.started',
              title: `It is written down that you employ ${given.name}`,
              body: `${user.name} did this for you. They start on ${longDate(startsOn)}.`,
              path: `/my/assistants/${id}`,
              subjectId: id,
            },
          ]
        : []),
    ] satisfies NewNotice[])
    return id
  })
}

/** What an assistant is told who may now write down their hours. */
export const welcome = (userId: string, employmentId: string, employer: string): NewNotice => ({
  to: { userId },
  kind: 'employment.started',
  title: `You can write down your hours for ${employer} on Kith`,
  body: `${employer} employs you. Every four weeks you write down the hours that you worked. Sign in with this e-mail address; you see your own hours and nothing else.`,
  path: '/my/hours',
  subjectId: employmentId,
})
