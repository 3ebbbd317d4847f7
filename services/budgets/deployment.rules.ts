import type { Deployment } from './payer.rules.ts'

export interface DeploymentWords {
  name: string
  /** What it means for the person, in three sentences: who pays, what they do, what they keep. All six are equals. */
  means: string
  holder: 'none' | 'provider' | 'adviser'
}

/** The ways of holding a fund, in the order of the alphabet of their names, so that none comes first by preference. */
export const DEPLOYMENT_WORDS: Record<Deployment, DeploymentWords> = {
  direct_payment_managed_account: {
    name: 'An account looked after for you',
    means:
      'A support service keeps the money in an account for you and pays when you say so. You choose, you are in control, and you may be an employer. They keep the records.',
    holder: 'provider',
  },
  direct_payment_bank: {
    name: 'Paid into a bank account',
    means:
      'The council pays into a bank account that is only for this. You pay providers by card or transfer. Kith keeps the records of what is booked here.',
    holder: 'none',
  },
  direct_payment_card: {
    name: 'Paid onto a card',
    means:
      'The council loads a card. You pay with it wherever the scheme allows. The council sees what it was used for, so you keep no receipts beyond what the scheme asks.',
    holder: 'none',
  },
  individual_service_fund: {
    name: 'Held by a provider or another organisation you choose',
    means:
      'An organisation holds the money under an agreement and spends it with you. You see every spend, and what they take for managing it.',
    holder: 'provider',
  },
  council_managed: {
    name: 'Looked after by the council',
    means:
      'The council orders and pays for the support you choose. You handle no money. A provider needs the council’s order before it is booked.',
    holder: 'none',
  },
  adviser_held: {
    name: 'Spent with you by your adviser',
    means:
      'A named adviser spends it with you, within agreed limits. Each thing that is bought says which of your outcomes it is for, and you agree to it.',
    holder: 'adviser',
  },
}

/** Why money cannot be held another way; null when it can. */
export function deploymentRefusal(
  now: {
    deployment: Deployment
    streamKind: string
    movesPence: number
    toComePence: number
    ended: boolean
  },
  wanted: { deployment: Deployment; holderProviderId: string | null },
  sameHolder: boolean,
): string | null {
  if (now.ended) return 'This fund has ended. There is nothing left to hold another way.'
  if (now.streamKind === 'own_money' || now.streamKind === 'contribution')
    return 'This is the person’s own money. Only they decide where they keep it.'
  if (now.deployment === wanted.deployment && sameHolder)
    return 'It is held this way already. Choose another way, or another organisation.'
  if (now.movesPence + now.toComePence <= 0)
    return 'Nothing is left in it and nothing more will come, so there is nothing to hold another way.'
  return null
}
