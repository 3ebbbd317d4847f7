import type { Cards } from '#services/ports/cards.ts'
import { stripeClient, type StripeSettings } from '../payments/stripe-client.server.ts'
import { issuingCards } from './stripe-issuing-cards.server.ts'
import { issuingEvents, type IssuingOptions } from './stripe-issuing-events.server.ts'

/** Stripe Issuing behind the cards port, for commercial programmes. */
export function stripeIssuing(settings: StripeSettings, options: IssuingOptions): Cards {
  const client = stripeClient(settings)
  return {
    name: 'stripe_issuing',
    label: settings.secretKey.includes('_test_') ? 'Test cards: no money moves.' : '',
    ...issuingCards(client),
    ...issuingEvents(client, options),
  }
}
