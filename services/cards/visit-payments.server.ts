/**
 * Visits that a fund on a prepaid card owes for. Kith cannot charge such a card: it never sees its number. So the person pays the
 * provider with it, in person, by telephone or online; the payment waits until the card shows exactly its amount at that
 * provider, and only the card says that it is paid.
 */
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { cancelPayments, startPayments } from '#services/settlement/payments.server.ts'
import { type CardState, paysFor, sameSeller } from './cards.rules.ts'

const MOST = 200

export interface WaitingPayment {
  id: string
  reference: string
  pence: Pence
  provider: string
  providerId: string
  payableIds: string[]
}

/**
 * Payments that wait for the card of this fund, or of what is paid in towards it, oldest first; those that a card is paying already are
 * left out.
 */
export async function readWaiting(tx: Tx, allocationId: string): Promise<WaitingPayment[]> {
  const rows = await tx.payment.findMany({
    where: {
      method: 'prepaid_card',
      state: 'started',
      // What the payment service was asked for is not for the card.
      attempts: 0,
      pence: { gt: 0 },
      payables: { some: { allocation: { OR: [{ id: allocationId }, { towardsId: allocationId }] } } },
    },
    orderBy: [{ startedAt: 'asc' }, { id: 'asc' }],
    take: MOST,
    include: { provider: { select: { name: true } }, payables: { select: { id: true } } },
  })
  return rows.map((row) => ({
    id: row.id,
    reference: row.reference,
    pence: pence(row.pence),
    provider: row.provider.name,
    providerId: row.providerId,
    payableIds: row.payables.map(({ id }) => id),
  }))
}

/**
 * The waiting payment that a purchase of this amount at this shop is, in the caller's transaction. When it is all that waits for
 * that provider together, they become one payment.
 * @returns its id; null when nothing fits exactly
 */
export async function takeWaiting(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  of: { allocationId: string; personId: string; merchant: string; amount: Pence },
): Promise<string | null> {
  const waiting = (await readWaiting(tx, of.allocationId)).filter(({ provider }) =>
    sameSeller(of.merchant, provider),
  )
  const providers = new Set(waiting.map(({ providerId }) => providerId))
  const [providerId] = providers
  // Two providers of one name: nobody guesses which.
  if (providers.size !== 1 || providerId === undefined) return null
  const ids = paysFor(of.amount, waiting)
  if (!ids) return null
  if (ids.length === 1) return ids[0] ?? null
  await cancelPayments(tx, now, ids)
  const [together] = await startPayments(tx, now, actor, [
    {
      method: 'prepaid_card',
      payer: { kind: 'person', id: of.personId },
      providerId,
      personId: of.personId,
      payableIds: waiting.filter(({ id }) => ids.includes(id)).flatMap(({ payableIds }) => payableIds),
    },
  ])
  return together?.id ?? null
}

/** The same payables wait for the card again, after a payment by it came to nothing. */
export async function waitAgain(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  paymentId: string,
): Promise<void> {
  const old = await tx.payment.findUniqueOrThrow({
    where: { id: paymentId },
    include: { lines: { select: { payableId: true } } },
  })
  await startPayments(tx, now, actor, [
    {
      method: 'prepaid_card',
      payer: { kind: old.payerKind, id: old.payerId },
      providerId: old.providerId,
      personId: old.personId,
      payableIds: old.lines.map(({ payableId }) => payableId),
    },
  ])
}

/**
 * Which of these funds have a card that Kith follows: their visits wait for it. What is paid in towards one is on its card, too.
 * @returns the fund with the card, by the allocation that was asked about
 */
export async function fundsOnCard(tx: Tx, allocationIds: readonly string[]): Promise<Map<string, string>> {
  if (allocationIds.length === 0) return new Map()
  const live = { some: { state: { in: ['waiting', 'active', 'frozen'] satisfies CardState[] } } }
  const rows = await tx.allocation.findMany({
    where: { id: { in: [...allocationIds] }, OR: [{ cards: live }, { towards: { cards: live } }] },
    select: { id: true, towardsId: true },
  })
  return new Map(rows.map(({ id, towardsId }) => [id, towardsId ?? id]))
}

/** Tells people once that a visit waits for their card. */
export async function tellWaiting(
  tx: Tx,
  now: Temporal.Instant,
  payments: readonly { id: string; pence: Pence; personId: string; providerId: string }[],
): Promise<void> {
  const providers = await tx.provider.findMany({
    where: { id: { in: payments.map(({ providerId }) => providerId) } },
    select: { id: true, name: true },
  })
  const nameOf = new Map(providers.map(({ id, name }) => [id, name]))
  await tell(
    tx,
    now,
    payments.map(({ id, pence: amount, personId, providerId }) => {
      const name = nameOf.get(providerId) ?? 'the provider'
      return {
        to: { personId },
        kind: 'payment.waits_for_card',
        title: `Pay ${name} with your card`,
        body: `${pounds(amount)} is owed to ${name}. Its money is kept for it. Pay exactly that with the card of this fund, and it is marked as paid by itself.`,
        path: '/my/money/card',
        subjectId: id,
      }
    }),
  )
}
