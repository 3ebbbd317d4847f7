import { type Pence, pence, subtract } from '#services/kernel/money.ts'
import {
  type DeclineReason,
  PaymentFault,
  type PaymentResult,
  type PaymentState,
  type Payments,
  type RefundResult,
} from '#services/ports/payments.ts'
import { amountTaken, checkKey } from './limits.ts'
import {
  addMovement,
  emit,
  isReady,
  type Rows,
  sameAsked,
  type Sandbox,
  sandboxFee,
  type SandboxKinds,
} from './sandbox-kinds.ts'

type Payment = SandboxKinds['payment']
const NO_ANSWER: PaymentResult = { status: 'unavailable', why: 'no_answer', retryAfterSeconds: null }
const declined = (reason: DeclineReason): PaymentResult => ({ status: 'declined', reference: null, reason })

export const stateOf = (sandbox: Sandbox, payment: Payment): PaymentState => ({
  reference: payment.reference,
  status: payment.status,
  amount: payment.amount,
  fee: payment.fee,
  refunded: payment.refunded,
  payment: payment.payment,
  reason: payment.reason,
  url: payment.page && payment.status === 'open' ? sandbox.pageUrl(payment.page) : null,
})
function resultOf(payment: Payment): PaymentResult {
  const { reference, status } = payment
  if (status === 'confirmed' || status === 'sent' || status === 'needs_you') return { status, reference }
  return { status: 'declined', reference, reason: payment.reason ?? 'cancelled' }
}

/** Moves a payment to where it ends, with what that brings: its movement and its event. */
export async function endPayment(
  sandbox: Sandbox,
  rows: Rows,
  payment: Payment,
  outcome: 'confirmed' | { declined: DeclineReason },
): Promise<Payment> {
  const { reference, account, amount } = payment
  const of = { reference, payment: payment.payment }
  if (outcome === 'confirmed') {
    const done: Payment = { ...payment, status: 'confirmed', reason: null, page: null }
    await rows.write('payment', reference, done)
    await addMovement(sandbox, rows, account, {
      kind: 'payment',
      gross: amount,
      fee: pence(sandboxFee(payment.how, amount) + payment.fee),
      paymentReference: reference,
      payment: payment.payment,
      source: reference,
    })
    await emit(sandbox, rows, account, { type: 'payment_confirmed', amount, ...of })
    return done
  }
  const reason = outcome.declined
  const ended: Payment = {
    ...payment,
    status: reason === 'cancelled' ? 'cancelled' : 'declined',
    reason,
    page: null,
  }
  await rows.write('payment', reference, ended)
  await emit(
    sandbox,
    rows,
    account,
    reason === 'cancelled'
      ? { type: 'payment_cancelled', ...of }
      : { type: 'payment_failed', amount, reason, ...of },
  )
  return ended
}

async function waitFor(
  sandbox: Sandbox,
  rows: Rows,
  payment: Payment,
  status: 'sent' | 'needs_you',
): Promise<Payment> {
  const waiting: Payment = { ...payment, status }
  const of = { reference: payment.reference, payment: payment.payment }
  await rows.write('payment', payment.reference, waiting)
  await emit(
    sandbox,
    rows,
    payment.account,
    status === 'sent'
      ? { type: 'payment_sent', amount: payment.amount, ...of }
      : { type: 'needs_you', ...of },
  )
  return waiting
}

interface Take {
  key: string
  account: string | null
  amount: Pence
  fee: Pence
  payment: string
  how: Payment['how']
  method: string | null
}

/** Takes one payment: as it is planned, else confirmed (a direct debit: sent), or declined when it ends in 13p. */
export async function take(sandbox: Sandbox, what: Take): Promise<PaymentResult> {
  const { key, account, amount, fee, payment, how, method } = what
  const reference = `sandbox-${checkKey(key)}`
  const asked = JSON.stringify([account, amount, fee, payment, how, method])
  return sandbox.store.atOnce(async (rows) => {
    const earlier = await rows.read('payment', reference)
    if (earlier) {
      sameAsked(earlier, asked)
      return resultOf(earlier)
    }
    if (!amountTaken(amount, fee)) return declined('amount_not_taken')
    if (account && !isReady(await rows.read('account', account), how)) return declined('payee_not_ready')
    if (method) {
      const saved = await rows.read('method', method)
      if (!saved || saved.gone) return declined('no_way_to_pay')
      const mandate = saved.mandate ? await rows.read('mandate', saved.mandate) : null
      if (mandate?.status === 'ended') return declined('mandate_ended')
    }
    const { plans = [], holdRefunds = false } = (await rows.read('plan', 'next')) ?? {}
    const [plan, ...rest] = plans
    if (plan) await rows.write('plan', 'next', { plans: rest, holdRefunds })
    if (plan?.kind === 'outage') return NO_ANSWER

    const fresh: Payment = {
      reference,
      asked,
      account,
      payment,
      how,
      amount,
      fee,
      refunded: pence(0),
      status: 'open',
      reason: null,
      page: null,
      dispute: null,
    }
    await rows.write('payment_of', `${account ?? ''}:${payment}`, { reference })
    if (plan?.kind === 'decline')
      return resultOf(await endPayment(sandbox, rows, fresh, { declined: plan.reason }))
    if (plan?.kind === 'needs_you') return resultOf(await waitFor(sandbox, rows, fresh, 'needs_you'))
    if (!plan && amount % 100 === 13)
      return resultOf(await endPayment(sandbox, rows, fresh, { declined: 'sandbox' }))
    const done =
      plan?.kind === 'wait' || how === 'direct_debit'
        ? await waitFor(sandbox, rows, fresh, 'sent')
        : await endPayment(sandbox, rows, fresh, 'confirmed')
    return plan?.kind === 'lost_answer' ? NO_ANSWER : resultOf(done)
  })
}

/** A payment by its own reference or that of its hosted page. */
export async function readPayment(rows: Rows, account: string, reference: string): Promise<Payment | null> {
  const page = await rows.read('page', reference)
  const payment = await rows.read('payment', page?.of ?? reference)
  // In the demo a payee without an account is paid too: '' is none.
  return payment && (payment.account ?? '') === account ? payment : null
}

type PayingPart = Pick<
  Payments,
  'pay' | 'finish' | 'find' | 'findPayment' | 'cancel' | 'refund' | 'findRefund'
>

export function sandboxPaying(sandbox: Sandbox): PayingPart {
  const { atOnce } = sandbox.store
  return {
    pay: ({ key, amount, fee = pence(0), account = null, card = null, payment = key }) =>
      take(sandbox, { key, amount, fee, account, payment, how: 'card', method: card?.method ?? null }),

    finish: ({ key, account, reference, returnUrl }) =>
      atOnce(async (rows) => {
        const payment = await readPayment(rows, account, reference)
        if (!payment) return declined('no_way_to_pay')
        if (payment.status !== 'needs_you') return resultOf(payment)
        const page = `sandbox-page-${checkKey(key)}`
        await rows.write('page', page, {
          reference: page,
          kind: 'agree',
          amount: payment.amount,
          words: 'Your bank asks: is this payment yours?',
          doneUrl: returnUrl,
          backUrl: returnUrl,
          of: reference,
        })
        return { status: 'go', reference, url: sandbox.pageUrl(page) }
      }),

    find: ({ account, reference }) =>
      atOnce(async (rows) => {
        const payment = await readPayment(rows, account, reference)
        return payment && stateOf(sandbox, payment)
      }),

    findPayment: ({ account, payment }) =>
      atOnce(async (rows) => {
        const at = await rows.read('payment_of', `${account}:${payment}`)
        const found = at && (await rows.read('payment', at.reference))
        return found ? stateOf(sandbox, found) : null
      }),

    cancel: ({ account, reference, key }) =>
      atOnce(async (rows) => {
        checkKey(key)
        const payment = await readPayment(rows, account, reference)
        if (!payment || !['open', 'needs_you', 'declined'].includes(payment.status))
          return payment && stateOf(sandbox, payment)
        return stateOf(sandbox, await endPayment(sandbox, rows, payment, { declined: 'cancelled' }))
      }),

    refund: ({ key, account, reference, amount, refund }) =>
      atOnce(async (rows): Promise<RefundResult> => {
        const id = `sandbox-refund-${checkKey(key)}`
        const asked = JSON.stringify([account, reference, amount, refund])
        if (!Number.isSafeInteger(amount) || amount <= 0)
          throw new PaymentFault('a refund that is not above zero')
        const earlier = await rows.read('refund', id)
        if (earlier) {
          sameAsked(earlier, asked)
          return { status: earlier.status, reference: id }
        }
        const payment = await readPayment(rows, account, reference)
        if (payment?.status !== 'confirmed') return { status: 'refused', why: 'not_paid' }
        if (payment.dispute) return { status: 'refused', why: 'disputed' }
        const left = subtract(payment.amount, payment.refunded)
        if (left === 0) return { status: 'refused', why: 'already_refunded' }
        if (amount > left) return { status: 'refused', why: 'more_than_paid' }
        await rows.write('payment', payment.reference, {
          ...payment,
          refunded: pence(payment.refunded + amount),
        })
        const status = (await rows.read('plan', 'next'))?.holdRefunds ? 'sent' : 'confirmed'
        await rows.write('refund', id, {
          reference: id,
          asked,
          account,
          payment: payment.reference,
          refund,
          amount,
          status,
        })
        await addMovement(sandbox, rows, account, {
          kind: 'refund',
          gross: pence(-amount),
          paymentReference: payment.reference,
          payment: payment.payment,
          source: id,
        })
        if (status === 'confirmed')
          await emit(sandbox, rows, account, {
            type: 'refund_confirmed',
            reference: id,
            refund,
            paymentReference: payment.reference,
            amount,
          })
        return { status, reference: id }
      }),

    findRefund: ({ account, reference }) =>
      atOnce(async (rows) => {
        const found = await rows.read('refund', reference)
        if (found?.account !== account) return null
        const { status, amount, refund } = found
        return { reference, status, amount, refund }
      }),
  }
}
