import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import { answerBy, type Recurrence } from '#services/bookings/recurrence.rules.ts'
import { splitVisits, type SplitVisit } from '#services/budgets/split.rules.ts'
import { categoryName } from '#services/discovery/vocabulary.ts'
import { shortReference } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { londonDate, longDate, Temporal } from '#services/kernel/time.ts'
import { holdPlaced } from '#services/ledger/templates.rules.ts'
import { answerLater } from './answering.ts'
import { at, wallMs } from './kit.ts'
import type { SeededPerson } from './people.ts'
import { fundsAt, quoted, visitOf } from './planned-visit.ts'
import { ACCREDITED } from './providers.ts'
import type { SeededService } from './services.ts'
import { audited, notify, presser, type PlayedBooking, type Script, type World } from './world.ts'

export interface Asking {
  person: SeededPerson
  service: SeededService
  rule: Recurrence
  script?: Script
}

const clock = (minute: number): string =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

/** A rule of dates: one visit, or one a week. */
export function ruleOf(
  day: Temporal.PlainDate,
  startMinute: number,
  minutes: number,
  visits = 1,
): Recurrence {
  return { firstDate: day.toString(), time: clock(startMinute), minutes, visits, without: [] }
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3))
const datesOf = (rule: Recurrence): Temporal.PlainDate[] => {
  const first = Temporal.PlainDate.from(rule.firstDate)
  return Array.from({ length: rule.visits }, (_, week) => first.add({ weeks: week }))
}
const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)

/**
 * A request, as asking for visits writes it: dates that are open and for which somebody is free, priced, split over the
 * funds, set aside. @returns null when nothing of it can be paid or offered
 */
export function ask(
  world: World,
  ms: number,
  { person, service, rule, script = {} }: Asking,
): PlayedBooking | null {
  const { kit } = world
  const { terms, provider } = service
  const buffer = terms.bufferMinutes * 60_000
  const dates = datesOf(rule)
  const open = dates.flatMap((day) => {
    const date = day.toString()
    // Times are within the hours by their making; only the days that are closed have to be left out.
    if (service.closed.some((one) => one.day === date)) return []
    const from = wallMs(day, minuteOf(rule.time))
    const until = from + rule.minutes * 60_000
    // Nobody is in two places, neither.
    if (!world.lanes.free(person, from, until)) return []
    const free = service.lanes.filter((lane) => world.lanes.free(lane, from - buffer, until + buffer))
    return free.length === 0
      ? []
      : [{ date, from, until, free, quote: quoted(world, service, from, day, rule) }]
  })
  if (open.length === 0) return null
  const funds = fundsAt(world, person, ms)
  const accredited = provider.registrationId !== null || provider.seed.slug in ACCREDITED
  const split = splitVisits(
    funds,
    open.map(({ date, quote }) => {
      const time = quote.lines.filter((line) => line.kind !== 'travel' && line.kind !== 'extra')
      const sum = time.reduce((all, line) => all + line.pence, 0)
      return {
        on: date,
        unitPence: terms.unit === 'hour' ? Math.round((sum * 60) / rule.minutes) : sum,
        accredited,
        supplier: true,
        inArea: true,
        lines: quote.lines.map((line) => ({
          category: line.category,
          categoryName: categoryName(line.category),
          pence: line.pence,
        })),
      }
    }),
  )
  // They ask for as many as can be paid.
  const enough = split.visits.findIndex((visit) => visit.short > 0)
  const chosen = enough === -1 ? open : open.slice(0, enough)
  if (chosen.length === 0) return null

  const by = presser(world, person, 'mayBook')
  const id = kit.id(ms)
  const answer = answerBy(instant(ms), isBankHoliday)
  const taken = new Set(chosen.map((one) => one.date))
  const kept = { ...rule, without: dates.map(String).filter((date) => !taken.has(date)) }
  const booking: PlayedBooking = {
    row: {
      id,
      reference: shortReference(id),
      personId: person.id,
      providerId: provider.id,
      serviceId: service.id,
      serviceVersionId: service.versionId,
      categoryCode: service.seed.category,
      state: 'requested',
      terms,
      choices: {
        ...kept,
        slots: chosen.map(({ from, until }) => ({
          startsAt: at(from).toISOString(),
          endsAt: at(until).toISOString(),
        })),
      },
      fundOrder: [],
      note: script.note ?? (kit.rng.chance(0.25) ? kit.rng.pick(NOTES) : ''),
      place: placeOf(service, person),
      askedAt: at(ms),
      answerBy: answer.toString(),
      answeredAt: null,
      counterOffer: null,
      reason: '',
      createdById: by.userId,
      authorityId: by.authorityId,
      createdAt: at(ms - 6 * 60_000),
      updatedAt: at(ms),
    },
    person,
    service,
    visits: [],
    script,
  }
  const usual = laneOrder(
    service,
    chosen.map((one) => one.free),
  )
  booking.visits = chosen.map((one, index) => {
    const lane = usual.find((entry) => one.free.includes(entry)) ?? one.free[0] ?? null
    if (lane) world.lanes.take(lane, one.from - buffer, one.until + buffer)
    world.lanes.take(person, one.from, one.until)
    return visitOf(world, booking, one, lane, split.visits[index] as SplitVisit, ms)
  })
  const holds = booking.visits.flatMap((visit) =>
    [...visit.held].map(([allocationId, amount]) => ({
      allocationId,
      bookingId: id,
      visitId: visit.row.id ?? '',
      amount: pence(amount),
    })),
  )
  world.book.post(ms, holdPlaced(`ask:${id}`, holds), { ...by, personId: person.id })
  world.bookings.push(booking)
  const total = booking.visits.reduce((all, visit) => all + visit.row.quotedPence, 0)
  audited(world, ms, 'booking.asked', booking, { type: 'booking', id }, by, {
    visits: booking.visits.length,
    pence: total,
  })
  notify(world, ms, { providerId: provider.id }, () => ({
    kind: 'booking.asked',
    title:
      chosen.length === 1
        ? 'Somebody is asking for a visit'
        : `Somebody is asking for ${String(chosen.length)} visits`,
    body: `${terms.title}. Please answer by ${longDate(londonDate(answer))}, 5pm.`,
    path: `/provider/requests/${id}`,
    subjectId: id,
  }))
  answerLater(world, booking, ms)
  return booking
}

/** The worker who is free for most of the visits first, so that a series keeps one face. */
function laneOrder(
  service: SeededService,
  free: readonly SeededService['lanes'][number][][],
): SeededService['lanes'][number][] {
  const times = new Map(
    service.lanes.map((lane) => [lane, free.filter((list) => list.includes(lane)).length]),
  )
  return [...service.lanes].sort((a, b) => (times.get(b) ?? 0) - (times.get(a) ?? 0))
}

function placeOf({ seed, provider, placeName }: SeededService, person: SeededPerson): string {
  const setting = seed.setting ?? 'at_home'
  if (setting === 'at_home' || setting === 'live_in') return `${person.seed.short}’s home`
  if (setting === 'online') return 'Online or by telephone'
  return setting === 'at_venue' ? (placeName ?? provider.seed.name) : 'To be agreed with the provider'
}

const NOTES = [
  'Please ring twice. I am slow to the door.',
  'The key safe is by the meter. I will tell you the number.',
  'I hear better on my left side.',
  'The dog is friendly but excited.',
  'Please come to the back door.',
  'Mornings before ten are hard for me.',
  'I will have my own worker with me.',
  'Parking is round the corner in Tenter Row.',
]
