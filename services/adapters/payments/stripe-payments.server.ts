import type Stripe from 'stripe'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { PaymentResult, Payments, SavedMethod } from '#services/ports/payments.ts'
import { amountTaken, checkKey } from './limits.ts'
import { accountTrouble } from './stripe-accounts.server.ts'
import { change, on, type StripeClient, triedLongAgo } from './stripe-client.server.ts'
import { raise, type Trouble, troubleOf } from './stripe-errors.ts'
import { furthest, resultOf, sessionState, stateOf } from './stripe-intents.ts'

const DECLINED = { status: 'declined', reference: null } as const

/** What an error means for a payment. @throws PaymentFault */
function paymentTrouble(trouble: Trouble): PaymentResult | 'look' {
  switch (trouble.status) {
    case 'declined':
    case 'needs_you':
    case 'unavailable':
      return trouble
    case 'missing':
      return { ...DECLINED, reason: 'no_way_to_pay' }
    case 'account':
      return { ...DECLINED, reason: 'payee_not_ready' }
    case 'moved_on':
      return 'look'
    case 'refused':
    case 'fault':
      return raise(trouble)
  }
}

const isSession = (reference: string): boolean => reference.startsWith('cs_')

interface Take {
  key: string
  account: string
  amount: Pence
  fee: Pence
  payment: string
  type: 'card' | 'bacs_debit'
  firstTriedAt: Temporal.Instant | null | undefined
  /** What was saved, and on which account (null: Kith's own). */
  saved: { method: string; account: string | null }
  /** Names what to charge; on the account it is charged on. */
  from: (stripe: Stripe) => Promise<{ payment_method: string; customer?: string }>
}

/** Takes one payment on a connected account, for cards and direct debits alike. */
export async function take(client: StripeClient, what: Take): Promise<PaymentResult> {
  const { key, account, payment } = what
  try {
    const stripe = await client.sdk()
    if (triedLongAgo(client, what.firstTriedAt)) {
      const earlier = await search(stripe, account, 'kith_key', key)
      if (earlier) return resultOf(earlier)
    }
    const intent = await stripe.paymentIntents.create(
      {
        amount: what.amount,
        currency: 'gbp',
        ...(await what.from(stripe)),
        allowed_payment_method_types: [what.type],
        off_session: true,
        confirm: true,
        metadata: { kith_payment: payment, kith_key: key },
        ...(what.fee > 0 && { application_fee_amount: what.fee }),
      },
      change(key, account),
    )
    return resultOf(intent)
  } catch (error) {
    const needs = what.type === 'card' ? 'takesPayments' : 'collectsDebits'
    const meant = await accountTrouble(client, account, troubleOf(error), needs)
    if (meant.status === 'fault' && meant.about === 'request' && (await isForgotten(client, what.saved)))
      return { ...DECLINED, reason: 'no_way_to_pay' }
    const trouble = paymentTrouble(meant)
    return trouble === 'look'
      ? { status: 'unavailable', why: 'still_working', retryAfterSeconds: null }
      : trouble
  }
}

/** Whether a saved card or account is there no more. What belongs to nobody cannot be charged, and says so without a code. */
export async function isForgotten(
  client: StripeClient,
  { method, account }: { method: string; account: string | null },
): Promise<boolean> {
  try {
    return (await (await client.sdk()).paymentMethods.retrieve(method, {}, on(account))).customer === null
  } catch (error) {
    const trouble = troubleOf(error)
    return trouble.status === 'missing' || trouble.status === 'account' ? true : raise(trouble)
  }
}

async function search(
  stripe: Stripe,
  account: string,
  field: 'kith_key' | 'kith_payment',
  value: string,
): Promise<Stripe.PaymentIntent | null> {
  const found = await stripe.paymentIntents.search(
    { query: `metadata['${field}']:'${checkKey(value)}'`, limit: 20, expand: ['data.latest_charge'] },
    on(account),
  )
  return furthest(found.data)
}

/**
 * A card saved with Kith, copied to the account that charges it. A copy that belongs to nobody there is for one payment, so
 * each try makes its own; docs.stripe.com/connect/direct-charges-multiple-accounts.
 */
async function copyCard(stripe: Stripe, card: SavedMethod, account: string, key: string): Promise<string> {
  const copy = await stripe.paymentMethods.create(
    { customer: card.customer, payment_method: card.method },
    change(`${key}:copy`, account),
  )
  return copy.id
}

export function stripePaying(
  client: StripeClient,
): Pick<Payments, 'pay' | 'finish' | 'find' | 'findPayment' | 'cancel'> {
  const find: Payments['find'] = async ({ account, reference }) => {
    try {
      const stripe = await client.sdk()
      if (isSession(reference))
        return sessionState(
          await stripe.checkout.sessions.retrieve(
            reference,
            { expand: ['payment_intent.latest_charge'] },
            on(account),
          ),
        )
      return stateOf(
        await stripe.paymentIntents.retrieve(reference, { expand: ['latest_charge'] }, on(account)),
      )
    } catch (error) {
      const trouble = troubleOf(error)
      return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
    }
  }

  return {
    find,

    async pay({ key, amount, fee = pence(0), account, card, payment, firstTriedAt }) {
      checkKey(key)
      if (!amountTaken(amount, fee)) return { ...DECLINED, reason: 'amount_not_taken' }
      if (!account) return { ...DECLINED, reason: 'payee_not_ready' }
      if (!card) return { ...DECLINED, reason: 'no_way_to_pay' }
      return take(client, {
        key,
        account,
        amount,
        fee,
        payment: checkKey(payment ?? key),
        type: 'card',
        firstTriedAt,
        saved: { method: card.method, account: null },
        from: async (stripe) => ({ payment_method: await copyCard(stripe, card, account, key) }),
      })
    },

    async finish({ key, account, reference, card, returnUrl }) {
      checkKey(key)
      try {
        const stripe = await client.sdk()
        const intent = await stripe.paymentIntents.confirm(
          reference,
          { payment_method: await copyCard(stripe, card, account, key), return_url: returnUrl },
          change(key, account),
        )
        const url = intent.next_action?.redirect_to_url?.url
        if (intent.status === 'requires_action' && url) return { status: 'go', reference, url }
        return resultOf(intent)
      } catch (error) {
        const trouble = paymentTrouble(troubleOf(error))
        if (trouble !== 'look') return trouble
        const state = await find({ account, reference })
        if (state?.status === 'confirmed' || state?.status === 'sent')
          return { status: state.status, reference: state.reference }
        return { status: 'declined', reference, reason: state?.reason ?? 'cancelled' }
      }
    },

    async findPayment({ account, payment }) {
      try {
        const intent = await search(await client.sdk(), account, 'kith_payment', payment)
        return intent ? stateOf(intent) : null
      } catch (error) {
        const trouble = troubleOf(error)
        return trouble.status === 'account' ? null : raise(trouble)
      }
    },

    async cancel({ account, reference, key }) {
      checkKey(key)
      try {
        const stripe = await client.sdk()
        if (isSession(reference)) await stripe.checkout.sessions.expire(reference, {}, change(key, account))
        else await stripe.paymentIntents.cancel(reference, {}, change(key, account))
      } catch (error) {
        // It cannot be called off any more, or never was there: what it is now says which.
        const trouble = troubleOf(error)
        const state = trouble.status === 'unavailable' ? null : await find({ account, reference })
        if (trouble.status === 'unavailable' || state?.status === 'open' || state?.status === 'needs_you')
          raise(trouble)
        return state
      }
      return find({ account, reference })
    },
  }
}
