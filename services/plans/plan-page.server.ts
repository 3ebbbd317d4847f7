import { requireStaff, requireStaffOf } from '#services/accounts/staff.policy.ts'
import { personInView } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import {
  type Temporal,
  dateColumn,
  fromDate,
  inLondon,
  londonDate,
  longDate,
  plainDateOf,
} from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { planLines } from './answers.schema.ts'
import { type Consent, consentOf, mayPutAnswers, requireSeePlan } from './plans.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** A plan as it is read: by the person, a supporter or an adviser. */
export interface PlanRead {
  shortName: string
  council: string
  /** Null where no plan was agreed yet. */
  plan: { aboutMe: string; dates: string; outcomes: string[] } | null
  /** What they said would help, and who put it in, when. Null when nothing is in the plan. */
  answers: { lines: { about: string; words: string }[]; put: string } | null
}

export interface PlanPage extends PlanRead {
  personId: string
  self: boolean
  mayChange: boolean
}

/**
 * The plan of the person in view.
 * @throws SIGN_IN; NOT_FOUND for whoever is nobody with a plan; FORBIDDEN for a supporter without `see_plan`
 */
export async function planPage(deps: Needs, actor: Actor): Promise<PlanPage> {
  const personId = personInView(actor)
  requireSeePlan(actor, personId)
  const self = consentOf(actor, personId) === 'self'
  return {
    ...(await readPlan(deps, actor, personId, self)),
    personId,
    self,
    mayChange: mayPutAnswers(actor, personId),
  }
}

/**
 * The same as the council's advisers read it.
 * @throws SIGN_IN; NOT_FOUND for all but advisers of the person's council
 */
export async function planForAdviser(deps: Needs, actor: Actor, personId: string): Promise<PlanRead> {
  requireStaff(actor, 'people.read')
  if (!isId(personId)) throw notFound()
  const person = await deps.db.prisma.person.findUnique({
    where: { id: personId },
    select: { councilId: true },
  })
  if (!person) throw notFound()
  requireStaffOf(actor, 'people.read', person.councilId)
  return readPlan(deps, actor, personId, false)
}

async function readPlan(deps: Needs, actor: Actor, personId: string, self: boolean): Promise<PlanRead> {
  const today = londonDate(deps.clock.now())
  return deps.db.asActor(actor, async (tx) => {
    const [person, plan, answers] = await Promise.all([
      tx.person.findUniqueOrThrow({
        where: { id: personId },
        select: { shortName: true, council: { select: { name: true } } },
      }),
      runningPlan(tx, personId, today),
      tx.planAnswers.findUnique({ where: { personId } }),
    ])
    return {
      shortName: person.shortName,
      council: person.council.name,
      plan,
      answers: answers && {
        lines: planLines.parse(answers.lines),
        put: putWords(
          answers.consent,
          await nameOf(tx, answers.putById),
          person.shortName,
          self,
          longDate(inLondon(fromDate(answers.putAt)).toPlainDate(), { year: true }),
        ),
      },
    }
  })
}

const nameOf = async (tx: Tx, userId: string): Promise<string> =>
  (await tx.user.findUnique({ where: { id: userId }, select: { name: true } }))?.name ?? 'Somebody'

async function runningPlan(tx: Tx, personId: string, today: Temporal.PlainDate): Promise<PlanRead['plan']> {
  const plan = await tx.plan.findFirst({
    where: { personId, OR: [{ endsOn: null }, { endsOn: { gte: dateColumn(today) } }] },
    orderBy: [{ startsOn: 'desc' }, { id: 'desc' }],
    select: {
      aboutMe: true,
      startsOn: true,
      endsOn: true,
      outcomes: { orderBy: { position: 'asc' }, take: 50, select: { words: true } },
    },
  })
  if (!plan) return null
  const from = `From ${longDate(plainDateOf(plan.startsOn), { year: true })}`
  return {
    aboutMe: plan.aboutMe,
    dates: plan.endsOn ? `${from} until ${longDate(plainDateOf(plan.endsOn), { year: true })}` : from,
    outcomes: plan.outcomes.map(({ words }) => words),
  }
}

/** Who put the answers in and how it is known that the person agreed, as one sentence. */
export function putWords(
  consent: Consent,
  name: string,
  shortName: string,
  self: boolean,
  day: string,
): string {
  const [who, whose] = self ? ['you', 'your'] : [shortName, `${shortName}’s`]
  switch (consent) {
    case 'self':
      return self ? `You put this in on ${day}.` : `${shortName} put this in on ${day}.`
    case 'said_to_supporter':
      return `${name} put this in on ${day}, and wrote that ${who} agreed.`
    case 'decided_for':
      return `${name}, who may decide on ${whose} care, put this in on ${day}.`
  }
}
