import type { Tx } from '#services/db/client.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { type PersonFund, readFunds } from './read-funds.server.ts'
import { type Fund, fundRefusal } from './split.rules.ts'

/** What is offered, as far as a fund's rules ask about it. */
interface Offer {
  /** The kind of support first, then those of single price lines. */
  categories: readonly [string, ...string[]]
  /** Pence for one hour or unit at ordinary times, travel left out. */
  unitPence: number
  accredited: boolean
}
export interface FundThatPays {
  id: string
  name: string
  pays: 'all' | 'part' | 'none'
  /** One or two sentences: what is left, or which rule of this fund says no and what it would allow. */
  why: string
}

/** A fund as the rules of splitting ask for it; what is planned elsewhere has no say in whether it may pay. */
function fundOf(fund: PersonFund, planLines: Fund['planLines']): Fund {
  const { allocation, balances } = fund
  const { stream } = allocation
  return {
    allocationId: allocation.id,
    name: stream.name,
    streamKind: stream.kind,
    deployment: allocation.deployment,
    allowedCategories: stream.allowedCategories,
    refusedCategories: stream.refusedCategories,
    canBuy: stream.canBuy,
    refusalReason: stream.refusalReason,
    accreditedOnly: stream.accreditedOnly,
    unitCeilingPence: stream.unitCeilingPence,
    startsOn: fund.startsOn.toString(),
    endsOn: fund.endsOn.toString(),
    available: balances.available,
    planLines,
    expected: [],
    planned: [],
  }
}

function leftWords(fund: PersonFund): string {
  if (fund.allocation.stream.kind === 'own_money') return 'It pays only what you say it may.'
  if (fund.balances.available > 0) return `${pounds(fund.balances.available)} is left in it today.`
  const [next] = fund.expected
  return next
    ? `Nothing is left in it today. Its next money comes on ${longDate(next.dueOn)}.`
    : 'Nothing is left in it.'
}

/**
 * Which of a person's funds may pay for an offer on a day, by the same rules by which a price is split
 * (split.rules.ts). Funds that have ended are left out; those that can pay come first.
 */
export async function fundsThatPay(
  tx: Tx,
  personId: string,
  offer: Offer,
  on: Temporal.PlainDate,
  now: Temporal.Instant,
): Promise<FundThatPays[]> {
  const today = londonDate(now)
  const current = (await readFunds(tx, personId, now)).filter(({ endsOn }) => today.until(endsOn).days >= 0)
  const lines = await tx.planLine.findMany({
    where: { allocationId: { in: current.map(({ allocation }) => allocation.id) } },
    take: 1_000,
  })
  const answers = current.map((held): FundThatPays => {
    const fund = fundOf(
      held,
      lines
        .filter(({ allocationId }) => allocationId === held.allocation.id)
        .map((line) => ({
          category: line.categoryCode,
          approved: line.approvedAt !== null,
          startsOn: plainDateOf(line.startsOn).toString(),
          endsOn: plainDateOf(line.endsOn).toString(),
        })),
    )
    const visit = { on: on.toString(), unitPence: offer.unitPence, accredited: offer.accredited }
    const refusals = offer.categories.map((category) => fundRefusal(fund, category, visit))
    const refused = refusals.find((refusal) => refusal !== null)
    if (refused === undefined)
      return { id: fund.allocationId, name: fund.name, pays: 'all', why: leftWords(held) }
    const some = refusals.some((refusal) => refusal === null)
    return { id: fund.allocationId, name: fund.name, pays: some ? 'part' : 'none', why: refused }
  })
  const order = { all: 0, part: 1, none: 2 }
  return answers.sort((a, b) => order[a.pays] - order[b.pays])
}
