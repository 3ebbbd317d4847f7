import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { jointFunds } from './joint-funds.rules.ts'
import { type PersonFund, readFunds } from './read-funds.server.ts'
import { type Fund, fundRefusal } from './split.rules.ts'

/** What is offered, as far as a fund's rules ask about it. */
export interface Offer {
  /** The kind of support first, then those of single price lines. */
  categories: readonly [string, ...string[]]
  /** Pence for one hour or unit at ordinary times, travel left out. */
  unitPence: number
  accredited: boolean
  providerId: string
}
export interface FundThatPays {
  id: string
  name: string
  pays: 'all' | 'part' | 'none'
  /** What is free in it now. Pence. */
  left: number
  /** One or two sentences: what is left, or which rule of this fund says no and what it would allow. */
  why: string
}

const reasonsSchema = z.record(z.string(), z.string())

/** A fund as the rules of splitting ask for it; what is planned elsewhere has no say in whether it may pay. */
function fundOf(fund: PersonFund, planLines: Fund['planLines'], orders: Fund['orders']): Fund {
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
    refusedReasons: reasonsSchema.parse(stream.refusedReasons),
    area: stream.area,
    towards: allocation.towardsId,
    accreditedOnly: stream.accreditedOnly,
    unitCeilingPence: stream.unitCeilingPence,
    startsOn: fund.startsOn.toString(),
    endsOn: fund.endsOn.toString(),
    available: balances.available,
    planLines,
    orders,
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

/** A person's funds that have not ended, as the rules of splitting ask for them of these providers. */
export interface PayingFunds {
  funds: { held: PersonFund; planLines: Fund['planLines'] }[]
  orders: (Fund['orders'][number] & { allocationId: string; providerId: string })[]
  /** Those that the person's council can pay, and those of its area. */
  suppliers: ReadonlySet<string>
  inArea: ReadonlySet<string>
}

/** All that is asked about these providers' offers, in some statements. */
export async function readPayingFunds(
  tx: Tx,
  personId: string,
  providerIds: readonly string[],
  now: Temporal.Instant,
): Promise<PayingFunds> {
  const today = londonDate(now)
  const current = jointFunds(await readFunds(tx, personId, now), today).filter(
    ({ endsOn }) => today.until(endsOn).days >= 0,
  )
  const ids = current.map(({ allocation }) => allocation.id)
  const { councilId } = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { councilId: true },
  })
  const these = { in: [...new Set(providerIds)] }
  const [lines, orders, suppliers, providers] = await Promise.all([
    tx.planLine.findMany({ where: { allocationId: { in: ids } }, take: 1_000 }),
    tx.councilOrder.findMany({
      where: { allocationId: { in: ids }, providerId: these, state: 'placed' },
      take: 1_000,
    }),
    tx.councilSupplier.findMany({
      where: { councilId, providerId: these },
      select: { providerId: true },
      take: 1_000,
    }),
    tx.provider.findMany({ where: { id: these, councilId }, select: { id: true }, take: 1_000 }),
  ])
  return {
    suppliers: new Set(suppliers.map(({ providerId }) => providerId)),
    inArea: new Set(providers.map(({ id }) => id)),
    orders: orders.map((order) => ({
      allocationId: order.allocationId,
      providerId: order.providerId,
      category: order.categoryCode,
      startsOn: plainDateOf(order.startsOn).toString(),
      endsOn: plainDateOf(order.endsOn).toString(),
    })),
    funds: current.map((held) => ({
      held,
      planLines: lines
        .filter(({ allocationId }) => allocationId === held.allocation.id)
        .map((line) => ({
          category: line.categoryCode,
          approved: line.approvedAt !== null,
          startsOn: plainDateOf(line.startsOn).toString(),
          endsOn: plainDateOf(line.endsOn).toString(),
        })),
    })),
  }
}

/** Which of these may pay for an offer on a day, by the rules by which a price is split; those that can come first. */
export function whichMayPay(paying: PayingFunds, offer: Offer, on: Temporal.PlainDate): FundThatPays[] {
  const visit = {
    on: on.toString(),
    unitPence: offer.unitPence,
    accredited: offer.accredited,
    supplier: paying.suppliers.has(offer.providerId),
    inArea: paying.inArea.has(offer.providerId),
  }
  const answers = paying.funds.map(({ held, planLines }): FundThatPays => {
    const orders = paying.orders.filter(
      (order) => order.allocationId === held.allocation.id && order.providerId === offer.providerId,
    )
    const fund = fundOf(held, planLines, orders)
    const refusals = offer.categories.map((category) => fundRefusal(fund, category, visit))
    const refused = refusals.find((refusal) => refusal !== null)
    const is = { id: fund.allocationId, name: fund.name, left: fund.available }
    if (refused === undefined) return { ...is, pays: 'all', why: leftWords(held) }
    const some = refusals.some((refusal) => refusal === null)
    return { ...is, pays: some ? 'part' : 'none', why: refused }
  })
  const order = { all: 0, part: 1, none: 2 }
  return answers.sort((a, b) => order[a.pays] - order[b.pays])
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
  return whichMayPay(await readPayingFunds(tx, personId, [offer.providerId], now), offer, on)
}
