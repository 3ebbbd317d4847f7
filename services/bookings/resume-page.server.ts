import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { Temporal, fromDate, londonDate, longDate, visitTime } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { freeLanes } from './lanes.server.ts'
import { backFrom, comingBack } from './pause.rules.ts'
import { termsSchema } from './terms.schema.ts'

export type ResumePage = Awaited<ReturnType<typeof resumePage>>

/**
 * What would come back if a paused series went on from a day: every date, whether somebody is free, and the money. Without
 * a day it is the first on which the provider could come.
 * @param day an ISO date that exists
 * @throws NOT_FOUND for a booking that is not theirs, FORBIDDEN without the scope `book`, STALE_STATE when it is not paused
 */
export async function resumePage(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  bookingId: string,
  day: string | null,
) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'book')
  const { prisma } = deps.db
  const now = deps.clock.now()
  const booking = await prisma.booking.findFirst({
    where: { id: bookingId, personId, state: { not: 'draft' } },
    include: {
      person: { select: { shortName: true } },
      provider: { select: { name: true, phone: true } },
      visits: {
        where: { state: 'planned', pausedAt: { not: null } },
        orderBy: { startsAt: 'asc' },
        include: { fundingLines: { select: { allocationId: true, pence: true } } },
      },
    },
  })
  if (!booking) throw notFound()
  if (booking.state !== 'paused')
    throw new DomainError('STALE_STATE', 'This support is not paused, so there is nothing to start again.')
  const terms = termsSchema.parse(booking.terms)
  const today = londonDate(now)
  const chosen = day ? Temporal.PlainDate.from(day) : today
  const from = Temporal.PlainDate.compare(chosen, today) < 0 ? today : chosen
  const since = backFrom(terms, from, now)
  const visits = booking.visits.map((visit) => ({ ...visit, startsAt: fromDate(visit.startsAt) }))
  const { back, gone } = comingBack(visits, since)
  const free = await freeLanes(
    prisma,
    booking.serviceId,
    back.map((visit) => visit.id),
  )
  const taken = back.filter((visit) => (free.get(visit.id) ?? []).length === 0)
  const coming = back.filter((visit) => !taken.includes(visit))
  const total = coming.reduce((all, visit) => all + visit.quotedPence, 0)
  const lines = coming.flatMap((visit) => visit.fundingLines)
  const balances = await readBalances(prisma, [...new Set(lines.map((line) => line.allocationId))])
  const there = [...balances].reduce((all, [allocationId, balance]) => {
    const wanted = lines
      .filter((line) => line.allocationId === allocationId)
      .reduce((sum, line) => sum + line.pence, 0)
    return all + Math.min(wanted, balance.available)
  }, 0)
  const words = (visit: (typeof visits)[number]) => ({
    id: visit.id,
    when: visitTime(visit.startsAt, fromDate(visit.endsAt)),
    pence: visit.quotedPence,
  })
  return {
    id: booking.id,
    title: terms.title,
    provider: booking.provider,
    person: {
      id: personId,
      shortName: booking.person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    from: from.toString(),
    fromWords: longDate(from),
    noticeHours: terms.noticeHours,
    coming: coming.map(words),
    taken: taken.map(words),
    gone: gone.map(words),
    total,
    /** All of it has arrived, or a part is planned until more money comes. */
    enough: there >= total,
  }
}
