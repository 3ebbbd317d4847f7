import { system } from '#services/kernel/actor.ts'
import { fundsOnCard, tellWaiting } from '#services/cards/visit-payments.server.ts'
import { type AskedPayment, askToPay } from '#services/payments/ask-to-pay.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { startPayments } from './payments.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
const MOST = 500

/**
 * Job: pays what a person owes for settled visits by itself, where they chose that: their saved card, or the prepaid card of
 * the fund. A fund whose card Kith follows is another matter: the person pays with it at the provider, and the payment waits until
 * the card shows it (services/cards/visit-payments). What they pay by hand waits on their page; what a council or a fund holder owes waits for a run or an
 * instruction. The port gets the payment's id as its key, so trying again never pays twice; the books are told only what
 * the port answered.
 */
export async function payVisits(deps: Needs, visitIds: readonly string[]): Promise<AskedPayment[]> {
  const due = await deps.db.prisma.payable.findMany({
    where: {
      visitId: { in: [...visitIds] },
      state: 'due',
      payerKind: 'person',
      refundId: null,
      allocation: { payBy: { in: ['saved_card', 'prepaid_card'] } },
    },
    include: { allocation: { select: { payBy: true } } },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  const actor = system('pay_visits')
  const now = deps.clock.now()
  const onCard = await fundsOnCard(
    deps.db.prisma,
    due.flatMap(({ allocation, allocationId }) =>
      allocation.payBy === 'prepaid_card' ? [allocationId] : [],
    ),
  )
  const together = byCard(due, onCard)
  await deps.db.tx(async (tx) => {
    const started = await startPayments(
      tx,
      now,
      actor,
      together.map(([payable, ...more]) => ({
        method: payable.allocation.payBy === 'prepaid_card' ? ('prepaid_card' as const) : ('card' as const),
        payer: { kind: payable.payerKind, id: payable.payerId },
        providerId: payable.providerId,
        personId: payable.personId,
        payableIds: [payable, ...more].map(({ id }) => id),
      })),
    )
    await tellWaiting(
      tx,
      now,
      together.flatMap(([{ allocationId, personId }], at) => {
        const payment = started[at]
        return payment && onCard.has(allocationId) ? [{ ...payment, personId }] : []
      }),
    )
  })
  // Those begun by a run that did not come to its end are asked about again, under the same key.
  const begun = await deps.db.prisma.payment.findMany({
    where: {
      state: 'started',
      method: { in: ['card', 'prepaid_card'] },
      // One below zero comes back: services/refunds sees to it.
      pence: { gt: 0 },
      payables: { some: { visitId: { in: [...visitIds] } } },
    },
    orderBy: { id: 'asc' },
    take: MOST,
    select: { id: true, method: true, attempts: true, payables: { select: { allocationId: true } } },
  })
  const waits = await fundsOnCard(
    deps.db.prisma,
    begun.flatMap(({ payables }) => payables.map(({ allocationId }) => allocationId)),
  )
  return askToPay(
    deps,
    begun
      .filter(
        ({ method, attempts, payables }) =>
          method === 'card' || attempts > 0 || !payables.some(({ allocationId }) => waits.has(allocationId)),
      )
      .map(({ id }) => id),
  )
}

/** A visit that one card pays is one payment, also when a part of it is what the person paid in towards the card's fund. */
function byCard<Due extends { id: string; visitId: string | null; allocationId: string }>(
  due: readonly Due[],
  onCard: ReadonlyMap<string, string>,
): [Due, ...Due[]][] {
  const groups = new Map<string, [Due, ...Due[]]>()
  for (const one of due) {
    const fund = onCard.get(one.allocationId)
    const key = fund ? `${fund}:${one.visitId ?? one.id}` : one.id
    const group = groups.get(key)
    if (group) group.push(one)
    else groups.set(key, [one])
  }
  return [...groups.values()]
}
