import type { Payer } from '#services/ledger/accounts.rules.ts'

export const DEPLOYMENTS = [
  'council_managed',
  'direct_payment_bank',
  'direct_payment_card',
  'direct_payment_managed_account',
  'individual_service_fund',
  'adviser_held',
] as const
export type Deployment = (typeof DEPLOYMENTS)[number]

export interface HeldBy {
  deployment: Deployment
  personId: string
  councilId: string
  holderProviderId: string | null
}

/** Who owes a provider for what this allocation pays (docs/decisions: two books). */
export function payerOf(allocation: HeldBy): Payer {
  switch (allocation.deployment) {
    case 'council_managed':
    case 'adviser_held':
      return { kind: 'council', id: allocation.councilId }
    case 'individual_service_fund':
    case 'direct_payment_managed_account':
      if (!allocation.holderProviderId) throw new Error('a fund held for somebody names its holder')
      return { kind: 'fund_holder', id: allocation.holderProviderId }
    case 'direct_payment_bank':
    case 'direct_payment_card':
      return { kind: 'person', id: allocation.personId }
  }
}

/**
 * Whether money can be set aside once agreed (its period has begun), or only once it has arrived.
 * Council-managed and adviser-held money never travels to the person.
 */
export const setAsideWhenAgreed = (deployment: Deployment): boolean =>
  deployment === 'council_managed' || deployment === 'adviser_held'

/** How it is held, in words beside a fund's name. */
export const HELD_WORDS: Record<Deployment, string> = {
  council_managed: 'the council looks after it and pays',
  direct_payment_bank: 'paid into your bank account',
  direct_payment_card: 'on your card',
  direct_payment_managed_account: 'in an account looked after for you',
  individual_service_fund: 'held for you by a provider you chose',
  adviser_held: 'spent with you by your adviser',
}

export type PaymentState = 'paid' | 'sent' | 'not_yet'

/**
 * What has become of what a fund owes a provider: the one place for these words. A council and a fund holder pay by
 * runs of their own, so "paid" is said only of a payment that the ledger knows.
 */
export const PAYMENT_WORDS: Record<
  Payer['kind'],
  Record<PaymentState, { tag: string; person: string; provider: string }>
> = {
  person: {
    not_yet: {
      tag: 'Owed',
      person: 'It is owed and will be paid.',
      provider: 'They owe it to you.',
    },
    sent: {
      tag: 'Payment on its way',
      person: 'The payment is on its way.',
      provider: 'The payment is on its way to you.',
    },
    paid: { tag: 'Paid', person: 'It is paid.', provider: 'You have been paid.' },
  },
  council: {
    not_yet: {
      tag: 'The council pays',
      person: 'The council pays the provider.',
      provider: 'The council owes it to you.',
    },
    sent: {
      tag: 'Payment on its way',
      person: 'The council’s payment is on its way to the provider.',
      provider: 'The council’s payment is on its way to you.',
    },
    paid: {
      tag: 'Paid',
      person: 'The council has paid the provider.',
      provider: 'The council has paid you.',
    },
  },
  fund_holder: {
    not_yet: {
      tag: 'Your fund holder pays',
      person: 'Your fund holder pays the provider.',
      provider: 'Their fund holder owes it to you.',
    },
    sent: {
      tag: 'Payment on its way',
      person: 'Your fund holder’s payment is on its way to the provider.',
      provider: 'Their fund holder’s payment is on its way to you.',
    },
    paid: {
      tag: 'Paid',
      person: 'Your fund holder has paid the provider.',
      provider: 'Their fund holder has paid you.',
    },
  },
}
