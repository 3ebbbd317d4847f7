/** Somebody with a managed account, a payroll service, an assistant, and a support worker who acts under the organisation's authority. */
import { startActing } from '#services/circle/acting.server.ts'
import { approveHours } from '#services/employing/answer-hours.server.ts'
import { fieldOf } from '#services/employing/hours.rules.ts'
import { saveHours } from '#services/employing/save-hours.server.ts'
import { sendPayroll } from '#services/employing/send-payroll.server.ts'
import { startEmployment } from '#services/employing/start-employment.server.ts'
import type { UserActor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { makeAuthority, makeSession } from './circle.ts'
import {
  type FundOptions,
  makeCouncil,
  makePerson,
  makeProvider,
  makeService,
  makeUser,
  userActor,
} from './world.ts'

/** A Monday; its period of four weeks is over on TEST_NOW. */
export const STARTED = '2026-10-05'
export const FUND = 128_000

export async function makeEmployingWorld(deps: Deps, options: { funds?: FundOptions[] } = {}) {
  const councilId = await makeCouncil(deps)
  const bureau = await makeProvider(deps, { name: 'Evenhand' })
  await makeService(deps, bureau.providerId, { category: 'direct_payment_support', travel: 0 })
  const person = await makePerson(
    deps,
    councilId,
    options.funds ?? [{ pence: FUND, deployment: 'direct_payment_managed_account' }],
  )
  const [allocationId = ''] = person.allocationIds
  await deps.db.prisma.allocation.updateMany({
    where: { id: { in: person.allocationIds }, holderProviderId: { not: null } },
    data: { holderProviderId: bureau.providerId },
  })
  const assistantId = await makeUser(deps, 'Gwen Tully')
  return {
    deps,
    councilId,
    bureau,
    person,
    allocationId,
    assistant: userActor(assistantId),
    assistantEmail: `${assistantId}@test.example`,
  }
}
export type EmployingWorld = Awaited<ReturnType<typeof makeEmployingWorld>>

export const terms = (w: EmployingWorld, changes: Record<string, string> = {}) => ({
  id: newId(),
  personId: w.person.personId,
  allocationId: w.allocationId,
  name: 'Gwen',
  email: w.assistantEmail,
  hourly: '14.00',
  hours: '20',
  age: 'adult' as const,
  vary: 'no' as const,
  bureau: w.bureau.providerId,
  fee: '18.00',
  pension: 'yes' as const,
  allowance: 'yes' as const,
  startsOn: STARTED,
  insuranceEndsOn: '',
  ...changes,
})

export interface TestEmployment {
  employmentId: string
  timesheetId: string
  reference: string
}

/** An employment and the sheet of one of its periods: the first unless told otherwise. */
export async function employ(
  w: EmployingWorld,
  changes: Record<string, string> = {},
  { period = 0, as = w.person.actor }: { period?: number; as?: UserActor } = {},
): Promise<TestEmployment> {
  const employmentId = await startEmployment(w.deps, as, terms(w, changes))
  const found = await w.deps.db.prisma.employment.findUniqueOrThrow({
    where: { id: employmentId },
    include: { timesheets: { orderBy: { periodStartsOn: 'asc' } } },
  })
  return {
    employmentId,
    timesheetId: found.timesheets[period]?.id ?? '',
    reference: found.payrollReference,
  }
}

/** Four hours a day from Monday to Friday: 80 in four weeks; others on top. */
export function eightyHours(from = STARTED, extra: Record<string, string> = {}): Map<string, string> {
  const first = Temporal.PlainDate.from(from)
  const days = Array.from({ length: 28 }, (_, n) => first.add({ days: n }))
  return new Map([
    ...days
      .filter((day) => day.dayOfWeek <= 5)
      .map((day): [string, string] => [fieldOf('worked', day.toString()), '4']),
    ...Object.entries(extra),
  ])
}

export const submit = (
  w: EmployingWorld,
  of: TestEmployment,
  options: { as?: UserActor; typed?: ReadonlyMap<string, string>; personId?: string; submit?: boolean } = {},
) =>
  saveHours(w.deps, options.as ?? w.assistant, {
    employmentId: of.employmentId,
    timesheetId: of.timesheetId,
    personId: options.personId ?? (options.as ? w.person.personId : ''),
    submit: options.submit ?? true,
    typed: options.typed ?? eightyHours(),
  })

export async function shown(w: EmployingWorld, of: TestEmployment) {
  const sheet = await w.deps.db.prisma.timesheet.findUniqueOrThrow({ where: { id: of.timesheetId } })
  return {
    employmentId: of.employmentId,
    timesheetId: of.timesheetId,
    personId: w.person.personId,
    submitted: String(sheet.submittedAt?.getTime() ?? ''),
  }
}
export const approve = async (w: EmployingWorld, of: TestEmployment, as: UserActor = w.person.actor) =>
  approveHours(w.deps, as, await shown(w, of))

/** 80 hours, approved and in a file to the bureau. */
export async function sentHours(
  w: EmployingWorld,
  changes: Record<string, string> = {},
): Promise<TestEmployment> {
  const of = await employ(w, changes)
  await submit(w, of)
  await approve(w, of)
  await sendPayroll(w.deps, w.bureau.owner, { providerId: w.bureau.providerId })
  return of
}

/** What a payroll of 80 hours at £14.00 comes to in 2026/27, with the allowance: £1,157.20. */
export const FIGURES = {
  net: '1045.24',
  tax: '30.60',
  employee_ni: '12.16',
  employer_ni: '0.00',
  employee_pension: '32.00',
  employer_pension: '19.20',
  fee: '18.00',
  total: '1157.20',
}
export const HEADER =
  'reference,period,net,tax,employee_ni,employer_ni,employee_pension,employer_pension,fee,total'
export const resultLine = (reference: string, changes: Record<string, string> = {}): string =>
  [reference, changes['period'] ?? STARTED, ...Object.values({ ...FIGURES, ...withoutPeriod(changes) })].join(
    ',',
  )
const withoutPeriod = (changes: Record<string, string>) =>
  Object.fromEntries(Object.entries(changes).filter(([name]) => name !== 'period'))
export const resultFile = (...lines: string[]): string => `${[HEADER, ...lines].join('\r\n')}\r\n`

/** What stands in the fund. */
export async function fundOf(w: EmployingWorld, allocationId = w.allocationId) {
  const balances = (await readBalances(w.deps.db.prisma, [allocationId])).get(allocationId)
  return {
    available: balances?.available ?? pence(0),
    kept: balances?.ringFenced ?? pence(0),
    spent: balances?.spent ?? pence(0),
  }
}

/** A support worker of the payroll service, who acts for the person under its authority to manage the money. */
export async function makeSupportWorker(w: EmployingWorld) {
  const userId = await makeUser(w.deps, 'Bethan Rowe')
  await w.deps.db.prisma.member.create({
    data: { id: newId(), providerId: w.bureau.providerId, userId, name: 'Bethan Rowe', role: 'worker' },
  })
  const authorityId = await makeAuthority(w.deps, {
    personId: w.person.personId,
    supporterProviderId: w.bureau.providerId,
    type: 'nominated_person',
    scopes: ['see_money', 'manage_money', 'message'],
  })
  const session = await makeSession(w.deps, userId)
  const actor = async (): Promise<UserActor> => {
    const found = await session.actor()
    if (!found) throw new Error('the support worker is signed out')
    return found
  }
  await startActing(w.deps, await actor(), { authorityId })
  return { authorityId, userId, actor }
}
