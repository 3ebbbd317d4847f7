import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { AccountState } from '#services/ports/payment-accounts.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SavedDetails } from '#services/ports/payments.ts'
import { applyOutcome, type Outcome } from './apply-outcome.server.ts'
import { keepDebit } from './direct-debit.server.ts'
import { handleContribution, handleMandate } from './handle-debit.server.ts'
import { handleDispute } from './handle-dispute.server.ts'
import { handlePayout } from './handle-payout.server.ts'
import { handleRefund } from './handle-refund.server.ts'
import { saveAccount } from './save-account.server.ts'
import { keepCard } from './save-card.server.ts'
import { type EventOf, type StoredEvent, webhookEventSchema } from './webhook-event.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'log'>

/** What had to be asked of the payment service first, outside the transaction. */
interface Asked {
  account?: AccountState | null
  saved?: SavedDetails | null
}

/**
 * Job: does once what a stored event says; its outcome is kept for an operator. Events come in any order and more than once,
 * so each is about a state that may be moved to or not. What it is about and we do not know is 'unknown object'.
 */
export async function handleWebhook(deps: Needs, eventId: string): Promise<string> {
  const { prisma } = deps.db
  const row = await prisma.webhookEvent.findUnique({ where: { id: eventId } })
  if (!row || row.handledAt) return 'nothing to do'
  await prisma.webhookEvent.update({ where: { id: eventId }, data: { attempts: { increment: 1 } } })
  try {
    const event = webhookEventSchema.parse(row.event)
    const asked = await askFirst(deps, event)
    const now = deps.clock.now()
    return await deps.db.tx(async (tx) => {
      // Whoever comes second waits here, and finds it handled.
      await tx.$executeRaw`select 1 from webhook_event where id = ${eventId}::uuid for update`
      if ((await tx.webhookEvent.findUniqueOrThrow({ where: { id: eventId } })).handledAt)
        return 'nothing to do'
      const outcome = await handle(tx, now, event, asked)
      await tx.webhookEvent.update({ where: { id: eventId }, data: { handledAt: toDate(now), outcome } })
      return outcome
    })
  } catch (error) {
    await prisma.webhookEvent.update({
      where: { id: eventId },
      data: { outcome: 'could not be handled' },
    })
    throw error
  }
}

async function askFirst({ payments, db }: Needs, event: StoredEvent): Promise<Asked> {
  // What it said may be old by now; what the service says now is so in any order.
  if (event.type === 'account_changed') return { account: await payments.readAccount(event.state.account) }
  if (event.type === 'setup_done' && event.kind === 'card' && event.setup && isId(event.setup)) {
    const setup = await db.prisma.cardSetup.findUnique({ where: { id: event.setup } })
    const found = setup && (await payments.findSetup({ account: null, reference: setup.externalId }))
    return { saved: found?.saved ?? null }
  }
  return {}
}

async function handle(tx: Tx, now: Temporal.Instant, event: StoredEvent, asked: Asked): Promise<string> {
  const actor = system('handle_webhook')
  switch (event.type) {
    case 'payment_confirmed':
    case 'payment_sent':
    case 'payment_failed':
    case 'payment_cancelled':
    case 'needs_you':
      return handlePayment(tx, now, actor, event)
    case 'page_ended':
      return event.payment ? handlePayment(tx, now, actor, event) : 'nothing to do'
    case 'refund_confirmed':
    case 'refund_failed':
      return handleRefund(tx, now, actor, event)
    case 'dispute_opened':
    case 'dispute_closed':
      return handleDispute(tx, now, actor, event)
    case 'payout_paid':
    case 'payout_failed':
      return handlePayout(tx, now, event)
    case 'account_changed':
      return (await saveAccount(tx, now, event.state.account, asked.account ?? null))
        ? 'done'
        : 'unknown object'
    case 'account_left':
      return (await saveAccount(tx, now, event.left, null)) ? 'done' : 'unknown object'
    case 'mandate_changed':
      return handleMandate(tx, now, event.state.mandate, event.state.status)
    case 'setup_done':
      if (!event.setup || !isId(event.setup)) return 'unknown object'
      if (event.kind === 'direct_debit')
        return event.mandate ? keepDebit(tx, now, event.setup, event.mandate, null) : 'unknown object'
      return asked.saved ? keepCard(tx, now, event.setup, asked.saved) : 'unknown object'
    case 'unknown':
      return event.odd ? 'said in a way we do not know' : 'nothing to do'
  }
}

type OfPayment = EventOf<
  'payment_confirmed' | 'payment_sent' | 'payment_failed' | 'payment_cancelled' | 'needs_you' | 'page_ended'
>

async function handlePayment(tx: Tx, now: Temporal.Instant, actor: Actor, event: OfPayment): Promise<string> {
  const payment =
    (event.payment && isId(event.payment)
      ? await tx.payment.findUnique({ where: { id: event.payment }, select: { id: true } })
      : null) ??
    (await tx.payment.findUnique({ where: { externalId: event.reference }, select: { id: true } }))
  if (payment) return applyOutcome(tx, now, actor, payment.id, outcomeOf(event))
  return (await handleContribution(tx, now, actor, event, outcomeOf(event))) ?? 'unknown object'
}

function outcomeOf(event: OfPayment): Outcome {
  const { reference } = event
  switch (event.type) {
    case 'payment_confirmed':
      return { status: 'confirmed', reference, amount: event.amount }
    case 'payment_sent':
      return { status: 'sent', reference }
    case 'payment_failed':
      return { status: 'failed', reference, failure: event.reason }
    case 'needs_you':
      return { status: 'needs_you', reference }
    case 'payment_cancelled':
    case 'page_ended':
      return { status: 'cancelled', reference: null }
  }
}
