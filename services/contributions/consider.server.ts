/** What a decision about somebody's contribution would change, worked out by the code that then does it. */
import { createHash } from 'node:crypto'
import { type FundPlan, previewPayIn } from '#services/budgets/pay-in.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, isoText, londonDate } from '#services/kernel/time.ts'
import { type Assessment, assessedFor, daysOf, mondayOf } from './assessment.rules.ts'
import { type ChargedWeek, workOutWeeks } from './charge-weeks.server.ts'
import type { Considered } from './contributions.schema.ts'
import { readAssessments } from './read-assessments.server.ts'

/** As far back as a debt can be claimed (Care Act 2014, section 69: six years). */
const YEARS_BACK = 6
const YEARS_AHEAD = 2

export interface AboutPerson {
  personId: string
  councilId: string
  section117: boolean
}
export interface Effect {
  /** Weeks of council-paid care that change, oldest first. */
  weeks: Omit<ChargedWeek, 'weekId'>[]
  /** What the person pays more (above zero) or gets back (below) for them in all. */
  difference: Pence
  /** Funds into which they pay, or paid, and what changes in each. */
  funds: FundPlan[]
  /** All of the above in few letters: a decision is saved only when it still comes to the same. */
  digest: string
}

const refuse = (field: string, sentence: string): DomainError =>
  new DomainError('INVALID', sentence, { fields: { [field]: [sentence] } })

/**
 * Whether it may be decided at all.
 * @throws INVALID beside a field, with the reason
 */
export function checkConsidered(person: AboutPerson, input: Considered, today: Temporal.PlainDate): void {
  if (person.section117 && input.weekly > 0)
    throw refuse(
      'weekly',
      'Aftercare under section 117 of the Mental Health Act is free: nobody may be charged for it. Enter 0',
    )
  if (input.startsOn < today.subtract({ years: YEARS_BACK }).toString())
    throw refuse('startsOn', 'That is more than six years ago. Nothing can be charged for so long ago')
  if (input.startsOn > today.add({ years: YEARS_AHEAD }).toString())
    throw refuse('startsOn', 'That is more than two years ahead. Decide nearer to the day')
}

export const asAssessment = (id: string, input: Considered, now: Temporal.Instant): Assessment => ({
  id,
  method: input.method,
  weeklyPence: input.weekly,
  startsOn: input.startsOn,
  endsOn: input.endsOn,
  decidedAt: isoText(now),
})

/** Every week that it covers and that has begun, as `chargeWeeks` takes them. */
export function weeksCovered(personId: string, input: Considered, today: Temporal.PlainDate): string[] {
  const until = input.endsOn !== null && input.endsOn < today.toString() ? input.endsOn : today.toString()
  if (input.startsOn > until) return []
  const first = mondayOf(Temporal.PlainDate.from(input.startsOn)).toString()
  return daysOf(first, until)
    .filter((_day, index) => index % 7 === 0)
    .map((monday) => `${personId} ${monday}`)
}

/** Direct payments of social care that have not ended: what somebody pays net goes into their accounts. */
export async function netFunds(
  tx: Tx,
  personId: string,
  today: Temporal.PlainDate,
): Promise<{ id: string; name: string; payIn: boolean; startsOn: Date; endsOn: Date }[]> {
  const rows = await tx.allocation.findMany({
    where: {
      personId,
      towardsId: null,
      replacedBy: null,
      endsOn: { gte: dateColumn(today) },
      stream: { kind: 'adult_social_care' },
      deployment: {
        in: [
          'direct_payment_bank',
          'direct_payment_card',
          'direct_payment_managed_account',
          'individual_service_fund',
        ],
      },
    },
    orderBy: [{ startsOn: 'asc' }, { id: 'asc' }],
    include: { stream: { select: { name: true } }, payIn: { select: { id: true } } },
    take: 20,
  })
  return rows.map(({ id, stream, payIn, startsOn, endsOn }) => ({
    id,
    name: stream.name,
    payIn: payIn !== null,
    startsOn,
    endsOn,
  }))
}

/** What is to be paid in for some days, by all decisions. */
export const payInTarget =
  (assessments: readonly Assessment[]) =>
  (from: string, until: string): number =>
    assessedFor(assessments, 'net_pay_in', from, until)

/** The funds that it concerns, each with what is to be paid in by all decisions, the considered one among them. */
export async function payInsWanted(
  tx: Tx,
  person: AboutPerson,
  input: Considered,
  today: Temporal.PlainDate,
  assessments: readonly Assessment[],
) {
  const funds = (await netFunds(tx, person.personId, today)).filter(
    (fund) => fund.payIn || input.method === 'net_pay_in',
  )
  if (input.method === 'net_pay_in' && input.weekly > 0 && funds.length === 0)
    throw refuse(
      'method',
      'There is no account for it to be paid into: no direct payment for social care is open. Choose that the council sends a bill',
    )
  const target = payInTarget(assessments)
  return funds.map((fund) => ({
    fundId: fund.id,
    target,
    // What is paid in already is within the budget: only the first time may it be beside.
    council: fund.payIn ? ('within' as const) : input.council,
  }))
}

export function checkPlan(plan: FundPlan): void {
  if (plan.councilLeft > 0)
    throw refuse(
      'weekly',
      `It is ${pounds(plan.councilLeft)} more than the council still pays into “${plan.name}”. What somebody pays is never more than the care costs`,
    )
}

export const digestOf = (
  weeks: readonly { monday: string; difference: number }[],
  funds: readonly FundPlan[],
): string =>
  createHash('sha256')
    .update(
      JSON.stringify([
        weeks.map(({ monday, difference }) => [monday, difference]),
        funds.map((fund) => fund.periods.map(({ dueOn, council, open }) => [dueOn, council, open])),
      ]),
    )
    .digest('base64url')

export const onlyChanged = <Week extends { difference: number }>(weeks: readonly Week[]): Week[] =>
  weeks.filter(({ difference }) => difference !== 0)

/**
 * What changes for each past week and in what is paid in, to the penny, before anything is saved.
 * @throws INVALID beside a field
 */
export async function consider(
  tx: Tx,
  now: Temporal.Instant,
  person: AboutPerson,
  assessmentId: string,
  input: Considered,
): Promise<Effect> {
  const today = londonDate(now)
  checkConsidered(person, input, today)
  const assessment = asAssessment(assessmentId, input, now)
  const weeks = onlyChanged(
    await workOutWeeks(tx, weeksCovered(person.personId, input, today), {
      personId: person.personId,
      councilId: person.councilId,
      assessment,
    }),
  )
  const known = (await readAssessments(tx, [person.personId])).get(`${person.personId} ${person.councilId}`)
  const wanted = await payInsWanted(tx, person, input, today, [...(known ?? []), assessment])
  const funds: FundPlan[] = []
  for (const one of wanted) funds.push(await previewPayIn(tx, now, one))
  funds.forEach(checkPlan)
  return {
    weeks,
    difference: pence(weeks.reduce((sum, week) => sum + week.difference, 0)),
    funds,
    digest: digestOf(weeks, funds),
  }
}
