import type { Actor } from '#services/kernel/actor.ts'
import { type Temporal, duration, fromDate, londonDate, longDate } from '#services/kernel/time.ts'
import { readOwed } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerInView } from '#services/providers/providers.policy.ts'
import { countWaiting } from '#services/questions/questions-page.server.ts'
import { countAsked } from '#services/requests/asked-page.server.ts'
import { checksPage } from '#services/vetting/checks-page.server.ts'
import { providerMay, requireProvider } from './bookings.policy.ts'
import {
  addressWords,
  areaWords,
  dayWords,
  hoursWords,
  leftWords,
  londonDayOf,
  momentWords,
  seriesOf,
  showsAddress,
  showsPhone,
} from './provider-view.rules.ts'
import { type DiaryVisit, readDiary, readWaiting } from './provider-visits.server.ts'
import { termsSchema } from './terms.schema.ts'

const MOST_REQUESTS = 20
const DAYS_AHEAD = 7
/** "We have started" can be said this long before the hour. */
const EARLY_MINUTES = 60
/** How long a provider has to say that somebody did come. */
const MISSED_HOURS = 48

/**
 * A provider's day, made for one thumb: what is urgent, the next visit, requests with their clock, the days ahead, money
 * and papers. Workers see their own visits and those without a named worker; no requests and no money.
 * @param wanted the organisation, for somebody who belongs to several
 * @throws SIGN_IN; NOT_FOUND for strangers
 */
export async function providerTodayPage(deps: Deps, actor: Actor, wanted: string | null) {
  const { providerId } = providerInView(actor, wanted)
  const { memberId, role } = requireProvider(actor, providerId, 'see')
  const mayAnswer = providerMay(role, 'answer')
  const now = deps.clock.now()
  const today = londonDate(now)
  const until = today
    .add({ days: DAYS_AHEAD + 1 })
    .toZonedDateTime('Europe/London')
    .toInstant()
  const { prisma } = deps.db
  const others =
    actor.kind === 'user' ? actor.providers.filter((entry) => entry.providerId !== providerId) : []
  const [provider, otherNames, diary, office] = await Promise.all([
    prisma.provider.findUniqueOrThrow({
      where: { id: providerId },
      select: { id: true, name: true, kind: true },
    }),
    others.length === 0
      ? []
      : prisma.provider.findMany({
          where: { id: { in: others.map((entry) => entry.providerId) } },
          select: { id: true, name: true },
          orderBy: { name: 'asc' },
        }),
    readDiary(prisma, providerId, role === 'worker' ? memberId : null, until),
    mayAnswer ? readOffice(deps, actor, providerId) : null,
  ])
  const told = (visit: DiaryVisit) => diaryVisit(visit, now)
  const open = diary.filter((visit) => visit.state !== 'disputed')
  const missed = open.filter((visit) => visit.missedSaidAt !== null)
  const rest = open.filter((visit) => visit.missedSaidAt === null)
  const unsaid = rest.filter((visit) => visit.endsAt.getTime() <= now.epochMilliseconds)
  const [next, ...later] = rest.filter((visit) => visit.endsAt.getTime() > now.epochMilliseconds)
  const isToday = (visit: DiaryVisit): boolean => londonDayOf(visit.startsAt).equals(today)
  const laterToday = later.filter(isToday)
  const todays = open.filter(isToday).length
  return {
    provider,
    others: otherNames,
    mayAnswer,
    today: longDate(today, { year: false }),
    todays,
    missed: missed.map((visit) => ({
      ...told(visit),
      answerBy: visit.missedSaidAt
        ? momentWords(new Date(visit.missedSaidAt.getTime() + MISSED_HOURS * 3_600_000), today)
        : '',
    })),
    different: diary.filter((visit) => visit.state === 'disputed').map(told),
    next: next ? told(next) : null,
    unsaid: unsaid.map(told),
    laterToday: laterToday.map(told),
    // Days ahead: who and when. Where, and what they want known, are on the visit's own page.
    ahead: daysAhead(
      later.filter((visit) => !isToday(visit)),
      today,
    ).map(({ day, visits }) => ({
      day,
      visits: visits.map((visit) => ({ ...told(visit), where: '', phone: null, note: '' })),
    })),
    office,
  }
}

function daysAhead(
  visits: readonly DiaryVisit[],
  today: Temporal.PlainDate,
): { day: string; visits: DiaryVisit[] }[] {
  const days = new Map<string, DiaryVisit[]>()
  for (const visit of visits) {
    const day = dayWords(londonDayOf(visit.startsAt), today)
    days.set(day, [...(days.get(day) ?? []), visit])
  }
  return [...days].map(([day, list]) => ({ day, visits: list }))
}

/** A visit as the day shows it. Who by short name; where only while somebody has to go there. */
function diaryVisit(visit: DiaryVisit, now: Temporal.Instant) {
  const start = fromDate(visit.startsAt)
  const minutesAway = now.until(start).total('minutes')
  const begun = minutesAway <= 0
  return {
    id: visit.id,
    title: visit.title,
    person: visit.person,
    day: dayWords(londonDayOf(visit.startsAt), londonDate(now)),
    hours: hoursWords(visit.startsAt, visit.endsAt),
    length: duration(visit.minutes),
    minutes: visit.minutes,
    started: visit.state === 'started',
    begun,
    mayStart: visit.state === 'planned' && minutesAway <= EARLY_MINUTES,
    where: showsAddress(visit.bookingState, visit.state)
      ? addressWords(visit.setting, visit.place, visit)
      : visit.place,
    phone: showsPhone(visit.bookingState, visit.state) ? visit.phone : null,
    note: visit.note,
    worker: visit.lane,
    paused: visit.bookingState === 'paused',
  }
}

/** What owners and coordinators see besides: requests, money, papers. */
async function readOffice(deps: Deps, actor: Actor, providerId: string) {
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = londonDate(now)
  const select = {
    id: true,
    state: true,
    terms: true,
    answerBy: true,
    person: { select: { shortName: true, postcode: true, lat: true, lon: true, councilId: true } },
    visits: {
      where: { state: 'planned' },
      select: { quotedPence: true, startsAt: true, minutes: true },
      orderBy: { startsAt: 'asc' },
    },
  } as const
  const [asked, askedInAll, countered, owed, waiting, checks, lookedFor, questions] = await Promise.all([
    prisma.booking.findMany({
      where: { providerId, state: 'requested' },
      orderBy: [{ answerBy: 'asc' }, { id: 'asc' }],
      take: MOST_REQUESTS,
      select,
    }),
    prisma.booking.count({ where: { providerId, state: 'requested' } }),
    prisma.booking.findMany({
      where: { providerId, state: 'countered' },
      orderBy: [{ answerBy: 'asc' }, { id: 'asc' }],
      take: MOST_REQUESTS,
      select,
    }),
    readOwed(prisma, providerId),
    readWaiting(prisma, providerId),
    checksPage(deps, actor, providerId),
    countAsked(prisma, now, providerId),
    countWaiting(deps, actor, providerId),
  ])
  const wards = await prisma.ward.findMany({
    where: { councilId: { in: [...new Set([...asked, ...countered].map((one) => one.person.councilId))] } },
    select: { councilId: true, name: true, lat: true, lon: true },
    take: 500,
  })
  const request = (booking: (typeof asked)[number]) => {
    const theirs = wards.filter((ward) => ward.councilId === booking.person.councilId)
    return {
      id: booking.id,
      title: termsSchema.parse(booking.terms).title,
      when: seriesOf(booking.visits),
      person: booking.person.shortName,
      area: areaWords(booking.person, theirs),
      visits: booking.visits.length,
      pence: booking.visits.reduce((all, visit) => all + visit.quotedPence, 0),
      answerBy: booking.answerBy ? momentWords(booking.answerBy, today) : '',
      left: booking.answerBy ? leftWords(now, booking.answerBy) : '',
      soon: booking.answerBy ? now.until(fromDate(booking.answerBy)).total('hours') < 48 : false,
    }
  }
  return {
    requests: asked.map(request),
    requestsInAll: askedInAll,
    waitingForThem: countered.map(request),
    /** People nearby who found nothing that fits, and whom they could answer. */
    lookedFor,
    /** Questions from people who are deciding, that wait for an answer. */
    questions,
    money: { owed: owed as number, waiting: waiting.pence, people: waiting.people },
    papers: checks.checks
      .filter((check) => check.standing === 'runs_out' || check.standing === 'ended')
      .map(({ id, name, standing, until }) => ({ id, name, until, ended: standing === 'ended' })),
  }
}
