import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, plainDateOf } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mustNotBeAssistant, requireEmployer } from './employing.policy.ts'
import { changeSchema } from './employment.schema.ts'
import { freeRingFences, keepBack } from './keep-back.server.ts'
import { onceMore } from './once-more.server.ts'
import { openTimesheets } from './open-timesheets.server.ts'
import { welcome } from './start-employment.server.ts'
import { assistantUser, beside, bureauOf, mustBeLawful, mustPay } from './terms.server.ts'

/**
 * The terms of an employment from now on: what they are called and under which address they sign in, pay, hours, who runs the payroll, from which fund, insurance, and when it ends. Hours that were
 * approved keep the pay that they were approved with.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN, STALE_STATE; ZodError and INVALID beside fields; REFUSED_BY_RULE while hours are with the
 *   payroll service that would be left
 */
export async function changeEmployment(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  employmentId: string,
  input: z.input<typeof changeSchema>,
): Promise<void> {
  requireEmployer(actor, input.personId)
  const given = changeSchema.parse(input)
  if (!isId(employmentId)) throw notFound()
  const now = deps.clock.now()
  const today = londonDate(now)
  await onceMore(deps.db, async (tx) => {
    const [before] = await tx.$queryRaw<{ id: string }[]>`
      select id::text from employment where id = ${employmentId}::uuid and person_id = ${given.personId}::uuid for update`
    if (!before) throw notFound()
    const employment = await tx.employment.findUniqueOrThrow({ where: { id: employmentId } })
    mustNotBeAssistant(actor, employment, 'terms')
    if (given.hourly !== employment.hourlyPence || given.age !== employment.age)
      mustBeLawful(given.hourly, given.age, today)
    if (given.allocationId !== employment.allocationId)
      await mustPay(tx, given.personId, given.allocationId, today)
    const bureauProviderId = await bureauOf(tx, given.bureau, employment.bureauProviderId)
    if (employment.bureauProviderId && bureauProviderId !== employment.bureauProviderId)
      await mustNotBeAtBureau(tx, employmentId)
    const assistantUserId = await assistantUser(tx, actor, given.personId, given)
    const endsOn = given.endsOn ? Temporal.PlainDate.from(given.endsOn) : null
    await mustEnd(tx, employmentId, plainDateOf(employment.startsOn), endsOn)
    await tx.employment.update({
      where: { id: employmentId },
      data: {
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
        insuranceEndsOn: given.insuranceEndsOn
          ? dateColumn(Temporal.PlainDate.from(given.insuranceEndsOn))
          : null,
        endsOn: endsOn && dateColumn(endsOn),
      },
      select: { id: true },
    })
    if (assistantUserId && assistantUserId !== employment.assistantUserId) {
      const where = { id: given.personId }
      const person = await tx.person.findUniqueOrThrow({ where, select: { shortName: true } })
      await tell(tx, now, [welcome(assistantUserId, employmentId, person.shortName)])
    }
    // Sheets that lie wholly after the end, and in which nobody wrote anything.
    if (endsOn)
      await tx.timesheet.deleteMany({
        where: {
          employmentId,
          state: 'draft',
          periodStartsOn: { gt: dateColumn(endsOn) },
          days: { none: {} },
        },
      })
    await openTimesheets(tx, now, employmentId)
    if (given.allocationId !== employment.allocationId) {
      await freeRingFences(tx, now, actor, employment.allocationId, { thoughNobody: true })
      await keepBack(tx, now, actor, employment.allocationId)
    }
    await keepBack(tx, now, actor, given.allocationId)
    await recordAudit(tx, now, actor, {
      action: 'employment.changed',
      subjectType: 'employment',
      subjectId: employmentId,
      forPersonId: given.personId,
      facts: {
        hourlyPence: given.hourly,
        weeklyMinutes: given.hours,
        allocationId: given.allocationId,
        endsOn: given.endsOn,
      },
    })
  })
}

async function mustNotBeAtBureau(tx: Tx, employmentId: string): Promise<void> {
  const waiting = await tx.timesheet.count({ where: { employmentId, state: 'sent' } })
  if (waiting > 0)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'The payroll service is working on hours that you approved. Change it when they are paid. Nothing was changed.',
      {
        fields: {
          bureau: ['They are working on hours that you approved. Change it when they are paid'],
        },
      },
    )
}

/** Nobody stops being employed before they began, or before the last hours that are written down. */
async function mustEnd(
  tx: Tx,
  employmentId: string,
  startsOn: Temporal.PlainDate,
  endsOn: Temporal.PlainDate | null,
): Promise<void> {
  if (!endsOn) return
  if (Temporal.PlainDate.compare(endsOn, startsOn) < 0)
    throw beside('endsOn', 'This is before they started. Check the date')
  const last = await tx.timesheetDay.findFirst({
    where: { timesheet: { employmentId }, day: { gt: dateColumn(endsOn) } },
    select: { day: true },
  })
  if (last) throw beside('endsOn', 'Hours are written down for days after this one. Check the date')
}
