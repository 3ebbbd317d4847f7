import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep, requireStaff } from '#services/accounts/staff.policy.ts'
import { type FundPlan, openPayIn } from '#services/budgets/pay-in.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor, UserActor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { Temporal, dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { chargeWeeks, lockPeople } from './charge-weeks.server.ts'
import {
  type AboutPerson,
  checkConsidered,
  checkPlan,
  consider,
  digestOf,
  onlyChanged,
  payInsWanted,
  weeksCovered,
} from './consider.server.ts'
import { METHOD_WORDS, dayWords, weekWords, weeklyWords } from './contribution-words.ts'
import { type Considered, considerSchema, decideSchema } from './contributions.schema.ts'
import { readAssessments } from './read-assessments.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * The person, for finance of their own council.
 * @throws SIGN_IN; NOT_FOUND for everybody else and for people of another council
 */
export async function personForFinance(
  tx: Tx,
  actor: Actor,
  act: 'money.read' | 'money.work',
  personId: string,
): Promise<AboutPerson & { name: string; shortName: string; staff: UserActor }> {
  const { actor: staff, councilIds } = requireStaff(actor, act)
  const person = await tx.person.findFirst({
    where: { id: personId, councilId: { in: councilIds } },
    select: { id: true, councilId: true, section117: true, name: true, shortName: true },
  })
  if (!person) throw notFound()
  const { id, ...rest } = person
  return { personId: id, ...rest, staff }
}

/**
 * What a decision would change, before it is saved: each past week and each pay-in that is to come, to the penny.
 * @throws SIGN_IN, NOT_FOUND for all but finance of the person's council; ZodError and INVALID beside fields
 */
export async function previewAssessment(
  deps: Needs,
  actor: Actor,
  personId: string,
  input: z.input<typeof considerSchema>,
) {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  const considered = considerSchema.parse(input)
  const assessmentId = newId()
  const effect = await consider(deps.db.prisma, deps.clock.now(), person, assessmentId, considered)
  return {
    assessmentId,
    words: {
      weekly: weeklyWords(considered.weekly),
      how: METHOD_WORDS[considered.method].name,
      from: dayWords(considered.startsOn),
      until: considered.endsOn ? dayWords(considered.endsOn) : null,
      reason: considered.reason,
      told: assessedWords(considered, effect.difference, effect.funds),
    },
    weeks: effect.weeks.map(({ monday, before, after, difference }) => ({
      monday,
      words: weekWords(monday),
      before,
      after,
      difference,
    })),
    difference: effect.difference,
    funds: effect.funds.map(changesOf),
    digest: effect.digest,
  }
}

/** Only the instalments that become something else. */
function changesOf(fund: FundPlan) {
  return {
    fundId: fund.fundId,
    name: fund.name,
    overpaid: fund.overpaid,
    councilLeft: fund.councilLeft,
    periods: fund.periods.flatMap((period, index) => {
      const was = fund.was[index]
      const councilBefore = was?.council?.pence ?? null
      const ownBefore = was?.open ?? 0
      return councilBefore === period.council && ownBefore === period.open
        ? []
        : [
            {
              dueOn: period.dueOn,
              words: dayWords(period.dueOn),
              councilBefore,
              councilAfter: period.council,
              ownBefore,
              ownAfter: period.open,
            },
          ]
    }),
  }
}

/**
 * Finance decides what a person pays each week, from a day on that may lie in the past. Earlier decisions stay as they
 * were: for each day the newest holds. Weeks that are over are charged anew, what is still to be paid in changes, and the
 * person is told, with how to ask for a review. Sent twice it is decided once.
 * @throws as previewAssessment; SECOND_STEP; STALE_STATE when it would no longer come to what was shown
 */
export async function decideAssessment(
  deps: Needs,
  actor: Actor,
  personId: string,
  input: z.input<typeof considerSchema> & z.input<typeof decideSchema>,
): Promise<void> {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  requireFreshSecondStep(actor)
  const considered = considerSchema.parse(input)
  const { assessmentId, seen } = decideSchema.parse(input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await lockPeople(tx, [personId])
    const known = await tx.contributionAssessment.findUnique({ where: { id: assessmentId } })
    if (known?.personId === personId) return
    checkConsidered(person, considered, londonDate(now))
    await tx.contributionAssessment.create({
      data: {
        id: assessmentId,
        personId,
        councilId: person.councilId,
        method: considered.method,
        weeklyPence: considered.weekly,
        startsOn: dateColumn(Temporal.PlainDate.from(considered.startsOn)),
        endsOn: considered.endsOn ? dateColumn(Temporal.PlainDate.from(considered.endsOn)) : null,
        reason: considered.reason,
        decidedById: person.staff.userId,
        decidedAt: toDate(now),
      },
      select: { id: true },
    })
    const { difference, digest, funds } = await bringAbout(tx, now, actor, person, considered)
    if (digest !== seen)
      throw new DomainError(
        'STALE_STATE',
        'Something has been settled or decided since you looked. Look at what changes once more; nothing was saved.',
      )
    await recordAudit(tx, now, actor, {
      action: 'contribution.assessed',
      subjectType: 'contribution_assessment',
      subjectId: assessmentId,
      forPersonId: personId,
      facts: { weekly: considered.weekly, method: considered.method, difference },
    })
    await tell(tx, now, [
      {
        to: { personId },
        kind: 'budget.contribution_assessed',
        title: 'What you pay towards your care was decided',
        body: assessedWords(considered, difference, funds),
        path: '/my/money/towards',
        subjectId: assessmentId,
      },
    ])
  })
}

/** The same as `consider` foresaw, now that the decision stands. */
async function bringAbout(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  person: AboutPerson,
  considered: Considered,
) {
  const today = londonDate(now)
  const all = await readAssessments(tx, [person.personId])
  const theirs = all.get(`${person.personId} ${person.councilId}`) ?? []
  const wanted = await payInsWanted(tx, person, considered, today, theirs)
  const weeks = onlyChanged(
    await chargeWeeks(tx, now, actor, weeksCovered(person.personId, considered, today)),
  )
  const funds: FundPlan[] = []
  for (const one of wanted) funds.push(await openPayIn(tx, now, one))
  funds.forEach(checkPlan)
  return {
    difference: pence(weeks.reduce((sum, week) => sum + week.difference, 0)),
    digest: digestOf(weeks, funds),
    funds,
  }
}

/** Plain words for the person: how much, from when, what changes for weeks that are over, and how to ask for a review. */
export function assessedWords(
  { method, weekly, startsOn, endsOn }: Considered,
  difference: number,
  funds: readonly Pick<FundPlan, 'periods'>[],
): string {
  const until = endsOn ? ` until ${dayWords(endsOn)}` : ''
  const much =
    weekly === 0
      ? `From ${dayWords(startsOn)}${until} you pay nothing towards your care.`
      : method === 'gross_invoice'
        ? `From ${dayWords(startsOn)}${until} you pay up to ${pounds(weekly)} a week towards your care, and never more than it costs.`
        : `From ${dayWords(startsOn)}${until} you pay ${pounds(weekly)} a week into the account of your fund.`
  const past =
    difference > 0
      ? ` For weeks that are over that is ${pounds(difference)} more.`
      : difference < 0
        ? ` For weeks that are over you get ${pounds(-difference)} back.`
        : ''
  const next = funds.flatMap(({ periods }) => periods).find(({ open }) => open > 0)
  const payIn = next ? ` Next to pay in: ${pounds(next.open)}, due on ${dayWords(next.dueOn)}.` : ''
  return `${much}${past}${payIn} You can see how it was worked out, and ask for a review if it is wrong or more than you can pay.`
}
