import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId, newId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { startPayments } from '#services/settlement/payments.server.ts'
import { applyOutcome } from './apply-outcome.server.ts'
import { askToPay } from './ask-to-pay.server.ts'
import { outcomeOfAnswer, outcomeOfState } from './outcomes.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>

/** @throws SIGN_IN, NOT_FOUND for what is not theirs; FORBIDDEN without the scope */
export async function readOwnPayment(
  deps: Pick<Deps, 'db'>,
  actor: Actor,
  paymentId: string,
  scope: 'see_money' | 'manage_money',
) {
  const personId = personInView(actor)
  requireScope(actor, personId, scope)
  const payment = isId(paymentId)
    ? await deps.db.prisma.payment.findFirst({
        where: { id: paymentId, payerKind: 'person', payerId: personId },
        include: {
          provider: { select: { name: true } },
          lines: {
            include: { payable: { select: { id: true, state: true, paymentId: true, onDay: true } } },
            take: 200,
          },
        },
      })
    : null
  if (!payment) throw notFound()
  return payment
}

/**
 * The person goes on with a payment that waits for them: to their bank's page, or to the page on which they pay.
 * @returns where they go on; null when nothing is left to agree
 * @throws as readOwnPayment; STALE_STATE when it waits for nobody; UNAVAILABLE
 */
export async function finishPayment(deps: Needs, actor: Actor, paymentId: string): Promise<string | null> {
  const payment = await readOwnPayment(deps, actor, paymentId, 'manage_money')
  if (payment.state !== 'needs_you')
    throw new DomainError('STALE_STATE', 'This payment waits for nobody any more. Look at how it stands now.')
  if (payment.externalUrl) return payment.externalUrl
  if (!payment.externalId) return null
  const card = payment.savedCardId
    ? await deps.db.prisma.savedCard.findUnique({ where: { id: payment.savedCardId } })
    : null
  const answer = await deps.payments.finish({
    key: `finish:${newId()}`,
    account: payment.externalAccount ?? '',
    reference: payment.externalId,
    card: { customer: card?.customerId ?? '', method: card?.externalId ?? '' },
    returnUrl: `${deps.settings.origin}/my/money/payments/${payment.id}?back=yes`,
  })
  if (answer.status === 'go') return answer.url
  const outcome = outcomeOfAnswer(answer)
  if (outcome)
    await deps.db.tx((tx) =>
      applyOutcome(tx, deps.clock.now(), system('finish_payment'), payment.id, outcome),
    )
  return null
}

/**
 * Tries a payment that failed once more, from the card that is saved now: another payment for the same.
 * @returns the new payment
 * @throws as readOwnPayment; STALE_STATE when it did not fail, or was paid another way since
 */
export async function tryAgain(deps: Needs, actor: Actor, paymentId: string): Promise<string> {
  const payment = await readOwnPayment(deps, actor, paymentId, 'manage_money')
  if (payment.method !== 'card' || !['failed', 'returned', 'cancelled'].includes(payment.state))
    throw new DomainError('STALE_STATE', 'This payment cannot be tried again. Look at how it stands now.')
  const [started] = await deps.db.tx((tx) =>
    startPayments(tx, deps.clock.now(), actor, [
      {
        method: 'card',
        payer: { kind: 'person', id: payment.payerId },
        providerId: payment.providerId,
        personId: payment.personId,
        payableIds: payment.lines.map(({ payableId }) => payableId),
      },
    ]),
  )
  if (!started) throw notFound()
  await askToPay(deps, [started.id])
  return started.id
}

/** Asks what became of a payment that waits, so that a lost event does not matter. Says nothing when nobody answers. */
export async function askWhatBecame(deps: Needs, actor: Actor, paymentId: string): Promise<void> {
  const payment = await readOwnPayment(deps, actor, paymentId, 'see_money')
  if (!payment.externalId || !['needs_you', 'sent'].includes(payment.state)) return
  const state = await deps.payments
    .find({ account: payment.externalAccount ?? '', reference: payment.externalId })
    .catch((error: unknown) => {
      deps.log.warn({ paymentId, err: error }, 'a payment could not be asked after')
      return null
    })
  const outcome = state && outcomeOfState(state)
  if (outcome)
    await deps.db.tx((tx) => applyOutcome(tx, deps.clock.now(), system('ask_payment'), payment.id, outcome))
}
