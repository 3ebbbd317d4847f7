import { z } from 'zod'
import { type JointFund, jointFunds } from '#services/budgets/joint-funds.rules.ts'
import { readFunds } from '#services/budgets/read-funds.server.ts'
import type { Fund } from '#services/budgets/split.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Pence } from '#services/kernel/money.ts'
import { type Temporal, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import { type Receipts, receiptsOf } from '#services/budgets/receipts.rules.ts'
import { type Limits } from './purchase.rules.ts'

/** One of a person's funds, as far as a purchase asks about it. */
export interface PurchaseFund {
  id: string
  /** As the rules of splitting ask for it; a fund that is held another way by now ends on its last day. */
  rules: Fund
  streamKind: string
  deployment: Fund['deployment']
  funder: string
  left: Pence
  /** 'Wednesday 2 December 2026' */
  nextMoneyOn: string | null
  endsOn: Temporal.PlainDate
  holder: { id: string; name: string } | null
  adviserUserId: string | null
  receipts: Receipts
}

const reasonsSchema = z.record(z.string(), z.string())

function fundOf(held: JointFund): PurchaseFund {
  const { allocation, balances } = held
  const { stream } = allocation
  const movedOn = allocation.movedOn ? plainDateOf(allocation.movedOn) : null
  const endsOn = movedOn && movedOn.until(held.endsOn).days > 0 ? movedOn : held.endsOn
  const next = held.next ?? held.paidIn?.next
  return {
    id: allocation.id,
    rules: {
      allocationId: allocation.id,
      name: stream.name,
      streamKind: stream.kind,
      deployment: allocation.deployment,
      allowedCategories: stream.allowedCategories,
      refusedCategories: stream.refusedCategories,
      canBuy: stream.canBuy,
      refusalReason: stream.refusalReason,
      refusedReasons: reasonsSchema.parse(stream.refusedReasons),
      // A seller who is not listed has no area that we know.
      area: 'anywhere',
      orders: [],
      towards: null,
      accreditedOnly: stream.accreditedOnly,
      unitCeilingPence: stream.unitCeilingPence,
      startsOn: held.startsOn.toString(),
      endsOn: endsOn.toString(),
      available: balances.available,
      planLines: [],
      expected: [],
      planned: [],
    },
    streamKind: stream.kind,
    deployment: allocation.deployment,
    funder: stream.funder,
    left: balances.available,
    nextMoneyOn: next ? longDate(next.dueOn) : null,
    endsOn,
    holder:
      allocation.holder && allocation.holderProviderId
        ? { id: allocation.holderProviderId, name: allocation.holder.name }
        : null,
    adviserUserId: allocation.adviserUserId,
    receipts: receiptsOf(stream),
  }
}

/**
 * All of a person's funds, ended ones too: a purchase may name any, and is told why one cannot pay. What they pay in towards one is in what
 * is left of it.
 */
export async function readPurchaseFunds(
  tx: Tx,
  personId: string,
  now: Temporal.Instant,
): Promise<PurchaseFund[]> {
  return jointFunds(await readFunds(tx, personId, now), londonDate(now)).map(fundOf)
}

/** The sums up to which fewer people have to say yes, as the council set them. */
export async function readLimits(tx: Tx, councilId: string): Promise<Limits> {
  const found = await tx.councilMoney.findUnique({
    where: { councilId },
    select: { purchaseAtOncePence: true, adviserLimitPence: true },
  })
  return { atOncePence: found?.purchaseAtOncePence ?? null, adviserPence: found?.adviserLimitPence ?? null }
}
