import { takeFrom } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, isDomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, plainDateOf } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { payrollPaid } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { requireEmployer } from './employing.policy.ts'
import { followFund, freeRingFences, keepBack } from './keep-back.server.ts'
import { periodWords } from './words.ts'

const WITH_ALL = { employment: true, result: true } as const

const read = (tx: Tx, timesheetId: string) =>
  tx.timesheet.findUniqueOrThrow({ where: { id: timesheetId }, include: WITH_ALL })

/**
 * The bureau's figures are booked: what was kept back for these wages is free again, all that the bureau worked out is spent, and what is
 * still due for others is kept back. Part of the caller's transaction; harmless for wages that are paid.
 * @returns whether they were paid now
 * @throws NOT_ENOUGH_MONEY when the fund does not reach; the transaction is over then
 */
export async function payWages(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  timesheetId: string,
): Promise<boolean> {
  const { count } = await tx.timesheet.updateMany({
    where: { id: timesheetId, state: 'sent', result: { isNot: null } },
    data: { state: 'paid' },
  })
  if (count !== 1) return false
  const { employment, result, ...sheet } = await read(tx, timesheetId)
  if (!result) return false
  const allocationId = await followFund(tx, employment.allocationId)
  await freeRingFences(tx, now, actor, allocationId)
  const period = periodWords({
    startsOn: plainDateOf(sheet.periodStartsOn),
    endsOn: plainDateOf(sheet.periodEndsOn),
  })
  const parts = takeFrom(await readPurse(tx, allocationId), pence(result.totalPence))
  await postJournals(tx, now, actor, [
    noted(payrollPaid(`payroll:${timesheetId}`, parts), `${employment.assistantName}, ${period}`),
  ])
  await keepBack(tx, now, actor, allocationId)
  await recordAudit(tx, now, actor, {
    action: 'wages.paid',
    subjectType: 'timesheet',
    subjectId: timesheetId,
    forPersonId: employment.personId,
    facts: { totalPence: result.totalPence, allocationId },
  })
  await tell(tx, now, [
    {
      to: { personId: employment.personId },
      kind: 'payment.wages',
      title: `Wages for ${employment.assistantName}: ${pounds(result.totalPence)}`,
      body: `${period}, all in. It is taken from your fund. The payroll service pays the wage, the tax and the pension.`,
      path: `/my/assistants/${employment.id}`,
      subjectId: timesheetId,
    },
    ...(employment.assistantUserId
      ? [
          {
            to: { userId: employment.assistantUserId },
            kind: 'payment.wages',
            title: `Your pay is worked out: ${pounds(result.netPence)}`,
            body: `${period}. Your pay slip comes from whoever runs the payroll.`,
            path: '/my/hours',
            subjectId: timesheetId,
          },
        ]
      : []),
  ] satisfies NewNotice[])
  return true
}

/** Said once, when the bureau's figures come and the fund does not reach. Part of the caller's transaction. */
export async function tellThatWagesWait(tx: Tx, now: Temporal.Instant, timesheetId: string): Promise<void> {
  const { employment, result } = await read(tx, timesheetId)
  await tell(tx, now, [
    {
      to: { personId: employment.personId },
      kind: 'payment.wages_wait',
      title: `There is not enough for ${employment.assistantName}’s wages`,
      body: `They come to ${pounds(result?.totalPence ?? 0)}, and the fund has less left. You can cancel a visit, wait for the next payment, or tell the council that this budget is too small. Nothing is lost: they are paid as soon as the money is there.`,
      path: `/my/assistants/${employment.id}`,
      subjectId: timesheetId,
    },
  ])
}

export const isShort = (error: unknown): boolean => isDomainError(error) && error.code === 'NOT_ENOUGH_MONEY'

const AT_ONCE = 200

/** Job: wages that waited for money are booked as soon as it is there. @returns how many were */
export async function payWaitingWages(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const waiting = await deps.db.prisma.timesheet.findMany({
    where: { state: 'sent', result: { isNot: null } },
    orderBy: [{ periodEndsOn: 'asc' }, { id: 'asc' }],
    take: AT_ONCE,
    select: { id: true },
  })
  let paid = 0
  for (const { id } of waiting)
    try {
      if (await deps.db.tx((tx) => payWages(tx, now, system('pay_waiting_wages'), id))) paid += 1
    } catch (error) {
      if (!isShort(error)) throw error
    }
  return paid
}

/**
 * Somebody tries again at once what the job tries every hour: the employer's side, or the bureau.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; REFUSED_BY_RULE, saying how much is missing, while the fund does not reach
 */
export async function payNow(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { timesheetId: string; providerId: string | null; personId: string | null },
): Promise<void> {
  if (input.providerId !== null) requireMember(actor, input.providerId, 'run_payroll')
  else requireEmployer(actor, input.personId ?? '')
  if (!isId(input.timesheetId)) throw notFound()
  const mine =
    input.providerId !== null ? { bureauProviderId: input.providerId } : { personId: input.personId ?? '' }
  const found = await deps.db.prisma.timesheet.findFirst({
    where: { id: input.timesheetId, employment: mine },
    select: { id: true },
  })
  if (!found) throw notFound()
  try {
    await deps.db.tx((tx) => payWages(tx, deps.clock.now(), actor, found.id))
  } catch (error) {
    if (!isShort(error)) throw error
    throw new DomainError(
      'REFUSED_BY_RULE',
      'There is still not enough left in the fund for these wages. They are paid as soon as the money is there.',
    )
  }
}
