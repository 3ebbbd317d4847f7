import type { Prisma } from '#services/db/generated/client.ts'
import { type ApprovedPeriod, holidayBalance, holidayWorth } from '#services/employing/holiday.rules.ts'
import { type Hours, sumHours } from '#services/employing/hours.rules.ts'
import { type Purpose, PURPOSE_WORDS } from '#services/employing/ring-fence.rules.ts'
import { ratesOn } from '#services/employing/rates.ts'
import { wagesDue } from '#services/employing/wages-due.rules.ts'
import { periodWords } from '#services/employing/words.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { payrollPaid } from '#services/ledger/purchase-templates.rules.ts'
import { noted, ringFenced } from '#services/ledger/templates.rules.ts'
import type { BudgetRows, SeededAllocation } from './budgets.ts'
import { at, column, DAY, dayOf, HOUR, wallMs, type Kit } from './kit.ts'
import type { Users } from './users.ts'
import { addUser } from './users.ts'
import type { World } from './world.ts'

/** What the demo knows of people who are employed. Sheets are written as drafts first: what is approved takes no more hours. */
export interface EmployingRows {
  employments: Prisma.EmploymentCreateManyInput[]
  sheets: (Prisma.TimesheetCreateManyInput & { id: string })[]
  days: Prisma.TimesheetDayCreateManyInput[]
  results: Prisma.PayrollResultCreateManyInput[]
}
export const noEmploying = (): EmployingRows => ({ employments: [], sheets: [], days: [], results: [] })

export const EMPLOYER = 'Priya Nair'
const TERMS = {
  name: 'Sam',
  user: 'Sam Akande',
  weeklyMinutes: 600,
  fee: 1_400,
  /** From the April in which the least pay rose. */
  hourly: (day: Temporal.PlainDate): number => (day.toString() < '2026-04-06' ? 1_350 : 1_400),
}
/** Ten hours a week: Monday, Wednesday, Friday. */
const WEEK: readonly (readonly [offset: number, minutes: number])[] = [
  [0, 240],
  [2, 180],
  [4, 180],
]
/** Wages and the bureau's fee, for a week; what is below the thresholds adds nothing. */
const A_WEEK = (TERMS.weeklyMinutes / 60) * 1_400 + TERMS.fee / 4
const NOTICE = 14_000

/** The funds out of which somebody is employed: they keep back for it themselves. */
export const paysWages = (allocation: SeededAllocation): boolean =>
  allocation.person.seed.name === EMPLOYER && allocation.code === 'social_care'

/** Their fund is large enough for the wages beside what is booked from it. */
export function fundWages(allocations: readonly SeededAllocation[], rows: BudgetRows): void {
  for (const allocation of allocations.filter(paysWages)) {
    const days =
      Temporal.PlainDate.from(allocation.startsOn).until(Temporal.PlainDate.from(allocation.endsOn)).days + 1
    const agreed = allocation.instalments.reduce((sum, one) => sum + one.pence, 0)
    const more = Math.round((A_WEEK * days) / 7)
    let left = more
    allocation.instalments.forEach((instalment, n) => {
      const last = n === allocation.instalments.length - 1
      const part = last ? left : Math.round((more * instalment.pence) / agreed)
      left -= part
      instalment.pence += part
      instalment.row.pence = instalment.pence
    })
    const row = rows.allocation.find(({ id }) => id === allocation.id)
    if (row)
      Object.assign(row, {
        agreedPence: agreed + more,
        instalmentPence: allocation.instalments[0]?.pence ?? row.instalmentPence,
      })
  }
}

interface Period {
  startsOn: Temporal.PlainDate
  endsOn: Temporal.PlainDate
  days: { day: string; kind: 'worked' | 'holiday' | 'sick'; minutes: number }[]
}

/** The hours of the n-th four weeks: now and then a week of holiday, now and then a day off sick. */
function hoursOf(startsOn: Temporal.PlainDate, n: number): Period {
  const endsOn = startsOn.add({ days: 27 })
  const days: Period['days'] = []
  for (let week = 0; week < 4; week += 1)
    for (const [offset, minutes] of WEEK) {
      const day = startsOn.add({ days: week * 7 + offset })
      // Before April 2026 the first three days of sickness were not paid, so nobody wrote them down here.
      const ill = n % 5 === 2 && week === 1 && offset === 2 && day.toString() >= '2026-04-06'
      days.push({
        day: day.toString(),
        kind: n % 4 === 3 && week === 2 ? 'holiday' : ill ? 'sick' : 'worked',
        minutes,
      })
    }
  return { startsOn, endsOn, days }
}

/**
 * A year of pay periods, as the use cases would have left them: written down on the Sunday, approved on the Monday, taken out on the Tuesday,
 * paid on the Friday. The last that is over waits for a yes; the present one has its first days.
 */
export function startWages(
  world: World,
  given: { bureauId: string; users: Users; rows: EmployingRows },
): void {
  const { kit, time, book } = world
  const funds = world.allocations.filter(paysWages).sort((a, b) => a.endsMs - b.endsMs)
  const current = funds.at(-1)
  const employer = current?.person
  if (!current || !employer) return
  const monday = kit.today.subtract({ days: kit.today.dayOfWeek - 1 })
  const known = dayOf(funds[0]?.knownMs ?? kit.nowMs).add({ days: 20 })
  const periods = Math.max(1, Math.min(13, Math.floor(known.until(monday).days / 28)))
  const startsOn = monday.subtract({ days: 28 * periods })
  const startMs = wallMs(startsOn, 540)
  const employmentId = kit.id(startMs)
  const assistantId = addUser(kit, given.users, TERMS.user, startMs)
  const bureauUserId = given.users.byName.get('Philippa Thorne')?.id ?? null
  const employment = {
    id: employmentId,
    personId: employer.id,
    allocationId: current.id,
    assistantName: TERMS.name,
    assistantUserId: assistantId,
    hourlyPence: TERMS.hourly(kit.today),
    weeklyMinutes: TERMS.weeklyMinutes,
    pension: false,
    employmentAllowance: true,
    bureauProviderId: given.bureauId,
    payrollFeePence: TERMS.fee,
    payrollReference: 'PA-204-SAM',
    insuranceEndsOn: column(kit.today.add({ days: 140 })),
    startsOn: column(startsOn),
    endsOn: null,
    age: 'adult',
    hoursVary: false,
    createdAt: at(startMs - 3 * DAY),
  }
  given.rows.employments.push(employment)

  const approved: ApprovedPeriod[] = []
  let due = 0
  let fund: SeededAllocation | null = null
  const kept = new Map<
    string,
    Prisma.RingFenceCreateManyInput & { id: string; pence: number; round: number }
  >()
  const by = { userId: employer.userId, personId: employer.id }
  const keep = (
    ms: number,
    allocation: SeededAllocation,
    purpose: Purpose,
    wanted: number,
    reason: string,
  ): void => {
    const key = `${allocation.id}:${purpose}`
    const row = kept.get(key) ?? { id: kit.id(ms), allocationId: allocation.id, purpose, pence: 0, reason, round: 0, updatedAt: at(ms) } // prettier-ignore
    const amount = Math.min(wanted, row.pence + Math.max(0, allocation.available))
    if (!kept.has(key)) {
      kept.set(key, row)
      world.ringFences.push(row)
    }
    const more = amount - row.pence
    if (more === 0) return
    allocation.available -= more
    Object.assign(row, { pence: amount, round: row.round + 1, updatedAt: at(ms), reason })
    book.post(
      ms,
      noted(
        ringFenced(`ring:${row.id}:${String(row.round)}`, allocation.id, pence(more)),
        PURPOSE_WORDS[purpose].name.toLowerCase(),
      ),
      by,
    )
  }
  const keepWages = (ms: number, allocation: SeededAllocation): void => {
    keep(ms, allocation, 'wages', due, 'Hours that are approved and not paid yet')
  }
  const followHours = (ms: number, allocation: SeededAllocation): void => {
    keepWages(ms, allocation)
    const balance = holidayBalance({ ...TERMS, startsOn, hoursVary: false }, approved)
    const worth = holidayWorth(balance, pence(TERMS.hourly(dayOf(ms))))
    keep(ms, allocation, 'holiday', worth, 'Holiday that has built up and is not taken yet')
  }
  /** The fund of the day; when a new budget began, what the old one kept is free there and kept here. */
  const fundAt = (ms: number): SeededAllocation => {
    const now = funds.find((one) => ms <= one.endsMs) ?? current
    if (fund && fund !== now)
      for (const purpose of ['wages', 'holiday', 'notice'] as const) {
        if (!kept.has(`${fund.id}:${purpose}`)) continue
        keep(ms, fund, purpose, 0, 'A new budget began')
      }
    if (fund !== now) keep(ms, now, 'notice', NOTICE, 'One week of wages, if it has to end')
    fund = now
    return now
  }

  for (let n = 0; n <= periods; n += 1) {
    const period = hoursOf(startsOn.add({ days: 28 * n }), n)
    const openMs = wallMs(period.startsOn, 40)
    const id = kit.id(openMs)
    const isOpen = n === periods
    const asked = n === periods - 1
    const sundayMs = wallMs(period.endsOn, 1_170)
    const hourly = TERMS.hourly(period.endsOn)
    const row = {
      id,
      employmentId,
      periodStartsOn: column(period.startsOn),
      periodEndsOn: column(period.endsOn),
      state: (isOpen ? 'draft' : 'submitted') as 'draft' | 'submitted' | 'approved' | 'sent' | 'paid',
      submittedById: isOpen ? null : assistantId,
      submittedAt: isOpen ? null : at(sundayMs),
      approvedById: null as string | null,
      authorityId: null,
      approvedAt: null as Date | null,
      reason: '',
      sentAt: null as Date | null,
      hourlyPence: null as number | null,
    }
    given.rows.sheets.push(row)
    const written = period.days.filter(({ day }) => !isOpen || day < kit.today.toString())
    for (const { day, kind, minutes } of written)
      given.rows.days.push({ timesheetId: id, day: column(Temporal.PlainDate.from(day)), kind, minutes })
    if (isOpen) continue
    if (asked) {
      world.notices.push(askedNotice(world.kit, employer.id, employmentId, id, period, sundayMs))
      continue
    }
    const hours: Hours = sumHours(period.days)
    const { rates } = ratesOn(period.endsOn.toString())
    const cost = wagesDue(
      { hourly: pence(hourly), weeklyMinutes: TERMS.weeklyMinutes, age: 'adult', pension: false, allowance: true, fee: pence(TERMS.fee) }, // prettier-ignore
      hours,
      rates,
    )
    const mondayMs = wallMs(period.endsOn.add({ days: 1 }), 605)
    time.at(mondayMs, () => {
      Object.assign(row, {
        state: 'approved',
        approvedById: employer.userId,
        approvedAt: at(mondayMs),
        hourlyPence: hourly,
      })
      approved.push({ startsOn: period.startsOn, endsOn: period.endsOn, ...hours })
      due += cost.total
      followHours(mondayMs, fundAt(mondayMs))
    })
    const tuesdayMs = mondayMs + DAY + HOUR
    time.at(tuesdayMs, () => Object.assign(row, { state: 'sent', sentAt: at(tuesdayMs) }))
    const fridayMs = mondayMs + 4 * DAY
    const pay = (ms: number): void => {
      const allocation = fundAt(ms)
      due -= cost.total
      keepWages(ms, allocation)
      if (allocation.available < cost.total) {
        // The fund does not reach: the wages wait, as they would.
        due += cost.total
        keepWages(ms, allocation)
        time.at(ms + DAY, () => {
          pay(ms + DAY)
        })
        return
      }
      allocation.available -= cost.total
      book.post(
        ms,
        noted(
          payrollPaid(`payroll:${id}`, [{ allocationId: allocation.id, amount: pence(cost.total) }]),
          `${TERMS.name}, ${periodWords(period)}`,
        ),
        { userId: bureauUserId, personId: employer.id },
      )
      row.state = 'paid'
      followHours(ms, allocation)
    }
    time.at(fridayMs, () => {
      given.rows.results.push({
        timesheetId: id,
        netPence: cost.wages,
        taxPence: 0,
        employeeInsurancePence: 0,
        employerInsurancePence: 0,
        employeePensionPence: 0,
        employerPensionPence: 0,
        feePence: cost.fee,
        totalPence: cost.total,
        fileDigest: `demo-${String(fridayMs)}`,
        importedById: bureauUserId,
        importedAt: at(fridayMs),
      })
      pay(fridayMs)
    })
  }
}

function askedNotice(
  kit: Kit,
  personId: string,
  employmentId: string,
  sheetId: string,
  period: Period,
  ms: number,
): Prisma.NoticeCreateManyInput {
  return {
    id: kit.id(ms),
    personId,
    userId: null,
    providerId: null,
    councilId: null,
    kind: 'employment.hours',
    title: `${TERMS.name} has written down their hours`,
    body: `${periodWords(period)}. Look at them, and say yes or send them back.`,
    path: `/my/assistants/${employmentId}/hours/${sheetId}`,
    subjectId: sheetId,
    createdAt: at(ms),
    arrivedAt: at(ms + 45_000),
    readAt: null,
  }
}
