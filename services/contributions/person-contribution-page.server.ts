import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { personForFinance } from './assess.server.ts'
import { netFunds } from './consider.server.ts'
import { AFTERCARE_OF, weekWords } from './contribution-words.ts'
import { readStanding, unpaidPartOf } from './read-standing.server.ts'
import { standingView } from './standing-view.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

const who = (person: { personId: string; name: string; shortName: string; section117: boolean }) => ({
  id: person.personId,
  name: person.name,
  shortName: person.shortName,
  aftercare: person.section117 ? AFTERCARE_OF(person.shortName) : null,
})

/**
 * What one person pays towards it, for finance of their council: decisions, weeks, payments, what is owed, and questions.
 * @throws SIGN_IN; NOT_FOUND for all but finance of that council
 */
export async function personContributionPage(
  deps: Needs,
  actor: Actor,
  personId: string,
  query: { allWeeks: boolean },
) {
  const person = await personForFinance(deps.db.prisma, actor, 'money.read', personId)
  const today = londonDate(deps.clock.now())
  return {
    person: who(person),
    today: longDate(today),
    ...(await standingView(deps.db.prisma, person, today, { allWeeks: query.allWeeks, to: 'finance' })),
  }
}

/**
 * What the form of a decision has to know: whether there is an account to pay into, and whether anything is paid in already.
 * @throws as personContributionPage
 */
export async function assessPage(deps: Needs, actor: Actor, personId: string) {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  const today = londonDate(deps.clock.now())
  const funds = await netFunds(deps.db.prisma, personId, today)
  const standing = await standingView(deps.db.prisma, person, today, { allWeeks: false, to: 'finance' })
  return {
    person: who(person),
    now: standing.now,
    today: today.toString(),
    funds: funds.map(({ id, name }) => ({ id, name })),
    /** Not yet: then finance says whether the council's payments leave it out already. */
    firstPayIn: funds.length > 0 && funds.every(({ payIn }) => !payIn),
  }
}

/**
 * What finance may write down as arrived: what the person announced, something else, or what was paid into the fund.
 * @throws as personContributionPage
 */
export async function recordPage(deps: Needs, actor: Actor, personId: string) {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  const today = londonDate(deps.clock.now())
  const standing = await standingView(deps.db.prisma, person, today, { allWeeks: false, to: 'finance' })
  return {
    person: who(person),
    newId: newId(),
    today: today.toString(),
    owed: standing.owed,
    announced: standing.payments.filter(
      ({ state, how }) => how === 'Bank transfer' && (state === 'started' || state === 'sent'),
    ),
    payIns: standing.payIns.filter(({ open }) => open > 0),
  }
}

/**
 * What may be let go.
 * @throws as personContributionPage
 */
export async function letGoPage(deps: Needs, actor: Actor, personId: string) {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  const { owed } = await readStanding(
    deps.db.prisma,
    personId,
    person.councilId,
    londonDate(deps.clock.now()),
  )
  return { person: who(person), writeOffId: newId(), owed: owed.total as number }
}

/**
 * A question that waits for an answer.
 * @throws as personContributionPage; NOT_FOUND for a question of somebody else
 */
export async function questionPage(deps: Needs, actor: Actor, personId: string, disputeId: string) {
  const person = await personForFinance(deps.db.prisma, actor, 'money.work', personId)
  const found = await deps.db.prisma.contributionDispute.findFirst({
    where: { id: disputeId, personId, councilId: person.councilId, kind: 'dispute' },
  })
  if (!found) throw notFound()
  const { owed } = await readStanding(
    deps.db.prisma,
    personId,
    person.councilId,
    londonDate(deps.clock.now()),
  )
  const monday = found.weekStartsOn ? plainDateOf(found.weekStartsOn).toString() : null
  const week = owed.weeks.find((one) => one.monday === monday)
  return {
    person: who(person),
    question: {
      id: found.id,
      open: found.state === 'open',
      reason: found.reason,
      pence: found.pence,
      decision: found.decision,
      unpaid: unpaidPartOf(owed, found) as number,
      about: monday ? weekWords(monday) : 'All that is owed, or the assessment',
      week: week ? { cost: week.costPence, assessed: week.assessedPence, charged: week.chargedPence } : null,
    },
  }
}
