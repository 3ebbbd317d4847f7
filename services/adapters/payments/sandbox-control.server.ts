import { pence, total } from '#services/kernel/money.ts'
import type { PaymentsSandbox } from '#services/ports/payments-sandbox.ts'
import { sign } from '../sandbox/signature.server.ts'
import { accountState } from './sandbox-accounts.ts'
import {
  addMovement,
  emit,
  nextReference,
  type Rows,
  type Sandbox,
  type SandboxKinds,
} from './sandbox-kinds.ts'
import { endPayment } from './sandbox-payments.ts'
import { toSeconds } from './vendor.ts'

/** As many movements as one payout may hold. */
const IN_ONE_PAYOUT = 5_000
const NO_PLAN: SandboxKinds['plan'] = { plans: [], holdRefunds: false }

/** What the demo's control panel presses. Each does what the world would do to a real payment service. */
export function sandboxControl(sandbox: Sandbox, secret: string): PaymentsSandbox {
  const { atOnce } = sandbox.store
  const setAccount = async (rows: Rows, account: SandboxKinds['account']): Promise<void> => {
    await rows.write('account', account.account, account)
    await emit(sandbox, rows, account.account, { type: 'account_changed', state: accountState(account) })
  }
  const finishSetup = async (rows: Rows, setup: SandboxKinds['setup'], kind: 'card' | 'direct_debit') => {
    const method = await nextReference(rows, 'method')
    const mandate = kind === 'direct_debit' && setup.account ? await nextReference(rows, 'mandate') : null
    await rows.write('method', method, { method, account: setup.account, gone: false, mandate })
    if (mandate && setup.account)
      await rows.write('mandate', mandate, {
        mandate,
        account: setup.account,
        method,
        status: 'active',
        why: null,
        bankReference: mandate.toUpperCase(),
      })
    await rows.write('setup', setup.reference, {
      ...setup,
      status: 'done',
      saved: {
        customer: setup.customer,
        method,
        kind,
        brand: kind === 'card' ? 'Demo card' : null,
        last4: kind === 'card' ? '4242' : '2345',
        expires: kind === 'card' ? '2030-12' : null,
        mandate,
      },
    })
    await emit(sandbox, rows, setup.account, {
      type: 'setup_done',
      reference: setup.reference,
      setup: setup.setup,
      kind,
      saved: { customer: setup.customer, method },
      mandate,
    })
  }

  return {
    plan: (next) =>
      atOnce(async (rows) => {
        const now = (await rows.read('plan', 'next')) ?? NO_PLAN
        await rows.write('plan', 'next', { ...now, plans: [...now.plans, next] })
      }),
    planned: () => atOnce(async (rows) => (await rows.read('plan', 'next'))?.plans ?? []),
    holdRefunds: (hold) =>
      atOnce(async (rows) => {
        const now = (await rows.read('plan', 'next')) ?? NO_PLAN
        await rows.write('plan', 'next', { ...now, holdRefunds: hold })
      }),

    settle: (reference, outcome) =>
      atOnce(async (rows) => {
        const payment = await rows.read('payment', reference)
        if (payment?.status !== 'sent') return false
        await endPayment(sandbox, rows, payment, outcome)
        return true
      }),
    settleRefund: (reference, outcome) =>
      atOnce(async (rows) => {
        const refund = await rows.read('refund', reference)
        const payment = refund && (await rows.read('payment', refund.payment))
        if (refund?.status !== 'sent' || !payment) return false
        await rows.write('refund', reference, { ...refund, status: outcome })
        const { amount, account } = refund
        if (outcome === 'failed') {
          await rows.write('payment', payment.reference, {
            ...payment,
            refunded: pence(payment.refunded - amount),
          })
          await addMovement(sandbox, rows, account, {
            kind: 'refund_failed',
            gross: amount,
            paymentReference: payment.reference,
            payment: payment.payment,
            source: reference,
          })
        }
        await emit(sandbox, rows, account, {
          type: outcome === 'confirmed' ? 'refund_confirmed' : 'refund_failed',
          reference,
          refund: refund.refund,
          paymentReference: payment.reference,
          amount,
        })
        return true
      }),

    dispute: (reference, reason) =>
      atOnce(async (rows) => {
        const payment = await rows.read('payment', reference)
        if (payment?.status !== 'confirmed' || payment.dispute) return null
        const dispute = await nextReference(rows, 'dispute')
        const { account, amount } = payment
        // A direct debit that is taken back is gone: there is nothing to answer.
        const lost = payment.how === 'direct_debit'
        await rows.write('dispute', dispute, {
          dispute,
          payment: reference,
          account,
          amount,
          reason,
          open: !lost,
        })
        await rows.write('payment', reference, { ...payment, dispute })
        await addMovement(sandbox, rows, account, {
          kind: 'dispute',
          gross: pence(-amount),
          paymentReference: reference,
          payment: payment.payment,
          source: dispute,
        })
        await emit(sandbox, rows, account, {
          type: 'dispute_opened',
          reference: dispute,
          paymentReference: reference,
          amount,
          reason,
          lost,
          answerBy: lost ? null : sandbox.now().add({ hours: 24 * 7 }),
        })
        return { dispute }
      }),
    closeDispute: (id, won) =>
      atOnce(async (rows) => {
        const dispute = await rows.read('dispute', id)
        const payment = dispute && (await rows.read('payment', dispute.payment))
        if (!dispute?.open || !payment) return false
        const { account, amount } = dispute
        await rows.write('dispute', id, { ...dispute, open: false })
        if (won) {
          await rows.write('payment', payment.reference, { ...payment, dispute: null })
          await addMovement(sandbox, rows, account, {
            kind: 'dispute_returned',
            gross: amount,
            paymentReference: payment.reference,
            payment: payment.payment,
            source: id,
          })
        }
        await emit(sandbox, rows, account, {
          type: 'dispute_closed',
          reference: id,
          paymentReference: payment.reference,
          amount,
          won,
        })
        return true
      }),

    setAccount: (id, status) =>
      atOnce(async (rows) => {
        const account = await rows.read('account', id)
        if (!account) return false
        await setAccount(rows, { ...account, status })
        return true
      }),
    endMandate: (id, why) =>
      atOnce(async (rows) => {
        const mandate = await rows.read('mandate', id)
        if (!mandate || mandate.status === 'ended') return false
        await rows.write('mandate', id, { ...mandate, status: 'ended', why })
        const { method, bankReference } = mandate
        await emit(sandbox, rows, mandate.account, {
          type: 'mandate_changed',
          state: { mandate: id, method, status: 'ended', why, bankReference },
        })
        return true
      }),

    payOut: (account) =>
      atOnce(async (rows) => {
        const all = await rows.list('movement', { group: account, limit: IN_ONE_PAYOUT })
        const open = all.filter((row) => row.payout === null)
        const amount = total(open.map((row) => pence(row.gross - row.fee)))
        if (amount <= 0) return null
        const reference = await nextReference(rows, 'payout')
        for (const row of open) await rows.write('movement', row.reference, { ...row, payout: reference })
        await rows.write(
          'payout',
          reference,
          { reference, account, status: 'on_its_way', amount, at: toSeconds(sandbox.now()), why: null },
          account,
        )
        await addMovement(sandbox, rows, account, {
          kind: 'payout',
          gross: pence(-amount),
          source: reference,
          payout: reference,
        })
        return { payout: reference }
      }),
    settlePayout: (account, reference, outcome) =>
      atOnce(async (rows) => {
        const payout = await rows.read('payout', reference)
        if (payout?.account !== account || payout.status !== 'on_its_way') return false
        const { amount } = payout
        if (outcome === 'paid') {
          await rows.write('payout', reference, { ...payout, status: 'paid' })
          await emit(sandbox, rows, account, { type: 'payout_paid', reference, amount })
          return true
        }
        await rows.write('payout', reference, { ...payout, status: 'failed', why: outcome.failed })
        await addMovement(sandbox, rows, account, {
          kind: 'payout_returned',
          gross: amount,
          source: reference,
        })
        await emit(sandbox, rows, account, {
          type: 'payout_failed',
          reference,
          amount,
          why: outcome.failed,
        })
        return true
      }),

    page: (reference) =>
      atOnce(async (rows) => {
        const page = await rows.read('page', reference)
        if (!page) return null
        const { kind, amount, words, doneUrl, backUrl } = page
        return { reference, kind, amount, words, doneUrl, backUrl }
      }),
    leavePage: (reference, done) =>
      atOnce(async (rows) => {
        const page = await rows.read('page', reference)
        if (!page) return null
        const landing = done ? page.doneUrl : page.backUrl
        switch (page.kind) {
          case 'checkout':
          case 'agree': {
            const payment = await rows.read('payment', page.of)
            if (!payment || !['open', 'needs_you'].includes(payment.status)) return null
            if (done) await endPayment(sandbox, rows, payment, 'confirmed')
            else if (page.kind === 'agree')
              await endPayment(sandbox, rows, payment, { declined: 'not_agreed' })
            return landing
          }
          case 'card':
          case 'direct_debit': {
            const setup = await rows.read('setup', page.of)
            if (setup?.status !== 'open') return null
            if (done) await finishSetup(rows, setup, page.kind)
            return landing
          }
          case 'account': {
            const account = await rows.read('account', page.of)
            if (!account || account.status === 'closed') return null
            if (done) await setAccount(rows, { ...account, status: 'ready' })
            return landing
          }
        }
      }),

    deliveries: (limit) =>
      atOnce(async (rows) =>
        (await rows.list('event', { limit })).map(({ id, body }) => ({
          id,
          body,
          signature: sign(secret, body, sandbox.now()),
        })),
      ),
    delivered: (ids) => atOnce((rows) => rows.remove('event', ids)),
  }
}
