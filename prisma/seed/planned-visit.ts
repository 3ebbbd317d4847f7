import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import { quoteVisit, type Quote } from '#services/bookings/quote.rules.ts'
import type { Recurrence } from '#services/bookings/recurrence.rules.ts'
import type { Fund, SplitVisit } from '#services/budgets/split.rules.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { SeededAllocation } from './budgets.ts'
import { at } from './kit.ts'
import type { SeededPerson } from './people.ts'
import type { SeededService } from './services.ts'
import type { PlayedBooking, PlayedVisit, World } from './world.ts'

const instant = (ms: number): Temporal.Instant => Temporal.Instant.fromEpochMilliseconds(ms)

/** The person's funds as they stand at a moment, as services/budgets reads them. */
export function fundsAt(world: World, person: SeededPerson, ms: number): Fund[] {
  const there = (world.fundsOf.get(person.id) ?? []).filter((one) => one.knownMs <= ms && one.endsMs > ms)
  return there.map((one): Fund => {
    const { row } = one.stream
    return {
      allocationId: one.id,
      name: row.name,
      streamKind: row.kind,
      deployment: one.held,
      allowedCategories: one.stream.allowed,
      refusedCategories: one.stream.refused,
      canBuy: row.canBuy,
      refusalReason: row.refusalReason ?? '',
      refusedReasons: {},
      area: row.area ?? 'anywhere',
      accreditedOnly: row.accreditedOnly ?? false,
      unitCeilingPence: row.unitCeilingPence ?? null,
      startsOn: one.startsOn,
      endsOn: one.endsOn,
      available: pence(one.available),
      planLines: (one.towards ?? one).planLines,
      orders: [],
      // What is paid in pays by the rules and the plan of the fund that it goes towards.
      towards: one.towards?.id ?? null,
      expected: one.instalments
        .filter((instalment) => instalment.arrivesMs > ms)
        .map(({ dueOn, pence: amount }) => ({ dueOn, pence: amount })),
      planned: [...(world.waiting.get(one.id) ?? [])].flatMap((visit) =>
        visit.funding
          .filter((line) => line.allocation === one && line.row.state === 'planned')
          .map((line) => ({ on: visit.on, pence: line.row.pence })),
      ),
    }
  })
}

/** A series costs the same each week but for bank holidays, so each price is worked out once. */
export function quoted(
  world: World,
  service: SeededService,
  fromMs: number,
  day: Temporal.PlainDate,
  rule: Recurrence,
): Quote {
  const key = `${service.id} ${String(day.dayOfWeek)} ${rule.time} ${String(rule.minutes)} ${String(isBankHoliday(day))}`
  const known = world.quotes.get(key) ?? quoteVisit(service.terms, instant(fromMs), rule.minutes)
  world.quotes.set(key, known)
  return known
}

/** A visit as asking for it writes it: its quote, who pays which line, what is set aside now and what later. */
export function visitOf(
  world: World,
  booking: PlayedBooking,
  { date, from, until, quote }: { date: string; from: number; until: number; quote: Quote },
  lane: PlayedVisit['lane'],
  split: SplitVisit,
  ms: number,
): PlayedVisit {
  const { kit } = world
  const id = kit.id(ms)
  const buffer = booking.service.terms.bufferMinutes * 60_000
  const visit: PlayedVisit = {
    row: {
      id,
      bookingId: booking.row.id ?? '',
      personId: booking.person.id,
      providerId: booking.service.provider.id,
      state: 'planned',
      startsAt: at(from),
      endsAt: at(until),
      minutes: Math.round((until - from) / 60_000),
      occupiedFrom: at(from - buffer),
      occupiedUntil: at(until + buffer),
      laneId: null,
      holdsLane: false,
      quotedPence: quote.total,
      actualMinutes: null,
      deliveredAt: null,
      providerNote: '',
      outcome: null,
      finalPence: null,
      confirmedAt: null,
      confirmedById: null,
      bySilence: false,
      settledAt: null,
      reason: '',
      missedSaidAt: null,
      updatedAt: at(ms),
    },
    booking,
    on: date,
    startMs: from,
    endMs: until,
    quote: quote.lines,
    funding: [],
    held: new Map(),
    lane,
  }
  const byId = new Map((world.fundsOf.get(booking.person.id) ?? []).map((one) => [one.id, one]))
  visit.funding = split.lines.map((line, position) => {
    const allocation = byId.get(line.allocationId) as SeededAllocation
    if (line.state === 'set_aside') {
      visit.held.set(allocation.id, (visit.held.get(allocation.id) ?? 0) + line.pence)
      allocation.available -= line.pence
    } else {
      const waiting = world.waiting.get(allocation.id) ?? new Set<PlayedVisit>()
      world.waiting.set(allocation.id, waiting.add(visit))
    }
    return {
      line: line.line,
      allocation,
      row: {
        id: kit.id(ms),
        visitId: id,
        quoteLineId: '',
        allocationId: allocation.id,
        position,
        pence: line.pence,
        usedPence: null,
        reason: line.reason,
        state: line.state,
      },
    }
  })
  return visit
}
