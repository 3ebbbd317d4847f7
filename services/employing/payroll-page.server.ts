import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { pounds } from '#services/kernel/money.ts'
import { clockTime, fromDate, inLondon, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView, requireMember } from '#services/providers/providers.policy.ts'
import { hoursWords, noHours } from './hours.rules.ts'
import { readHours } from './read-hours.server.ts'
import { RESULT_COLUMNS } from './payroll-results.rules.ts'
import { periodWords } from './words.ts'

const MOST = 300
const MOST_PAID = 30

type State = 'approved' | 'sent' | 'paid'
const read = (tx: Tx, providerId: string, state: State, take: number) =>
  tx.timesheet.findMany({
    where: { state, employment: { bureauProviderId: providerId } },
    orderBy: state === 'paid' ? [{ sentAt: 'desc' }, { id: 'asc' }] : [{ sentAt: 'asc' }, { id: 'asc' }],
    take,
    include: {
      result: { select: { totalPence: true } },
      employment: {
        select: {
          payrollReference: true,
          assistantName: true,
          allocationId: true,
          allocation: { select: { holderProviderId: true } },
          person: { select: { name: true } },
        },
      },
    },
  })

export type PayrollPage = Awaited<ReturnType<typeof payrollPage>>

/**
 * The payroll of a service's clients: approved hours to take out, files that were taken out, wages that wait for money, and the last that
 * were paid.
 * @throws SIGN_IN; NOT_FOUND for strangers; FORBIDDEN for workers
 */
export async function payrollPage(deps: Pick<Deps, 'db'>, actor: Actor, org: string | null) {
  const { providerId } = providerInView(actor, org)
  requireMember(actor, providerId, 'run_payroll')
  const { prisma } = deps.db
  const [provider, approved, sent, paid, clients] = await Promise.all([
    prisma.provider.findUniqueOrThrow({ where: { id: providerId }, select: { id: true, name: true } }),
    read(prisma, providerId, 'approved', MOST),
    read(prisma, providerId, 'sent', MOST),
    read(prisma, providerId, 'paid', MOST_PAID),
    prisma.employment.count({ where: { bureauProviderId: providerId } }),
  ])
  const hours = await readHours(
    prisma,
    [...approved, ...sent, ...paid].map(({ id }) => id),
  )
  const lineOf = (sheet: (typeof approved)[number]) => ({
    id: sheet.id,
    reference: sheet.employment.payrollReference,
    employer: sheet.employment.person.name,
    assistant: sheet.employment.assistantName,
    period: periodWords({
      startsOn: plainDateOf(sheet.periodStartsOn),
      endsOn: plainDateOf(sheet.periodEndsOn),
    }),
    hours: hoursWords(hours.get(sheet.id) ?? noHours()),
    rate: pounds(sheet.hourlyPence ?? 0),
    total: sheet.result ? pounds(sheet.result.totalPence) : null,
    /** The fund's page of money kept back, when this service holds the fund. */
    kept: sheet.employment.allocation.holderProviderId === providerId ? sheet.employment.allocationId : null,
  })
  return {
    provider,
    clients,
    columns: RESULT_COLUMNS.join(', '),
    approved: approved.map(lineOf),
    files: filesOf(sent.filter(({ result }) => result === null)).map(({ at, sheets }) => ({
      at: String(at),
      when: whenWords(new Date(at)),
      lines: sheets.map(lineOf),
    })),
    waiting: sent.filter(({ result }) => result !== null).map(lineOf),
    paid: paid.map(lineOf),
  }
}

/** By the moment at which they were taken out, oldest first. */
function filesOf<Row extends { sentAt: Date | null }>(rows: readonly Row[]): { at: number; sheets: Row[] }[] {
  const files = new Map<number, Row[]>()
  for (const row of rows) {
    const at = row.sentAt?.getTime() ?? 0
    files.set(at, [...(files.get(at) ?? []), row])
  }
  return [...files].map(([at, sheets]) => ({ at, sheets }))
}

function whenWords(at: Date): string {
  const there = inLondon(fromDate(at))
  return `${longDate(there.toPlainDate())}, ${clockTime(there.toPlainTime())}`
}
