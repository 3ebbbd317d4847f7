import type { Actor } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { employmentFor } from './assistant-page.server.ts'
import { hoursWords, noHours } from './hours.rules.ts'
import { pagePerson } from './person-words.server.ts'
import { readHours } from './read-hours.server.ts'
import { periodWords } from './words.ts'

/** The first calendar year of the tax year that a day lies in: it begins on 6 April. */
export const taxYearOf = (day: Temporal.PlainDate): number =>
  Temporal.PlainDate.compare(day, Temporal.PlainDate.from({ year: day.year, month: 4, day: 6 })) >= 0
    ? day.year
    : day.year - 1

export const taxYearWords = (year: number): string =>
  `${String(year)}/${String((year + 1) % 100).padStart(2, '0')}`

const FIGURES = {
  net: 'netPence',
  tax: 'taxPence',
  theirInsurance: 'employeeInsurancePence',
  theirPension: 'employeePensionPence',
  yourInsurance: 'employerInsurancePence',
  yourPension: 'employerPensionPence',
  fee: 'feePence',
  total: 'totalPence',
} as const
type Figure = keyof typeof FIGURES

/** One text for each figure of a result. */
const figuresOf = (text: (column: (typeof FIGURES)[Figure]) => string): Record<Figure, string> =>
  Object.fromEntries(Object.entries(FIGURES).map(([name, column]) => [name, text(column)])) as Record<
    Figure,
    string
  >

/**
 * Wage records of one tax year: every pay period that was paid, by its last day. They are always kept, whatever the fund's scheme asks.
 * @param year '2026' for 2026/27; this tax year unless given
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN; INVALID for a year that is none
 */
export async function recordsPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { id, year }: { id: string; year: string | null },
) {
  const row = await employmentFor(deps, actor, id)
  const today = londonDate(deps.clock.now())
  const thisYear = taxYearOf(today)
  const firstYear = Math.max(taxYearOf(plainDateOf(row.startsOn)), thisYear - 7)
  if (year !== null && !/^20\d\d$/.test(year))
    throw new DomainError(
      'INVALID',
      'We cannot show that year. The address should end in a year such as 2026.',
    )
  const shown = year === null ? thisYear : Number(year)
  const from = Temporal.PlainDate.from({ year: shown, month: 4, day: 6 })
  const { prisma } = deps.db
  const sheets = await prisma.timesheet.findMany({
    where: {
      employmentId: id,
      state: 'paid',
      periodEndsOn: { gte: dateColumn(from), lt: dateColumn(from.add({ years: 1 })) },
    },
    orderBy: { periodStartsOn: 'asc' },
    take: 20,
    include: { result: true },
  })
  const hours = await readHours(
    prisma,
    sheets.map((sheet) => sheet.id),
  )
  const paid = sheets.flatMap(({ result, ...sheet }) => (result ? [{ ...sheet, result }] : []))
  return {
    id,
    name: row.assistantName,
    reference: row.payrollReference,
    person: await pagePerson(prisma, actor, row.personId),
    today: longDate(today),
    year: taxYearWords(shown),
    years: Array.from({ length: Math.max(1, thisYear - firstYear + 1) }, (_, n) => thisYear - n).map(
      (one) => ({
        value: String(one),
        label: taxYearWords(one),
        current: one === shown,
      }),
    ),
    records: paid.map(({ result, ...sheet }) => {
      const of = hours.get(sheet.id) ?? noHours()
      return {
        id: sheet.id,
        period: periodWords({
          startsOn: plainDateOf(sheet.periodStartsOn),
          endsOn: plainDateOf(sheet.periodEndsOn),
        }),
        hours: hoursWords(of),
        rate: pounds(sheet.hourlyPence ?? 0),
        ...figuresOf((figure) => pounds(result[figure])),
      }
    }),
    sum: figuresOf((figure) => pounds(paid.reduce((all, { result }) => all + result[figure], 0))),
  }
}
