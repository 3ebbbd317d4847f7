import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { giveBackTo } from '#services/budgets/purse.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { type Temporal, dateColumn } from '#services/kernel/time.ts'
import { findJournal, findSpent } from '#services/ledger/find-journal.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { release } from './order-purchase.server.ts'
import { changedMeanwhile, movePurchase, readPurchase } from './purchase-row.server.ts'

/**
 * A prepaid card's own movement turns out to be what an agreed purchase was for, in the caller's transaction: the money is
 * counted once, by the card. What was set aside for the purchase goes back; what somebody had written down as paid by hand
 * is taken back out of "spent".
 * @throws NOT_FOUND; STALE_STATE when the purchase is in no state for it, or was matched before
 */
export async function matchPurchaseToCard(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  of: { purchaseId: string; pence: Pence; on: Temporal.PlainDate },
): Promise<void> {
  const row = await readPurchase(tx, of.purchaseId)
  if (row.allocation.deployment !== 'direct_payment_card') throw changedMeanwhile()
  const paid = { paidPence: of.pence, paidOn: dateColumn(of.on), recordedById: traceOf(actor).actorUserId }
  if (row.state === 'ordered') {
    await movePurchase(tx, row, 'pay', { state: 'paid', ...paid })
    await release(tx, now, actor, row)
  } else {
    const byHand = await findSpent(tx, `purchase:${row.id}:paid`)
    const twice = await findJournal(tx, `purchase:${row.id}:by_card`)
    if (row.state !== 'paid' || byHand === null || twice !== null || row.refundedPence > 0)
      throw changedMeanwhile()
    await movePurchase(tx, row, null, paid)
    await postJournals(tx, now, actor, [
      purchaseRefunded(
        `purchase:${row.id}:by_card`,
        byHand.journalId,
        giveBackTo(byHand.parts, pence(row.paidPence ?? row.pence)),
      ),
    ])
  }
  await recordAudit(tx, now, actor, {
    action: 'purchase.matched',
    subjectType: 'purchase',
    subjectId: row.id,
    forPersonId: row.personId,
    facts: { pence: of.pence },
  })
}

/**
 * The shop gave some of it back onto the card, in the caller's transaction: the purchase says so, too. The journal is the card's.
 * @param of.pence what came back now, not all that ever did
 * @throws NOT_FOUND; STALE_STATE when it is not paid, or more would have come back than was paid
 */
export async function cardGaveBack(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  of: { purchaseId: string; pence: Pence },
): Promise<void> {
  const row = await readPurchase(tx, of.purchaseId)
  if (row.state !== 'paid' || of.pence > (row.paidPence ?? 0) - row.refundedPence) throw changedMeanwhile()
  await movePurchase(tx, row, null, { refundedPence: row.refundedPence + of.pence })
  await recordAudit(tx, now, actor, {
    action: 'purchase.refunded',
    subjectType: 'purchase',
    subjectId: row.id,
    forPersonId: row.personId,
    facts: { pence: of.pence, allocationId: row.allocationId },
  })
}
