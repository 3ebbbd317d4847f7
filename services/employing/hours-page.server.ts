import { leftIn } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import { may } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { pence, pounds, subtract, total } from '#services/kernel/money.ts'
import { Temporal, duration, londonDate, longDate, plainDateOf, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { Age } from './cost.rules.ts'
import { mayApprove, sideOf } from './employing.policy.ts'
import {
  dayNote,
  type DayHours,
  type Employed,
  HOUR_KINDS,
  type HourKind,
  hoursText,
  hoursWords,
  isEmployedOn,
  lastDayOf,
  sumHours,
} from './hours.rules.ts'
import { FIGURE_WORDS } from './payroll-results.rules.ts'
import { daysOf, PERIOD_DAYS, type Period } from './periods.rules.ts'
import { pagePerson } from './person-words.server.ts'
import { ratesOn } from './rates.ts'
import { readRingFencesOf } from './ring-fences.server.ts'
import { wagesDue } from './wages-due.rules.ts'
import { periodWords, sheetStanding } from './words.ts'

async function readSheet(tx: Tx, employmentId: string, id: string) {
  return isId(employmentId) && isId(id)
    ? tx.timesheet.findFirst({
        where: { id, employmentId },
        include: {
          days: { orderBy: { day: 'asc' }, take: PERIOD_DAYS * HOUR_KINDS.length },
          result: true,
          employment: { include: { bureau: { select: { name: true } } } },
        },
      })
    : null
}
type Sheet = NonNullable<Awaited<ReturnType<typeof readSheet>>>
const dayHours = (days: Sheet['days']): DayHours[] =>
  days.map(({ day, kind, minutes }) => ({ day: plainDateOf(day).toString(), kind, minutes }))

/**
 * The hours of one pay period: a form of 28 days while they can be written down, else what was written, and what the reader may press.
 * @param fill 'last' puts in what was written four weeks before; nothing is saved by it
 * @throws SIGN_IN; NOT_FOUND for all but the employer's side and the assistant; FORBIDDEN
 */
export async function hoursPage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  { employmentId, timesheetId, fill }: { employmentId: string; timesheetId: string; fill: string | null },
) {
  if (actor.kind !== 'user') throw new DomainError('SIGN_IN', 'Sign in to see this page.')
  const { prisma } = deps.db
  const sheet = await readSheet(prisma, employmentId, timesheetId)
  if (!sheet) throw notFound()
  const { employment } = sheet
  const side = sideOf(actor, employment)
  const today = londonDate(deps.clock.now())
  const period = { startsOn: plainDateOf(sheet.periodStartsOn), endsOn: plainDateOf(sheet.periodEndsOn) }
  const employed = {
    startsOn: plainDateOf(employment.startsOn),
    endsOn: employment.endsOn && plainDateOf(employment.endsOn),
  }
  const open = sheet.state === 'draft' || sheet.state === 'returned'
  const mayWrite = open && (side === 'assistant' || may(actor, employment.personId, 'manage_money'))
  const own = dayHours(sheet.days)
  const before = mayWrite && own.length === 0 ? await readBefore(prisma, sheet) : []
  const days = fill === 'last' && before.length > 0 ? movedOn(before) : own
  const last = lastDayOf(period, employed)
  const over = Temporal.PlainDate.compare(today, last) >= 0
  const hours = sumHours(own)
  return {
    side,
    person: await pagePerson(prisma, actor, employment.personId),
    employmentId,
    timesheetId,
    name: employment.assistantName,
    bureau: employment.bureau?.name ?? null,
    period: periodWords(period),
    state: sheet.state,
    standing: sheetStanding({ state: sheet.state, worked: sheet.result !== null, over }, side),
    reason: sheet.state === 'returned' ? sheet.reason : null,
    sentBy: open ? null : await sentWords(prisma, sheet),
    submitted: String(sheet.submittedAt?.getTime() ?? ''),
    mayWrite,
    maySend: over,
    sendFrom: longDate(last),
    mayFill: before.length > 0 && fill !== 'last',
    filled: fill === 'last' && before.length > 0,
    mayAnswer: sheet.state === 'submitted' && mayApprove(actor, employment),
    mayRecord:
      sheet.state === 'approved' && employment.bureauProviderId === null && mayApprove(actor, employment),
    mayPay:
      sheet.state === 'sent' && sheet.result !== null && may(actor, employment.personId, 'manage_money'),
    hours: { total: duration(hours.worked + hours.holiday + hours.sick), words: hoursWords(hours) },
    weeks: weeksOf(period, employed, today, days),
    money: side === 'employer' ? await moneyOf(prisma, sheet, hours, period) : null,
  }
}

/** What was written down four weeks before. */
async function readBefore(tx: Tx, sheet: Sheet): Promise<DayHours[]> {
  const earlier = await tx.timesheet.findFirst({
    where: { employmentId: sheet.employmentId, periodStartsOn: { lt: sheet.periodStartsOn } },
    orderBy: { periodStartsOn: 'desc' },
    include: { days: { where: { kind: 'worked' }, orderBy: { day: 'asc' }, take: PERIOD_DAYS } },
  })
  return earlier ? dayHours(earlier.days) : []
}
const movedOn = (days: readonly DayHours[]): DayHours[] =>
  days.map((one) => ({
    ...one,
    day: Temporal.PlainDate.from(one.day).add({ days: PERIOD_DAYS }).toString(),
  }))

function weeksOf(period: Period, employed: Employed, today: Temporal.PlainDate, days: readonly DayHours[]) {
  const all = daysOf(period).map((day) => {
    const iso = day.toString()
    const text = (kind: HourKind): string =>
      hoursText(days.find((one) => one.day === iso && one.kind === kind)?.minutes ?? 0)
    const ahead = Temporal.PlainDate.compare(day, today) > 0
    return {
      iso,
      label: shortDate(day),
      whole: longDate(day, { year: false }),
      note: dayNote(day),
      employed: isEmployedOn(employed, day),
      ahead,
      // What is filled in from before is no more than what could be typed.
      worked: ahead ? '' : text('worked'),
      holiday: text('holiday'),
      sick: ahead ? '' : text('sick'),
    }
  })
  return Array.from({ length: PERIOD_DAYS / 7 }, (_, n) => {
    const part = all.slice(n * 7, n * 7 + 7)
    return {
      label: `Week ${String(n + 1)}`,
      dates: `${part[0]?.label.slice(4) ?? ''} to ${part.at(-1)?.label.slice(4) ?? ''}`,
      days: part,
    }
  })
}

/** 'Gwen sent them on …'; on somebody's behalf it is said who did. */
async function sentWords(tx: Tx, sheet: Sheet): Promise<string> {
  const { employment } = sheet
  const ids = [sheet.submittedById, sheet.approvedById].filter((id) => id !== null)
  const users = await tx.user.findMany({ where: { id: { in: ids } }, select: { id: true, name: true } })
  const nameOf = (id: string | null): string => users.find((user) => user.id === id)?.name ?? 'Somebody'
  const on = (at: Date | null): string =>
    at ? ` on ${longDate(londonDate(Temporal.Instant.fromEpochMilliseconds(at.getTime())))}` : ''
  const sent =
    sheet.submittedById === employment.assistantUserId
      ? `${employment.assistantName} sent these hours${on(sheet.submittedAt)}.`
      : `${nameOf(sheet.submittedById)} wrote these hours down for ${employment.assistantName}${on(sheet.submittedAt)}.`
  return sheet.approvedById ? `${sent} ${nameOf(sheet.approvedById)} said yes${on(sheet.approvedAt)}.` : sent
}

/** What it will cost the fund, or did; for the employer's side. */
async function moneyOf(tx: Tx, sheet: Sheet, hours: ReturnType<typeof sumHours>, period: Period) {
  const { employment, result } = sheet
  const due = wagesDue(
    {
      hourly: pence(sheet.hourlyPence ?? employment.hourlyPence),
      weeklyMinutes: employment.weeklyMinutes,
      age: employment.age as Age,
      pension: employment.pension,
      allowance: employment.employmentAllowance,
      fee: pence(employment.payrollFeePence),
    },
    hours,
    ratesOn(period.endsOn.toString()).rates,
  )
  const purse = await readPurse(tx, employment.allocationId)
  const fences = await readRingFencesOf(
    tx,
    purse.parts.map(({ allocationId }) => allocationId),
  )
  const kept = total([...fences.values()].map(({ wages }) => wages))
  const has = total([leftIn(purse), kept])
  const need = result ? pence(result.totalPence) : due.total
  return {
    estimate: [
      { term: 'Wages', value: pounds(due.wages) },
      { term: 'Your National Insurance', value: pounds(due.nationalInsurance) },
      { term: 'Your part of the pension', value: pounds(due.pension) },
      { term: 'Payroll service', value: pounds(due.fee) },
      { term: 'All in', value: pounds(due.total) },
    ],
    total: pounds(need),
    kept: pounds(kept),
    short: need > has ? pounds(subtract(need, has)) : null,
    result: result && [
      { term: FIGURE_WORDS.net, value: pounds(result.netPence) },
      { term: FIGURE_WORDS.tax, value: pounds(result.taxPence) },
      { term: FIGURE_WORDS.employee_ni, value: pounds(result.employeeInsurancePence) },
      { term: FIGURE_WORDS.employee_pension, value: pounds(result.employeePensionPence) },
      { term: FIGURE_WORDS.employer_ni, value: pounds(result.employerInsurancePence) },
      { term: FIGURE_WORDS.employer_pension, value: pounds(result.employerPensionPence) },
      { term: FIGURE_WORDS.fee, value: pounds(result.feePence) },
      { term: FIGURE_WORDS.total, value: pounds(result.totalPence) },
    ],
  }
}
