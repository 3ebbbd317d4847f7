import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { type Pence, pence, total } from '#services/kernel/money.ts'
import { Temporal, duration, fromDate, inLondon, londonDate, visitTime } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { providerMay, requireProvider } from './bookings.policy.ts'
import { freeLanes } from './lanes.server.ts'
import {
  addressWords,
  areaWords,
  isAtHome,
  isBooked,
  laneChoices,
  leftWords,
  lengthOptions,
  momentWords,
  seriesOf,
  showsAddress,
  showsPhone,
} from './provider-view.rules.ts'
import { quoteVisit } from './quote.rules.ts'
import { groupedLines, seriesWords } from './series-words.rules.ts'
import { counterOfferSchema } from './take-counter-offer.server.ts'
import { type Terms, termsSchema } from './terms.schema.ts'

/** More than a year of weeks, twice: the other times that replaced the first are kept too. */
const MOST_VISITS_SHOWN = 110

export type RequestPage = Awaited<ReturnType<typeof requestPage>>

/**
 * A request, and later the booking it became, as the provider sees it. Until it is booked: a short name and an area,
 * never an address. Workers see no money, and no note before it is booked.
 * @throws SIGN_IN; NOT_FOUND for strangers and for drafts
 */
export async function requestPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, bookingId: string) {
  const { prisma } = deps.db
  const now = deps.clock.now()
  const today = londonDate(now)
  const booking = await prisma.booking.findUnique({
    where: { id: bookingId },
    include: {
      person: true,
      provider: { select: { id: true, name: true } },
      service: { select: { slug: true } },
      version: { select: { setting: true } },
      visits: {
        orderBy: { startsAt: 'asc' },
        take: MOST_VISITS_SHOWN,
        include: { quoteLines: { orderBy: { position: 'asc' } }, lane: { select: { name: true } } },
      },
    },
  })
  if (!booking || booking.state === 'draft') throw notFound()
  const { role } = requireProvider(actor, booking.providerId, 'see')
  const mayAnswer = providerMay(role, 'answer')
  const terms = termsSchema.parse(booking.terms)
  const over = ['declined', 'withdrawn', 'expired'].includes(booking.state)
  const visits = booking.visits.filter(
    (visit) => over || visit.state !== 'cancelled_free' || visit.reason !== '',
  )
  const planned = visits.filter((visit) => visit.state === 'planned')
  const waiting = booking.state === 'requested'
  const ids = waiting ? planned.map((visit) => visit.id) : []
  const [free, wards, together] = await Promise.all([
    ids.length > 0
      ? freeLanes(prisma, booking.serviceId, ids)
      : new Map<string, { id: string; name: string }[]>(),
    prisma.ward.findMany({
      where: { councilId: booking.person.councilId },
      select: { name: true, lat: true, lon: true },
      take: 200,
    }),
    prisma.visit.count({
      where: {
        personId: booking.personId,
        providerId: booking.providerId,
        state: { in: ['delivered', 'confirmed', 'settled'] },
      },
    }),
  ])
  const choice = laneChoices(ids, free)
  const going = visits.filter((visit) => !isPaused(visit))
  const open = going.find((visit) => showsAddress(booking.state, visit.state))
  const first = planned[0] ?? visits[0]
  const asked = first ? inLondon(fromDate(first.startsAt)) : null
  const offer = booking.counterOffer ? counterOfferSchema.safeParse(booking.counterOffer).data : undefined
  const sum = visits.reduce((all, visit) => all + (visit.finalPence ?? visit.quotedPence), 0)
  return {
    id: booking.id,
    reference: booking.reference,
    state: booking.state,
    org: booking.provider.id,
    provider: booking.provider.name,
    mayAnswer,
    mayEnd: providerMay(role, 'cancel') && (booking.state === 'accepted' || booking.state === 'paused'),
    title: terms.title,
    slug: booking.service.slug,
    person: booking.person.shortName,
    area: areaWords(booking.person, wards),
    where: open
      ? addressWords(booking.version.setting, booking.place, booking.person)
      : isAtHome(booking.version.setting)
        ? `At home, in ${areaWords(booking.person, wards)}`
        : booking.place,
    addressHidden: !open && isAtHome(booking.version.setting) && !isBooked(booking.state) && !over,
    phone: going.some((visit) => showsPhone(booking.state, visit.state)) ? booking.person.phone : null,
    together,
    note: mayAnswer || isBooked(booking.state) ? booking.note : '',
    reason: booking.reason,
    askedAt: booking.askedAt ? momentWords(booking.askedAt, today) : null,
    answeredAt: booking.answeredAt ? momentWords(booking.answeredAt, today) : null,
    answerBy: booking.answerBy ? momentWords(booking.answerBy, today) : '',
    left: booking.answerBy ? leftWords(now, booking.answerBy) : '',
    when: seriesOf(planned.length > 0 ? planned : visits),
    length: first ? duration(first.minutes) : '',
    visits: visits.map((visit) => ({
      id: visit.id,
      when: visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt)),
      state: visit.state,
      outcome: visit.outcome,
      paused: isPaused(visit),
      pence: mayAnswer ? (visit.finalPence ?? visit.quotedPence) : null,
      worker: isPaused(visit) ? null : (visit.lane?.name ?? null),
      free: (free.get(visit.id) ?? []).map((lane) => lane.name).sort((a, b) => a.localeCompare(b, 'en-GB')),
    })),
    lanes: choice.lanes,
    plannedVisits: planned.length,
    pausedVisits: visits.filter(isPaused).length,
    standingVisits: planned.filter((visit) => !isPaused(visit)).length,
    nobodyFor: visits
      .filter((visit) => choice.nobodyFor.includes(visit.id))
      .map((visit) => momentWords(visit.startsAt, today)),
    money: mayAnswer
      ? {
          lines: groupedLines(
            visits.map((visit) =>
              visit.quoteLines.map((line) => ({
                kind: line.kind,
                label: line.label,
                quantity: line.quantity,
                category: line.categoryCode,
                pence: pence(line.pence),
              })),
            ),
          ),
          total: sum,
        }
      : null,
    offer: offer
      ? {
          when: seriesWords(offer.choices),
          message: offer.message,
          total: mayAnswer ? (offerTotal(terms, offer.choices.slots, offer.choices.minutes) as number) : null,
        }
      : null,
    lengths: lengthOptions(terms, first?.minutes ?? terms.minMinutes),
    defaults: {
      date: asked?.toPlainDate().toString() ?? '',
      time: asked?.toPlainTime().toString({ smallestUnit: 'minute' }) ?? '',
      minutes: String(first?.minutes ?? terms.minMinutes),
      repeat: planned.length > 1 ? 'weekly' : 'once',
      weeks: String(planned.length > 1 ? planned.length : 4),
    },
    noticeHours: terms.noticeHours,
    endNoticeDays: terms.endNoticeDays,
  }
}

/** Stopped with its booking for a while. */
const isPaused = (visit: { state: string; pausedAt: Date | null }): boolean =>
  visit.state === 'planned' && visit.pausedAt !== null

/** What an offer of other times would bring, by the terms that were agreed on asking. */
function offerTotal(terms: Terms, slots: readonly { startsAt: string }[], minutes: number): Pence {
  return total(slots.map((slot) => quoteVisit(terms, Temporal.Instant.from(slot.startsAt), minutes).total))
}
