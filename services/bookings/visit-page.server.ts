import { actsFor, may, personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { type Temporal, duration, fromDate, longDate, plainDateOf, visitTime } from '#services/kernel/time.ts'
import { noticesArrived, noticesRead } from '#services/messages/person-notices.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readVisitReview, reviewQuestions } from '#services/quality/visit-review.server.ts'
import { mostMinutes, offerFrom } from './agreement.rules.ts'
import { cancelWords } from './book-page.server.ts'
import { cancelFee } from './cancel-fee.rules.ts'
import { SILENCE_DAYS } from './confirm-visits.server.ts'
import { deliveredQuote, finalQuote } from './quote.rules.ts'
import { MISSED_HOURS } from './resolve-visit.server.ts'
import { type Terms, termsSchema } from './terms.schema.ts'
import { visitPayments } from './visit-payments.server.ts'
import { type VisitFacts, dayAndTime, standingWords, visitSteps } from './visit-standing.rules.ts'
import { silence } from './week.rules.ts'

const DISPUTE_DAYS = 7
const BOOKED = ['accepted', 'paused', 'ended']

export type VisitPage = Awaited<ReturnType<typeof visitPage>>

const INCLUDE = {
  person: { select: { shortName: true, council: { select: { name: true, urgentPhone: true } } } },
  provider: { select: { id: true, name: true, slug: true, kind: true, phone: true } },
  service: { select: { slug: true } },
} as const

async function readVisit(deps: Pick<Deps, 'db'>, visitId: string, personId: string) {
  return deps.db.prisma.visit.findFirst({
    where: { id: visitId, personId, booking: { state: { not: 'draft' } } },
    include: {
      booking: { include: INCLUDE },
      lane: { select: { member: { select: { name: true } } } },
      quoteLines: { orderBy: { position: 'asc' } },
      fundingLines: {
        orderBy: { position: 'asc' },
        include: { allocation: { include: { stream: { select: { name: true } } } } },
      },
    },
  })
}
type Row = NonNullable<Awaited<ReturnType<typeof readVisit>>>

/**
 * One visit as the person, or somebody acting for them, sees it: what, when, where, who, the price and who pays it, where it
 * stands, and what can be pressed now. Opening it counts as having been told about it.
 *
 * @throws NOT_FOUND for a visit that is not theirs
 */
export async function visitPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, visitId: string) {
  const personId = personInView(actor)
  if (!actsFor(actor, personId).allowed) throw notFound()
  const { prisma } = deps.db
  const now = deps.clock.now()
  const visit = await readVisit(deps, visitId, personId)
  if (!visit) throw notFound()
  const { booking } = visit
  const person = await prisma.person.findUniqueOrThrow({
    where: { id: personId },
    select: {
      councilId: true,
      absences: { where: { kind: 'hospital' }, take: 20, orderBy: { startsOn: 'desc' } },
    },
  })
  const [payments, said] = await Promise.all([
    visitPayments(prisma, visit, person.councilId),
    readVisitReview(prisma, { visitId, personId, serviceId: booking.serviceId }, now),
  ])
  const self = !(actor.kind === 'user' && actor.actingFor)
  await noticesArrived(prisma, now, personId, { noticeIds: [], visitIds: [visit.id] })
  // A supporter who looks must not take the news off the person's own page.
  if (self) await noticesRead(prisma, now, personId, { subjectId: visit.id })

  const terms = termsSchema.parse(booking.terms)
  const startsAt = fromDate(visit.startsAt)
  const endsAt = fromDate(visit.endsAt)
  const facts = factsOf(
    visit,
    terms,
    { self, saidYes: await whoSaidYes(deps, actor, visit.confirmedById) },
    payments,
  )
  const quiet = visit.deliveredAt
    ? silence(
        fromDate(visit.deliveredAt),
        person.absences.map((one) => ({
          startsOn: plainDateOf(one.startsOn),
          endsOn: one.endsOn ? plainDateOf(one.endsOn) : null,
        })),
        now,
        SILENCE_DAYS,
      )
    : null
  const seesMoney = may(actor, personId, 'see_money') || may(actor, personId, 'book')
  return {
    id: visit.id,
    bookingId: booking.id,
    bookingState: booking.state,
    paused: visit.pausedAt !== null && visit.state === 'planned',
    state: visit.state,
    outcome: visit.outcome,
    title: terms.title,
    slug: booking.service.slug,
    when: visitTime(startsAt, endsAt),
    length: duration(visit.minutes),
    place: booking.place,
    note: booking.note,
    worker: visit.lane?.member?.name.split(' ')[0] ?? null,
    provider: booking.provider,
    providerNote: visit.providerNote,
    council: booking.person.council,
    person: { id: personId, shortName: booking.person.shortName, self },
    standing: standingWords(facts, now),
    steps: visitSteps(facts, now),
    silentOn:
      visit.state === 'delivered' && quiet && 'on' in quiet ? longDate(quiet.on, { year: false }) : null,
    neverSilent: visit.state === 'delivered' && quiet && 'never' in quiet ? quiet.never : null,
    lines: visit.quoteLines.map(({ label, pence }) => ({ label, pence })),
    quoted: visit.quotedPence,
    cost: facts.cost,
    funds: seesMoney ? fundsOf(visit, facts) : [],
    seesMoney,
    ...presses(visit, terms, facts, now),
    mayConfirm: may(actor, personId, 'confirm_hours'),
    mayBook: may(actor, personId, 'book'),
    mayReview: may(actor, personId, 'review'),
    cancelling: cancelWords(terms),
    contingency: terms.contingency,
    review: said.review,
    canReview:
      said.review === null &&
      !said.saidLately &&
      ['confirmed', 'settled'].includes(visit.state) &&
      ['attended', 'amended'].includes(visit.outcome ?? ''),
    saidLately: said.saidLately,
    questions: reviewQuestions(),
  }
}

/** 'you', or the name of whoever said yes: for the person, when it was a supporter, and the other way round. */
async function whoSaidYes(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  userId: string | null,
): Promise<string | null> {
  if (userId === null) return null
  if (actor.kind === 'user' && actor.userId === userId) return 'you'
  const user = await deps.db.prisma.user.findUnique({ where: { id: userId }, select: { name: true } })
  return user?.name ?? null
}

/** What can be pressed now, whoever may press it. */
function presses(visit: Row, terms: Terms, facts: VisitFacts, now: Temporal.Instant) {
  const booked = BOOKED.includes(visit.booking.state)
  const begun = facts.startsAt.epochMilliseconds <= now.epochMilliseconds
  const fee = cancelFee(
    terms,
    {
      startsAt: facts.startsAt,
      quotedPence: visit.quotedPence,
      bookingState: visit.booking.state,
      paused: facts.paused,
    },
    now,
  ) as number
  const freeUntil = facts.startsAt.subtract({ hours: terms.cancelWindowHours })
  return {
    canConfirm: visit.state === 'delivered',
    canDispute:
      visit.state === 'delivered' ||
      (visit.state === 'confirmed' &&
        visit.outcome === 'no_answer' &&
        facts.disputableUntil !== null &&
        facts.disputableUntil.epochMilliseconds > now.epochMilliseconds),
    /** To say after all that it was as the provider said. */
    canAccept: visit.state === 'disputed',
    agreement: visit.state === 'disputed' ? agreementOf(visit, terms, facts) : null,
    canSayMissed:
      booked && visit.state === 'planned' && begun && visit.missedSaidAt === null && !facts.paused,
    cancel:
      booked && visit.state === 'planned' && !begun
        ? { fee, freeUntil: fee === 0 && terms.cancelShareBps > 0 ? dayAndTime(freeUntil) : null }
        : null,
  }
}

/** How far the two sides are, and what each word would cost. */
function agreementOf(visit: Row, terms: Terms, facts: VisitFacts) {
  const costOf = (minutes: number): number =>
    minutes === 0 ? 0 : finalQuote(terms, facts.startsAt, visit.minutes, minutes).total
  const theirs = offerFrom(visit, 'provider')
  const own = offerFrom(visit, 'person')
  return {
    most: mostMinutes(visit),
    theirs: theirs === null ? null : { minutes: theirs, words: duration(theirs), pence: costOf(theirs) },
    own: own === null ? null : own === 0 ? 'no time at all' : duration(own),
  }
}

function factsOf(
  visit: Row,
  terms: Terms,
  who: { saidYes: string | null; self: boolean },
  payments: VisitFacts['payments'],
): VisitFacts {
  const startsAt = fromDate(visit.startsAt)
  const said = visit.state === 'delivered' || (visit.state === 'disputed' && visit.outcome !== 'no_answer')
  return {
    state: visit.state,
    outcome: visit.outcome,
    bookingState: visit.booking.state,
    paused: visit.pausedAt !== null,
    provider: visit.booking.provider.name,
    startsAt,
    endsAt: fromDate(visit.endsAt),
    minutes: visit.minutes,
    actualMinutes: visit.actualMinutes,
    cost: visit.finalPence ?? (said ? deliveredQuote(terms, startsAt, visit).total : visit.quotedPence),
    missedUntil: visit.missedSaidAt ? fromDate(visit.missedSaidAt).add({ hours: MISSED_HOURS }) : null,
    disputableUntil: visit.confirmedAt ? fromDate(visit.confirmedAt).add({ hours: DISPUTE_DAYS * 24 }) : null,
    bySilence: visit.bySilence,
    saidYes: who.saidYes,
    self: who.self,
    reason: visit.reason,
    payments,
  }
}

/** Each fund once: what it pays, where that stands, and why it pays. */
function fundsOf(visit: Row, facts: VisitFacts) {
  const funds = new Map<
    string,
    {
      id: string
      name: string
      pence: number
      why: string[]
      standing: 'set_aside' | 'planned' | 'released' | 'used'
    }
  >()
  for (const line of visit.fundingLines) {
    const key = `${line.allocationId}:${line.state}`
    const fund = funds.get(key) ?? {
      id: key,
      name: line.allocation.stream.name,
      pence: 0,
      why: [],
      standing: line.state,
    }
    fund.pence += line.state === 'used' ? (line.usedPence ?? 0) : line.pence
    if (!fund.why.includes(line.reason)) fund.why.push(line.reason)
    funds.set(key, fund)
  }
  const gone = facts.state === 'cancelled_free' || facts.state === 'missed_by_provider'
  return [...funds.values()]
    .filter((fund) => gone || fund.standing !== 'released')
    .map((fund) => ({ ...fund, why: fund.why.join(' ') }))
}
