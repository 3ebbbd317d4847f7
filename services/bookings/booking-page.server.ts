import { actsFor, may, personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import {
  type Temporal,
  clockTime,
  fromDate,
  inLondon,
  londonDate,
  longDate,
  shortDate,
  visitTime,
} from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { cancelWords } from './book-page.server.ts'
import { stoppedBy } from './pause.rules.ts'
import { problemWords } from './proposal.rules.ts'
import { groupedLines, seriesWords } from './series-words.rules.ts'
import { proposeCounter } from './take-counter-offer.server.ts'
import { termsSchema } from './terms.schema.ts'

const MOST_VISITS_SHOWN = 60

export type BookingPage = Awaited<ReturnType<typeof bookingPage>>

/**
 * A booking as the person, or somebody acting for them, sees it: state and next step, visits, money, a counter-offer.
 * @throws NOT_FOUND for a booking that is not theirs, and for a draft
 */
export async function bookingPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, bookingId: string) {
  const personId = personInView(actor)
  const booking = await deps.db.prisma.booking.findFirst({
    where: { id: bookingId, personId, state: { not: 'draft' } },
    include: {
      person: { select: { shortName: true } },
      provider: { select: { id: true, name: true, slug: true, kind: true, phone: true } },
      service: { select: { slug: true } },
      visits: {
        orderBy: { startsAt: 'asc' },
        take: MOST_VISITS_SHOWN,
        include: {
          quoteLines: { orderBy: { position: 'asc' } },
          fundingLines: { include: { allocation: { select: { stream: { select: { name: true } } } } } },
          lane: { select: { name: true } },
        },
      },
    },
  })
  if (!booking) throw notFound()
  if (!actsFor(actor, personId).allowed) throw notFound()
  const seesMoney = may(actor, personId, 'see_money') || may(actor, personId, 'book')
  const terms = termsSchema.parse(booking.terms)
  const live = booking.visits.filter(
    (visit) =>
      visit.state !== 'cancelled_free' || ['declined', 'withdrawn', 'expired'].includes(booking.state),
  )
  const counter = booking.state === 'countered' ? await proposeCounter(deps, booking.id, personId) : null
  const asker = booking.createdById
    ? await deps.db.prisma.user.findUnique({ where: { id: booking.createdById }, select: { name: true } })
    : null
  const funds = new Map<string, { name: string; pence: number; planned: number; used: number }>()
  for (const line of live.flatMap((visit) => visit.fundingLines)) {
    const entry = funds.get(line.allocationId) ?? {
      name: line.allocation.stream.name,
      pence: 0,
      planned: 0,
      used: 0,
    }
    entry.pence += line.state === 'set_aside' ? line.pence : 0
    entry.planned += line.state === 'planned' ? line.pence : 0
    entry.used += line.usedPence ?? 0
    funds.set(line.allocationId, entry)
  }
  const sum = (pick: (fund: { pence: number; planned: number; used: number }) => number): number =>
    [...funds.values()].reduce((all, fund) => all + pick(fund), 0)
  return {
    id: booking.id,
    reference: booking.reference,
    state: booking.state,
    person: {
      id: personId,
      shortName: booking.person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    provider: booking.provider,
    slug: booking.service.slug,
    title: terms.title,
    place: booking.place,
    note: booking.note,
    reason: booking.reason,
    askedBy: asker?.name ?? null,
    forSomebodyElse: booking.authorityId !== null,
    askedAt: booking.askedAt ? moment(booking.askedAt) : null,
    answerBy: booking.answerBy ? moment(booking.answerBy) : null,
    answeredAt: booking.answeredAt ? moment(booking.answeredAt) : null,
    cancelling: cancelWords(terms),
    contingency: terms.contingency,
    endNoticeDays: terms.endNoticeDays,
    visits: live.map((visit) => ({
      id: visit.id,
      when: visitTime(fromDate(visit.startsAt), fromDate(visit.endsAt)),
      state: visit.state,
      outcome: visit.outcome,
      paused: isPaused(visit),
      pence: visit.finalPence ?? visit.quotedPence,
      planned: visit.fundingLines.some((line) => line.state === 'planned'),
      worker: visit.lane?.name ?? null,
    })),
    pause: pauseOf(booking, deps.clock.now()),
    lines: groupedLines(
      live.map((visit) =>
        visit.quoteLines.map((line) => ({
          kind: line.kind,
          label: line.label,
          quantity: line.quantity,
          category: line.categoryCode,
          pence: line.pence as never,
        })),
      ),
    ),
    total: live.reduce((all, visit) => all + (visit.finalPence ?? visit.quotedPence), 0),
    money: seesMoney
      ? {
          setAside: sum((fund) => fund.pence),
          planned: sum((fund) => fund.planned),
          spent: sum((fund) => fund.used),
          funds: [...funds.values()],
        }
      : null,
    mayBook: may(actor, personId, 'book'),
    counter: counter
      ? {
          message: counter.message,
          when: seriesWords(counter.facts.booking.choices),
          total: counter.proposal.total as number,
          short: counter.proposal.split.short as number,
          refused: counter.proposal.refused.map((entry) => ({
            words: shortDateOf(entry.date),
            why: problemWords(entry.problem),
          })),
          stopped: counter.proposal.stopped !== null,
        }
      : null,
  }
}

const isPaused = (visit: { state: string; pausedAt: Date | null }): boolean =>
  visit.state === 'planned' && visit.pausedAt !== null

/** Whether a series can be paused now and from which day by itself, or how it stands while it is paused. */
function pauseOf(
  booking: {
    state: string
    terms: unknown
    visits: readonly {
      id: string
      state: string
      startsAt: Date
      pausedAt: Date | null
      missedSaidAt: Date | null
    }[]
  },
  now: Temporal.Instant,
) {
  const terms = termsSchema.parse(booking.terms)
  const day = (visit: { startsAt: Date }): string => longDate(londonDate(fromDate(visit.startsAt)))
  const paused = booking.visits.filter(isPaused)
  const standing = booking.visits.filter((visit) => visit.state === 'planned' && !isPaused(visit))
  const { stopping } = stoppedBy(
    standing.map((visit) => ({ ...visit, startsAt: fromDate(visit.startsAt) })),
    terms,
    londonDate(now),
    now,
  )
  return {
    /** One visit is cancelled, not paused. */
    possible: booking.state === 'accepted' && booking.visits.length > 1 && stopping.length > 0,
    from: londonDate(stopping[0]?.startsAt ?? now).toString(),
    windowHours: terms.cancelShareBps === 0 ? 0 : terms.cancelWindowHours,
    visits: paused.length,
    since: paused[0] ? day(paused[0]) : null,
    standing: standing.filter((visit) => fromDate(visit.startsAt).epochMilliseconds > now.epochMilliseconds)
      .length,
  }
}

const moment = (date: Date): string => {
  const at = inLondon(fromDate(date))
  return `${longDate(at.toPlainDate())}, ${clockTime(at.toPlainTime())}`
}
const shortDateOf = (iso: string): string =>
  shortDate(inLondon(fromDate(new Date(`${iso}T12:00:00Z`))).toPlainDate())

/** Whether a booking is still a draft, so that an old link to it leads to the right page. */
export async function isDraft(deps: Pick<Deps, 'db'>, actor: Actor, bookingId: string): Promise<boolean> {
  const personId = personInView(actor)
  const booking = await deps.db.prisma.booking.findFirst({
    where: { id: bookingId, personId },
    select: { state: true },
  })
  if (!booking) throw new DomainError('NOT_FOUND', 'We could not find that booking.')
  return booking.state === 'draft'
}
