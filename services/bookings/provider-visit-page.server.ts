import { PAYMENT_WORDS } from '#services/budgets/payer.rules.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { pence, share } from '#services/kernel/money.ts'
import { duration, fromDate, londonDate, visitTime } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { mostMinutes, offerFrom } from './agreement.rules.ts'
import { providerMay, requireProvider } from './bookings.policy.ts'
import { freeLanes } from './lanes.server.ts'
import {
  addressWords,
  areaWords,
  isAtHome,
  isBooked,
  momentWords,
  showsAddress,
  showsPhone,
} from './provider-view.rules.ts'
import { deliveredQuote } from './quote.rules.ts'
import { termsSchema } from './terms.schema.ts'
import { visitMayFrom } from './transitions.rules.ts'
import { visitPayments } from './visit-payments.server.ts'

const EARLY_MINUTES = 60
const MISSED_HOURS = 48
const SILENCE_DAYS = 7
const HOUR = 3_600_000

export type ProviderVisitPage = Awaited<ReturnType<typeof providerVisitPage>>

/**
 * One visit as the provider's people see it, and what each of them may say about it now.
 * @throws SIGN_IN; NOT_FOUND for strangers and for visits of drafts
 */
export async function providerVisitPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, visitId: string) {
  const visit = await deps.db.prisma.visit.findUnique({
    where: { id: visitId },
    include: {
      lane: { select: { name: true } },
      fundingLines: { include: { allocation: true } },
      booking: { include: { person: true, version: { select: { setting: true } } } },
    },
  })
  if (!visit || visit.booking.state === 'draft') throw notFound()
  const { role } = requireProvider(actor, visit.providerId, 'see')
  const { booking } = visit
  const { person } = booking
  const { setting } = booking.version
  const now = deps.clock.now()
  const today = londonDate(now)
  const start = fromDate(visit.startsAt)
  const minutesAway = now.until(start).total('minutes')
  const booked = isBooked(booking.state)
  const begun = minutesAway <= 0
  const paused = visit.pausedAt !== null && visit.state === 'planned'
  const may = (press: 'deliver' | 'answer' | 'cancel'): boolean =>
    providerMay(role, press) && booked && !paused
  const from = (press: Parameters<typeof visitMayFrom>[0]): boolean =>
    visitMayFrom(press).includes(visit.state)
  const terms = termsSchema.parse(booking.terms)
  const address = !paused && showsAddress(booking.state, visit.state)
  const wards =
    address || !isAtHome(setting)
      ? []
      : await deps.db.prisma.ward.findMany({
          where: { councilId: person.councilId },
          select: { name: true, lat: true, lon: true },
          take: 200,
        })
  const missed = visit.missedSaidAt !== null && visit.state === 'planned'
  const cost =
    visit.finalPence ?? (visit.actualMinutes ? deliveredQuote(terms, start, visit).total : visit.quotedPence)
  const others =
    may('answer') && visit.state === 'planned' && !begun
      ? ((await freeLanes(deps.db.prisma, booking.serviceId, [visit.id])).get(visit.id) ?? [])
      : []
  const payments =
    visit.state === 'settled' ? await visitPayments(deps.db.prisma, visit, person.councilId) : []
  const own = visit.state === 'disputed' ? offerFrom(visit, 'provider') : null
  const theirs = visit.state === 'disputed' ? offerFrom(visit, 'person') : null
  return {
    id: visit.id,
    bookingId: booking.id,
    org: visit.providerId,
    booked,
    bookingState: booking.state,
    paused,
    state: visit.state,
    outcome: visit.outcome,
    bySilence: visit.bySilence,
    title: terms.title,
    person: person.shortName,
    when: visitTime(start, fromDate(visit.endsAt)),
    where: address
      ? addressWords(setting, booking.place, person)
      : isAtHome(setting)
        ? `At home, in ${areaWords(person, wards)}`
        : booking.place,
    phone: !paused && showsPhone(booking.state, visit.state) ? person.phone : null,
    // Like the address: such notes say how to get in.
    note: !paused && showsPhone(booking.state, visit.state) ? booking.note : '',
    worker: paused ? null : (visit.lane?.name ?? null),
    begun,
    length: duration(visit.minutes),
    bookedMinutes: visit.minutes,
    actual: visit.actualMinutes === null ? null : duration(visit.actualMinutes),
    actualMinutes: visit.actualMinutes,
    providerNote: visit.providerNote,
    reason: visit.reason,
    missed:
      missed && visit.missedSaidAt
        ? {
            saidAt: momentWords(visit.missedSaidAt, today),
            answerBy: momentWords(new Date(visit.missedSaidAt.getTime() + MISSED_HOURS * HOUR), today),
          }
        : null,
    deliveredAt: visit.deliveredAt ? momentWords(visit.deliveredAt, today) : null,
    silenceOn: visit.deliveredAt
      ? momentWords(new Date(visit.deliveredAt.getTime() + SILENCE_DAYS * 24 * HOUR), today)
      : null,
    pence: providerMay(role, 'answer') ? cost : null,
    payment: providerMay(role, 'answer')
      ? [...new Set(payments.map(({ payer, state }) => PAYMENT_WORDS[payer][state].provider))].join(' ')
      : '',
    noAnswerPence: providerMay(role, 'answer')
      ? (share(pence(visit.quotedPence), terms.noAnswerShareBps) as number)
      : null,
    noAnswerShare: terms.noAnswerShareBps / 100,
    chargedByTheMinute: terms.chargingBasis === 'actual_minutes' && terms.unit === 'hour',
    may: {
      start: may('deliver') && from('start') && minutesAway <= EARLY_MINUTES && !missed,
      deliver: may('deliver') && from('deliver') && begun,
      noAnswer: may('deliver') && from('no_answer') && begun && !missed,
      agreeMissed: may('deliver') && missed,
      cancel: may('cancel') && from('cancel_free') && !missed,
      agree: may('answer') && visit.state === 'disputed',
    },
    mostMinutes: mostMinutes(visit),
    /** Others of theirs who are free then, while it can still be given to them. */
    others: others.filter(({ id }) => id !== visit.laneId),
    offered: {
      own: own === null ? null : duration(own),
      theirs:
        theirs === null
          ? null
          : { minutes: theirs, words: theirs === 0 ? 'no time at all' : duration(theirs) },
    },
  }
}
