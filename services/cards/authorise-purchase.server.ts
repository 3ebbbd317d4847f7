import { leftIn, takeFrom } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Prisma } from '#services/db/generated/client.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, smaller, subtract } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseHeld } from '#services/ledger/purchase-templates.rules.ts'
import { noted } from '#services/ledger/templates.rules.ts'
import { controlsRefuse } from '#services/ports/card-controls.ts'
import { type AuthoriseAnswer, type AuthoriseRequest, CARD_DECLINES } from '#services/ports/cards.ts'
import type { Deps } from '#services/ports/deps.ts'
import { markSent } from '#services/settlement/payments.server.ts'
import {
  type CardRow,
  type TransactionRow,
  findTransaction,
  lockCard,
  readSpent,
} from './card-rows.server.ts'
import { balanceRefuses, controlsOf, stateRefuses } from './cards.rules.ts'
import { keepDecline } from './declines.server.ts'
import { orderedFor } from './match-purchase.server.ts'
import { mayCarry } from './second-card.server.ts'
import { takeWaiting } from './visit-payments.server.ts'

/** Two cards of one fund at once: one of them finds less than it read, and asks again. */
const TRIES = 3

type Refusal = Extract<AuthoriseAnswer, { approve: false }>
const no = (reason: Refusal['reason'], upTo: Pence | null = null): Refusal => ({
  approve: false,
  reason,
  upTo: upTo !== null && upTo > 0 ? upTo : null,
})

/**
 * Answers a card scheme's question from the ledger, in one transaction: the card, its fund's dates, what the programme agrees
 * (kinds of shop, limits, cash), and what is left. A yes sets the amount aside under the id of a row that is kept of it; a no is
 * kept with its reason and with what would have worked. The same question again gets the same answer and moves nothing.
 *
 * What a settled visit owes, at exactly its amount and provider, was counted when the visit was settled, and an agreed purchase
 * has its money set aside: for these nothing more is set aside.
 */
export async function authorisePurchase(
  deps: Pick<Deps, 'db' | 'clock'>,
  request: AuthoriseRequest,
): Promise<AuthoriseAnswer> {
  const actor = system('card_authorise')
  for (let tried = 1; ; tried += 1) {
    try {
      return await deps.db.tx((tx) => answerOnce(tx, deps.clock.now(), actor, request))
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'NOT_ENOUGH_MONEY' || tried === TRIES) throw error
    }
  }
}

async function answerOnce(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  request: AuthoriseRequest,
): Promise<AuthoriseAnswer> {
  const card = await lockCard(tx, request.card)
  if (!card) return no('scheme_said_no')
  const before = await findTransaction(tx, card.id, request.authorisation)
  if (before)
    return asksForMore(before, request) ? more(tx, now, actor, card, request, before) : answeredBefore(before)
  const kept = keptOf(card, request, now)
  const stands = stateRefuses(card.state) ?? ((await mayCarry(tx, card, now)) ? null : 'ended')
  const refusal = stands ? no(stands) : await controlsSay(tx, now, card, request)
  // A shop that only asks whether the card lives asks for nothing.
  if (request.amount === 0) return refusal ?? (fundLives(card, now) ? { approve: true } : no('fund_ended'))
  if (stands) return decline(tx, kept, no(stands))
  // What is owed for a visit is owed after the fund's last day, too.
  const counted = refusal ? null : await forKith(tx, now, actor, card, request, kept)
  if (counted) return counted
  if (!fundLives(card, now)) return decline(tx, kept, no('fund_ended'))
  return refusal ? decline(tx, kept, refusal) : setAside(tx, now, actor, card, request, kept)
}

function answeredBefore({ state, declined, upToPence }: TransactionRow): AuthoriseAnswer {
  if (state === 'authorised' || state === 'cleared') return { approve: true }
  const reason = CARD_DECLINES.find((one) => one === declined) ?? 'scheme_said_no'
  return no(reason, upToPence === null ? null : pence(upToPence))
}

/** A hotel or a taxi asks again for the same purchase, for more in all: what is set aside so far stands either way. */
const asksForMore = (before: TransactionRow, request: AuthoriseRequest): boolean =>
  before.state === 'authorised' && before.heldPence > 0 && request.amount > before.pence

async function more(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  request: AuthoriseRequest,
  before: TransactionRow,
): Promise<AuthoriseAnswer> {
  const extra = subtract(request.amount, pence(before.pence))
  const refusal = await controlsSay(tx, now, card, { ...request, amount: extra })
  const stands = stateRefuses(card.state)
  if (stands) return no(stands)
  if (refusal) return refusal
  const purse = await readPurse(tx, card.allocationId)
  const refused = balanceRefuses(extra, leftIn(purse), null)
  if (refused) return no('not_enough', pence(before.pence + (refused.upTo ?? 0)))
  await tx.cardTransaction.update({
    where: { id: before.id },
    data: { pence: request.amount, heldPence: before.heldPence + extra, updatedAt: toDate(now) },
    select: { id: true },
  })
  const key = `card:${before.id}:held:${String(request.amount)}`
  await postJournals(tx, now, actor, [
    noted(purchaseHeld(key, before.id, takeFrom(purse, extra)), before.merchant),
  ])
  return { approve: true }
}

type Kept = Omit<Prisma.CardTransactionUncheckedCreateInput, 'state'> & {
  id: string
  personId: string
  merchant: string
  at: Date
}

/** The row of one purchase, before it is known how it ends. */
export const keptOf = (
  card: Pick<CardRow, 'id' | 'allocationId' | 'personId'>,
  {
    authorisation,
    amount,
    merchant,
    cash,
  }: Pick<AuthoriseRequest, 'authorisation' | 'amount' | 'merchant' | 'cash'>,
  at: Temporal.Instant,
): Kept => ({
  id: newId(),
  cardId: card.id,
  allocationId: card.allocationId,
  personId: card.personId,
  movement: cash ? 'cash' : 'purchase',
  pence: amount,
  merchant: merchant.name.slice(0, 100),
  merchantCode: merchant.mcc,
  externalId: authorisation,
  at: toDate(at),
  updatedAt: toDate(at),
})

/** Whether the fund can be spent from on this day. */
const fundLives = ({ allocation }: CardRow, now: Temporal.Instant): boolean => {
  const today = dateColumn(londonDate(now))
  const last = allocation.movedOn ?? allocation.endsOn
  return allocation.startsOn <= today && today <= last
}

/** What the programme refuses: kinds of shop, limits, cash. */
async function controlsSay(
  tx: Tx,
  now: Temporal.Instant,
  card: CardRow,
  { amount, merchant, cash }: AuthoriseRequest,
): Promise<Refusal | null> {
  const spent = await readSpent(tx, card.id, now)
  const refused = controlsRefuse(controlsOf(card.programme), { amount, mcc: merchant.mcc, cash }, spent)
  if (refused) return no(refused.reason, await worksToo(tx, card, refused.upTo))
  const { mostCashADayPence } = card.programme
  if (cash && mostCashADayPence !== null) {
    const room = pence(Math.max(0, mostCashADayPence - spent.cash))
    if (amount > room) return no('over_period_limit', await worksToo(tx, card, room))
  }
  return null
}

/** What the limits would let through is only said when it is there. */
async function worksToo(tx: Tx, card: CardRow, upTo: Pence | null): Promise<Pence | null> {
  return upTo === null ? null : smaller(upTo, await availableOf(tx, card))
}

const availableOf = async (tx: Tx, { allocationId }: CardRow): Promise<Pence> =>
  leftIn(await readPurse(tx, allocationId))

async function decline(tx: Tx, kept: Kept, refusal: Refusal): Promise<Refusal> {
  await keepDecline(tx, kept, refusal)
  return refusal
}

/** Money that is counted already: a settled visit that waits for the card, or an agreed purchase. */
async function forKith(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  request: AuthoriseRequest,
  kept: Kept,
): Promise<AuthoriseAnswer | null> {
  if (request.cash) return null
  const of = {
    allocationId: card.allocationId,
    personId: card.personId,
    merchant: request.merchant.name,
    amount: request.amount,
  }
  const paymentId = await takeWaiting(tx, now, actor, of)
  const purchaseId = paymentId === null ? await orderedFor(tx, of) : null
  if (paymentId === null && purchaseId === null) return null
  await tx.cardTransaction.create({
    data: { ...kept, state: 'authorised', paymentId, purchaseId },
    select: { id: true },
  })
  if (paymentId !== null) await markSent(tx, now, actor, [paymentId])
  return { approve: true }
}

/** The rest is asked of what is left: above it no, at it and below it yes. */
async function setAside(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  card: CardRow,
  request: AuthoriseRequest,
  kept: Kept,
): Promise<AuthoriseAnswer> {
  const { amount } = request
  const purse = await readPurse(tx, card.allocationId)
  const refused = balanceRefuses(amount, leftIn(purse), await roomOf(tx, now, card))
  if (refused) return decline(tx, kept, no('not_enough', refused.upTo))
  await tx.cardTransaction.create({
    data: { ...kept, state: 'authorised', heldPence: amount },
    select: { id: true },
  })
  await postJournals(tx, now, actor, [
    noted(purchaseHeld(`card:${kept.id}:held`, kept.id, takeFrom(purse, amount)), kept.merchant),
  ])
  return { approve: true }
}

/** The most that the limits still let through; null without limits. */
async function roomOf(tx: Tx, now: Temporal.Instant, card: CardRow): Promise<Pence | null> {
  const { perPurchase, perDay, perMonth } = controlsOf(card.programme)
  const spent = await readSpent(tx, card.id, now)
  const rooms = [
    perPurchase,
    perDay === null ? null : subtract(perDay, spent.day),
    perMonth === null ? null : subtract(perMonth, spent.month),
  ].filter((room) => room !== null)
  return rooms.length > 0 ? rooms.reduce(smaller) : null
}
