import { may, personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { SECTION_117, weekWords } from './contribution-words.ts'
import { csvOfWeeks } from './contributions-csv.rules.ts'
import { paymentView } from './payment-view.ts'
import { readStanding } from './read-standing.server.ts'
import { standingView } from './standing-view.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** The person in view, when the actor may see their money. */
async function inView(deps: Needs, actor: Actor) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'see_money')
  const person = await deps.db.prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: {
      name: true,
      shortName: true,
      section117: true,
      councilId: true,
      council: {
        select: {
          name: true,
          phone: true,
          money: { select: { payToName: true, payToSortCode: true, payToAccount: true } },
        },
      },
    },
  })
  return { personId, ...person }
}

export type TowardsPage = Awaited<ReturnType<typeof towardsPage>>

/**
 * What somebody pays towards it: each week and why, what was paid, what is owed, how to pay, and how to say that it is wrong.
 * @throws SIGN_IN, NOT_FOUND; FORBIDDEN for a supporter without the scope `see_money`
 */
export async function towardsPage(deps: Needs, actor: Actor, query: { allWeeks: boolean }) {
  const person = await inView(deps, actor)
  const today = londonDate(deps.clock.now())
  const standing = await standingView(deps.db.prisma, person, today, {
    allWeeks: query.allWeeks,
    to: 'person',
  })
  return {
    person: whoOf(person, actor),
    council: { name: person.council.name, phone: person.council.phone },
    today: longDate(today),
    aftercare: person.section117 ? SECTION_117 : null,
    mayPay: may(actor, person.personId, 'manage_money'),
    mayAsk: may(actor, person.personId, 'message'),
    ...standing,
  }
}

const whoOf = (person: { personId: string; name: string; shortName: string }, actor: Actor) => ({
  id: person.personId,
  name: person.name,
  shortName: person.shortName,
  self: !(actor.kind === 'user' && actor.actingFor),
})

/**
 * The page on which somebody says that it is wrong: a week's charge, or all of it.
 * @throws as towardsPage, FORBIDDEN without the scope `message`; NOT_FOUND for a week that was not charged
 */
export async function wrongPage(deps: Needs, actor: Actor, week: string | null) {
  const person = await inView(deps, actor)
  requireScope(actor, person.personId, 'message')
  const today = londonDate(deps.clock.now())
  const { owed } = await readStanding(deps.db.prisma, person.personId, person.councilId, today)
  const about = week === null ? null : owed.weeks.find(({ monday }) => monday === week)
  if (week !== null && !about?.chargedPence) throw notFound()
  return {
    person: whoOf(person, actor),
    council: { name: person.council.name, phone: person.council.phone },
    week: about
      ? {
          monday: about.monday,
          words: weekWords(about.monday),
          charged: about.chargedPence,
          cost: about.costPence,
        }
      : null,
  }
}

/**
 * The page on which somebody pays: by transfer, or that they have paid into the account of their fund.
 * @throws as towardsPage, FORBIDDEN without the scope `manage_money`
 */
export async function payPage(deps: Needs, actor: Actor) {
  const person = await inView(deps, actor)
  requireScope(actor, person.personId, 'manage_money')
  const today = londonDate(deps.clock.now())
  const standing = await standingView(deps.db.prisma, person, today, { allWeeks: false, to: 'person' })
  const { money } = person.council
  const announced = standing.payments.find(({ state, how }) => state === 'started' && how === 'Bank transfer')
  return {
    person: whoOf(person, actor),
    council: { name: person.council.name, phone: person.council.phone },
    owed: standing.owed,
    collectable: standing.collectable,
    onItsWay: standing.onItsWay,
    disputed: standing.disputed,
    announced: announced ?? null,
    payTo: money?.payToName
      ? {
          name: money.payToName,
          sortCode: (money.payToSortCode ?? '').replace(/^(..)(..)(..)$/, '$1-$2-$3'),
          account: money.payToAccount ?? '',
        }
      : null,
    payIns: standing.payIns.filter(({ open }) => open > 0),
  }
}

/**
 * A receipt of one payment that arrived, to keep or to print.
 * @throws as towardsPage; NOT_FOUND for what is somebody else's, or has not arrived
 */
export async function receiptPage(deps: Needs, actor: Actor, paymentId: string) {
  const person = await inView(deps, actor)
  const payment = await deps.db.prisma.contributionPayment.findFirst({
    where: { id: paymentId, personId: person.personId, state: 'confirmed' },
    include: { council: { select: { name: true } } },
  })
  if (!payment) throw notFound()
  return {
    person: whoOf(person, actor),
    council: payment.council.name,
    ...paymentView(payment),
  }
}

/**
 * Every charged week as a file.
 * @throws as towardsPage
 */
export async function towardsCsv(deps: Needs, actor: Actor): Promise<{ filename: string; csv: string }> {
  const person = await inView(deps, actor)
  const { owed } = await readStanding(
    deps.db.prisma,
    person.personId,
    person.councilId,
    londonDate(deps.clock.now()),
  )
  return { filename: 'what-you-pay-towards-it.csv', csv: csvOfWeeks(owed.weeks) }
}
