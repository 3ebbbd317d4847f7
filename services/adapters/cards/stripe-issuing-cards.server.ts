import type Stripe from 'stripe'
import type { CardHolder, CardResult, Cards, CardState } from '#services/ports/cards.ts'
import { checkKey } from '../payments/limits.ts'
import { change, on, type StripeClient } from '../payments/stripe-client.server.ts'
import { raise, troubleOf } from '../payments/stripe-errors.ts'
import {
  cardShape,
  cardState,
  shopsMetadata,
  spendingControls,
  type StripeCard,
} from './stripe-issuing-shapes.ts'

const readCard = (card: Stripe.Issuing.Card): StripeCard => cardShape.parse(card)
const addressOf = ({ line1, town, postcode }: CardHolder['address']) => ({
  line1,
  city: town,
  postal_code: postcode,
  country: 'GB',
})

function holderParams(holder: CardHolder): Stripe.Issuing.CardholderCreateParams {
  const { firstName, lastName, dateOfBirth: born, email, phone, address } = holder
  return {
    type: 'individual',
    name: `${firstName} ${lastName}`,
    individual: {
      first_name: firstName,
      last_name: lastName,
      ...(born && { dob: { day: born.day, month: born.month, year: born.year } }),
    },
    billing: { address: addressOf(address) },
    ...(email && { email }),
    ...(phone && { phone_number: phone }),
    metadata: { kith_holder: holder.id },
  }
}

/** Cards of a commercial programme at Stripe. It keeps no balance for a card: each purchase is asked for. */
export function issuingCards(client: StripeClient): Omit<Cards, 'name' | 'label' | 'receive' | 'emulator'> {
  const trying = async (work: (stripe: Stripe) => Promise<CardState>): Promise<CardResult> => {
    try {
      return { status: 'done', card: await work(await client.sdk()) }
    } catch (error) {
      const trouble = troubleOf(error)
      if (trouble.status === 'unavailable') return trouble
      return trouble.status === 'missing' ? { status: 'missing' } : raise(trouble)
    }
  }
  const alter = (
    at: { account: string | null; card: string; key: string },
    params: Stripe.Issuing.CardUpdateParams,
  ): Promise<CardResult> =>
    trying(async (stripe) =>
      cardState(
        readCard(await stripe.issuing.cards.update(at.card, params, change(checkKey(at.key), at.account))),
      ),
    )
  const read = async (stripe: Stripe, at: { account: string | null; card: string }): Promise<StripeCard> =>
    readCard(await stripe.issuing.cards.retrieve(at.card, {}, on(at.account)))

  return {
    issue: ({ key, allocation, account, holder, carriedBy, form, controls }) =>
      trying(async (stripe) => {
        checkKey(key)
        const cardholder =
          holder.reference ??
          (await stripe.issuing.cardholders.create(holderParams(holder), change(`${key}:holder`, account))).id
        const plastic = form === 'plastic'
        const card = await stripe.issuing.cards.create(
          {
            cardholder,
            currency: 'gbp',
            type: plastic ? 'physical' : 'virtual',
            status: plastic ? 'inactive' : 'active',
            spending_controls: spendingControls(controls),
            metadata: filled({
              kith_allocation: allocation,
              kith_carried_by: carriedBy,
              kith_waiting: plastic ? 'yes' : '',
              ...shopsMetadata(controls.shops),
            }),
            ...(plastic && {
              shipping: {
                name: `${holder.firstName} ${holder.lastName}`,
                address: addressOf(holder.address),
              },
            }),
          },
          change(key, account),
        )
        return cardState(readCard(card))
      }),

    async read(at) {
      try {
        return cardState(await read(await client.sdk(), at))
      } catch (error) {
        const trouble = troubleOf(error)
        return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
      }
    },

    // An ended card stays ended: Stripe refuses to change it, so what it is now is the answer.
    async freeze(at) {
      return (await ended(at)) ?? alter(at, { status: 'inactive' })
    },
    async unfreeze(at) {
      return (await ended(at)) ?? alter(at, { status: 'active', metadata: { kith_waiting: '' } })
    },
    async end(at) {
      return (await ended(at)) ?? alter(at, { status: 'canceled' })
    },
    setControls: ({ controls, ...at }) =>
      alter(at, {
        spending_controls: spendingControls(controls),
        metadata: shopsMetadata(controls.shops),
      }),

    replace: ({ key, account, card: old, why }) =>
      trying(async (stripe) => {
        checkKey(key)
        const card = await stripe.issuing.cards.retrieve(old, {}, on(account))
        const before = readCard(card)
        if (before.status !== 'canceled' && (why === 'lost' || why === 'stolen'))
          await stripe.issuing.cards.update(
            old,
            { status: 'canceled', cancellation_reason: why },
            change(`${key}:end`, account),
          )
        const { shipping } = card
        const plastic = card.type === 'physical'
        const fresh = await stripe.issuing.cards.create(
          {
            cardholder: before.cardholder,
            currency: 'gbp',
            type: card.type,
            status: plastic ? 'inactive' : 'active',
            replacement_for: old,
            replacement_reason: why,
            spending_controls: spendingControls(cardState(before).controls),
            metadata: filled({ ...before.metadata, kith_waiting: plastic ? 'yes' : '' }),
            ...(shipping && { shipping: { name: shipping.name, address: sendTo(shipping.address) } }),
          },
          change(key, account),
        )
        // What is damaged or has run out still works until its successor is made.
        if (before.status !== 'canceled' && why !== 'lost' && why !== 'stolen')
          await stripe.issuing.cards.update(old, { status: 'canceled' }, change(`${key}:end`, account))
        return cardState(readCard(fresh))
      }),

    load: () => Promise.resolve({ status: 'not_needed' }),
    unload: () => Promise.resolve({ status: 'not_needed' }),
  }

  async function ended(at: { account: string | null; card: string }): Promise<CardResult | null> {
    const now = await trying(async (stripe) => cardState(await read(stripe, at)))
    return now.status === 'done' && now.card.status !== 'ended' ? null : now
  }
}

/** An empty value takes one away, which there is nothing to take from in what is new. */
const filled = (metadata: Record<string, string>): Record<string, string> =>
  Object.fromEntries(Object.entries(metadata).filter(([, value]) => value !== ''))

const sendTo = (address: Stripe.Address) => ({
  line1: address.line1 ?? '',
  city: address.city ?? '',
  postal_code: address.postal_code ?? '',
  country: address.country ?? 'GB',
})
