import { ifBooked } from '#services/budgets/if-booked.server.ts'
import { HELD_WORDS } from '#services/budgets/payer.rules.ts'
import { requireScope, personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { share } from '#services/kernel/money.ts'
import { Temporal, clockTime, duration, inLondon, longDate, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readAskFacts } from './askable.server.ts'
import { cancelWords } from './book-page.server.ts'
import { type Proposal, STOPPED_WORDS, problemWords, propose } from './proposal.rules.ts'
import { groupedLines, seriesWords } from './series-words.rules.ts'

/**
 * What would be asked for, its price line by line, which fund pays what and why, and what stands in the way.
 * @returns null when it has been asked for already
 * @throws NOT_FOUND for a booking that is not theirs; FORBIDDEN for a supporter without the scope `book`
 */
export async function draftPage(
  deps: Pick<Deps, 'db' | 'clock' | 'settings'>,
  actor: Actor,
  bookingId: string,
) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'book')
  const now = deps.clock.now()
  const facts = await readAskFacts(deps.db, bookingId, personId, now.toString())
  if (!facts) throw notFound()
  if (facts.booking.state !== 'draft') return null
  const proposal = propose(facts, now)
  const { choices } = facts.booking
  const after = await ifBooked(deps.db.prisma, personId, now, takenBy(proposal))
  const asked = proposal.visits.map((visit) => ({
    date: visit.date,
    words: shortDate(Temporal.PlainDate.from(visit.date)),
    pence: visit.quote.total,
    planned: (proposal.split.visits[proposal.visits.indexOf(visit)]?.lines ?? []).some(
      (line) => line.state === 'planned',
    ),
  }))
  return {
    id: facts.booking.id,
    slug: facts.service.slug,
    person: {
      id: personId,
      shortName: facts.person.shortName,
      self: !(actor.kind === 'user' && actor.actingFor),
    },
    provider: facts.provider,
    title: facts.version.title,
    place: facts.booking.place,
    note: facts.booking.note,
    when: seriesWords(choices),
    length: duration(choices.minutes),
    visits: asked,
    leftOut: choices.without.map((date) => ({ date, words: shortDate(Temporal.PlainDate.from(date)) })),
    refused: proposal.refused.map((entry) => ({
      date: entry.date,
      words: longDate(Temporal.PlainDate.from(entry.date)),
      why: problemWords(entry.problem),
    })),
    stopped: proposal.stopped ? { code: proposal.stopped, words: STOPPED_WORDS[proposal.stopped] } : null,
    lines: groupedLines(proposal.visits.map((visit) => visit.quote.lines)),
    total: proposal.total as number,
    /** Of the price, what Kith keeps where it is paid by card; nothing unless the installation takes a fee. */
    cardFee: share(proposal.total, deps.settings.platformFeeBps) as number,
    setAside: proposal.split.setAside as number,
    planned: proposal.split.planned as number,
    short: proposal.split.short as number,
    ownMoney: ownMoney(facts.funds, proposal.split.funds),
    fundOrder: facts.booking.fundOrder,
    /** A fund would pay if the council ordered the support. */
    orderMissing: proposal.split.funds.some((answer) => answer.orderMissing),
    funds: proposal.split.funds.map((answer) => {
      const fund = facts.funds.find((entry) => entry.allocationId === answer.allocationId)
      return {
        id: answer.allocationId,
        name: fund?.name ?? '',
        held: fund ? HELD_WORDS[fund.deployment] : '',
        ownMoney: fund?.streamKind === 'own_money',
        why: answer.why,
        pays: answer.pays,
        leftAfter: answer.leftAfter,
        agreed: fund?.agreed ?? 0,
        spent: fund?.spent ?? 0,
        heldAfter: (fund?.held ?? 0) + (fund?.available ?? 0) - answer.leftAfter,
        available: fund?.available ?? 0,
        heldNow: fund?.held ?? 0,
        after: after.get(answer.allocationId) ?? null,
      }
    }),
    cancelling: cancelWords(proposal.terms),
    contingency: proposal.terms.contingency,
    today: `${longDate(inLondon(now).toPlainDate())}, ${clockTime(inLondon(now).toPlainTime())}`,
  }
}

/** What each fund would pay for each visit, by its day. */
function takenBy({ visits, split }: Proposal): Map<string, { on: string; pence: number }[]> {
  const taken = new Map<string, { on: string; pence: number }[]>()
  visits.forEach((visit, index) => {
    for (const line of split.visits[index]?.lines ?? [])
      taken.set(line.allocationId, [
        ...(taken.get(line.allocationId) ?? []),
        { on: visit.date, pence: line.pence },
      ])
  })
  return taken
}

const ownMoney = (
  funds: readonly { allocationId: string; streamKind: string }[],
  answers: readonly { allocationId: string; pays: number }[],
): number =>
  answers
    .filter((answer) =>
      funds.some((fund) => fund.allocationId === answer.allocationId && fund.streamKind === 'own_money'),
    )
    .reduce((sum, answer) => sum + answer.pays, 0)
