import type { Prisma } from '#services/db/generated/client.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Borough } from './borough.ts'
import { at, column, DAY, insertRows, type Kit } from './kit.ts'
import { addUser, type Users } from './users.ts'

/** People whose budget begins today: nothing has come yet, nothing is booked. For journeys that count from nought. */
export interface Beginners {
  person: Prisma.PersonCreateManyInput[]
  plan: Prisma.PlanCreateManyInput[]
  outcome: Prisma.PlanOutcomeCreateManyInput[]
  budget: Prisma.BudgetCreateManyInput[]
  allocation: Prisma.AllocationCreateManyInput[]
  instalment: Prisma.InstalmentCreateManyInput[]
  planLine: Prisma.PlanLineCreateManyInput[]
  assessment: Prisma.ContributionAssessmentCreateManyInput[]
}
export const noBeginners = (): Beginners => ({
  person: [],
  plan: [],
  outcome: [],
  budget: [],
  allocation: [],
  instalment: [],
  planLine: [],
  assessment: [],
})

export interface Beginner {
  name: string
  short: string
  ward: string
  about: string
  outcomes: readonly string[]
}

/** Four weeks at a time, for a year. */
const TIMES = 13
/** When somebody became known, and when their money was agreed. */
export const sinceOf = ({ nowMs }: Kit): number => nowMs - 30 * DAY
export const agreedOf = ({ nowMs }: Kit): number => nowMs - 15 * DAY

/** Who they are, their plan and an empty budget for a year from today. */
export function beginPerson(
  kit: Kit,
  borough: Borough,
  users: Users,
  rows: Beginners,
  councilId: string,
  { name, short, ward, about, outcomes }: Beginner,
): { personId: string; budgetId: string; startsOn: Date; endsOn: Date } {
  const [sinceMs, agreedMs] = [sinceOf(kit), agreedOf(kit)]
  const { addressLine, postcode, point } = borough.address(borough.wardNamed(ward))
  const personId = kit.id(sinceMs)
  const [startsOn, endsOn] = [
    column(kit.today),
    column(kit.today.add({ weeks: 4 * TIMES }).subtract({ days: 1 })),
  ]
  rows.person.push({
    id: personId,
    userId: addUser(kit, users, name, sinceMs),
    councilId,
    name,
    shortName: short,
    addressLine,
    postcode,
    lat: point.lat,
    lon: point.lon,
    phone: `01632 960${String(kit.rng.int(400, 799))}`,
    isCarer: false,
    section117: false,
    createdAt: at(sinceMs),
  })
  const planId = kit.id(sinceMs)
  rows.plan.push({ id: planId, personId, aboutMe: about, startsOn, endsOn: null, createdAt: at(sinceMs) })
  outcomes.forEach((words, position) => rows.outcome.push({ id: kit.id(sinceMs), planId, position, words }))
  const budgetId = kit.id(agreedMs)
  rows.budget.push({ id: budgetId, personId, startsOn, endsOn, createdAt: at(agreedMs) })
  return { personId, budgetId, startsOn, endsOn }
}

export interface BeginningFund {
  budget: { personId: string; budgetId: string; startsOn: Date; endsOn: Date }
  streamId: string
  /** What comes at a time, in pence; and how often: every four weeks for a year, unless it comes once. */
  each: number
  times?: number
  deployment: Prisma.AllocationCreateManyInput['deployment']
  chosenBecause: string
  explainedBy: string
  payBy?: Prisma.AllocationCreateManyInput['payBy']
  towardsId?: string | null
}

/** A fund with its instalments, none of which has come. @returns its id */
export function beginFund(kit: Kit, rows: Beginners, fund: BeginningFund): string {
  const agreedMs = agreedOf(kit)
  const { budgetId, personId, startsOn, endsOn } = fund.budget
  const times = fund.times ?? TIMES
  const id = kit.id(agreedMs)
  rows.allocation.push({
    id,
    budgetId,
    streamId: fund.streamId,
    personId,
    deployment: fund.deployment,
    agreedPence: fund.each * times,
    cadence: times === 1 ? 'once' : 'four_weekly',
    instalmentPence: fund.each,
    startsOn,
    endsOn,
    chosenBecause: fund.chosenBecause,
    explainedBy: fund.explainedBy,
    chosen: true,
    ...(fund.payBy ? { payBy: fund.payBy } : {}),
    towardsId: fund.towardsId ?? null,
    createdAt: at(agreedMs),
  })
  for (let number = 1; number <= times; number += 1)
    rows.instalment.push({
      id: kit.id(agreedMs),
      allocationId: id,
      number,
      dueOn: column(kit.today.add({ weeks: 4 * (number - 1) })),
      pence: fund.each,
      arrivedAt: null,
    })
  return id
}

export async function writeBeginners(tx: Tx, rows: Beginners): Promise<void> {
  await insertRows(tx, 'person', rows.person)
  await insertRows(tx, 'plan', rows.plan)
  await insertRows(tx, 'plan_outcome', rows.outcome)
  await insertRows(tx, 'budget', rows.budget)
  await insertRows(tx, 'allocation', rows.allocation)
  await insertRows(tx, 'instalment', rows.instalment)
  await insertRows(tx, 'plan_line', rows.planLine)
  await insertRows(tx, 'contribution_assessment', rows.assessment)
}
