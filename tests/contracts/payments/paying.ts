import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { PaymentFault, type SavedMethod } from '#services/ports/payments.ts'
import { told } from '#tests/support/payment-worlds.ts'
import { type At, key, movements, PAGES, paid, request, savedCard } from './support.ts'

/** Paying with a saved card, and the bank that wants the person. */
export function payingContract(world: At): void {
  describe('paying with a saved card', () => {
    test('takes it on the payee’s own account, and says so to who asks and as an event', async () => {
      const wanted = await request(world())
      await told(world())
      const result = await world().payments.pay(wanted)
      expect(result).toEqual({ status: 'confirmed', reference: expect.any(String) })
      const { reference } = result as { reference: string }
      const { account, payment } = wanted
      expect(await world().payments.find({ account, reference })).toEqual({
        reference,
        status: 'confirmed',
        amount: 2_750,
        fee: 0,
        refunded: 0,
        payment,
        reason: null,
        url: null,
      })
      expect(await told(world())).toEqual([
        {
          id: expect.any(String),
          account,
          at: world().now(),
          type: 'payment_confirmed',
          reference,
          payment,
          amount: 2_750,
        },
      ])
      const [row] = await movements(world(), account)
      expect(row).toMatchObject({ kind: 'payment', gross: 2_750, payment, paymentReference: reference })
      expect(row?.net).toBe((row?.gross ?? 0) - (row?.fee ?? 0))
      expect(row?.fee).toBeGreaterThan(0)
    })
    test('the same key never takes money twice and gets the same answer', async () => {
      const wanted = await request(world())
      const first = await world().payments.pay(wanted)
      const again = await Promise.all([world().payments.pay(wanted), world().payments.pay(wanted)])
      expect(again).toEqual([first, first])
      expect(paid(await movements(world(), wanted.account))).toEqual([2_750])
    })
    test('the same key for another amount is a fault of ours, and moves nothing', async () => {
      const wanted = await request(world())
      await world().payments.pay(wanted)
      await expect(world().payments.pay({ ...wanted, amount: pence(2_751) })).rejects.toThrow(PaymentFault)
      expect(paid(await movements(world(), wanted.account))).toEqual([2_750])
    })
    test('an answer that was lost is found with the same key; the money moved once', async () => {
      const wanted = await request(world())
      await world().trouble('lost_answer')
      expect(await world().payments.pay(wanted)).toEqual({
        status: 'unavailable',
        why: 'no_answer',
        retryAfterSeconds: null,
      })
      expect(await world().payments.pay(wanted)).toMatchObject({ status: 'confirmed' })
      expect(paid(await movements(world(), wanted.account))).toEqual([2_750])
    })
    test('an answer that was lost can be looked for by Kith’s own payment', async () => {
      const wanted = await request(world())
      const { account, payment } = wanted
      expect(await world().payments.findPayment({ account, payment })).toBeNull()
      await world().trouble('lost_answer')
      await world().payments.pay(wanted)
      expect(await world().payments.findPayment({ account, payment })).toMatchObject({
        status: 'confirmed',
        amount: 2_750,
        payment,
      })
    })
    test('no answer, or “later”, moves nothing, and the same key works afterwards', async () => {
      const wanted = await request(world())
      await world().trouble('no_answer')
      expect(await world().payments.pay(wanted)).toMatchObject({ status: 'unavailable', why: 'no_answer' })
      await world().trouble('busy')
      expect(await world().payments.pay(wanted)).toMatchObject({ status: 'unavailable' })
      expect(await movements(world(), wanted.account)).toEqual([])
      expect(await world().payments.pay(wanted)).toMatchObject({ status: 'confirmed' })
    })
    test.each([
      ['insufficient_funds', 'not_enough_money'],
      ['generic_decline', 'bank_said_no'],
      ['expired_card', 'card_expired'],
      ['stolen_card', 'card_blocked'],
      ['processing_error', 'try_later'],
    ] as const)('a card that is declined says why in our words: %s', async (does, reason) => {
      const wanted = await request(world(), { card: await savedCard(world(), does) })
      await told(world())
      const result = await world().payments.pay(wanted)
      expect(result).toMatchObject({ status: 'declined', reason })
      expect(await told(world())).toMatchObject([{ type: 'payment_failed', payment: wanted.payment, reason }])
      expect(await movements(world(), wanted.account)).toEqual([])
    })
    test('a decline is final for its key; another key may try again', async () => {
      const wanted = await request(world(), { card: await savedCard(world(), 'insufficient_funds') })
      const first = await world().payments.pay(wanted)
      await world().will(wanted.card, 'pays')
      expect(await world().payments.pay(wanted)).toEqual(first)
      expect(await world().payments.pay({ ...wanted, key: key() })).toMatchObject({ status: 'confirmed' })
      expect(await world().payments.findPayment(wanted)).toMatchObject({ status: 'confirmed' })
    })
    test.each([
      [1, 'amount_not_taken'],
      [29, 'amount_not_taken'],
      [30, null],
      [99_999_999, null],
      [100_000_000, 'amount_not_taken'],
    ] as const)('an amount at the bounds: %i pence', async (amount, reason) => {
      const result = await world().payments.pay(await request(world(), { amount: pence(amount) }))
      expect(result).toMatchObject(reason ? { status: 'declined', reason } : { status: 'confirmed' })
    })
    test.each([0, -2_750, 27.5, Number.NaN, 1e20])(
      'an amount that is none is a fault: %d',
      async (amount) => {
        const wanted = await request(world())
        await expect(world().payments.pay({ ...wanted, amount: amount as Pence })).rejects.toThrow(
          PaymentFault,
        )
      },
    )
    test('a payee who is not ready, or not there, is not paid', async () => {
      const { account } = await world().payments.openAccount({ key: key(), owner: newId(), kind: 'charity' })
      const no = { status: 'declined', reference: null, reason: 'payee_not_ready' }
      expect(await world().payments.pay(await request(world(), { account }))).toEqual(no)
      expect(await world().payments.pay(await request(world(), { account: 'acct_nowhere' }))).toEqual(no)
    })
    test('a card that was forgotten cannot be charged', async () => {
      const wanted = await request(world())
      const { method } = wanted.card
      await world().payments.forget({ account: null, method, key: key() })
      await world().payments.forget({ account: null, method, key: key() })
      expect(await world().payments.pay(wanted)).toMatchObject({
        status: 'declined',
        reason: 'no_way_to_pay',
      })
    })
    test.each(['confirmed', 'failed'] as const)(
      'a payment that takes its time is sent, then %s',
      async (outcome) => {
        const wanted = await request(world(), { card: await savedCard(world(), 'waits') })
        const { account, payment } = wanted
        const result = await world().payments.pay(wanted)
        expect(result).toMatchObject({ status: 'sent' })
        const { reference } = result as { reference: string }
        expect(await told(world())).toContainEqual(
          expect.objectContaining({ type: 'payment_sent', reference, payment }),
        )
        await world().settle(account, reference, outcome)
        const [event] = await told(world())
        expect(event).toMatchObject(
          outcome === 'confirmed'
            ? { type: 'payment_confirmed', payment, amount: 2_750 }
            : { type: 'payment_failed', payment, reason: 'not_enough_money' },
        )
        const state = await world().payments.find({ account, reference })
        expect(state?.status).toBe(outcome === 'confirmed' ? 'confirmed' : 'declined')
      },
    )
    test('days later the service is asked whether the key paid, before it takes', async () => {
      const wanted = await request(world())
      const firstTriedAt = world().now()
      const first = await world().payments.pay(wanted)
      world().pass({ days: 3 })
      world().forgetKeys()
      expect(await world().payments.pay({ ...wanted, firstTriedAt })).toEqual(first)
      expect(paid(await movements(world(), wanted.account))).toEqual([2_750])
      const never = await request(world(), { firstTriedAt })
      expect(await world().payments.pay(never)).toMatchObject({ status: 'confirmed' })
    })
  })

  describe('a bank that wants the person (3-D Secure)', () => {
    const asked = async () => {
      const wanted = await request(world(), { card: await savedCard(world(), 'authentication_required') })
      await told(world())
      const result = await world().payments.pay(wanted)
      expect(result).toMatchObject({ status: 'needs_you' })
      expect(await told(world())).toMatchObject([{ type: 'needs_you', payment: wanted.payment }])
      expect(await movements(world(), wanted.account)).toEqual([])
      return { ...wanted, reference: (result as { reference: string }).reference }
    }
    const finish = (at: { account: string; reference: string; card: SavedMethod }) =>
      world().payments.finish({ ...at, key: key(), returnUrl: PAGES.doneUrl })

    test('gives a page when they press; having agreed, it is paid', async () => {
      const wanted = await asked()
      const page = await finish(wanted)
      expect(page).toMatchObject({ status: 'go', url: expect.stringMatching(/^https:/) })
      await world().agree({ ...wanted, url: 'url' in page ? page.url : '' }, true)
      expect(await told(world())).toContainEqual(
        expect.objectContaining({ type: 'payment_confirmed', payment: wanted.payment, amount: 2_750 }),
      )
      expect(await world().payments.find(wanted)).toMatchObject({ status: 'confirmed' })
      expect(await finish(wanted)).toMatchObject({ status: 'confirmed' })
      expect(paid(await movements(world(), wanted.account))).toEqual([2_750])
    })
    test('not agreed, it is declined', async () => {
      const wanted = await asked()
      const page = await finish(wanted)
      await world().agree({ ...wanted, url: 'url' in page ? page.url : '' }, false)
      expect(await told(world())).toContainEqual(
        expect.objectContaining({ type: 'payment_failed', payment: wanted.payment, reason: 'not_agreed' }),
      )
      expect(await world().payments.find(wanted)).toMatchObject({ status: 'declined', reason: 'not_agreed' })
    })
    test('called off, it can never be paid', async () => {
      const wanted = await asked()
      expect(await world().payments.cancel({ ...wanted, key: key() })).toMatchObject({ status: 'cancelled' })
      expect(await told(world())).toContainEqual(
        expect.objectContaining({ type: 'payment_cancelled', payment: wanted.payment }),
      )
      expect(await finish(wanted)).toMatchObject({ status: 'declined', reason: 'cancelled' })
      expect(await movements(world(), wanted.account)).toEqual([])
    })
    test('what is paid cannot be called off: the answer is that it is paid', async () => {
      const wanted = await request(world())
      const { reference } = (await world().payments.pay(wanted)) as { reference: string }
      const { account } = wanted
      expect(await world().payments.cancel({ account, reference, key: key() })).toMatchObject({
        status: 'confirmed',
      })
      expect(await world().payments.cancel({ account, reference: 'pi_nowhere', key: key() })).toBeNull()
    })
  })

  test.each(['', 'a key with spaces', "it's", 'x'.repeat(201)])(
    'a key that could be two is a fault: “%s”',
    async (bad) => {
      const wanted = await request(world())
      await expect(world().payments.pay({ ...wanted, key: bad })).rejects.toThrow(PaymentFault)
    },
  )
}
