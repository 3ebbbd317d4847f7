import type Stripe from 'stripe'
import { pence } from '#services/kernel/money.ts'
import type { HostedPage, Payments, SavedDetails, SetupState } from '#services/ports/payments.ts'
import { amountTaken, checkKey } from './limits.ts'
import { accountTrouble } from './stripe-accounts.server.ts'
import { change, on, type StripeClient } from './stripe-client.server.ts'
import { raise, troubleOf } from './stripe-errors.ts'
import { mandateState } from './stripe-mandates.ts'
import { isForgotten, take } from './stripe-payments.server.ts'

type HostedPart = Pick<
  Payments,
  'checkout' | 'saveCard' | 'findSetup' | 'forget' | 'setUpDirectDebit' | 'collect' | 'readMandate'
>

const pageOf = (session: Stripe.Checkout.Session): HostedPage => {
  if (!session.url) throw new Error('a hosted page came without its address')
  return { url: session.url, reference: session.id }
}
const idOf = (value: string | { id: string } | null | undefined): string | null =>
  typeof value === 'string' ? value : (value?.id ?? null)

/** What may be shown; null while nothing is saved. */
function savedOf(intent: Stripe.SetupIntent | null): SavedDetails | null {
  const method = typeof intent?.payment_method === 'object' ? intent.payment_method : null
  const customer = idOf(intent?.customer) ?? idOf(method?.customer)
  if (intent?.status !== 'succeeded' || !method || !customer) return null
  const { card, bacs_debit: account } = method
  return {
    customer,
    method: method.id,
    kind: card ? 'card' : 'direct_debit',
    brand: card ? card.brand.slice(0, 1).toUpperCase() + card.brand.slice(1) : null,
    last4: card?.last4 ?? account?.last4 ?? '',
    expires: card ? `${String(card.exp_year)}-${String(card.exp_month).padStart(2, '0')}` : null,
    mandate: idOf(intent.mandate),
  }
}

interface SetUp {
  type: 'card' | 'bacs_debit'
  key: string
  account: string | null
  customer: string | null
  setup: string
  doneUrl: string
  backUrl: string
}

/**
 * Stripe's own pages. Cards are saved on Kith's account and copied to whom is paid; a direct debit's mandate is between
 * the payer and the council, so it is saved on the council's account.
 */
export function stripeHosted(client: StripeClient): HostedPart {
  const setUp = async (what: SetUp): Promise<HostedPage & { customer: string }> => {
    checkKey(what.key)
    try {
      const stripe = await client.sdk()
      const metadata = { kith_setup: what.setup }
      // A customer without a name or address: what Stripe needs to know, it asks on its page.
      const customer =
        what.customer ??
        (await stripe.customers.create({ metadata }, change(`${what.key}:customer`, what.account))).id
      const session = await stripe.checkout.sessions.create(
        {
          mode: 'setup',
          currency: 'gbp',
          customer,
          allowed_payment_method_types: [what.type],
          setup_intent_data: { metadata },
          metadata,
          success_url: what.doneUrl,
          cancel_url: what.backUrl,
        },
        change(what.key, what.account),
      )
      return { ...pageOf(session), customer }
    } catch (error) {
      const trouble = troubleOf(error)
      return raise(
        what.account ? await accountTrouble(client, what.account, trouble, 'collectsDebits') : trouble,
      )
    }
  }

  return {
    async checkout({ key, account, amount, fee = pence(0), payment, words, doneUrl, backUrl }) {
      checkKey(key)
      amountTaken(amount, fee)
      try {
        const session = await (
          await client.sdk()
        ).checkout.sessions.create(
          {
            mode: 'payment',
            line_items: [
              {
                quantity: 1,
                price_data: { currency: 'gbp', unit_amount: amount, product_data: { name: words } },
              },
            ],
            allowed_payment_method_types: ['card'],
            // The books are in pounds: nobody is offered another currency.
            adaptive_pricing: { enabled: false },
            payment_intent_data: {
              metadata: { kith_payment: payment, kith_key: key },
              ...(fee > 0 && { application_fee_amount: fee }),
            },
            metadata: { kith_payment: payment },
            success_url: doneUrl,
            cancel_url: backUrl,
          },
          change(key, account),
        )
        return pageOf(session)
      } catch (error) {
        return raise(await accountTrouble(client, account, troubleOf(error), 'takesPayments'))
      }
    },

    saveCard: (request) => setUp({ type: 'card', account: null, ...request }),
    setUpDirectDebit: (request) => setUp({ type: 'bacs_debit', ...request }),

    async findSetup({ account, reference }): Promise<SetupState | null> {
      try {
        const session = await (
          await client.sdk()
        ).checkout.sessions.retrieve(reference, { expand: ['setup_intent.payment_method'] }, on(account))
        const saved = savedOf(typeof session.setup_intent === 'object' ? session.setup_intent : null)
        return {
          reference,
          status: saved ? 'done' : session.status === 'open' ? 'open' : 'ended',
          setup: session.metadata?.['kith_setup'] ?? null,
          url: saved ? null : session.url,
          saved,
        }
      } catch (error) {
        const trouble = troubleOf(error)
        return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
      }
    },

    async forget({ account, method, key }) {
      checkKey(key)
      try {
        await (await client.sdk()).paymentMethods.detach(method, {}, change(key, account))
      } catch (error) {
        const trouble = troubleOf(error)
        if (trouble.status === 'missing' || trouble.status === 'account') return
        if (trouble.status === 'unavailable' || !(await isForgotten(client, { method, account })))
          raise(trouble)
      }
    },

    async collect({ key, account, debit, amount, payment, firstTriedAt }) {
      checkKey(key)
      if (!amountTaken(amount)) return { status: 'declined', reference: null, reason: 'amount_not_taken' }
      return take(client, {
        key,
        account,
        amount,
        fee: pence(0),
        payment: checkKey(payment),
        type: 'bacs_debit',
        firstTriedAt,
        saved: { method: debit.method, account },
        from: () => Promise.resolve({ customer: debit.customer, payment_method: debit.method }),
      })
    },

    async readMandate({ account, mandate }) {
      try {
        return mandateState(await (await client.sdk()).mandates.retrieve(mandate, {}, on(account)))
      } catch (error) {
        const trouble = troubleOf(error)
        return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
      }
    },
  }
}
