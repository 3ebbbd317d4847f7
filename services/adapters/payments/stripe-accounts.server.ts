import type Stripe from 'stripe'
import { fromSeconds } from './vendor.ts'
import type {
  AccountState,
  AccountStatus,
  ConnectedAccounts,
  Missing,
} from '#services/ports/payment-accounts.ts'
import { checkKey } from './limits.ts'
import { change, type StripeClient } from './stripe-client.server.ts'
import { raise, type Trouble, troubleOf } from './stripe-errors.ts'

/** What of an account is read, from an answer or an event. */
export interface AccountLike {
  id: string
  charges_enabled?: boolean | undefined
  payouts_enabled?: boolean | undefined
  details_submitted?: boolean | undefined
  capabilities?: Record<string, string | undefined> | null | undefined
  requirements?:
    | {
        currently_due?: string[] | null | undefined
        past_due?: string[] | null | undefined
        pending_verification?: string[] | null | undefined
        current_deadline?: number | null | undefined
        disabled_reason?: string | null | undefined
      }
    | null
    | undefined
}

/** First match wins. The names are dotted paths such as 'individual.verification.document' or 'person_1Ab.dob.day'. */
const MEANS: readonly (readonly [RegExp, Missing])[] = [
  [/^external_account/, 'bank_account'],
  [/^tos_acceptance|^settings\..*terms|_tos/, 'agreement'],
  [/^business_profile/, 'what_you_do'],
  [
    /^(owners|directors|executives|representative|authorizer)\b|directors_provided|owners_provided|executives_provided|\.relationship/,
    'people_in_charge',
  ],
  [/verification|document/, 'identity_document'],
  [/\.dob\b/, 'date_of_birth'],
  [/tax_id|vat_id|id_number|ssn|registration_number/, 'tax_number'],
  [/^company\.(name|structure|verification|ownership|export)|^business_type|^documents/, 'organisation'],
  [/address/, 'address'],
  [/email|phone/, 'contact'],
  [/name/, 'name'],
]
const meaning = (field: string): Missing =>
  MEANS.find(([pattern]) => pattern.test(field))?.[1] ?? 'something_else'

function statusOf(account: AccountLike, missing: readonly Missing[]): AccountStatus {
  const why = account.requirements?.disabled_reason ?? ''
  if (why.startsWith('rejected')) return 'closed'
  if (account.charges_enabled && account.payouts_enabled) return 'ready'
  if (!account.details_submitted) return 'new'
  if (/^(listed|under_review|platform_paused|other)$/.test(why)) return 'paused'
  if (missing.length > 0) return 'more_needed'
  return 'checking'
}

export function accountState(account: AccountLike): AccountState {
  const needs = account.requirements
  const fields = [...(needs?.past_due ?? []), ...(needs?.currently_due ?? [])]
  const missing = [...new Set(fields.map(meaning))]
  return {
    account: account.id,
    status: statusOf(account, missing),
    takesPayments: account.charges_enabled === true,
    paysOut: account.payouts_enabled === true,
    collectsDebits: account.capabilities?.['bacs_debit_payments'] === 'active',
    missing,
    dueBy: needs?.current_deadline ? fromSeconds(needs.current_deadline) : null,
  }
}

export async function readAccount(client: StripeClient, account: string): Promise<AccountState | null> {
  try {
    return accountState(accountLike(await (await client.sdk()).accounts.retrieve(account)))
  } catch (error) {
    const trouble = troubleOf(error)
    return trouble.status === 'missing' || trouble.status === 'account' ? null : raise(trouble)
  }
}

/** An account that cannot take payments is told in many ways, some without a code: the account itself says. */
export async function accountTrouble(
  client: StripeClient,
  account: string,
  trouble: Trouble,
  needs: 'takesPayments' | 'collectsDebits',
): Promise<Trouble> {
  if (trouble.status !== 'fault' || trouble.about !== 'request') return trouble
  return (await readAccount(client, account))?.[needs] ? trouble : { status: 'account' }
}

const BUSINESS = { organisation: 'company', charity: 'non_profit', sole_trader: 'individual' } as const

/**
 * Express accounts: Stripe's own pages ask for what it needs and show its owner their payouts. Direct charges are made on
 * them, so the account's owner is who sells and who answers for refunds and disputes.
 */
export function stripeAccounts(client: StripeClient): ConnectedAccounts {
  const read = (account: string) => readAccount(client, account)
  return {
    readAccount: read,

    async openAccount({ key, owner, kind, collectsDebits = false }) {
      checkKey(key)
      try {
        const account = await (
          await client.sdk()
        ).accounts.create(
          {
            type: 'express',
            country: 'GB',
            default_currency: 'gbp',
            business_type: BUSINESS[kind],
            capabilities: {
              card_payments: { requested: true },
              transfers: { requested: true },
              ...(collectsDebits && { bacs_debit_payments: { requested: true } }),
            },
            metadata: { kith_owner: owner },
          },
          change(key),
        )
        return { account: account.id }
      } catch (error) {
        return raise(troubleOf(error))
      }
    },

    // Links are for one use, so they get no key of ours: every press makes a fresh one.
    async onboardingLink({ account, doneUrl, againUrl }) {
      try {
        const link = await (
          await client.sdk()
        ).accountLinks.create({
          account,
          type: 'account_onboarding',
          return_url: doneUrl,
          refresh_url: againUrl,
          collection_options: { fields: 'eventually_due' },
        })
        return { url: link.url, until: fromSeconds(link.expires_at) }
      } catch (error) {
        return raise(troubleOf(error))
      }
    },

    async dashboardLink({ account }) {
      const state = await read(account)
      // Before onboarding is done Stripe has no such pages for them.
      if (!state || state.status === 'new' || state.status === 'closed') return null
      try {
        return { url: (await (await client.sdk()).accounts.createLoginLink(account)).url }
      } catch (error) {
        return raise(troubleOf(error))
      }
    },
  }
}

const accountLike = (account: Stripe.Account): AccountLike => ({
  ...account,
  capabilities: { ...account.capabilities },
  requirements: account.requirements ?? null,
})
