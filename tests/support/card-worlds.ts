/** Each cards adapter with a world around it in which cards are used, for the contract suite. */
import { emulatorOfCards } from '#services/adapters/cards/emulator.server.ts'
import { stripeIssuing } from '#services/adapters/cards/stripe-issuing.server.ts'
import { memoryStore } from '#services/adapters/sandbox/memory-store.ts'
import { sign } from '#services/adapters/sandbox/signature.server.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { Authorise, CardDecline, CardEvent, Cards } from '#services/ports/cards.ts'
import type { Delivered } from './payment-worlds.ts'
import { FAKE_KEY, type FakeStripe, startFakeStripe } from './stripe/fake.ts'
import * as issuing from './stripe/issuing.ts'
import type { Thing } from './stripe/world.ts'

const SECRET = 'whsec_the_cards_suite'
const START = Temporal.Instant.from('2026-11-02T10:00:00Z')

export interface Bought {
  authorisation: string
  approved: boolean
}
export interface CardsWorld {
  cards: Cards
  now(): Temporal.Instant
  pass(duration: Temporal.DurationLike): void
  /** A purchase at a shop of a kind, which the ledger is asked about. */
  buy(card: string, amount: number, mcc: string, authorise: Authorise): Promise<Bought>
  clear(authorisation: string, amount: number): Promise<string>
  reverse(authorisation: string): Promise<void>
  refund(bought: Bought, transaction: string, amount: number): Promise<void>
  /** What the ledger threw when it was asked. */
  reported: unknown[]
  deliveries(): Promise<Delivered[]>
  signed(body: string, at?: Temporal.Instant): Delivered
  breaches(): string[]
  close(): Promise<void>
}

const never: Authorise = () => Promise.reject(new Error('nobody asks this'))

/** All that was told since the last time. */
export async function toldOfCards(world: CardsWorld): Promise<CardEvent[]> {
  const events: CardEvent[] = []
  for (const { body, signature } of await world.deliveries()) {
    const answer = await world.cards.receive(body, signature, never)
    if (!answer.ok) throw new Error(`a delivery was refused: ${answer.why}`)
    if (answer.event) events.push(answer.event)
  }
  return events
}

export function emulatorWorld(): Promise<CardsWorld> {
  let now = START
  const reported: unknown[] = []
  const cards = emulatorOfCards(
    { store: memoryStore(), now: () => now, report: (error) => reported.push(error) },
    SECRET,
  )
  const control = cards.emulator
  const must = <Value>(value: Value | null): Value => {
    if (value === null) throw new Error('the emulator had nothing to do that to')
    return value
  }
  return Promise.resolve({
    cards,
    reported,
    now: () => now,
    pass(duration) {
      now = now.toZonedDateTimeISO('UTC').add(duration).toInstant()
    },
    async buy(card, amount, mcc, authorise) {
      const merchant = { name: 'Millgate Pool', mcc, town: 'Millgate' }
      const result = await control.purchase({ card, amount: pence(amount), merchant }, authorise)
      return { authorisation: result.authorisation, approved: result.status === 'approved' }
    },
    clear: async (authorisation, amount) =>
      must(await control.clear(authorisation, pence(amount))).transaction,
    async reverse(authorisation) {
      if (!(await control.reverse(authorisation))) throw new Error('there was nothing to reverse')
    },
    async refund(_bought, transaction, amount) {
      must(await control.refund(transaction, pence(amount)))
    },
    async deliveries() {
      const all = await control.deliveries(1_000)
      await control.delivered(all.map(({ id }) => id))
      return [...all]
    },
    signed: (body, at = now) => ({ body, signature: sign(SECRET, body, at) }),
    breaches: () => [],
    close: () => Promise.resolve(),
  })
}

export async function issuingWorld(): Promise<CardsWorld & { fake: FakeStripe }> {
  let now = START
  const seconds = (at: Temporal.Instant) => Math.floor(at.epochMilliseconds / 1000)
  const fake = await startFakeStripe({ secret: SECRET, now: seconds(START) })
  const { world } = fake
  const reported: unknown[] = []
  const cards = stripeIssuing(
    { secretKey: FAKE_KEY, webhookSecrets: [SECRET], apiBase: fake.base, now: () => now },
    { answerWithinMs: 300, report: (error) => reported.push(error) },
  )
  return {
    fake,
    cards,
    reported,
    now: () => now,
    pass(duration) {
      now = now.toZonedDateTimeISO('UTC').add(duration).toInstant()
      world.now = seconds(now)
    },
    async buy(card, amount, mcc, authorise) {
      const id = await issuing.purchase(
        world,
        { account: '', card, amount, mcc, merchant: 'Millgate Pool' },
        async ({ body, signature }) => {
          const answer = await cards.receive(body, signature, authorise)
          return answer.ok ? answer.reply : null
        },
      )
      return { authorisation: id, approved: world.books('').get<Thing>(id)?.['approved'] === true }
    },
    clear: (authorisation, amount) =>
      Promise.resolve(issuing.clear(world, '', authorisation, amount, 'capture')),
    reverse(authorisation) {
      issuing.reverse(world, '', authorisation)
      return Promise.resolve()
    },
    refund({ authorisation }, _transaction, amount) {
      issuing.clear(world, '', authorisation, amount, 'refund')
      return Promise.resolve()
    },
    deliveries: () => Promise.resolve(fake.deliveries()),
    signed: (body, at = now) => ({ body, signature: world.sign(body, seconds(at)) }),
    breaches: () => fake.breaches,
    close: () => fake.close(),
  }
}

/** A ledger with one fund: says yes while there is enough, and remembers what it was asked. */
export function smallLedger(left: number) {
  const asked: { authorisation: string; amount: Pence; allocation: string; mcc: string; cash: boolean }[] = []
  let available = left
  const authorise: Authorise = ({ authorisation, amount, allocation, merchant, cash }) => {
    asked.push({ authorisation, amount, allocation, mcc: merchant.mcc, cash })
    if (amount > available)
      return Promise.resolve({
        approve: false,
        reason: 'not_enough' satisfies CardDecline,
        upTo: pence(available),
      })
    available -= amount
    return Promise.resolve({ approve: true })
  }
  return { authorise, asked, left: () => available }
}
