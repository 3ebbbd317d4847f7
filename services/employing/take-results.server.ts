import { createHash } from 'node:crypto'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, longDate, plainDateOf, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { isShort, payWages, tellThatWagesWait } from './pay-wages.server.ts'
import { type Figures, readResults, type ResultLine } from './payroll-results.rules.ts'
import { beside } from './terms.server.ts'

/** What became of a line: booked, kept until there is money, known already, or refused with the reason. */
export type Outcome = 'paid' | 'waits' | 'again' | 'refused'
export interface LineReport {
  line: number
  reference: string
  outcome: Outcome
  words: string
}

type GoodLine = Extract<ResultLine, { figures: Figures }>

/** Sheets that a bureau's lines are about: by reference, then by the first day of the period. */
async function readTargets(tx: Tx, providerId: string, lines: readonly GoodLine[]) {
  const employments = await tx.employment.findMany({
    where: {
      bureauProviderId: providerId,
      payrollReference: { in: [...new Set(lines.map(({ reference }) => reference))] },
    },
    select: { id: true, payrollReference: true },
    take: 5_000,
  })
  const sheets = await tx.timesheet.findMany({
    where: {
      employmentId: { in: employments.map(({ id }) => id) },
      periodStartsOn: {
        in: [...new Set(lines.map(({ startsOn }) => startsOn))].map((day) =>
          dateColumn(Temporal.PlainDate.from(day)),
        ),
      },
    },
    include: { result: true },
    take: 20_000,
  })
  return { employments, sheets }
}
type Targets = Awaited<ReturnType<typeof readTargets>>
type Sheet = Targets['sheets'][number]

const BEFORE_SENT: Readonly<Record<string, string>> = {
  draft: 'The hours of this period are not written down yet',
  returned: 'The hours of this period were sent back and are being put right',
  submitted: 'The hours of this period are not approved yet',
  approved: 'The hours of this period are approved, but not in a file yet. Take them out first',
}

/** Which sheet a line is about; or why none. */
function targetOf({ employments, sheets }: Targets, line: GoodLine): Sheet | string {
  const mine = employments.filter(({ payrollReference }) => payrollReference === line.reference)
  if (mine.length === 0) return 'Nobody whose payroll you run has this reference'
  if (mine.length > 1)
    return 'Two people whose payroll you run have this reference. Ask one of them to be changed'
  const sheet = sheets.find(
    (one) => one.employmentId === mine[0]?.id && plainDateOf(one.periodStartsOn).toString() === line.startsOn,
  )
  if (!sheet)
    return `They have no pay period that begins on ${longDate(Temporal.PlainDate.from(line.startsOn))}`
  return BEFORE_SENT[sheet.state] ?? sheet
}

const columnsOf = (figures: Figures) => ({
  netPence: figures.net,
  taxPence: figures.tax,
  employeeInsurancePence: figures.employee_ni,
  employerInsurancePence: figures.employer_ni,
  employeePensionPence: figures.employee_pension,
  employerPensionPence: figures.employer_pension,
  feePence: figures.fee,
  totalPence: figures.total,
})

type Result = NonNullable<Sheet['result']>
const sameFigures = (result: Result, figures: Figures): boolean =>
  Object.entries(columnsOf(figures)).every(([column, amount]) => result[column as keyof Result] === amount)

interface Source {
  digest: string
  now: Temporal.Instant
  actor: Actor
}

/** The bureau's figures, once for each sheet. @returns false when somebody else was quicker */
async function keepResult(tx: Tx, sheetId: string, figures: Figures, source: Source): Promise<boolean> {
  const { count } = await tx.payrollResult.createMany({
    data: [
      {
        timesheetId: sheetId,
        ...columnsOf(figures),
        fileDigest: source.digest,
        importedById: traceOf(source.actor).actorUserId,
        importedAt: toDate(source.now),
      },
    ],
    skipDuplicates: true,
  })
  return count === 1
}

/**
 * Keeps the figures of one sheet and books them, in one transaction; when the fund does not reach, the figures are kept and the wages wait.
 */
export async function bookResult(
  deps: Pick<Deps, 'db'>,
  sheetId: string,
  figures: Figures,
  source: Source,
): Promise<'paid' | 'waits' | 'again'> {
  const { now, actor } = source
  try {
    return await deps.db.tx(async (tx) => {
      if (!(await keepResult(tx, sheetId, figures, source))) return 'again'
      return (await payWages(tx, now, actor, sheetId)) ? 'paid' : 'again'
    })
  } catch (error) {
    if (!isShort(error)) throw error
    return deps.db.tx(async (tx) => {
      if (!(await keepResult(tx, sheetId, figures, source))) return 'again'
      await tellThatWagesWait(tx, now, sheetId)
      return 'waits'
    })
  }
}

export const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex')

/**
 * Takes in the file that a payroll service made. The service's figures win over any estimate. Each line is booked by itself: what is wrong
 * with one is said beside its number, and costs nothing else; a line that is known already changes nothing.
 * @returns what became of each line, in the order of the file
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID beside `file` when it is no such file at all
 */
export async function takeResults(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { providerId: string; file: string },
): Promise<LineReport[]> {
  requireMember(actor, input.providerId, 'run_payroll')
  const lines = readResults(input.file)
  if (typeof lines === 'string') throw beside('file', lines)
  const good = lines.filter((line): line is GoodLine => line.problem === undefined)
  const targets = await readTargets(deps.db.prisma, input.providerId, good)
  const source = { digest: digestOf(input.file), now: deps.clock.now(), actor }
  const reports: LineReport[] = []
  for (const line of lines) {
    const say = (outcome: Outcome, words: string): void => {
      reports.push({ line: line.line, reference: line.reference, outcome, words })
    }
    if (line.problem !== undefined) {
      say('refused', line.problem)
      continue
    }
    const sheet = targetOf(targets, line)
    if (typeof sheet === 'string') {
      say('refused', sheet)
      continue
    }
    const known = sheet.result
    if (known && !sameFigures(known, line.figures)) {
      say(
        'refused',
        `Another result is in already: ${pounds(pence(known.totalPence))} in all. It stays as it is`,
      )
      continue
    }
    const outcome = known ? 'again' : await bookResult(deps, sheet.id, line.figures, source)
    say(outcome, WORDS[outcome](pounds(line.figures.total)))
  }
  await deps.db.tx((tx) =>
    recordAudit(tx, source.now, actor, {
      action: 'payroll.taken_in',
      subjectType: 'provider',
      subjectId: input.providerId,
      forPersonId: null,
      facts: countsOf(reports),
    }),
  )
  return reports
}

const WORDS: Readonly<Record<'paid' | 'waits' | 'again', (total: string) => string>> = {
  paid: (total) => `${total} in all, taken from the fund`,
  waits: (total) => `${total} in all. The fund has less left: it waits for money`,
  again: () => 'It was taken in before. Nothing was changed',
}

export function countsOf(reports: readonly LineReport[]): Record<Outcome, number> {
  const counts = { paid: 0, waits: 0, again: 0, refused: 0 }
  for (const { outcome } of reports) counts[outcome] += 1
  return counts
}
