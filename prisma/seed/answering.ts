import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import { answerBy, type Recurrence } from '#services/bookings/recurrence.rules.ts'
import { londonDate, longDate, Temporal } from '#services/kernel/time.ts'
import { at, DAY, HOUR } from './kit.ts'
import { release } from './money.ts'
import { followVisits } from './visits.ts'
import { notify, type PlayedBooking, type World } from './world.ts'

const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)

/** The provider says yes, no, another time, or nothing. */
export function answerLater(world: World, booking: PlayedBooking, askedMs: number): void {
  const { kit, time } = world
  const { row, person, service } = booking
  const id = row.id ?? ''
  const first = booking.visits[0]?.startMs ?? askedMs
  const how = booking.script.answer ?? kit.rng.weighted([['accept', 93], ['decline', 3], ['counter', 2], ['none', 2]] as const) // prettier-ignore
  const quick = Math.max(20 * 60_000, Math.min((first - askedMs) * 0.6, kit.rng.int(1, 40) * HOUR))
  const answeredMs = askedMs + (booking.script.answer ? Math.min(quick, 5 * HOUR) : quick)
  const name = service.provider.seed.name
  const path = `/my/bookings/${id}`
  const leaveLanes = (): void => {
    for (const visit of booking.visits) {
      visit.row.state = 'cancelled_free'
      if (visit.lane) world.lanes.leave(visit.lane, (visit.row.occupiedFrom as Date).getTime())
      world.lanes.leave(person, visit.startMs)
    }
  }
  if (how === 'none') {
    const expiresMs = Temporal.Instant.from(row.answerBy as string).epochMilliseconds + 15 * 60_000
    if (booking.script.answer === 'none') return
    // Nobody answers for five working days: the money goes back, and the market counts it.
    time.at(expiresMs, () => {
      row.state = 'expired'
      row.updatedAt = at(expiresMs)
      release(world, `expire:${id}`, expiresMs, booking.visits)
      leaveLanes()
    })
    return
  }
  time.at(answeredMs, () => {
    row.answeredAt = at(answeredMs)
    row.updatedAt = at(answeredMs)
    if (how === 'decline') {
      row.state = 'declined'
      row.reason = kit.rng.pick(REASONS)
      release(world, `decline:${id}`, answeredMs, booking.visits)
      leaveLanes()
      notify(world, answeredMs, { personId: person.id }, () => ({
        kind: 'booking.declined',
        title: `${name} cannot do this`,
        body: 'All the money set aside for it is back in your funds. You can see why, and who else is free.',
        path,
        subjectId: id,
      }))
      return
    }
    if (
      how === 'counter' &&
      booking.visits.length === 1 &&
      (booking.script.answer || first > kit.nowMs + DAY)
    ) {
      counter(world, booking, answeredMs)
      return
    }
    row.state = 'accepted'
    for (const visit of booking.visits)
      if (visit.lane) {
        visit.row.laneId = visit.lane.id
        visit.row.holdsLane = true
      }
    notify(world, answeredMs, { personId: person.id }, () => ({
      kind: 'booking.accepted',
      title: `${name} said yes`,
      body: 'It is booked. The visits are in your week.',
      path,
      subjectId: id,
    }))
    followVisits(world, booking, answeredMs)
  })
}

const REASONS = [
  'We are full at that time until the new year. Wednesdays are easier.',
  'We do not have a second worker on that round.',
  'I am already with somebody at that hour. I am sorry.',
  'That is a little further than we travel at the moment.',
]

function counter(world: World, booking: PlayedBooking, ms: number): void {
  const { row, person, service } = booking
  const visit = booking.visits[0]
  if (!visit) return
  const id = row.id ?? ''
  const later = (date: string): string => new Date(Date.parse(date) + DAY).toISOString()
  const before = row.choices as Recurrence & { slots: { startsAt: string; endsAt: string }[] }
  row.state = 'countered'
  row.answeredAt = null
  row.counterOffer = {
    choices: {
      ...before,
      firstDate: Temporal.PlainDate.from(before.firstDate).add({ days: 1 }).toString(),
      slots: before.slots.map(({ startsAt, endsAt }) => ({
        startsAt: later(startsAt),
        endsAt: later(endsAt),
      })),
    },
    message: 'We could do the day after, at the same time. Would that work for you?',
  }
  const answer = answerBy(instant(ms), isBankHoliday)
  row.answerBy = answer.toString()
  notify(world, ms, { personId: person.id }, () => ({
    kind: 'booking.countered',
    title: `${service.provider.seed.name} offers another time`,
    body: `Please say yes or no by ${longDate(londonDate(answer))}. It is not booked yet.`,
    path: `/my/bookings/${id}`,
    subjectId: id,
  }))
}
