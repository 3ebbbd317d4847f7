import { may, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { pence, pounds, times } from '#services/kernel/money.ts'
import { Temporal, dateColumn, duration, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Age, leastPay, sickWeek } from './cost.rules.ts'
import { HOLIDAY_SOURCE, holidayBalance } from './holiday.rules.ts'
import { hoursWords, lastDayOf, noHours } from './hours.rules.ts'
import { pagePerson } from './person-words.server.ts'
import { ratesOn } from './rates.ts'
import { readHours } from './read-hours.server.ts'
import { AGE_WORDS, periodWords, sheetStanding, sickWords } from './words.ts'

/** About two and a half years. */
const MOST_SHEETS = 33
const SOON_DAYS = 30

/** The employment a page is about, for the employer's side alone. @throws SIGN_IN, NOT_FOUND, FORBIDDEN */
export async function employmentFor(deps: Pick<Deps, 'db'>, actor: Actor, id: string) {
  if (actor.kind === 'anonymous') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const found = isId(id)
    ? await deps.db.prisma.employment.findUnique({
        where: { id },
        include: {
          allocation: { select: { stream: { select: { name: true } } } },
          bureau: { select: { name: true } },
        },
      })
    : null
  if (!found) throw notFound()
  requireScope(actor, found.personId, 'see_money')
  return found
}
type Row = Awaited<ReturnType<typeof employmentFor>>

export type AssistantPage = Awaited<ReturnType<typeof assistantPage>>

/**
 * One assistant: the terms, the hours of each pay period, holiday, sickness, and what is to be looked at.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter without the scope `see_money`
 */
export async function assistantPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, id: string) {
  const row = await employmentFor(deps, actor, id)
  const today = londonDate(deps.clock.now())
  const { prisma } = deps.db
  const employed = { startsOn: plainDateOf(row.startsOn), endsOn: row.endsOn && plainDateOf(row.endsOn) }
  const year = ratesOn(today.toString()).rates
  const [person, sheets, sick] = await Promise.all([
    pagePerson(prisma, actor, row.personId),
    prisma.timesheet.findMany({
      where: { employmentId: id },
      orderBy: { periodStartsOn: 'desc' },
      take: MOST_SHEETS,
      include: { result: { select: { totalPence: true } } },
    }),
    prisma.timesheetDay.aggregate({
      where: {
        kind: 'sick',
        day: { gte: dateColumn(Temporal.PlainDate.from(year.from)) },
        timesheet: { employmentId: id, state: { in: ['approved', 'sent', 'paid'] } },
      },
      _count: true,
      _sum: { minutes: true },
    }),
  ])
  const hours = await readHours(
    prisma,
    sheets.map((sheet) => sheet.id),
  )
  const periods = sheets.map((sheet) => ({
    ...(hours.get(sheet.id) ?? noHours()),
    startsOn: plainDateOf(sheet.periodStartsOn),
    endsOn: plainDateOf(sheet.periodEndsOn),
  }))
  const approved = periods.filter((_, n) => ['approved', 'sent', 'paid'].includes(sheets[n]?.state ?? ''))
  return {
    id,
    name: row.assistantName,
    person,
    mayManage: may(actor, row.personId, 'manage_money'),
    ended:
      employed.endsOn && Temporal.PlainDate.compare(employed.endsOn, today) < 0
        ? longDate(employed.endsOn)
        : null,
    terms: termRows(row, employed),
    looks: looksOf(row, today),
    sheets: sheets.map((sheet, n) => {
      const period = periods[n] ?? { ...noHours(), ...employed, endsOn: today }
      const over = Temporal.PlainDate.compare(today, lastDayOf(period, employed)) >= 0
      return {
        id: sheet.id,
        period: periodWords(period),
        hours: period.worked + period.holiday + period.sick > 0 ? hoursWords(period) : null,
        total: sheet.state === 'paid' && sheet.result ? pounds(sheet.result.totalPence) : null,
        ...sheetStanding({ state: sheet.state, worked: sheet.result !== null, over }, 'employer'),
      }
    }),
    holiday: holidayWords(row, employed.startsOn, [...approved].reverse()),
    sick: {
      taken: sickWords(sick._count, sick._sum.minutes ?? 0),
      since: longDate(Temporal.PlainDate.from(year.from)),
      rule: sickRule(row, today),
    },
  }
}

function termRows(row: Row, employed: { startsOn: Temporal.PlainDate; endsOn: Temporal.PlainDate | null }) {
  return [
    { term: 'Paid from', value: row.allocation.stream.name },
    { term: 'Pay for an hour', value: pounds(row.hourlyPence) },
    {
      term: 'Hours each week',
      value: `${duration(row.weeklyMinutes)}${row.hoursVary ? ', different from week to week' : ''}`,
    },
    { term: 'How old', value: AGE_WORDS[row.age as Age] },
    { term: 'Pension', value: row.pension ? 'In a workplace pension' : 'Not in one' },
    { term: 'Employment Allowance', value: row.employmentAllowance ? 'Claimed' : 'Not claimed' },
    {
      term: 'Payroll',
      value: row.bureau
        ? `${row.bureau.name}, ${pounds(row.payrollFeePence)} for four weeks. Their reference: ${row.payrollReference}`
        : 'You run it yourself',
    },
    {
      term: 'Insurance until',
      value: row.insuranceEndsOn ? longDate(plainDateOf(row.insuranceEndsOn)) : 'Not written down',
    },
    { term: 'Started', value: longDate(employed.startsOn) },
    ...(employed.endsOn ? [{ term: 'Last day', value: longDate(employed.endsOn) }] : []),
  ]
}

/** What is to be looked at: pay that the law has overtaken, insurance that ends. */
function looksOf(row: Row, today: Temporal.PlainDate): { title: string; words: string }[] {
  if (row.endsOn && Temporal.PlainDate.compare(plainDateOf(row.endsOn), today) < 0) return []
  const looks: { title: string; words: string }[] = []
  const soon = today.add({ days: SOON_DAYS })
  const [now, then] = [today, soon].map((day) => leastPay(row.age as Age, day.toString()))
  if (now !== undefined && row.hourlyPence < now)
    looks.push({
      title: 'Their pay is below what the law asks',
      words: `It is at least ${pounds(now)} an hour now. Change it before you say yes to the next hours.`,
    })
  else if (then !== undefined && row.hourlyPence < then)
    looks.push({
      title: 'Their pay has to rise',
      words: `From 1 April the law asks for at least ${pounds(then)} an hour.`,
    })
  const ends = row.insuranceEndsOn && plainDateOf(row.insuranceEndsOn)
  if (ends && Temporal.PlainDate.compare(ends, soon) <= 0)
    looks.push({
      title:
        Temporal.PlainDate.compare(ends, today) < 0 ? 'The insurance has ended' : 'The insurance ends soon',
      words: `${longDate(ends)}. By law you need employer’s liability insurance. Write down the new date when you have renewed it.`,
    })
  return looks
}

/** Balance in hours; and by which of the two ways it is counted. */
function holidayWords(
  row: Row,
  startsOn: Temporal.PlainDate,
  approved: Parameters<typeof holidayBalance>[1],
) {
  const balance = holidayBalance({ ...row, startsOn }, approved)
  const how = row.hoursVary
    ? 'Their hours differ from week to week, so holiday builds up with the hours worked: 12.07 % of them in every four weeks, to the nearest hour.'
    : 'Their hours are agreed, so holiday builds up with time: 5.6 weeks of their usual hours in a year.'
  return {
    how,
    source: HOLIDAY_SOURCE,
    rows: balance && [
      { term: 'Built up', value: duration(balance.builtUp) },
      { term: 'Taken', value: duration(balance.taken) },
      {
        term: 'Left',
        value: balance.left < 0 ? `None: ${duration(-balance.left)} more were taken` : duration(balance.left),
      },
    ],
    counted: balance
      ? `Counted from ${longDate(balance.from)} to ${longDate(balance.upTo)}, the last hours that are approved.`
      : 'It is counted when the first hours are approved.',
  }
}

function sickRule(row: Row, today: Temporal.PlainDate): string {
  const { rates } = ratesOn(today.toString())
  const week = sickWeek(times(pence(row.hourlyPence), row.weeklyMinutes, 60), rates)
  if (week === 0) return 'They earn too little for statutory sick pay.'
  const from =
    rates.sickWaitingDays === 0
      ? 'from the first day'
      : `from day ${String(rates.sickWaitingDays + 1)} of being ill`
  return `Statutory sick pay is ${pounds(week)} for a whole week, ${from}. The payroll works it out.`
}
