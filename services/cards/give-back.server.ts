import { giveBackTo } from '#services/budgets/purse.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Pence } from '#services/kernel/money.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { findSpent } from '#services/ledger/find-journal.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import { cardGaveBack } from '#services/purchases/match-card.server.ts'
import type { CardOutcome } from './card-event.schema.ts'
import { type CardRow, findTransaction } from './card-rows.server.ts'
import { sameSeller } from './cards.rules.ts'
import { isKnown } from './take-money.server.ts'

export interface GivenBack {
  transaction: string
  authorisation: string | null
  amount: Pence
  merchant: { name: string; mcc: string }
  at: Temporal.Instant
}

const MOST = 200

/**
 * A shop gave money back onto a card, in the caller's transaction: it goes back to the fund that paid, never more than was paid
 * there. A refund that names no purchase belongs to the newest one at the same shop that has as much left to give back; all of
 * them are of the same fund.
 * @returns 'unknown object' without such a purchase; 'a visit was paid back' for a visit, whose refund is decided on its own page
 */
export async function giveBack(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  back: GivenBack,
): Promise<CardOutcome> {
  if (await isKnown(tx, card.id, back.transaction)) return 'nothing to do'
  const found = await originalOf(tx, card, back)
  if ('outcome' in found) return found.outcome
  const spent = await findSpent(tx, `card:${found.id}:cleared`)
  if (spent === null) return 'unknown object'
  const id = newId()
  await tx.cardTransaction.create({
    data: {
      id,
      cardId: card.id,
      allocationId: card.allocationId,
      personId: card.personId,
      movement: 'refund',
      state: 'cleared',
      pence: back.amount,
      merchant: back.merchant.name.slice(0, 100),
      merchantCode: back.merchant.mcc,
      externalId: back.transaction,
      clearedId: back.transaction,
      refundsId: found.id,
      at: toDate(back.at),
      updatedAt: toDate(now),
    },
    select: { id: true },
  })
  if (found.purchaseId)
    await cardGaveBack(tx, now, actor, { purchaseId: found.purchaseId, pence: back.amount })
  await postJournals(tx, now, actor, [
    noted(
      purchaseRefunded(`card:${id}:refunded`, spent.journalId, giveBackTo(spent.parts, back.amount)),
      back.merchant.name,
    ),
  ])
  return 'done'
}

async function originalOf(
  tx: Tx,
  card: CardRow,
  back: GivenBack,
): Promise<{ id: string; purchaseId: string | null } | { outcome: CardOutcome }> {
  const named = back.authorisation ? await findTransaction(tx, card.id, back.authorisation) : null
  const paid = await tx.cardTransaction.findMany({
    where: {
      ...(named ? { id: named.id } : { allocationId: card.allocationId, movement: 'purchase' }),
      state: 'cleared',
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST,
    include: { refundedBy: { select: { pence: true } } },
  })
  const there = named ? paid : paid.filter(({ merchant }) => sameSeller(back.merchant.name, merchant))
  const left = (row: (typeof paid)[number]): number =>
    row.refundedBy.reduce((sum, { pence }) => sum - pence, row.pence)
  const fits = there.find((row) => left(row) >= back.amount)
  if (fits) return fits.paymentId === null ? fits : { outcome: 'a visit was paid back' }
  return { outcome: there.length > 0 ? 'more than was paid' : 'unknown object' }
}
