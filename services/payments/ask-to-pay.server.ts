import { z } from 'zod'
import { system } from '#services/kernel/actor.ts'
import { type Pence, pence, share } from '#services/kernel/money.ts'
import { type Temporal, fromDate, isoText, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type PaymentResult, PaymentFault } from '#services/ports/payments.ts'
import { applyOutcome, type Outcome } from './apply-outcome.server.ts'
import { isGivenUp, waitMinutes } from './retry.rules.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
const MOST = 500

export interface AskedPayment {
  paymentId: string
  amount: Pence
  status: PaymentResult['status']
}

const ids = z.array(z.object({ id: z.string() }))

/**
 * Asks the payment service to take payments by card that were begun, each under its own id as the key, and does with the
 * answers what they say. What a payment is asked with (account, card, fee) is written down before the first try, because a
 * retry must ask for exactly the same. No answer: it is asked again later, until three days have gone by.
 */
export async function askToPay(deps: Needs, paymentIds: readonly string[]): Promise<AskedPayment[]> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.payment.findMany({
    where: {
      id: { in: [...paymentIds] },
      state: 'started',
      method: { in: ['card', 'prepaid_card'] },
      OR: [{ nextTryAt: null }, { nextTryAt: { lte: toDate(now) } }],
    },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  const claimed = await claim(deps, now, due)
  const asked = due.filter(({ id }) => claimed.has(id))
  const set = await deps.db.prisma.payment.findMany({
    where: { id: { in: asked.map(({ id }) => id) } },
    take: MOST,
  })
  const cards = await deps.db.prisma.savedCard.findMany({
    where: { id: { in: set.flatMap(({ savedCardId }) => (savedCardId ? [savedCardId] : [])) } },
    take: MOST,
  })
  const result: AskedPayment[] = []
  for (const payment of set) {
    const card = cards.find(({ id }) => id === payment.savedCardId)
    const answer = await ask(deps, {
      key: payment.id,
      amount: pence(payment.pence),
      fee: pence(payment.feePence),
      providerId: payment.providerId,
      payer: { kind: payment.payerKind, id: payment.payerId },
      account: payment.externalAccount,
      card: card ? { customer: card.customerId, method: card.externalId } : null,
      firstTriedAt: payment.attempts > 1 ? fromDate(payment.startedAt) : null,
    })
    result.push({ paymentId: payment.id, amount: pence(payment.pence), status: answer.status })
    await take(deps, payment, answer)
  }
  return result
}

/** Marks them as tried, so that a process that ends in between is followed by a retry, and fixes what they ask for. */
async function claim(
  deps: Needs,
  now: Temporal.Instant,
  due: readonly {
    id: string
    attempts: number
    method: string
    pence: number
    providerId: string
    payerKind: string
    payerId: string
  }[],
): Promise<Set<string>> {
  const byCard = due.filter(({ method, attempts }) => method === 'card' && attempts === 0)
  const [accounts, cards] = await Promise.all([
    deps.db.prisma.connectedAccount.findMany({
      where: { providerId: { in: byCard.map(({ providerId }) => providerId) }, chargesEnabled: true },
      take: MOST,
    }),
    deps.db.prisma.savedCard.findMany({
      where: { personId: { in: byCard.map(({ payerId }) => payerId) }, endedAt: null },
      orderBy: { id: 'desc' },
      take: MOST,
    }),
  ])
  const rows = due.map((payment) => {
    const first = byCard.includes(payment)
    const account = first
      ? (accounts.find(({ providerId }) => providerId === payment.providerId)?.externalId ?? null)
      : null
    return {
      id: payment.id,
      attempts: payment.attempts,
      nextTryAt: isoText(now.add({ minutes: waitMinutes(payment.attempts + 1) })),
      account,
      card: first ? (cards.find(({ personId }) => personId === payment.payerId)?.id ?? null) : null,
      fee: first ? share(pence(payment.pence), deps.settings.platformFeeBps) : 0,
    }
  })
  const taken = await deps.db.tx(
    (tx) =>
      tx.$queryRaw`
      update payment p set attempts = p.attempts + 1, next_try_at = w.next,
        external_account = coalesce(p.external_account, w.account), saved_card_id = coalesce(p.saved_card_id, w.card),
        fee_pence = case when w.attempts = 0 then w.fee else p.fee_pence end
      from unnest(${rows.map((row) => row.id)}::uuid[], ${rows.map((row) => row.attempts)}::int[], ${rows.map((row) => row.nextTryAt)}::timestamptz[],
        ${rows.map((row) => row.account)}::text[], ${rows.map((row) => row.card)}::uuid[], ${rows.map((row) => row.fee)}::int[]) as w (id, attempts, next, account, card, fee)
      where p.id = w.id and p.state = 'started' and p.attempts = w.attempts
      returning p.id::text`,
  )
  return new Set(ids.parse(taken).map(({ id }) => id))
}

async function ask(deps: Needs, request: Parameters<Deps['payments']['pay']>[0]): Promise<PaymentResult> {
  try {
    return await deps.payments.pay(request)
  } catch (error) {
    if (!(error instanceof PaymentFault)) throw error
    // Ours to mend: the others are paid meanwhile, and this one is asked for again when it is mended.
    deps.log.error({ paymentId: request.key, err: error }, 'a payment was asked for in a wrong way')
    return { status: 'unavailable', why: 'fault_of_theirs', retryAfterSeconds: null }
  }
}

async function take(
  deps: Needs,
  payment: { id: string; startedAt: Date; nextTryAt: Date | null },
  answer: PaymentResult,
): Promise<void> {
  const now = deps.clock.now()
  const outcome = outcomeOf(answer, fromDate(payment.startedAt).until(now).total('hours'))
  if (outcome) {
    await deps.db.tx((tx) => applyOutcome(tx, now, system('pay_visits'), payment.id, outcome))
    return
  }
  const wait = answer.status === 'unavailable' ? answer.retryAfterSeconds : null
  const notBefore = wait === null ? null : toDate(now.add({ seconds: wait }))
  if (notBefore && payment.nextTryAt && notBefore > payment.nextTryAt)
    await deps.db.prisma.payment.updateMany({
      where: { id: payment.id, state: 'started' },
      data: { nextTryAt: notBefore },
    })
}

/** Null: nobody knows, and it is asked again. */
function outcomeOf(answer: PaymentResult, hours: number): Outcome | null {
  switch (answer.status) {
    case 'confirmed':
      return { status: 'confirmed', reference: answer.reference, amount: null }
    case 'sent':
    case 'needs_you':
      return { status: answer.status, reference: answer.reference }
    case 'declined':
      return { status: 'failed', reference: answer.reference, failure: answer.reason }
    case 'unavailable':
      return isGivenUp(hours) ? { status: 'failed', reference: null, failure: 'unavailable' } : null
  }
}

/** Job: asks again for what got no answer, when its time has come. */
export async function retryPayments(deps: Needs): Promise<AskedPayment[]> {
  const due = await deps.db.prisma.payment.findMany({
    where: { state: 'started', nextTryAt: { lte: toDate(deps.clock.now()) } },
    orderBy: { nextTryAt: 'asc' },
    take: MOST,
    select: { id: true },
  })
  return askToPay(
    deps,
    due.map(({ id }) => id),
  )
}
