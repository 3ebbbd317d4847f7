import { may } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { fromDate, londonDate, longDate, plainDateOf } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { failureWords } from '#services/settlement/payment-words.rules.ts'
import { askWhatBecame, readOwnPayment } from './finish-payment.server.ts'

type Needs = Parameters<typeof askWhatBecame>[0]

const STANDS = {
  started: 'We are asking the payment service for it.',
  needs_you: 'It waits for you. Nothing has been taken.',
  sent: 'It is on its way.',
  confirmed: 'It is paid.',
  failed: 'It did not go through.',
  returned: 'It was paid, and came back.',
  cancelled: 'It was called off. Nothing was taken.',
} as const

/**
 * One payment of the person in view: how it stands, and what they can do.
 * @param back they come from the payment service: it is asked what became of it
 * @throws SIGN_IN, NOT_FOUND for payments of others; FORBIDDEN without see_money
 */
export async function paymentPage(deps: Needs, actor: Actor, input: { paymentId: string; back: boolean }) {
  if (input.back) await askWhatBecame(deps, actor, input.paymentId)
  const payment = await readOwnPayment(deps, actor, input.paymentId, 'see_money')
  const acts = may(actor, payment.payerId, 'manage_money')
  const due = payment.lines.length > 0 && payment.lines.every(({ payable }) => payable.state === 'due')
  const [cards, taken] = await Promise.all([
    deps.db.prisma.savedCard.count({ where: { personId: payment.payerId, endedAt: null } }),
    deps.db.prisma.connectedAccount.count({
      where: { providerId: payment.providerId, chargesEnabled: true },
    }),
  ])
  const ended = ['failed', 'returned', 'cancelled'].includes(payment.state)
  const days = payment.lines
    .map(({ payable }) => plainDateOf(payable.onDay).toString())
    .sort()
    .slice(0, 12)
  return {
    id: payment.id,
    label: deps.payments.label,
    provider: payment.provider.name,
    pence: pence(payment.pence),
    reference: payment.reference,
    state: payment.state,
    stands: STANDS[payment.state],
    failure: failureWords(payment.failure),
    began: longDate(londonDate(fromDate(payment.startedAt))),
    days: days.map((day) => longDate(plainDateOf(new Date(day)))),
    /** They go on, on their bank's page or the payment page. */
    canFinish: acts && payment.state === 'needs_you',
    canTryAgain: acts && ended && due && payment.method === 'card',
    canPayOnPage: acts && ended && due && taken > 0,
    hasCard: cards > 0,
    paidSince: ended && !due,
  }
}

/** The cards of the person in view, newest first: the first is the one that is charged. */
export async function cardsPage(deps: Pick<Deps, 'db' | 'payments'>, actor: Actor, personId: string) {
  const cards = await deps.db.prisma.savedCard.findMany({
    where: { personId, endedAt: null },
    orderBy: { id: 'desc' },
    take: 20,
  })
  return {
    personId,
    label: deps.payments.label,
    acts: may(actor, personId, 'manage_money'),
    cards: cards.map(({ id, brand, last4, expires }) => ({
      id,
      name: `${brand} that ends in ${last4}`,
      expires: /^(\d{4})-(\d{2})$/.exec(expires)?.slice(1).reverse().join('/') ?? null,
    })),
  }
}
