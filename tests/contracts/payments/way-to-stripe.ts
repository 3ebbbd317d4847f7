import { afterAll, beforeAll, expect, test } from 'vitest'
import { stripePayments } from '#services/adapters/payments/stripe.server.ts'
import { pence } from '#services/kernel/money.ts'
import { PaymentFault } from '#services/ports/payments.ts'
import { type Delivered, stripeWorld, told } from '#tests/support/payment-worlds.ts'
import { FAKE_KEY } from '#tests/support/stripe/fake.ts'
import { domainCode, key, movements, paid, request, savedCard } from './support.ts'

/** What is so of Stripe alone. */
export function wayToStripe(): void {
  let world: Awaited<ReturnType<typeof stripeWorld>>
  beforeAll(async () => {
    world = await stripeWorld()
  })
  afterAll(async () => {
    await world.close()
    expect(world.breaches()).toEqual([])
  })
  const changes = () => world.fake.seen.filter(({ method }) => method === 'POST')

  test('every call that moves or keeps something has a key of ours; links for one use have a fresh one', async () => {
    const wanted = await request(world)
    world.fake.seen.length = 0
    await world.payments.pay(wanted)
    expect(changes().map(({ path, key: used, account }) => [path, used, account])).toEqual([
      ['/v1/payment_methods', `${wanted.key}:copy`, wanted.account],
      ['/v1/payment_intents', wanted.key, wanted.account],
    ])
    const link = () =>
      world.payments.onboardingLink({
        account: wanted.account,
        doneUrl: 'https://kith.test',
        againUrl: 'https://kith.test',
      })
    expect((await link()).url).not.toBe((await link()).url)
  })
  test('Kith’s own fee is asked for only when there is one, and never above the amount', async () => {
    const wanted = await request(world)
    world.fake.seen.length = 0
    await world.payments.pay(wanted)
    await world.payments.pay({ ...wanted, key: key(), fee: pence(55) })
    const intents = changes().filter(({ path }) => path === '/v1/payment_intents')
    expect(intents.map(({ params }) => params['application_fee_amount'])).toEqual([undefined, '55'])
    await expect(world.payments.pay({ ...wanted, key: key(), fee: pence(2_751) })).rejects.toThrow(
      PaymentFault,
    )
  })
  test('a card is copied to the payee’s account and belongs to nobody there', async () => {
    const wanted = await request(world)
    await world.payments.pay(wanted)
    const intent = world.fake.world.books(wanted.account).of('payment_intent')[0]
    expect(intent).toMatchObject({ customer: null })
    expect(intent?.['payment_method']).not.toBe(wanted.card.method)
    expect(world.fake.world.books(wanted.account).of('customer')).toEqual([])
  })
  test('a fault of theirs is kept for its key, so it is asked again later, never anew at once', async () => {
    const wanted = await request(world)
    const firstTriedAt = world.now()
    world.fake.trouble({ on: /payment_intents$/, what: 'fault' })
    const later = { status: 'unavailable', why: 'fault_of_theirs', retryAfterSeconds: null }
    expect(await world.payments.pay(wanted)).toEqual(later)
    expect(await world.payments.pay({ ...wanted, firstTriedAt })).toEqual(later)
    world.pass({ hours: 25 })
    world.fake.forgetKeys()
    expect(await world.payments.pay({ ...wanted, firstTriedAt })).toMatchObject({ status: 'confirmed' })
  })
  test('“too many requests” says when to come again', async () => {
    world.fake.trouble({ on: /payment_methods$/, what: 'busy' })
    expect(await world.payments.pay(await request(world))).toEqual({
      status: 'unavailable',
      why: 'too_many_requests',
      retryAfterSeconds: 7,
    })
  })
  test('a line that breaks off takes no money twice', async () => {
    const wanted = await request(world)
    world.fake.trouble({ on: /payment_intents$/, what: 'reset' })
    expect(await world.payments.pay(wanted)).toMatchObject({ status: 'confirmed' })
    expect(paid(await movements(world, wanted.account))).toEqual([2_750])
  })
  test('an answer that never comes is waited for no longer than was said', async () => {
    const hasty = stripePayments({
      secretKey: FAKE_KEY,
      webhookSecrets: ['whsec_x'],
      apiBase: world.fake.base,
      timeoutMs: 50,
      now: () => world.now(),
    })
    world.fake.trouble({ on: /accounts$/, what: 'silence' })
    expect(await domainCode(hasty.openAccount({ key: key(), owner: 'x', kind: 'charity' }))).toBe(
      'UNAVAILABLE',
    )
  })
  test('an answer that is no answer of theirs is no answer', async () => {
    const wanted = await request(world)
    world.fake.trouble({ on: /payment_intents$/, what: 'garbage' })
    expect(await world.payments.pay(wanted)).toMatchObject({ status: 'unavailable', why: 'fault_of_theirs' })
  })
  test('a server that is not there is an outage', async () => {
    const gone = await stripeWorld()
    const { account, card, ...wanted } = await request(gone)
    await gone.close()
    expect(await gone.payments.pay({ ...wanted, account, card })).toMatchObject({
      status: 'unavailable',
      why: 'no_answer',
    })
    expect(await domainCode(gone.payments.readAccount(account))).toBe('UNAVAILABLE')
  })
  test('a key of ours that is not taken is a fault that tells nothing secret', async () => {
    const stranger = stripePayments({
      secretKey: 'sk_test_strangersecret',
      webhookSecrets: ['whsec_x'],
      apiBase: world.fake.base,
      now: () => world.now(),
    })
    const wanted = await request(world)
    const error = await stranger.pay(wanted).catch((caught: unknown) => caught as Error)
    expect(error).toBeInstanceOf(PaymentFault)
    const said = JSON.stringify([
      error,
      (error as Error).message,
      (error as Error).stack,
      (error as Error).cause,
    ])
    expect(said).not.toMatch(/stranger|sk_test|leak/)
  })
  test('no message of theirs comes through: they may name people, cards and keys', async () => {
    const declined = await world.payments.pay(
      await request(world, { card: await savedCard(world, 'generic_decline') }),
    )
    const events = await told(world)
    expect(JSON.stringify([declined, events])).not.toMatch(/Joan|4000|leak/)
  })
  test('a delivery signed with either endpoint’s secret is taken', async () => {
    const body = '{"id":"evt_1","object":"event","type":"x","created":1793000000,"data":{"object":{}}}'
    const seconds = Math.floor(world.now().epochMilliseconds / 1000)
    const signature = world.fake.world.sign(body, seconds, 'whsec_of_another_endpoint')
    expect(await world.payments.readWebhook(body, signature)).toMatchObject({ ok: true })
  })
  test('a kind that we know, told in a way we do not, is for a person to look at', async () => {
    const odd = (object: object, type = 'payment_intent.succeeded'): Delivered =>
      world.signed(
        JSON.stringify({ id: 'evt_1', object: 'event', type, created: 1_793_000_000, data: { object } }),
      )
    for (const { body, signature } of [
      odd({}),
      odd({ id: 'pi_1', status: 'succeeded', currency: 'eur', amount: 100, metadata: {} }),
      odd({ id: 'pi_1', status: 'succeeded', currency: 'gbp', amount: 1e21, metadata: {} }),
      odd({ id: 'pi_1', status: 'succeeded', currency: 'gbp', amount: 10.5, metadata: {} }),
      odd({ id: 'm' }, 'mandate.updated'),
    ])
      expect(await world.payments.readWebhook(body, signature)).toMatchObject({
        ok: true,
        event: { type: 'unknown', odd: true },
      })
  })
  test('a payment that is not ours is told without one of ours', async () => {
    const object = {
      id: 'pi_x',
      status: 'succeeded',
      currency: 'gbp',
      amount: 100,
      amount_received: 100,
      metadata: {},
    }
    const { body, signature } = world.signed(
      JSON.stringify({
        id: 'evt_1',
        object: 'event',
        type: 'payment_intent.succeeded',
        created: 1_793_000_000,
        account: 'acct_x',
        data: { object },
      }),
    )
    expect(await world.payments.readWebhook(body, signature)).toMatchObject({
      ok: true,
      event: { type: 'payment_confirmed', reference: 'pi_x', payment: null, account: 'acct_x' },
    })
  })
}
