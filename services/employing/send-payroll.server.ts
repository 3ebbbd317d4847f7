import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { noHours } from './hours.rules.ts'
import { payrollFile } from './payroll-file.rules.ts'
import { readHours } from './read-hours.server.ts'

/**
 * Takes the approved hours of all clients out into one file: they are marked as sent. Pressed again, it takes what was approved since.
 * @returns how many pay periods went into it
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN
 */
export async function sendPayroll(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { providerId: string },
): Promise<number> {
  requireMember(actor, input.providerId, 'run_payroll')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const { count } = await tx.timesheet.updateMany({
      where: { state: 'approved', employment: { bureauProviderId: input.providerId } },
      data: { state: 'sent', sentAt: toDate(now) },
    })
    if (count > 0)
      await recordAudit(tx, now, actor, {
        action: 'payroll.sent',
        subjectType: 'provider',
        subjectId: input.providerId,
        forPersonId: null,
        facts: { periods: count },
      })
    return count
  })
}

const MOST_LINES = 5_000

/**
 * A file that was taken out, the same each time: the approved hours do not change.
 * @param sent the moment at which it was taken out, in milliseconds, as the page links to it
 * @throws SIGN_IN, FORBIDDEN; NOT_FOUND when there is no such file
 */
export async function payrollCsv(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  { org, sent }: { org: string | null; sent: string | null },
): Promise<{ filename: string; csv: string }> {
  const { providerId } = providerInView(actor, org)
  requireMember(actor, providerId, 'run_payroll')
  if (!sent || !/^\d{12,14}$/.test(sent)) throw notFound()
  const rows = await deps.db.prisma.timesheet.findMany({
    where: { sentAt: new Date(Number(sent)), employment: { bureauProviderId: providerId } },
    include: { employment: { select: { payrollReference: true } } },
    take: MOST_LINES,
  })
  if (rows.length === 0) throw notFound()
  const hours = await readHours(
    deps.db.prisma,
    rows.map(({ id }) => id),
  )
  const day = Temporal.Instant.fromEpochMilliseconds(Number(sent)).toString().slice(0, 10)
  return {
    filename: `payroll-${day}.csv`,
    csv: payrollFile(
      rows.map((row) => ({
        ...(hours.get(row.id) ?? noHours()),
        reference: row.employment.payrollReference,
        startsOn: plainDateOf(row.periodStartsOn).toString(),
        endsOn: plainDateOf(row.periodEndsOn).toString(),
        hourly: pence(row.hourlyPence ?? 0),
      })),
    ),
  }
}
