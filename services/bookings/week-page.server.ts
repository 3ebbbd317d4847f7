import { actsFor, may, personInView } from '#services/circle/circle.policy.ts'
import { ownAuthority } from '#services/circle/own-authority.server.ts'
import { readFundTotals } from '#services/budgets/fund-totals.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import {
  type Temporal,
  clockTime,
  dayName,
  duration,
  fromDate,
  inLondon,
  londonDate,
  longDate,
  plainDateOf,
  visitTime,
} from '#services/kernel/time.ts'
import { noticesArrived, unreadNotices } from '#services/messages/person-notices.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { SILENCE_DAYS } from './confirm-visits.server.ts'
import { deliveredQuote } from './quote.rules.ts'
import { termsSchema } from './terms.schema.ts'
import { weekPlans } from './week-plans.server.ts'
import { type WeekVisit, readWeekVisits } from './week-visits.server.ts'
import {
  type Absence,
  dayIndex,
  hoursOn,
  isLate,
  isUrgent,
  lateTag,
  lateTitle,
  silence,
  weekBounds,
  weekOf,
  weekSentence,
  weekWords,
} from './week.rules.ts'

const MOST_NOTICES = 5
const MOST_OPEN = 10
const MOST_ASKED_ABOUT = 50
const OVER = ['cancelled_free', 'missed_by_provider']

export type WeekPage = Awaited<ReturnType<typeof weekPage>>

/**
 * The first page of a person, or of whoever acts for them: what is urgent, what waits for a yes, the week, what to do next.
 * Looking at it counts as having been told: the notices shown have arrived.
 *
 * @param week an ISO date in the week to show; null for this week
 * @throws SIGN_IN, NOT_FOUND, INVALID for a week that cannot be shown
 */
export async function weekPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, week: string | null) {
  const personId = personInView(actor)
  if (!actsFor(actor, personId).allowed) throw notFound()
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = londonDate(now)
  const monday = weekOf(week, today)
  const bounds = weekBounds(monday)
  const seesMoney = may(actor, personId, 'see_money')
  const own = await ownAuthority(deps, actor)
  const [person, rows, open, money, plansOn] = await Promise.all([
    prisma.person.findUnique({
      where: { id: personId },
      select: {
        name: true,
        shortName: true,
        council: { select: { name: true, phone: true, urgentPhone: true } },
        absences: { where: { kind: 'hospital' }, orderBy: { startsOn: 'desc' }, take: 20 },
      },
    }),
    readWeekVisits(prisma, personId, bounds, now),
    readOpen(deps, personId),
    seesMoney ? readFundTotals(prisma, personId, today) : null,
    weekPlans(deps.db, actor, personId, monday),
  ])
  if (!person) throw notFound()
  const visits = rows.map(withInstants)
  const hospital = person.absences.map((one): Absence => ({
    startsOn: plainDateOf(one.startsOn),
    endsOn: one.endsOn ? plainDateOf(one.endsOn) : null,
  }))
  const inWeek = visits.filter(
    (visit) =>
      visit.startsAt.epochMilliseconds < bounds.until.epochMilliseconds &&
      visit.endsAt.epochMilliseconds > bounds.from.epochMilliseconds,
  )
  const waiting = visits.filter((visit) => visit.state === 'delivered').slice(0, MOST_ASKED_ABOUT)
  const urgent = visits.filter((visit) => isUrgent(visit, now))
  const waitingIds = waiting.map(({ id }) => id)
  const notices =
    own && !own.isTold ? [] : await unreadNotices(prisma, personId, { most: MOST_NOTICES, money: seesMoney })
  await noticesArrived(prisma, now, personId, {
    noticeIds: notices.map(({ id }) => id),
    visitIds: waitingIds,
  })
  const self = !(actor.kind === 'user' && actor.actingFor)
  return {
    person: { id: personId, shortName: person.shortName, self },
    council: person.council,
    thisWeek: monday.equals(londonDate(now).subtract({ days: today.dayOfWeek - 1 })),
    weekWords: weekWords(monday),
    lastWeek: monday.subtract({ days: 7 }).toString(),
    nextWeek: monday.add({ days: 7 }).toString(),
    sentence: weekSentence(
      inWeek.filter((visit) => !OVER.includes(visit.state) && !visit.paused).length,
      monday,
      waiting.length,
    ),
    mayConfirm: may(actor, personId, 'confirm_hours'),
    mayBook: may(actor, personId, 'book'),
    maySeePlan: may(actor, personId, 'see_plan'),
    maySeeQuestions: may(actor, personId, 'message'),
    mayAsk: may(actor, personId, 'propose') || may(actor, personId, 'book'),
    urgent: urgent.map((visit) => ({
      ...basics(visit),
      ...lateWords(visit, now),
      pence: seesMoney ? visit.pence : null,
    })),
    waiting: waiting.map((visit) => ({ ...basics(visit), ...askWords(visit, seesMoney, hospital, now) })),
    stillOpen: stillOpen(visits, now),
    days: Array.from({ length: 7 }, (_, index) => {
      const date = monday.add({ days: index })
      return {
        key: date.toString(),
        name: date.equals(today) ? 'Today' : dayName(date.dayOfWeek),
        date: date.equals(today)
          ? longDate(date, { year: false })
          : longDate(date, { year: false }).replace(/^\S+ /, ''),
        today: date.equals(today),
        visits: inWeek
          .filter((visit) => dayIndex(monday, visit.startsAt) === index)
          .map((visit) => dayVisit(visit, monday, now)),
        plans: plansOn(date.toString()),
      }
    }),
    asked: open.filter((booking) => booking.state === 'requested'),
    countered: open.filter((booking) => booking.state === 'countered'),
    drafts: open.filter((booking) => booking.state === 'draft'),
    again: open.find((booking) => booking.state === 'accepted') ?? null,
    notices: notices.map(({ at, ...notice }) => ({ ...notice, when: moment(fromDate(at)) })),
    money,
    authority: own,
  }
}

type Visit = ReturnType<typeof withInstants>
function withInstants(row: WeekVisit) {
  return {
    ...row,
    startsAt: fromDate(row.startsAt),
    endsAt: fromDate(row.endsAt),
    missedSaidAt: row.missedSaidAt ? fromDate(row.missedSaidAt) : null,
    terms: termsSchema.parse(row.terms),
  }
}

const basics = (visit: Visit) => ({
  id: visit.id,
  title: visit.terms.title,
  when: shortWhen(visit.startsAt, visit.endsAt),
  provider: {
    id: visit.providerId,
    name: visit.providerName,
    kind: visit.providerKind,
    phone: visit.providerPhone,
  },
})

const shortWhen = (startsAt: Temporal.Instant, endsAt: Temporal.Instant): string =>
  visitTime(startsAt, endsAt).replace(/ \d{4},/, ',')

const lateWords = (visit: Visit, now: Temporal.Instant) => ({
  late: lateTitle(visit.startsAt, visit.endsAt, now),
  contingency: visit.terms.contingency,
})

/** What the provider says, what it costs whom, and what silence does. */
function askWords(visit: Visit, seesMoney: boolean, hospital: readonly Absence[], now: Temporal.Instant) {
  const minutes = visit.actualMinutes ?? visit.minutes
  const cost = deliveredQuote(visit.terms, visit.startsAt, visit).total as number
  const quiet = visit.deliveredAt ? silence(fromDate(visit.deliveredAt), hospital, now, SILENCE_DAYS) : null
  return {
    worker: visit.worker,
    stayed: duration(minutes),
    cost: seesMoney ? cost : null,
    funds: seesMoney ? visit.funds : [],
    silentOn: quiet && 'on' in quiet ? longDate(quiet.on, { year: false }) : null,
    neverSilent: quiet && 'never' in quiet ? quiet.never : null,
  }
}

/** Questions about visits that are no emergency: no word for more than a day, or two sides say different things. */
function stillOpen(visits: readonly Visit[], now: Temporal.Instant) {
  return visits.flatMap((visit) => {
    const why =
      visit.state === 'disputed'
        ? ('disputed' as const)
        : visit.missedSaidAt && visit.state === 'planned'
          ? ('missed_said' as const)
          : isLate(visit, now) && !isUrgent(visit, now)
            ? ('no_word' as const)
            : null
    return why ? [{ ...basics(visit), why }] : []
  })
}

function minuteOfDay(at: Temporal.Instant): number {
  const { hour, minute } = inLondon(at)
  return hour * 60 + minute
}

function dayVisit(visit: Visit, monday: Temporal.PlainDate, now: Temporal.Instant) {
  const late = isLate(visit, now)
  return {
    ...basics(visit),
    fromMinute: minuteOfDay(visit.startsAt),
    time: hoursOn(visit.startsAt, visit.endsAt, monday),
    href: ['requested', 'countered'].includes(visit.bookingState)
      ? `/my/bookings/${visit.bookingId}`
      : `/my/visits/${visit.id}`,
    worker: visit.worker,
    length: duration(visit.minutes),
    place: visit.setting === 'at_home' || visit.setting === 'live_in' ? '' : visit.place,
    free: visit.pence === 0 && visit.funds.length === 0,
    planned: visit.planned && visit.state === 'planned',
    state: visit.state,
    outcome: visit.outcome,
    bookingState: visit.bookingState,
    paused: visit.paused && visit.state === 'planned',
    answerBy: visit.answerBy ? shortMoment(fromDate(visit.answerBy)) : null,
    warning: late
      ? lateTag(visit.startsAt, visit.endsAt, now)
      : visit.missedSaidAt && visit.state === 'planned'
        ? 'Nobody came, it was said'
        : null,
  }
}

/** Drafts, requests and offers that wait for somebody, and what was booked last. */
async function readOpen(deps: Pick<Deps, 'db'>, personId: string) {
  const rows = await Promise.all([
    deps.db.prisma.booking.findMany({
      where: { personId, state: { in: ['requested', 'countered', 'draft'] } },
      orderBy: { createdAt: 'desc' },
      take: MOST_OPEN,
      include: OPEN,
    }),
    deps.db.prisma.booking.findMany({
      where: { personId, state: 'accepted', service: { state: 'published' } },
      orderBy: { answeredAt: 'desc' },
      take: 1,
      include: OPEN,
    }),
  ])
  return rows.flat().map((booking) => ({
    id: booking.id,
    state: booking.state,
    title: booking.version.title,
    slug: booking.service.slug,
    provider: booking.provider,
    answerBy: booking.answerBy ? shortMoment(fromDate(booking.answerBy)) : null,
  }))
}
const OPEN = {
  version: { select: { title: true } },
  service: { select: { slug: true } },
  provider: { select: { id: true, name: true, kind: true } },
} as const

/** 'Tuesday 5pm' */
function shortMoment(at: Temporal.Instant): string {
  const when = inLondon(at)
  return `${longDate(when.toPlainDate(), { year: false })}, ${clockTime(when.toPlainTime().round('minute'))}`
}
const moment = (at: Temporal.Instant): string => longDate(londonDate(at), { year: false })
