import { finalQuote, shareOfQuote } from '#services/bookings/quote.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { duration, Temporal, visitTime } from '#services/kernel/time.ts'
import { at, DAY, HOUR } from './kit.ts'
import { release } from './money.ts'
import { yes } from './settling.ts'
import { notify, presser, type PlayedBooking, type PlayedVisit, type World } from './world.ts'

const MINUTE = 60_000
const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)
const timeOf = (visit: PlayedVisit): string => visitTime(instant(visit.startMs), instant(visit.endMs))

type Ending = 'attended' | 'cancelled' | 'late' | 'off' | 'missed_said' | 'no_answer' | 'disputed'
const ENDINGS: readonly (readonly [Ending, number])[] = [
  ['attended', 924], ['cancelled', 24], ['late', 13], ['off', 11], ['missed_said', 8], ['no_answer', 10], ['disputed', 10],
] // prettier-ignore

/** What becomes of each visit of an accepted booking. */
export function followVisits(world: World, booking: PlayedBooking, acceptedMs: number): void {
  const { kit, time, absences } = world
  const { terms } = booking.service
  for (const visit of booking.visits) {
    const away = absences.some(
      (one) =>
        one.personId === booking.person.id && visit.startMs >= one.fromMs && visit.startMs < one.untilMs,
    )
    const ending = scripted(booking) ?? kit.rng.weighted(ENDINGS)
    const window = terms.cancelWindowHours * HOUR
    const early = visit.startMs - window - kit.rng.int(2, 40) * HOUR
    if (booking.script.outcome === 'planned') continue
    if (away || (ending === 'cancelled' && early > acceptedMs)) {
      const ms = Math.max(acceptedMs + MINUTE, early)
      time.at(ms, () => {
        cancelFree(world, visit, ms, 'person', away ? 'In hospital or away.' : '')
      })
    } else if (ending === 'late' && terms.cancelShareBps > 0 && window > 0) {
      const ms = Math.max(
        acceptedMs + MINUTE,
        visit.startMs - kit.rng.int(1, Math.max(1, terms.cancelWindowHours - 1)) * HOUR,
      )
      time.at(ms, () => {
        if (visit.row.state !== 'planned') return
        const owed = shareOfQuote([pence(visit.row.quotedPence)], terms.cancelShareBps)[0] ?? 0
        yes(world, visit, ms, {
          outcome: 'late_cancellation',
          finalPence: owed,
          reason: 'Cancelled inside the window.',
        })
      })
    } else if (ending === 'off') {
      const ms = Math.max(acceptedMs + MINUTE, visit.startMs - kit.rng.int(2, 20) * HOUR)
      time.at(ms, () => {
        cancelFree(world, visit, ms, 'provider', kit.rng.pick(OFF))
      })
    } else if (ending === 'missed_said') {
      nobodyCame(world, visit)
    } else if (ending === 'no_answer') {
      const ms = visit.startMs + 20 * MINUTE
      time.at(ms, () => {
        if (visit.row.state !== 'planned') return
        const owed = shareOfQuote([pence(visit.row.quotedPence)], terms.noAnswerShareBps)[0] ?? 0
        visit.row.actualMinutes = 0
        visit.row.providerNote = 'Rang twice and waited twenty minutes.'
        yes(world, visit, ms, {
          outcome: 'no_answer',
          finalPence: owed,
          settleMs: ms + 7 * DAY + 10 * MINUTE,
        })
        tellPerson(world, visit, ms, 'visit.no_answer', () => [
          `${nameOf(visit)} say nobody answered the door`,
          `${timeOf(visit)}. If that is not right, tell us within 7 days.`,
        ])
      })
    } else deliver(world, visit, ending === 'disputed')
  }
}

const scripted = ({ script }: PlayedBooking): Ending | null => {
  switch (script.outcome) {
    case 'delivered':
    case 'confirmed':
      return 'attended'
    case 'disputed':
    case 'missed_said':
    case 'no_answer':
    case 'cancelled':
    case 'late':
      return script.outcome
    default:
      return null
  }
}
const OFF = [
  'Our worker is ill and nobody you have met is free.',
  'The van has broken down.',
  'Snow on the tops: we cannot get to you safely.',
]
const nameOf = (visit: PlayedVisit): string => visit.booking.service.provider.seed.name
const tellPerson = (
  world: World,
  visit: PlayedVisit,
  ms: number,
  kind: string,
  words: () => readonly [string, string],
): void => {
  const id = visit.row.id ?? ''
  notify(world, ms, { personId: visit.booking.person.id }, () => {
    const [title, body] = words()
    return { kind, title, body, path: `/my/visits/${id}`, subjectId: id }
  })
}

/** Ends a visit without cost: its lane and its money are free again. */
export function cancelFree(
  world: World,
  visit: PlayedVisit,
  ms: number,
  by: 'person' | 'provider',
  reason: string,
): void {
  if (visit.row.state !== 'planned') return
  freeLane(world, visit)
  Object.assign(visit.row, { state: 'cancelled_free', reason, updatedAt: at(ms) })
  const id = visit.row.id ?? ''
  release(world, `cancel:${id}`, ms, [visit])
  if (by === 'provider')
    tellPerson(world, visit, ms, 'visit.cancelled_by_provider', () => [
      `${nameOf(visit)} cannot come`,
      `${timeOf(visit)}. You pay nothing: the money is back in your funds.`,
    ])
  else
    notify(world, ms, { providerId: visit.booking.service.provider.id }, () => ({
      kind: 'visit.cancelled',
      title: 'A visit was cancelled',
      body: `${timeOf(visit)}. Nothing is owed for it.`,
      path: `/provider/visits/${id}`,
      subjectId: id,
    }))
}

function freeLane(world: World, visit: PlayedVisit): void {
  visit.row.holdsLane = false
  if (visit.lane) world.lanes.leave(visit.lane, (visit.row.occupiedFrom as Date).getTime())
  world.lanes.leave(visit.booking.person, visit.startMs)
}

function nobodyCame(world: World, visit: PlayedVisit): void {
  const { kit, time } = world
  const saidMs = visit.startMs + kit.rng.int(30, 90) * MINUTE
  time.at(saidMs, () => {
    if (visit.row.state !== 'planned') return
    visit.row.missedSaidAt = at(saidMs)
    const id = visit.row.id ?? ''
    notify(world, saidMs, { providerId: visit.booking.service.provider.id }, () => ({
      kind: 'visit.missed_said',
      title: 'Somebody says that nobody came',
      body: `${timeOf(visit)}. Answer within 48 hours.`,
      path: `/provider/visits/${id}`,
      subjectId: id,
    }))
    if (visit.booking.script.outcome === 'missed_said') return
    const agreedMs = saidMs + kit.rng.int(2, 47) * HOUR
    time.at(agreedMs, () => {
      freeLane(world, visit)
      Object.assign(visit.row, { state: 'missed_by_provider', updatedAt: at(agreedMs) })
      release(world, `missed:${id}`, agreedMs, [visit])
      tellPerson(world, visit, agreedMs, 'visit.missed', () => [
        'Nobody came: your money is back',
        `${timeOf(visit)}. What was set aside is in your funds again.`,
      ])
    })
  })
}

function deliver(world: World, visit: PlayedVisit, disputed: boolean): void {
  const { kit, time } = world
  const { rng } = kit
  const { script, service } = visit.booking
  if (rng.chance(0.6)) {
    const startedMs = visit.startMs + rng.int(0, 6) * MINUTE
    time.at(startedMs, () => {
      if (visit.row.state === 'planned' && visit.endMs > kit.nowMs) visit.row.state = 'started'
    })
  }
  const deliveredMs = visit.endMs + rng.int(4, 150) * MINUTE
  const drift = rng.weighted([
    [0, 70],
    [rng.int(-5, 5), 18],
    [-rng.int(6, 15), 8],
    [rng.int(6, 15), 4],
  ])
  const actual = Math.max(5, Math.min(1440, visit.row.minutes + (service.terms.unit === 'hour' ? drift : 0)))
  time.at(deliveredMs, () => {
    if (visit.row.state !== 'planned' && visit.row.state !== 'started') return
    Object.assign(visit.row, {
      state: 'delivered',
      actualMinutes: actual,
      deliveredAt: at(deliveredMs),
      updatedAt: at(deliveredMs),
    })
    if (rng.chance(0.12)) visit.row.providerNote = rng.pick(PROVIDER_NOTES)
    tellPerson(world, visit, deliveredMs, 'visit.delivered', () => [
      `Did ${nameOf(visit)} come?`,
      `They say they came on ${timeOf(visit)} and stayed ${duration(actual)}. Please say yes, or what was different.`,
    ])
    if (script.outcome === 'delivered') return
    const final = costOf(visit, actual)
    if (disputed) {
      dispute(world, visit, deliveredMs + rng.int(2, 30) * HOUR)
      return
    }
    const silent = rng.chance(0.11)
    if (silent)
      time.at(deliveredMs + 4 * DAY, () => {
        tellPerson(world, visit, deliveredMs + 4 * DAY, 'visit.reminder', () => [
          `Did ${nameOf(visit)} come?`,
          `We still need a yes, or what was different, for ${timeOf(visit)}. Seven days after they told us we take it as a yes.`,
        ])
      })
    const yesMs =
      script.outcome === 'confirmed'
        ? deliveredMs + 20 * MINUTE
        : silent
          ? deliveredMs + 7 * DAY + 5 * MINUTE
          : deliveredMs + Math.floor(rng.next() ** 2 * 4 * DAY) + 10 * MINUTE
    time.at(yesMs, () => {
      const who = silent ? null : presser(world, visit.booking.person, 'mayConfirm')
      yes(world, visit, yesMs, { outcome: 'attended', finalPence: final, bySilence: silent, by: who })
    })
  })
}

const PROVIDER_NOTES = [
  'All well. Left settled with a cup of tea.',
  'A good day: we walked to the corner and back.',
  'Tired today, so we took it slowly.',
  'Ate everything.',
  'Please remind the family that the bulb on the stairs has gone.',
]

/** Within the tolerance, or on booked time, it costs what was quoted. */
function costOf(visit: PlayedVisit, actual: number): number {
  const { terms } = visit.booking.service
  const same =
    terms.chargingBasis === 'booked_time' || Math.abs(actual - visit.row.minutes) <= terms.toleranceMinutes
  return same
    ? visit.row.quotedPence
    : finalQuote(terms, instant(visit.startMs), visit.row.minutes, actual).total
}

function dispute(world: World, visit: PlayedVisit, ms: number): void {
  const { kit, time } = world
  time.at(ms, () => {
    const short = Math.max(5, Math.round((visit.row.minutes * 0.6) / 5) * 5)
    Object.assign(visit.row, {
      state: 'disputed',
      reason: `They stayed ${duration(short)}, not ${duration(visit.row.actualMinutes ?? visit.row.minutes)}.`,
      updatedAt: at(ms),
    })
    const id = visit.row.id ?? ''
    notify(world, ms, { providerId: visit.booking.service.provider.id }, () => ({
      kind: 'visit.disputed',
      title: 'Something about a visit was different',
      body: `${timeOf(visit)}. Read what they say and agree the time.`,
      path: `/provider/visits/${id}`,
      subjectId: id,
    }))
    if (visit.booking.script.outcome === 'disputed') return
    const agreedMs = ms + kit.rng.int(10, 70) * HOUR
    time.at(agreedMs, () => {
      visit.row.actualMinutes = short
      yes(world, visit, agreedMs, { outcome: 'amended', finalPence: Math.round(visit.row.quotedPence * 0.6) })
    })
  })
}
