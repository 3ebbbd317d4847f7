import { HELD_WORDS } from '#services/budgets/payer.rules.ts'
import { requireScope, personInView } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { Temporal, clockTime, duration, inLondon, longDate, shortDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { readAskFacts } from './askable.server.ts'
import { cancelWords } from './book-page.server.ts'
import { STOPPED_WORDS, problemWords, propose } from './proposal.rules.ts'
import { groupedLines, seriesWords } from './series-words.rules.ts'

/**
 * What would be asked for, its price line by line, which fund pays what and why, and what stands in the way.
 * @returns null when it has been asked for already
 * @throws NOT_FOUND for a booking that is not theirs; FORBIDDEN for a supporter without the scope `book`
 */
export async function draftPage(deps: Pick<Deps, 'db' | 'clock'>, actor: Actor, bookingId: string) {
  const personId = personInView(actor)
  requireScope(actor, personId, 'book')
  const now = deps.clock.now()
  const facts = await readAskFacts(deps.db, bookingId, personId, now.toString())
  if (!facts) throw notFound()
  if (facts.booking.state !== 'draft') return null
  const proposal = propose(facts, now)
  const { choices } = facts.booking
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
    setAside: proposal.split.setAside as number,
    planned: proposal.split.planned as number,
    short: proposal.split.short as number,
    ownMoney: ownMoney(facts.funds, proposal.split.funds),
    fundOrder: facts.booking.fundOrder,
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
      }
    }),
    cancelling: cancelWords(proposal.terms),
    contingency: proposal.terms.contingency,
    today: `${longDate(inLondon(now).toPlainDate())}, ${clockTime(inLondon(now).toPlainTime())}`,
  }
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
