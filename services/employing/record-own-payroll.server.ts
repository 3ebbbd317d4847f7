import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mustNotBeAssistant, requireEmployer } from './employing.policy.ts'
import { figuresSchema } from './employment.schema.ts'
import { FIGURES, figuresProblem } from './payroll-results.rules.ts'
import { bookResult, digestOf } from './take-results.server.ts'
import { beside } from './terms.server.ts'

/**
 * Where no payroll service is named, the employer's side writes down what their own payroll says of approved hours. It is booked as a
 * service's result would be.
 * @returns whether it was booked, waits for money, or had been written down before
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN, STALE_STATE; ZodError and INVALID beside fields; REFUSED_BY_RULE when a service does it
 */
export async function recordOwnPayroll(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: {
    employmentId: string
    timesheetId: string
    personId: string
    figures: Readonly<Record<string, unknown>>
  },
): Promise<'paid' | 'waits' | 'again'> {
  requireEmployer(actor, input.personId)
  if (!isId(input.employmentId) || !isId(input.timesheetId)) throw notFound()
  const figures = figuresSchema.parse(input.figures)
  const problem = figuresProblem(figures)
  if (problem) throw beside('total', problem)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
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
    if (sheet.employment.bureauProviderId)
      throw new DomainError('REFUSED_BY_RULE', 'A payroll service works out these wages. Its figures count.')
    const { count } = await tx.timesheet.updateMany({
      where: { id: sheet.id, state: 'approved' },
      data: { state: 'sent', sentAt: toDate(now) },
    })
    if (count === 1)
      await recordAudit(tx, now, actor, {
        action: 'payroll.written_down',
        subjectType: 'timesheet',
        subjectId: sheet.id,
        forPersonId: input.personId,
        facts: { totalPence: figures.total },
      })
    else if (sheet.state !== 'sent' && sheet.state !== 'paid')
      throw new DomainError('STALE_STATE', 'These hours are not approved. Look at them again.')
  })
  const words = [...FIGURES, 'total' as const].map((figure) => String(figures[figure])).join(',')
  return bookResult(deps, input.timesheetId, figures, { digest: digestOf(words), now, actor })
}
