import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { Temporal, dateColumn, londonDate, longDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireEmployer, sideOf } from './employing.policy.ts'
import { hoursWords, lastDayOf, readDays, sumHours } from './hours.rules.ts'
import { periodWords } from './words.ts'

const sheetOf = (tx: Tx, employmentId: string, timesheetId: string) =>
  tx.timesheet.findFirst({
    where: { id: timesheetId, employmentId },
    include: { employment: true },
  })

/**
 * Writes down the hours of a pay period, and, when it is over, sends them to the employer. The assistant does it, or the employer's side on
 * their behalf: who it was is kept. What is sent cannot be changed until it is sent back.
 * @param input.personId for whom the form was opened, on the employer's side; empty on the assistant's own page
 * @param input.typed by field name (hours.rules), as typed
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; STALE_STATE when they were sent already or the session acts for somebody else now; INVALID
 *   beside fields; REFUSED_BY_RULE when the period is not over
 */
export async function saveHours(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: {
    employmentId: string
    timesheetId: string
    personId: string
    submit: boolean
    typed: ReadonlyMap<string, string>
  },
): Promise<void> {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  if (!isId(input.employmentId) || !isId(input.timesheetId)) throw notFound()
  const now = deps.clock.now()
  const today = londonDate(now)
  await deps.db.tx(async (tx) => {
    const sheet = await sheetOf(tx, input.employmentId, input.timesheetId)
    if (!sheet) throw notFound()
    const { employment } = sheet
    const side = sideOf(actor, employment)
    if (side === 'employer') requireEmployer(actor, input.personId)
    // The assistant's own form names nobody: one that does was opened on the employer's side.
    else if (input.personId !== '')
      throw new DomainError('STALE_STATE', 'You have switched to your own pages. Nothing was changed.')
    const period = { startsOn: plainDateOf(sheet.periodStartsOn), endsOn: plainDateOf(sheet.periodEndsOn) }
    const employed = {
      startsOn: plainDateOf(employment.startsOn),
      endsOn: employment.endsOn && plainDateOf(employment.endsOn),
    }
    const { days, errors } = readDays(input.typed, period, employed, today)
    if (Object.keys(errors).length > 0)
      throw new DomainError('INVALID', 'Some hours have to be put right.', { fields: errors })
    const last = lastDayOf(period, employed)
    if (input.submit && Temporal.PlainDate.compare(today, last) < 0)
      throw new DomainError(
        'REFUSED_BY_RULE',
        `These four weeks go on until ${longDate(last)}. Save the hours now, and send them on that day or later.`,
      )
    const { count } = await tx.timesheet.updateMany({
      where: { id: sheet.id, state: { in: ['draft', 'returned'] } },
      data: input.submit
        ? { state: 'submitted', submittedById: actor.userId, submittedAt: toDate(now), reason: '' }
        : // A press that only saves still has to win against one that sends.
          { state: sheet.state },
    })
    if (count !== 1)
      throw new DomainError(
        'STALE_STATE',
        'These hours were sent already. To change them, ask for them to be sent back.',
      )
    await tx.timesheetDay.deleteMany({ where: { timesheetId: sheet.id } })
    await tx.timesheetDay.createMany({
      data: days.map(({ day, kind, minutes }) => ({
        timesheetId: sheet.id,
        day: dateColumn(Temporal.PlainDate.from(day)),
        kind,
        minutes,
      })),
    })
    if (!input.submit) return
    const hours = sumHours(days)
    await recordAudit(tx, now, actor, {
      action: 'hours.submitted',
      subjectType: 'timesheet',
      subjectId: sheet.id,
      forPersonId: employment.personId,
      facts: { by: side, worked: hours.worked, holiday: hours.holiday, sick: hours.sick },
    })
    if (side === 'assistant')
      await tell(tx, now, [
        {
          to: { personId: employment.personId },
          kind: 'employment.hours',
          title: `${employment.assistantName} has written down their hours`,
          body: `${periodWords(period)}: ${hoursWords(hours)}. Look at them, and say yes or send them back.`,
          path: `/my/assistants/${employment.id}/hours/${sheet.id}`,
          subjectId: sheet.id,
        },
      ])
  })
}
