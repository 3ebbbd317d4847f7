import type { Temporal } from '#services/kernel/time.ts'
import { ask, ruleOf } from './asking.ts'
import type { SeededAllocation } from './budgets.ts'
import { branch, DAY, dayOf, HOUR, wallMs, type Kit } from './kit.ts'
import { type Holding, takeFees, tellHolders } from './holding.ts'
import { startMoney } from './money.ts'
import type { SeededPerson } from './people.ts'
import type { SeededService } from './services.ts'
import { startWithin, type Slot } from './slots.ts'
import { streamFor, type Streams } from './streams.ts'
import { planToday } from './today.ts'
import { settle } from './settling.ts'
import { cancelFree } from './visits.ts'
import { newWorld, type World } from './world.ts'

/** Twelve months of asking, coming, saying yes and paying, played in the order in which they happened. */
export function playHistory(
  kit: Kit,
  given: {
    people: readonly SeededPerson[]
    services: readonly SeededService[]
    slots: readonly Slot[]
    allocations: readonly SeededAllocation[]
    absences: World['absences']
    finance: World['paying']['finance']
    holding: Holding
    streams: Streams
    /** What else happens in this year. */
    begin: (world: World) => void
  },
): World {
  const world = newWorld(kit, given.allocations, given.absences, given.finance, given.holding)
  startMoney(world, (visit, ms) => {
    settle(world, visit, ms)
  })
  takeFees(world)
  given.begin(world)
  for (const slot of given.slots) followSlot(world, slot)
  tryOthers(world, branch(kit, 3), given.people, given.services, given.slots, given.streams)
  planToday(world, given.people, given.services)
  pauseThoseAway(world)
  world.time.play(kit.nowMs)
  tellHolders(world)
  return world
}

/** A standing arrangement: asked for in series of some weeks, or one visit at a time; asked again before it runs out. */
function followSlot(world: World, slot: Slot): void {
  const { kit, time } = world
  const { person, service, weekday, startMinute, minutes, every } = slot
  const notice = Math.ceil(service.terms.noticeHours / 24) + 2
  const next = (from: Temporal.PlainDate): Temporal.PlainDate =>
    from.add({ days: (weekday - from.dayOfWeek + 7) % 7 })
  const askAt = (ms: number, first: Temporal.PlainDate): void => {
    time.at(ms, () => {
      const weeks = every === 1 ? kit.rng.int(4, 8) : 1
      const booking = ask(world, ms, { person, service, rule: ruleOf(first, startMinute, minutes, weeks) })
      const last = booking?.visits.at(-1)
      // Nothing to be had, or no money just then: they try again in a fortnight.
      const upTo = last ? dayOf(last.startMs) : first.add({ weeks: 1 })
      const then = next(upTo.add({ days: every * 7 - 3 }))
      const again = Math.max(
        ms + (last ? DAY : 9 * DAY),
        wallMs(then, 600) - kit.rng.int(notice + 3, notice + 9) * DAY + kit.rng.int(0, 500) * 60_000,
      )
      askAt(again, dayOf(Math.max(wallMs(then, 0), wallMs(next(dayOf(again + notice * DAY)), 0)) + HOUR))
    })
  }
  const joined = Math.max(person.sinceMs, service.provider.joinedMs + 5 * DAY)
  const first = next(dayOf(joined + (notice + kit.rng.int(4, 9)) * DAY))
  askAt(joined + kit.rng.int(24, 80) * HOUR, first)
}

/** People try other things too: so most services have been used by several, some by one or two, a few by nobody yet. */
function tryOthers(
  world: World,
  kit: Kit,
  people: readonly SeededPerson[],
  services: readonly SeededService[],
  slots: readonly Slot[],
  streams: Streams,
): void {
  const { rng } = kit
  const from = Math.round((kit.nowMs - 360 * DAY) / DAY)
  services.forEach((service, index) => {
    if (!service.published || !service.seed.price || service.terms.unit === 'week') return
    const users = new Set(slots.filter((slot) => slot.service === service).map((slot) => slot.person))
    const wanted = index % 13 === 7 ? 0 : index % 7 === 3 ? 2 : 6
    const able = people.filter(
      (person) =>
        !users.has(person) &&
        person.councilId === service.provider.councilId &&
        person.seed.name !== 'Joan Ellery' &&
        streamFor(
          service.seed.category,
          person.seed.funds.map((fund) => fund.stream),
          streams[person.council],
        ) !== null,
    )
    for (const person of rng.shuffled(able).slice(0, Math.max(0, wanted - users.size))) {
      const earliest = Math.max(from * DAY, person.sinceMs + 20 * DAY, service.provider.joinedMs + 10 * DAY)
      if (earliest > kit.nowMs - 20 * DAY) continue
      for (let time = 0; time < rng.int(1, 2); time += 1) {
        const ms = Math.floor(earliest + rng.next() * (kit.nowMs - 8 * DAY - earliest))
        const rule = rng.pick(service.hours)
        const lead = dayOf(ms + (Math.ceil(service.terms.noticeHours / 24) + rng.int(2, 8)) * DAY)
        const day = lead.add({ days: (rule.weekday - lead.dayOfWeek + 7) % 7 })
        const minutes = service.terms.minMinutes
        const start = startWithin(rng, rule, minutes)
        world.time.at(ms, () => {
          ask(world, ms, { person, service, rule: ruleOf(day, start, minutes), script: { answer: 'accept' } })
        })
      }
    }
  })
}

/** In hospital now: the visits of the next two weeks are cancelled, free, and what was set aside for them is free again. */
function pauseThoseAway(world: World): void {
  const { kit } = world
  for (const absence of world.absences) {
    if (absence.untilMs <= kit.nowMs) continue
    const ms = kit.nowMs - 3 * HOUR
    world.time.at(ms, () => {
      for (const booking of world.bookings) {
        if (booking.person.id !== absence.personId || booking.row.state !== 'accepted') continue
        for (const visit of booking.visits)
          if (visit.startMs > ms && visit.startMs < absence.untilMs)
            cancelFree(world, visit, ms, 'person', 'In hospital.')
      }
    })
  }
}
