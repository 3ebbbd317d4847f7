import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { personInView, requireScope } from '#services/circle/circle.policy.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pence, share } from '#services/kernel/money.ts'
import type { Deps } from '#services/ports/deps.ts'
import { cancelPayments, startPayments } from '#services/settlement/payments.server.ts'
import { applyOutcome } from './apply-outcome.server.ts'

type Needs = Pick<Deps, 'db' | 'clock' | 'payments' | 'settings' | 'log'>
/** So many visits can be paid at once. */
const MOST = 200

/** What is to be paid: what an ended payment was for, or these payables of one provider. */
export type CheckoutOf = { paymentId: string } | { payableIds: readonly string[] }

/**
 * Opens the payment service's page on which the person in view pays by card what they owe one provider. Begins one payment
 * (method card, state needs_you while the page is open) and stores where the page is; an open page for any of the same
 * payables is closed first, so that nothing can be paid twice.
 * @returns the address of the page; they come back to /my/money/payments/<id>, which asks what became of it
 * @throws SIGN_IN, NOT_FOUND for what is not theirs; FORBIDDEN without manage_money; STALE_STATE when it is paid or being
 *   paid; REFUSED_BY_RULE when the provider takes no cards; UNAVAILABLE: then what was begun is called off again
 */
export async function startCheckout(deps: Needs, actor: Actor, of: CheckoutOf): Promise<string> {
  const personId = personInView(actor)
  requireScope(actor, personId, 'manage_money')
  const payableIds = 'payableIds' in of ? [...of.payableIds] : await linesOf(deps, personId, of.paymentId)
  const payables = await deps.db.prisma.payable.findMany({
    where: { id: { in: payableIds }, payerKind: 'person', payerId: personId },
    include: { payment: true },
    take: MOST,
  })
  const [first] = payables
  if (!first || payables.length !== new Set(payableIds).size) throw notFound()
  const account = await accountOf(deps, first.providerId)
  const open = new Map(payables.flatMap(({ payment }) => (payment ? [[payment.id, payment]] : [])))
  for (const payment of open.values()) await closeOpen(deps, payment)

  const now = deps.clock.now()
  const started = await deps.db.tx(async (tx) => {
    const [payment] = await startPayments(tx, now, actor, [
      {
        method: 'card',
        payer: { kind: 'person', id: personId },
        providerId: first.providerId,
        personId,
        payableIds,
      },
    ])
    if (!payment) throw notFound()
    const fee = share(payment.pence, deps.settings.platformFeeBps)
    // No job asks the saved card for it: it is theirs to pay on the page.
    await tx.payment.update({
      where: { id: payment.id },
      data: { state: 'needs_you', externalAccount: account, feePence: fee, externalUrl: '' },
    })
    await recordAudit(tx, now, actor, {
      action: 'payment.checkout',
      subjectType: 'payment',
      subjectId: payment.id,
      forPersonId: personId,
      facts: { pence: payment.pence },
    })
    return { ...payment, fee }
  })
  const back = `${deps.settings.origin}/my/money/payments/${started.id}?back=yes`
  try {
    const page = await deps.payments.checkout({
      key: started.id,
      account,
      amount: started.pence,
      fee: pence(started.fee),
      payment: started.id,
      words: `Support, ${started.reference}`,
      doneUrl: back,
      backUrl: back,
    })
    await deps.db.prisma.payment.updateMany({
      where: { id: started.id, state: 'needs_you' },
      data: { externalId: page.reference, externalUrl: page.url },
    })
    return page.url
  } catch (error) {
    await deps.db.tx((tx) => cancelPayments(tx, deps.clock.now(), [started.id]))
    throw error
  }
}

async function linesOf(deps: Needs, personId: string, paymentId: string): Promise<string[]> {
  const payment = await deps.db.prisma.payment.findFirst({
    where: { id: paymentId, payerKind: 'person', payerId: personId },
    include: { lines: { select: { payableId: true }, take: MOST } },
  })
  if (!payment) throw notFound()
  return payment.lines.map(({ payableId }) => payableId)
}

async function accountOf(deps: Needs, providerId: string): Promise<string> {
  const account = await deps.db.prisma.connectedAccount.findUnique({ where: { providerId } })
  if (!account?.chargesEnabled)
    throw new DomainError(
      'REFUSED_BY_RULE',
      'This provider does not take payments on the payment page yet. Pay with your saved card or by bank transfer.',
    )
  return account.externalId
}

interface Open {
  id: string
  state: string
  externalId: string | null
  externalUrl: string | null
  externalAccount: string | null
}

/** Closes a page that waits, there and here. What turns out to be paid is taken as paid, and nothing new is begun. */
async function closeOpen(deps: Needs, payment: Open): Promise<void> {
  if (payment.state !== 'needs_you')
    throw new DomainError('STALE_STATE', 'This is being paid already. Look again in some minutes.')
  const state = payment.externalId
    ? await deps.payments.cancel({
        account: payment.externalAccount ?? '',
        reference: payment.externalId,
        key: `cancel:${payment.id}`,
      })
    : null
  const now = deps.clock.now()
  if (state?.status === 'confirmed') {
    const { reference, amount } = state
    await deps.db.tx((tx) =>
      applyOutcome(tx, now, system('checkout'), payment.id, { status: 'confirmed', reference, amount }),
    )
    throw new DomainError('STALE_STATE', 'This has been paid meanwhile. Nothing more was taken.')
  }
  if (state?.status === 'sent')
    throw new DomainError('STALE_STATE', 'This is being paid already. Look again in some minutes.')
  await deps.db.tx((tx) => cancelPayments(tx, now, [payment.id]))
}
