import { leftIn, takeFrom } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseHeld } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import type { CardStatus } from '#services/ports/cards.ts'
import type { Deps } from '#services/ports/deps.ts'
import { markFailed, markSent } from '#services/settlement/payments.server.ts'
import { keptOf } from './authorise-purchase.server.ts'
import {
  type CardEventOf,
  type CardOutcome,
  type StoredCardEvent,
  cardEventSchema,
} from './card-event.schema.ts'
import { type CardRow, type TransactionRow, findTransaction, lockCard } from './card-rows.server.ts'
import { keepDecline, tellDeclined } from './declines.server.ts'
import { giveBack } from './give-back.server.ts'
import { orderedFor } from './match-purchase.server.ts'
import { release, takeMoney } from './take-money.server.ts'
import { takeWaiting, waitAgain } from './visit-payments.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'cards' | 'log'>

/**
 * Job: does once what a stored event of a card says; its outcome is kept for an operator, who can have it handled again. Events
 * come in any order and more than once: each is about a state that may be moved to or not.
 */
export async function handleCardEvent(deps: Needs, eventId: string): Promise<string> {
  const { prisma } = deps.db
  const row = await prisma.webhookEvent.findUnique({ where: { id: eventId } })
  if (!row || row.handledAt || row.source !== 'cards') return 'nothing to do'
  await prisma.webhookEvent.update({ where: { id: eventId }, data: { attempts: { increment: 1 } } })
  try {
    const event = cardEventSchema.parse(row.event)
    // What it said may be old by now; what the scheme says now is so in any order.
    const stands =
      event.type === 'card_changed'
        ? ((await deps.cards.read({ account: null, card: event.card }))?.status ?? event.status)
        : null
    const now = deps.clock.now()
    return await deps.db.tx(async (tx) => {
      // Whoever comes second waits here, and finds it handled.
      await tx.$executeRaw`select 1 from webhook_event where id = ${eventId}::uuid for update`
      if ((await tx.webhookEvent.findUniqueOrThrow({ where: { id: eventId } })).handledAt)
        return 'nothing to do'
      const outcome = await applyCardEvent(tx, now, event, stands)
      await tx.webhookEvent.update({ where: { id: eventId }, data: { handledAt: toDate(now), outcome } })
      return outcome
    })
  } catch (error) {
    await prisma.webhookEvent.update({ where: { id: eventId }, data: { outcome: 'could not be handled' } })
    throw error
  }
}

async function applyCardEvent(
  tx: Tx,
  now: Temporal.Instant,
  event: StoredCardEvent,
  stands: CardStatus | null,
): Promise<CardOutcome> {
  if (event.type === 'unknown') return event.odd ? 'said in a way we do not know' : 'nothing to do'
  const actor = system('handle_card_event')
  const card = await lockCard(tx, event.card)
  if (!card) return 'unknown object'
  switch (event.type) {
    case 'authorised':
      return approved(tx, now, actor, card, event)
    case 'declined':
      return declined(tx, now, actor, card, event)
    case 'reversed': {
      const row = await findTransaction(tx, card.id, event.authorisation)
      if (!row) return 'unknown object'
      return row.state === 'authorised' ? letGo(tx, now, actor, row, { state: 'reversed' }) : 'nothing to do'
    }
    case 'cleared':
      return takeMoney(tx, now, actor, card, { ...event, movement: event.cash ? 'cash' : 'purchase' })
    case 'refunded':
      return giveBack(tx, now, actor, card, event)
    case 'card_changed':
      return changed(tx, now, card, stands ?? event.status)
  }
}

/** The scheme said yes. Mostly the ledger was asked and knows it; a scheme that said yes by itself is followed. */
async function approved(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  event: CardEventOf<'authorised'>,
): Promise<CardOutcome> {
  const known = await findTransaction(tx, card.id, event.authorisation)
  if (known && known.state !== 'declined') return 'nothing to do'
  const kept = keptOf(card, event, event.at)
  const id = known?.id ?? kept.id
  const gone = await wasLetGo(tx, event)
  const of = { ...card, merchant: event.merchant.name, amount: event.amount }
  const paymentId = gone || event.cash ? null : await takeWaiting(tx, now, actor, of)
  const purchaseId = gone || event.cash || paymentId ? null : await orderedFor(tx, of)
  const purse = await readPurse(tx, card.allocationId)
  const free = gone || paymentId !== null || purchaseId !== null
  const held = !free && event.amount <= leftIn(purse) ? event.amount : pence(0)
  const data = {
    state: gone ? ('reversed' as const) : ('authorised' as const),
    heldPence: held,
    declined: null,
    upToPence: null,
    paymentId,
    purchaseId,
  }
  if (known) await tx.cardTransaction.update({ where: { id }, data: { ...data, updatedAt: toDate(now) } })
  else await tx.cardTransaction.create({ data: { ...kept, ...data }, select: { id: true } })
  if (paymentId !== null) await markSent(tx, now, actor, [paymentId])
  if (held > 0)
    await postJournals(tx, now, actor, [
      noted(purchaseHeld(`card:${id}:held`, id, takeFrom(purse, held)), kept.merchant),
    ])
  return free || held > 0 ? 'done' : 'more than is left'
}

/** Events may overtake each other: that it was let go may have come before that it was approved. */
const wasLetGo = async (tx: Tx, event: CardEventOf<'authorised'>): Promise<boolean> =>
  (await tx.webhookEvent.count({
    where: {
      source: 'cards',
      kind: 'reversed',
      event: { path: ['authorisation'], equals: event.authorisation },
    },
  })) > 0

/** Refused after all: what was set aside by an answer that came too late goes back. */
async function declined(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  event: CardEventOf<'declined'>,
): Promise<CardOutcome> {
  const row = await findTransaction(tx, card.id, event.authorisation)
  if (!row) {
    await keepDecline(tx, keptOf(card, event, event.at), event)
    return 'done'
  }
  if (row.state !== 'authorised') return 'nothing to do'
  await letGo(tx, now, actor, row, {
    state: 'declined',
    declined: event.reason,
    upToPence: event.upTo,
  })
  await tellDeclined(tx, { ...row, at: toDate(now) }, event.reason, event.upTo)
  return 'done'
}

/** What was set aside goes back; a visit that it was for waits for the card again. */
async function letGo(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  row: TransactionRow,
  to: { state: 'reversed' } | { state: 'declined'; declined: string; upToPence: number | null },
): Promise<CardOutcome> {
  await release(tx, now, actor, row.id, row.merchant)
  await tx.cardTransaction.update({
    where: { id: row.id },
    data: { ...to, heldPence: 0, updatedAt: toDate(now) },
    select: { id: true },
  })
  if (row.paymentId !== null) {
    const failed = await markFailed(tx, now, actor, [{ id: row.paymentId, failure: 'card_let_go' }])
    if (failed.length > 0) await waitAgain(tx, now, actor, row.paymentId)
  }
  return 'done'
}

async function changed(
  tx: Tx,
  now: Temporal.Instant,
  card: CardRow,
  status: CardStatus,
): Promise<CardOutcome> {
  if (card.state === 'replaced' || card.state === 'closed') return 'nothing to do'
  const state = status === 'ended' ? 'closed' : status
  if (state === card.state) return 'nothing to do'
  await tx.card.update({
    where: { id: card.id },
    data: { state, ...(state === 'closed' ? { endedAt: toDate(now) } : {}) },
    select: { id: true },
  })
  return 'done'
}
