import { pence } from '#services/kernel/money.ts'
import type { Payments } from '#services/ports/payments.ts'
import { amountTaken, checkKey, payeeNotReady } from './limits.ts'
import { isReady, type Rows, sameAsked, type Sandbox, type SandboxKinds } from './sandbox-kinds.ts'
import { take } from './sandbox-payments.ts'

type HostedPart = Pick<
  Payments,
  'checkout' | 'saveCard' | 'findSetup' | 'forget' | 'setUpDirectDebit' | 'collect' | 'readMandate'
>
interface SetUp {
  key: string
  account: string | null
  customer: string | null
  setup: string
  doneUrl: string
  backUrl: string
}

/** @throws DomainError REFUSED_BY_RULE */
async function mustBeReady(rows: Rows, account: string, how: 'card' | 'direct_debit'): Promise<void> {
  if (!isReady(await rows.read('account', account), how)) throw payeeNotReady()
}

/** The pages that Stripe would host: the sandbox's own stand on Kith's demo pages. */
export function sandboxHosted(sandbox: Sandbox): HostedPart {
  const { atOnce } = sandbox.store
  const setUp = (kind: 'card' | 'direct_debit', what: SetUp) =>
    atOnce(async (rows) => {
      const reference = `sandbox-setup-${checkKey(what.key)}`
      if (what.account) await mustBeReady(rows, what.account, 'direct_debit')
      const customer = what.customer ?? `sandbox-customer-${what.key}`
      if (!(await rows.read('setup', reference))) {
        await rows.write('setup', reference, {
          reference,
          account: what.account,
          customer,
          setup: what.setup,
          status: 'open',
          saved: null,
        })
        await rows.write('page', reference, {
          reference,
          kind,
          amount: null,
          words: kind === 'card' ? 'Save a card' : 'Set up a Direct Debit',
          doneUrl: what.doneUrl,
          backUrl: what.backUrl,
          of: reference,
        })
      }
      return { url: sandbox.pageUrl(reference), reference, customer }
    })

  return {
    checkout: ({ key, account, amount, fee = pence(0), payment, words, doneUrl, backUrl }) =>
      atOnce(async (rows) => {
        amountTaken(amount, fee)
        await mustBeReady(rows, account, 'card')
        const asked = JSON.stringify([account, amount, fee, payment, words])
        const reference = `sandbox-page-${checkKey(key)}`
        const of = `sandbox-${key}`
        const earlier = await rows.read('payment', of)
        if (earlier) sameAsked(earlier, asked)
        else {
          const fresh: SandboxKinds['payment'] = {
            reference: of,
            asked,
            account,
            payment,
            how: 'card',
            amount,
            fee,
            refunded: pence(0),
            status: 'open',
            reason: null,
            page: reference,
            dispute: null,
          }
          await rows.write('payment', of, fresh)
          await rows.write('payment_of', `${account}:${payment}`, { reference: of })
          await rows.write('page', reference, {
            reference,
            kind: 'checkout',
            amount,
            words,
            doneUrl,
            backUrl,
            of,
          })
        }
        return { url: sandbox.pageUrl(reference), reference }
      }),

    saveCard: (request) => setUp('card', { ...request, account: null }),
    setUpDirectDebit: (request) => setUp('direct_debit', request),

    findSetup: ({ account, reference }) =>
      atOnce(async (rows) => {
        const found = await rows.read('setup', reference)
        if (!found || found.account !== account) return null
        const { setup, status, saved } = found
        return { reference, setup, status, saved, url: status === 'open' ? sandbox.pageUrl(reference) : null }
      }),

    forget: ({ account, method, key }) =>
      atOnce(async (rows) => {
        checkKey(key)
        const found = await rows.read('method', method)
        if (!found || found.account !== account) return
        await rows.write('method', method, { ...found, gone: true })
        const mandate = found.mandate && (await rows.read('mandate', found.mandate))
        if (mandate)
          await rows.write('mandate', mandate.mandate, { ...mandate, status: 'ended', why: 'not_agreed' })
      }),

    collect: ({ key, account, debit, amount, payment }) =>
      take(sandbox, {
        key,
        account,
        amount,
        fee: pence(0),
        payment: checkKey(payment),
        how: 'direct_debit',
        method: debit.method,
      }),

    readMandate: ({ account, mandate }) =>
      atOnce(async (rows) => {
        const found = await rows.read('mandate', mandate)
        if (found?.account !== account) return null
        const { method, status, why, bankReference } = found
        return { mandate, method, status, why, bankReference }
      }),
  }
}
