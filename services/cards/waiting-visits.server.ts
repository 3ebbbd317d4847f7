/** What a person says about a visit that waits for their card: it was paid with it before, or it is paid another way. */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { giveBackTo } from '#services/budgets/purse.rules.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pence } from '#services/kernel/money.ts'
import { toDate } from '#services/kernel/time.ts'
import { findSpent } from '#services/ledger/find-journal.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { parseInput } from '#services/providers/fields.schema.ts'
import { markConfirmed, markFailed } from '#services/settlement/payments.server.ts'
import { sameSeller } from './cards.rules.ts'
import { ofPaymentSchema } from './cards.schema.ts'
import { type WaitingPayment, readWaiting } from './visit-payments.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
const MOST = 200

/**
 * Purchases of a fund that may have been for a visit which was settled only afterwards: its provider, its amount, taken, not
 * given back, and for nothing else. A person says so; nobody guesses.
 */
export async function paidBefore(
  tx: Tx,
  allocationId: string,
  waiting: readonly WaitingPayment[],
): Promise<Map<string, { id: string; at: Date; merchant: string }>> {
  if (waiting.length === 0) return new Map()
  const rows = await tx.cardTransaction.findMany({
    where: {
      allocationId,
      movement: 'purchase',
      state: 'cleared',
      paymentId: null,
      purchaseId: null,
      pence: { in: waiting.map((one) => one.pence) },
      refundedBy: { none: {} },
    },
    orderBy: [{ at: 'desc' }, { id: 'desc' }],
    take: MOST,
    select: { id: true, at: true, merchant: true, pence: true },
  })
  return new Map(
    waiting.flatMap((payment) => {
      const found = rows.find(
        (row) => row.pence === payment.pence && sameSeller(row.merchant, payment.provider),
      )
      return found ? [[payment.id, found] as const] : []
    }),
  )
}

async function waitingOf(
  tx: Tx,
  personId: string,
  paymentId: string,
): Promise<{ payment: WaitingPayment; allocationId: string }> {
  await tx.$executeRaw`select 1 from payment where id = ${paymentId}::uuid for update`
  const row = await tx.payment.findFirst({
    where: { id: paymentId, payerKind: 'person', payerId: personId, method: 'prepaid_card' },
    select: { payables: { select: { allocation: { select: { id: true, towardsId: true } } }, take: 1 } },
  })
  if (!row) throw notFound()
  const of = row.payables[0]?.allocation
  const allocationId = of && (of.towardsId ?? of.id)
  const payment = allocationId
    ? (await readWaiting(tx, allocationId)).find(({ id }) => id === paymentId)
    : undefined
  if (!payment || !allocationId)
    throw new DomainError(
      'STALE_STATE',
      'This payment has changed since you opened the page. Look again; nothing was done.',
    )
  return { payment, allocationId }
}

/**
 * The person says that a purchase on the card was this visit: it was counted twice, so the purchase goes back to the fund and the
 * visit is paid by it.
 * @throws NOT_FOUND; FORBIDDEN without `manage_money`; STALE_STATE when either has changed meanwhile
 */
export async function sayPaidBefore(
  deps: Needs,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'manage_money')
  const { personId, paymentId, transactionId } = parseInput(ofPaymentSchema, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { payment, allocationId } = await waitingOf(tx, personId, paymentId)
    const found = (await paidBefore(tx, allocationId, [payment])).get(paymentId)
    const spent = found && (await findSpent(tx, `card:${found.id}:cleared`))
    if (!found || found.id !== transactionId || !spent) throw notFound()
    await tx.cardTransaction.update({
      where: { id: found.id },
      data: { paymentId, updatedAt: toDate(now) },
      select: { id: true },
    })
    await postJournals(tx, now, actor, [
      noted(
        purchaseRefunded(
          `card:${found.id}:for_visit`,
          spent.journalId,
          giveBackTo(spent.parts, pence(payment.pence)),
        ),
        `${found.merchant}, it was for a visit`,
      ),
    ])
    await markConfirmed(tx, now, actor, [paymentId])
    await recordAudit(tx, now, actor, {
      action: 'payment.paid_by_card_before',
      subjectType: 'payment',
      subjectId: paymentId,
      forPersonId: personId,
      facts: { transactionId, pence: payment.pence },
    })
  })
}

/**
 * The person pays a visit in another way than with the card: it is due again, and waits on their page.
 * @throws NOT_FOUND; FORBIDDEN without `manage_money`; STALE_STATE when the card is paying it already
 */
export async function payAnotherWay(
  deps: Needs,
  actor: Actor,
  input: Record<string, unknown> & { personId: string },
): Promise<void> {
  requirePersonInView(actor, input.personId)
  requireScope(actor, input.personId, 'manage_money')
  const { personId, paymentId } = parseInput(ofPaymentSchema, input)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const { payment } = await waitingOf(tx, personId, paymentId)
    await markFailed(tx, now, actor, [{ id: paymentId, failure: 'card_not_used' }])
    await recordAudit(tx, now, actor, {
      action: 'payment.not_by_card',
      subjectType: 'payment',
      subjectId: paymentId,
      forPersonId: personId,
      facts: { pence: payment.pence },
    })
  })
}
