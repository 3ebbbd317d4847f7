import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Pence, ZERO } from '#services/kernel/money.ts'
import { plainDateOf, toDate } from '#services/kernel/time.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { authorityOf, mustNotBeAssistant, requireEmployer } from './employing.policy.ts'
import { returnSchema } from './employment.schema.ts'
import { hoursWords, noHours } from './hours.rules.ts'
import { followFund, keepBack } from './keep-back.server.ts'
import { onceMore } from './once-more.server.ts'
import { readHours } from './read-hours.server.ts'
import { periodWords } from './words.ts'

export interface Answered {
  employmentId: string
  timesheetId: string
  personId: string
  /** When the hours that the page showed were sent, as it says; hours that were sent again meanwhile are others. */
  submitted: string
}

async function sheetToAnswer(tx: Tx, actor: Actor, input: Answered) {
  // Whoever presses second waits here, and then sees what the first has done.
  await tx.$executeRaw`select 1 from timesheet where id = ${input.timesheetId}::uuid for update`
  const sheet = await tx.timesheet.findFirst({
    where: {
      id: input.timesheetId,
      employmentId: input.employmentId,
      employment: { personId: input.personId },
    },
    include: { employment: true },
  })
  if (!sheet) throw notFound()
  mustNotBeAssistant(actor, sheet.employment)
  return sheet
}
const shown = (sheet: { submittedAt: Date | null }, input: Answered): boolean =>
  sheet.submittedAt?.getTime().toString() === input.submitted

const changed = () =>
  new DomainError('STALE_STATE', 'These hours have changed since you opened the page. Look at them again.')

/**
 * The employer says yes to the hours of a pay period: they go to the payroll, and their wages are kept back in the fund as far as it
 * reaches. Saying yes twice does no harm.
 * @returns what is due and could not be kept back, because it is not there
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter who does not manage the money, and for the assistant, whoever they act for;
 *   STALE_STATE when the hours were changed or sent back meanwhile
 */
export async function approveHours(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Answered,
): Promise<{ missing: Pence }> {
  const user = requireEmployer(actor, input.personId)
  if (!isId(input.employmentId) || !isId(input.timesheetId)) throw notFound()
  const now = deps.clock.now()
  return onceMore(deps.db, async (tx) => {
    const sheet = await sheetToAnswer(tx, actor, input)
    const { employment } = sheet
    if (sheet.state === 'approved' || sheet.state === 'sent' || sheet.state === 'paid')
      return { missing: ZERO }
    if (!shown(sheet, input)) throw changed()
    const { count } = await tx.timesheet.updateMany({
      where: { id: sheet.id, state: 'submitted', submittedAt: sheet.submittedAt },
      data: {
        state: 'approved',
        approvedById: user.userId,
        authorityId: authorityOf(actor),
        approvedAt: toDate(now),
        hourlyPence: employment.hourlyPence,
      },
    })
    if (count !== 1) throw changed()
    const missing = await keepBack(tx, now, actor, await followFund(tx, employment.allocationId))
    const hours = (await readHours(tx, [sheet.id])).get(sheet.id) ?? noHours()
    await recordAudit(tx, now, actor, {
      action: 'hours.approved',
      subjectType: 'timesheet',
      subjectId: sheet.id,
      forPersonId: employment.personId,
      facts: { ...hours, hourlyPence: employment.hourlyPence },
    })
    const period = { startsOn: plainDateOf(sheet.periodStartsOn), endsOn: plainDateOf(sheet.periodEndsOn) }
    const about = { kind: 'employment.approved', subjectId: sheet.id }
    await tell(tx, now, [
      ...(employment.assistantUserId
        ? [
            {
              ...about,
              to: { userId: employment.assistantUserId },
              title: 'Your hours are approved',
              body: `${periodWords(period)}: ${hoursWords(hours)}. They go to the payroll next.`,
              path: `/my/assistants/${employment.id}/hours/${sheet.id}`,
            },
          ]
        : []),
      ...(employment.bureauProviderId
        ? [
            {
              ...about,
              to: { providerId: employment.bureauProviderId },
              title: 'Hours for your payroll',
              body: 'Somebody approved the hours of their assistant. They are ready to be taken out.',
              path: '/provider/money/payroll',
            },
          ]
        : []),
    ] satisfies NewNotice[])
    return { missing }
  })
}

/**
 * The employer sends hours back with a reason; the assistant changes them and sends them again.
 * @throws as approveHours; ZodError beside the reason
 */
export async function returnHours(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Answered & { reason: string },
): Promise<void> {
  requireEmployer(actor, input.personId)
  if (!isId(input.employmentId) || !isId(input.timesheetId)) throw notFound()
  const { reason } = returnSchema.parse(input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const sheet = await sheetToAnswer(tx, actor, input)
    const { employment } = sheet
    if (!shown(sheet, input)) throw changed()
    const { count } = await tx.timesheet.updateMany({
      where: { id: sheet.id, state: 'submitted', submittedAt: sheet.submittedAt },
      data: { state: 'returned', reason },
    })
    if (count !== 1) throw changed()
    await recordAudit(tx, now, actor, {
      action: 'hours.returned',
      subjectType: 'timesheet',
      subjectId: sheet.id,
      forPersonId: employment.personId,
    })
    if (employment.assistantUserId)
      await tell(tx, now, [
        {
          to: { userId: employment.assistantUserId },
          kind: 'employment.returned',
          title: 'Your hours were sent back to you',
          body: `${periodWords({ startsOn: plainDateOf(sheet.periodStartsOn), endsOn: plainDateOf(sheet.periodEndsOn) })}. Why: ${reason.replace(/\.?$/, '.')} Put them right and send them again.`,
          path: `/my/assistants/${employment.id}/hours/${sheet.id}`,
          subjectId: sheet.id,
        },
      ])
  })
}
