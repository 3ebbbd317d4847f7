/** Each payments adapter with a world around it that people, banks and the network can be moved in, for the contract suite. */
import type { SandboxKinds } from '#services/adapters/payments/sandbox-kinds.ts'
import { memoryStore } from '#services/adapters/sandbox/memory-store.ts'
import { postgresStore } from '#services/adapters/sandbox/postgres-store.server.ts'
import type { SandboxStore } from '#services/adapters/sandbox/store.ts'
import { makeDb } from '#services/db/client.server.ts'
import { sign } from '#services/adapters/sandbox/signature.server.ts'
import { sandboxPayments } from '#services/adapters/payments/sandbox.server.ts'
import { stripePayments } from '#services/adapters/payments/stripe.server.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { AccountStatus, PayoutFailure } from '#services/ports/payment-accounts.ts'
import type { DisputeReason, PaymentEvent } from '#services/ports/payment-events.ts'
import type { SandboxPlan } from '#services/ports/payments-sandbox.ts'
import type { DeclineReason, Payments, SavedMethod } from '#services/ports/payments.ts'
import { testDatabase } from './database.ts'
import * as accounts from './stripe/accounts.ts'
import { FAKE_KEY, type FakeStripe, startFakeStripe } from './stripe/fake.ts'
import { changeMandate, completeSession } from './stripe/hosted.ts'
import { charge, fail, pendingRefunds } from './stripe/money.ts'
import type { Behaviour, Intent, Session } from './stripe/world.ts'

export const WEBHOOK_SECRET = 'whsec_the_contract_suite'
const START = Temporal.Instant.from('2026-11-02T10:00:00Z')

export interface Delivered {
  body: string
  signature: string
}
export interface PaymentsWorld {
  payments: Payments
  now(): Temporal.Instant
  pass(duration: Temporal.DurationLike): void
  /** What the next payment with this card does. */
  will(card: SavedMethod, does: Behaviour): Promise<void>
  trouble(what: 'busy' | 'no_answer' | 'lost_answer'): Promise<void>
  setAccount(account: string, status: Exclude<AccountStatus, 'new'>): Promise<void>
  /** The person leaves a hosted page, having done what it asks or not. */
  leave(page: { url: string; reference: string; account: string | null }, done: boolean): Promise<void>
  /** The person agrees on their bank's page, or does not. */
  agree(page: { url: string; reference: string; account: string }, done: boolean): Promise<void>
  settle(account: string, reference: string, outcome: 'confirmed' | 'failed'): Promise<void>
  holdRefunds(): Promise<void>
  settleRefund(account: string, reference: string, outcome: 'confirmed' | 'failed'): Promise<void>
  dispute(account: string, reference: string, reason: DisputeReason): Promise<string>
  closeDispute(account: string, dispute: string, won: boolean): Promise<void>
  /** The bank has taken the mandate on. */
  startMandate(account: string, mandate: string): Promise<void>
  endMandate(account: string, mandate: string): Promise<void>
  payOut(account: string): Promise<string>
  endPayout(account: string, payout: string, failure: PayoutFailure | null): Promise<void>
  deliveries(): Promise<Delivered[]>
  /** A delivery that says something else, rightly signed now or at a time. */
  signed(body: string, at?: Temporal.Instant): Delivered
  /** As after a day: the vendor has forgotten which keys it saw. */
  forgetKeys(): void
  /** Where the adapter and its vendor's own document differ. */
  breaches(): string[]
  close(): Promise<void>
}

/** All that was told since the last time, in our words. */
export async function told(world: PaymentsWorld): Promise<PaymentEvent[]> {
  const events: PaymentEvent[] = []
  for (const { body, signature } of await world.deliveries()) {
    const answer = await world.payments.readWebhook(body, signature)
    if (!answer.ok) throw new Error(`a delivery was refused: ${answer.why}`)
    events.push(answer.event)
  }
  return events
}

const PLANS: Readonly<Record<Exclude<Behaviour, 'pays'>, SandboxPlan>> = {
  waits: { kind: 'wait' },
  authentication_required: { kind: 'needs_you' },
  insufficient_funds: { kind: 'decline', reason: 'not_enough_money' },
  generic_decline: { kind: 'decline', reason: 'bank_said_no' },
  expired_card: { kind: 'decline', reason: 'card_expired' },
  stolen_card: { kind: 'decline', reason: 'card_blocked' },
  processing_error: { kind: 'decline', reason: 'try_later' },
}

/** @param close what must be closed with it */
export function sandboxWorld(
  store: SandboxStore<SandboxKinds> = memoryStore(),
  close: () => Promise<void> = () => Promise.resolve(),
): Promise<PaymentsWorld> {
  let now = START
  const payments = sandboxPayments(
    {
      store,
      now: () => now,
      pageUrl: (reference) => `https://kith.test/demo/payments/${reference}`,
    },
    WEBHOOK_SECRET,
  )
  const control = payments.sandbox
  const must = async (done: Promise<unknown>): Promise<void> => {
    const result = await done
    if (result === null || result === false) throw new Error('the sandbox had nothing to do that to')
  }
  return Promise.resolve({
    payments,
    now: () => now,
    pass(duration) {
      now = now.toZonedDateTimeISO('UTC').add(duration).toInstant()
    },
    async will(_card, does) {
      if (does !== 'pays') await control.plan(PLANS[does])
    },
    trouble: (what) => control.plan(what === 'lost_answer' ? { kind: 'lost_answer' } : { kind: 'outage' }),
    setAccount: (account, status) => must(control.setAccount(account, status)),
    leave: ({ reference }, done) => must(control.leavePage(reference, done)),
    agree: ({ url }, done) => must(control.leavePage(url.split('/').at(-1) ?? '', done)),
    settle: (_account, reference, outcome) =>
      must(
        control.settle(
          reference,
          outcome === 'confirmed' ? 'confirmed' : { declined: 'not_enough_money' satisfies DeclineReason },
        ),
      ),
    holdRefunds: () => control.holdRefunds(true),
    settleRefund: (_account, reference, outcome) => must(control.settleRefund(reference, outcome)),
    dispute: async (_account, reference, reason) => (await control.dispute(reference, reason))?.dispute ?? '',
    closeDispute: (_account, dispute, won) => must(control.closeDispute(dispute, won)),
    startMandate: () => Promise.resolve(),
    endMandate: (_account, mandate) => must(control.endMandate(mandate, 'account_closed')),
    payOut: async (account) => (await control.payOut(account))?.payout ?? '',
    endPayout: (account, payout, failure) =>
      must(control.settlePayout(account, payout, failure ? { failed: failure } : 'paid')),
    async deliveries() {
      const all = await control.deliveries(1_000)
      await control.delivered(all.map(({ id }) => id))
      return [...all]
    },
    signed: (body, at = now) => ({ body, signature: sign(WEBHOOK_SECRET, body, at) }),
    forgetKeys: () => undefined,
    breaches: () => [],
    close,
  })
}

/** The sandbox as the demo has it: what it knows stands in PostgreSQL. */
export async function keptSandboxWorld(): Promise<PaymentsWorld> {
  const database = await testDatabase()
  const db = makeDb({ url: database.url, max: 4 })
  return sandboxWorld(postgresStore(db, 'payments'), async () => {
    await db.close()
    await database.drop()
  })
}

const DISPUTES: Readonly<Record<DisputeReason, string>> = {
  not_recognised: 'fraudulent',
  not_received: 'product_not_received',
  not_as_agreed: 'product_unacceptable',
  twice: 'duplicate',
  debit_taken_back: 'debit_not_authorized',
  other: 'general',
}
const FAILURES: Readonly<Record<PayoutFailure, string>> = {
  account_closed: 'account_closed',
  account_wrong: 'no_account',
  account_restricted: 'bank_account_restricted',
  bank_said_no: 'could_not_process',
}
const CHANGES = /^\/v1\/(payment_intents|refunds|checkout|accounts)/

export async function stripeWorld(): Promise<PaymentsWorld & { fake: FakeStripe }> {
  let now = START
  const seconds = () => Math.floor(now.epochMilliseconds / 1000)
  const fake = await startFakeStripe({ secret: WEBHOOK_SECRET, now: seconds() })
  const { world } = fake
  const settings = {
    secretKey: FAKE_KEY,
    webhookSecrets: ['whsec_of_another_endpoint', WEBHOOK_SECRET],
    apiBase: fake.base,
    now: () => now,
  }
  const intentOf = (account: string, reference: string): Intent => {
    const intent = world.books(account).get<Intent>(reference)
    if (!intent) throw new Error('no such payment')
    return intent
  }
  return {
    fake,
    payments: stripePayments(settings),
    now: () => now,
    pass(duration) {
      now = now.toZonedDateTimeISO('UTC').add(duration).toInstant()
      world.now = seconds()
    },
    will(card, does) {
      world.behaves.set(card.method, does)
      return Promise.resolve()
    },
    trouble(what) {
      fake.trouble({ on: CHANGES, what })
      return Promise.resolve()
    },
    setAccount(account, status) {
      accounts.setAccount(world, account, status)
      return Promise.resolve()
    },
    async leave({ reference, account }, done) {
      const session = world.books(account ?? '').get<Session>(reference)
      if (session?.status !== 'open') throw new Error('the page is not open')
      if (done) completeSession(world, reference, 'pays')
    },
    agree({ reference, account }, done) {
      const intent = intentOf(account, reference)
      if (done) charge(world, account, intent)
      else fail(world, account, intent, { code: 'payment_intent_authentication_failure' })
      return Promise.resolve()
    },
    settle(account, reference, outcome) {
      const intent = intentOf(account, reference)
      if (outcome === 'confirmed') charge(world, account, intent)
      else fail(world, account, intent, { code: 'insufficient_funds' })
      return Promise.resolve()
    },
    holdRefunds() {
      pendingRefunds.add(world)
      return Promise.resolve()
    },
    settleRefund(account, reference, outcome) {
      accounts.endRefund(world, account, reference, outcome === 'confirmed')
      return Promise.resolve()
    },
    dispute: (account, reference, reason) =>
      Promise.resolve(accounts.dispute(world, account, reference, DISPUTES[reason])),
    closeDispute(account, dispute, won) {
      accounts.closeDispute(world, account, dispute, won)
      return Promise.resolve()
    },
    startMandate(account, mandate) {
      changeMandate(world, account, mandate, { status: 'active', network: 'accepted' })
      return Promise.resolve()
    },
    endMandate(account, mandate) {
      changeMandate(world, account, mandate, {
        status: 'inactive',
        network: 'revoked',
        reason: 'account_closed',
      })
      return Promise.resolve()
    },
    payOut: (account) => Promise.resolve(accounts.payOut(world, account)),
    endPayout(account, payout, failure) {
      accounts.endPayout(world, account, payout, failure && FAILURES[failure])
      return Promise.resolve()
    },
    deliveries: () => Promise.resolve(fake.deliveries()),
    signed: (body, at = now) => ({
      body,
      signature: world.sign(body, Math.floor(at.epochMilliseconds / 1000)),
    }),
    forgetKeys: () => {
      fake.forgetKeys()
    },
    breaches: () => fake.breaches,
    close: () => fake.close(),
  }
}
