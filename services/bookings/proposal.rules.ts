/** What would happen if this draft were asked for now: dates, prices, funds, and what stands in the way. Pure. */
import { isOffered } from '#services/availability/hours.rules.ts'
import { type Split, type VisitToPay, splitVisits } from '#services/budgets/split.rules.ts'
import { type Pence, pence, total } from '#services/kernel/money.ts'
import { Temporal, londonDate, plusMinutes } from '#services/kernel/time.ts'
import type { AskFacts } from './askable.server.ts'
import { type Quote, quoteVisit } from './quote.rules.ts'
import { occurrences } from './recurrence.rules.ts'
import { type Terms, termsOf } from './terms.schema.ts'

export type DateProblem =
  'skipped' | 'repeated' | 'no_such_date' | 'no_such_time' | 'past' | 'too_soon' | 'closed' | 'full'

export interface ProposedVisit {
  /** ISO date in London. */
  date: string
  startsAt: Temporal.Instant
  endsAt: Temporal.Instant
  minutes: number
  quote: Quote
}

export interface Proposal {
  terms: Terms
  visits: ProposedVisit[]
  /** Dates that cannot be asked for, each with why. */
  refused: { date: string; problem: DateProblem }[]
  /** What stops all of it. */
  stopped: 'not_offered' | 'not_bookable' | 'terms_changed' | 'nothing_left' | null
  total: Pence
  split: Split
}

/** Price per hour or unit with the dearest rate that applies, travel left out: what a fund's ceiling is held against. */
function unitPence(terms: Terms, quote: Quote, minutes: number): number {
  const time = quote.lines.filter((line) => line.kind !== 'travel' && line.kind !== 'extra')
  const sum = time.reduce((all, line) => all + line.pence, 0)
  return terms.unit === 'hour' ? Math.round((sum * 60) / minutes) : sum
}

/** How each visit is put to the funds. */
export function toPay(
  facts: AskFacts,
  terms: Terms,
  visit: Pick<ProposedVisit, 'date' | 'quote' | 'minutes'>,
): VisitToPay {
  return {
    on: visit.date,
    unitPence: unitPence(terms, visit.quote, visit.minutes),
    accredited: facts.provider.accredited,
    supplier: facts.provider.supplier,
    inArea: facts.provider.inArea,
    lines: visit.quote.lines.map((line) => ({
      category: line.category,
      categoryName: facts.categories[line.category] ?? line.category,
      pence: line.pence,
    })),
  }
}

export const fundsOf = (facts: AskFacts) =>
  facts.funds.map((fund) => ({ ...fund, available: pence(fund.available) }))

/**
 * @param now the moment of asking; notice is counted from it
 * @param free whether a lane is free for each slot of the draft, in order (facts.freeLanes)
 */
export function propose(facts: AskFacts, now: Temporal.Instant): Proposal {
  const terms = termsOf(facts.version)
  const { choices } = facts.booking
  const free = new Map(
    choices.slots.map((slot, index) => [Date.parse(slot.startsAt), facts.freeLanes[index] ?? false]),
  )
  const visits: ProposedVisit[] = []
  const refused: Proposal['refused'] = []
  const earliest = plusMinutes(now, terms.noticeHours * 60)
  for (const { date, when, problem } of occurrences(choices)) {
    if (!when) {
      refused.push({ date, problem: problem ?? 'no_such_time' })
      continue
    }
    const { startsAt, endsAt } = when
    const why: DateProblem | null =
      Temporal.Instant.compare(startsAt, now) <= 0
        ? 'past'
        : Temporal.Instant.compare(startsAt, earliest) < 0
          ? 'too_soon'
          : !isOffered(facts.rules, facts.exceptions, startsAt, endsAt)
            ? 'closed'
            : free.get(startsAt.epochMilliseconds) === false
              ? 'full'
              : null
    if (why) refused.push({ date, problem: why })
    else
      visits.push({
        date: londonDate(startsAt).toString(),
        startsAt,
        endsAt,
        minutes: choices.minutes,
        quote: quoteVisit(terms, startsAt, choices.minutes),
      })
  }
  const stopped: Proposal['stopped'] =
    facts.service.state !== 'published' || facts.service.offRegister || !facts.provider.claimed
      ? 'not_bookable'
      : (facts.booking.state === 'draft' && !facts.service.acceptsNew) || facts.provider.paused
        ? 'not_offered'
        : facts.booking.state === 'draft' && facts.service.currentVersionId !== facts.booking.versionId
          ? 'terms_changed'
          : visits.length === 0
            ? 'nothing_left'
            : null
  return {
    terms,
    visits,
    refused,
    stopped,
    total: total(visits.map((visit) => visit.quote.total)),
    split: splitVisits(
      fundsOf(facts),
      visits.map((visit) => toPay(facts, terms, visit)),
      facts.booking.fundOrder,
      londonDate(now).toString(),
    ),
  }
}

const PROBLEM_WORDS: Record<DateProblem, string> = {
  skipped: 'the clocks go forward over this time. Choose another time for this day.',
  repeated: 'the clocks go back and this time comes twice. Choose another time for this day.',
  no_such_date: 'this date does not exist.',
  no_such_time: 'this time does not exist.',
  past: 'this is in the past.',
  too_soon: 'this is sooner than the notice they need.',
  closed: 'they do not offer this time.',
  full: 'all their workers are booked at this time.',
}
export const problemWords = (problem: DateProblem): string => PROBLEM_WORDS[problem]

export const STOPPED_WORDS: Record<NonNullable<Proposal['stopped']>, string> = {
  not_offered: 'This provider is not taking new bookings just now.',
  not_bookable: 'This support cannot be booked here any more.',
  terms_changed:
    'The price or terms of this support have changed since you began. Look at them again before you ask.',
  nothing_left: 'None of these dates can be asked for. Choose another day or time.',
}
