import { clearFrom, leftIn } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { CardMovement } from '#services/db/generated/enums.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, total } from '#services/kernel/money.ts'
import { type Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseCleared, purchaseReleased } from '#services/ledger/purchase-templates.rules.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import { matchPurchaseToCard } from '#services/purchases/match-card.server.ts'
import { markConfirmed, markFailed } from '#services/settlement/payments.server.ts'
import type { CardOutcome } from './card-event.schema.ts'
import { type CardRow, type TransactionRow, findTransaction } from './card-rows.server.ts'
import { boughtFor } from './match-purchase.server.ts'
import { takeWaiting, waitAgain } from './visit-payments.server.ts'

export interface Taken {
  /** The scheme's name for the money. */
  transaction: string
  /** Its name for the question before it; null when it took the money without asking. */
  authorisation: string | null
  amount: Pence
  movement: Extract<CardMovement, 'purchase' | 'cash' | 'fee'>
  merchant: { name: string; mcc: string }
  at: Temporal.Instant
}

/** Whether a scheme's name for money is known already: told twice, or told as an event and by file. */
export const isKnown = async (tx: Tx, cardId: string, transaction: string): Promise<boolean> =>
  (await tx.cardTransaction.count({
    where: {
      cardId,
      OR: [{ clearedId: transaction }, { externalId: transaction, state: { in: ['cleared', 'declined'] } }],
    },
  })) > 0

/**
 * A scheme took money from a card, in the caller's transaction: what was set aside becomes spent, at the amount that was taken.
 * A settled visit's payment is confirmed by it, and an agreed purchase is paid by it; both are counted once.
 * @returns 'more than is left' when the fund has not enough for it: nothing moved, and it can be tried again
 */
export async function takeMoney(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  taken: Taken,
): Promise<CardOutcome> {
  if (await isKnown(tx, card.id, taken.transaction)) return 'nothing to do'
  const asked = taken.authorisation ? await findTransaction(tx, card.id, taken.authorisation) : null
  // A second part of one purchase is a movement of its own.
  const row = asked && asked.state !== 'cleared' ? asked : null
  const id = row?.id ?? newId()
  const paymentId = await visitOf(tx, now, actor, card, row, taken)
  if (paymentId !== null) {
    await release(tx, now, actor, id, taken.merchant.name)
    await keep(tx, now, card, row, id, taken, { paymentId, purchaseId: null })
    await markConfirmed(tx, now, actor, [paymentId])
    return 'done'
  }
  const purchaseId = await purchaseOf(tx, card, row, taken)
  const held = await heldFor(tx, id)
  const left = leftIn(await readPurse(tx, card.allocationId))
  const freed = purchaseId === null ? 0 : await freedBy(tx, purchaseId)
  if (taken.amount > left + total(held.values()) + freed) return 'more than is left'
  if (purchaseId !== null)
    await matchPurchaseToCard(tx, now, actor, { purchaseId, pence: taken.amount, on: londonDate(taken.at) })
  await keep(tx, now, card, row, id, taken, { paymentId: null, purchaseId })
  // Read again: what was set aside for the purchase has gone back.
  const parts = clearFrom(await readPurse(tx, card.allocationId), held, taken.amount)
  await postJournals(tx, now, actor, [
    noted(purchaseCleared(`card:${id}:cleared`, id, parts), taken.merchant.name),
  ])
  return 'done'
}

/** What is set aside for a card's movement, by allocation. */
const heldFor = async (tx: Tx, id: string): Promise<ReadonlyMap<string, Pence>> =>
  (await readHolds(tx, [id])).get(id) ?? new Map<string, Pence>()

/** The visit's payment that this is; one that was begun by the question before, or one that waits for exactly this. */
async function visitOf(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  row: TransactionRow | null,
  taken: Taken,
): Promise<string | null> {
  if (row?.paymentId) {
    const payment = await tx.payment.findUniqueOrThrow({ where: { id: row.paymentId } })
    if (payment.state === 'sent') {
      if (payment.pence === taken.amount) return payment.id
      // Another amount than what was owed is not its payment: it waits on, and this is a purchase.
      await markFailed(tx, now, actor, [{ id: payment.id, failure: 'card_other_amount' }])
      await waitAgain(tx, now, actor, payment.id)
      return null
    }
  }
  if (taken.movement !== 'purchase' || row?.purchaseId) return null
  return takeWaiting(tx, now, actor, {
    allocationId: card.allocationId,
    personId: card.personId,
    merchant: taken.merchant.name,
    amount: taken.amount,
  })
}

async function purchaseOf(
  tx: Tx,
  card: CardRow,
  row: TransactionRow | null,
  taken: Taken,
): Promise<string | null> {
  if (row?.purchaseId) {
    const ordered = await tx.purchase.count({ where: { id: row.purchaseId, state: 'ordered' } })
    return ordered > 0 ? row.purchaseId : null
  }
  if (taken.movement !== 'purchase') return null
  return boughtFor(tx, {
    allocationId: card.allocationId,
    merchant: taken.merchant.name,
    amount: taken.amount,
  })
}

/** What goes back to the fund when a purchase is matched: what is set aside for it, or what was written down by hand. */
async function freedBy(tx: Tx, purchaseId: string): Promise<number> {
  const purchase = await tx.purchase.findUniqueOrThrow({ where: { id: purchaseId } })
  return purchase.state === 'paid' ? (purchase.paidPence ?? purchase.pence) : purchase.pence
}

async function keep(
  tx: Tx,
  now: Temporal.Instant,
  card: CardRow,
  row: TransactionRow | null,
  id: string,
  taken: Taken,
  of: { paymentId: string | null; purchaseId: string | null },
): Promise<void> {
  const data = {
    state: 'cleared' as const,
    pence: taken.amount,
    heldPence: 0,
    declined: null,
    upToPence: null,
    clearedId: taken.transaction,
    updatedAt: toDate(now),
    ...of,
  }
  if (row) {
    await tx.cardTransaction.update({ where: { id }, data, select: { id: true } })
    return
  }
  const asked = taken.authorisation ? await findTransaction(tx, card.id, taken.authorisation) : null
  await tx.cardTransaction.create({
    data: {
      ...data,
      id,
      cardId: card.id,
      allocationId: card.allocationId,
      personId: card.personId,
      movement: taken.movement,
      merchant: taken.merchant.name.slice(0, 100),
      merchantCode: taken.merchant.mcc,
      externalId: taken.authorisation !== null && !asked ? taken.authorisation : taken.transaction,
      at: toDate(taken.at),
    },
    select: { id: true },
  })
}

/** Gives back what is set aside for a card's movement. */
export async function release(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  id: string,
  merchant: string,
): Promise<void> {
  const held = [...(await heldFor(tx, id))].map(([allocationId, amount]) => ({ allocationId, amount }))
  if (held.length === 0) return
  await postJournals(tx, now, actor, [noted(purchaseReleased(`card:${id}:released`, id, held), merchant)])
}
