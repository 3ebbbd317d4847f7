import type { Payments } from '#services/ports/payments.ts'
import { stripeAccounts } from './stripe-accounts.server.ts'
import { stripeBooks } from './stripe-books.server.ts'
import { stripeClient, type StripeSettings } from './stripe-client.server.ts'
import { stripeEvents } from './stripe-events.server.ts'
import { stripeHosted } from './stripe-hosted.server.ts'
import { stripePaying } from './stripe-payments.server.ts'
import { stripeRefunds } from './stripe-refunds.server.ts'

/** Stripe behind the payments port: direct charges on Express accounts. Chosen when STRIPE_SECRET_KEY is set. */
export function stripePayments(settings: StripeSettings): Payments {
  const client = stripeClient(settings)
  const paying = stripePaying(client)
  return {
    name: 'stripe',
    label: settings.secretKey.includes('_test_') ? 'Test payments: no money moves.' : '',
    ...paying,
    ...stripeRefunds(client, paying.find),
    ...stripeHosted(client),
    ...stripeAccounts(client),
    ...stripeBooks(client),
    ...stripeEvents(client),
  }
}
