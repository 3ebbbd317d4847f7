import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { PaymentFault } from '#services/ports/payments.ts'
import { told } from '#tests/support/payment-worlds.ts'
import { type At, key, movements, request, savedCard } from './support.ts'

/** Money that goes back: refunds and disputes. */
export function returnsContract(world: At): void {
  describe('giving money back', () => {
    const bought = async () => {
      const wanted = await request(world())
      const { reference } = (await world().payments.pay(wanted)) as { reference: string }
      await told(world())
      return { account: wanted.account, reference }
    }
    const back = (of: { account: string; reference: string }, amount: number, more = {}) =>
      world().payments.refund({ ...of, key: key(), amount: pence(amount), refund: newId(), ...more })

    test('in parts, never above what was paid', async () => {
      const of = await bought()
      const refund = newId()
      const part = await back(of, 2_000, { refund })
      expect(part).toMatchObject({ status: 'confirmed' })
      const { reference } = part as { reference: string }
      expect(await told(world())).toMatchObject([
        { type: 'refund_confirmed', reference, refund, paymentReference: of.reference, amount: 2_000 },
      ])
      expect(await world().payments.findRefund({ account: of.account, reference })).toEqual({
        reference,
        status: 'confirmed',
        amount: 2_000,
        refund,
      })
      expect(await back(of, 751)).toEqual({ status: 'refused', why: 'more_than_paid' })
      expect(await back(of, 750)).toMatchObject({ status: 'confirmed' })
      expect(await back(of, 1)).toEqual({ status: 'refused', why: 'already_refunded' })
      expect(await world().payments.find(of)).toMatchObject({ status: 'confirmed', refunded: 2_750 })
      const given = (await movements(world(), of.account)).filter(({ kind }) => kind === 'refund')
      expect(given.map(({ gross }) => gross).sort()).toEqual([-2_000, -750])
    })
    test('the same key gives back once', async () => {
      const of = await bought()
      const same = { key: key(), refund: newId() }
      const first = await back(of, 2_750, same)
      expect(await back(of, 2_750, same)).toEqual(first)
      expect(await back(of, 2_750, { ...same, firstTriedAt: world().now().subtract({ hours: 48 }) })).toEqual(
        first,
      )
      await expect(back(of, 2_749, same)).rejects.toThrow(PaymentFault)
      expect(await world().payments.find(of)).toMatchObject({ refunded: 2_750 })
    })
    test('never for what was not paid, or is disputed', async () => {
      const card = await savedCard(world(), 'waits')
      const wanted = await request(world(), { card })
      const { reference } = (await world().payments.pay(wanted)) as { reference: string }
      expect(await back({ account: wanted.account, reference }, 100)).toEqual({
        status: 'refused',
        why: 'not_paid',
      })
      expect(await back({ account: wanted.account, reference: 'pi_nowhere' }, 100)).toEqual({
        status: 'refused',
        why: 'not_paid',
      })
      const of = await bought()
      await world().dispute(of.account, of.reference, 'not_recognised')
      expect(await back(of, 100)).toEqual({ status: 'refused', why: 'disputed' })
    })
    test.each([0, -100, 0.5])('an amount that is none is a fault: %d', async (amount) => {
      const of = await bought()
      await expect(
        world().payments.refund({ ...of, key: key(), amount: amount as Pence, refund: newId() }),
      ).rejects.toThrow(PaymentFault)
    })
  })

  describe('a payer’s bank that asks for money back', () => {
    test.each([true, false])('opens and closes a dispute; won: %s', async (won) => {
      const wanted = await request(world())
      const { reference } = (await world().payments.pay(wanted)) as { reference: string }
      await told(world())
      const dispute = await world().dispute(wanted.account, reference, 'not_received')
      const [opened] = await told(world())
      expect(opened).toMatchObject({
        type: 'dispute_opened',
        reference: dispute,
        paymentReference: reference,
        amount: 2_750,
        reason: 'not_received',
        lost: false,
      })
      expect(
        opened?.type === 'dispute_opened' &&
          opened.answerBy &&
          world().now().until(opened.answerBy).total('hours'),
      ).toBe(168)
      await world().closeDispute(wanted.account, dispute, won)
      expect(await told(world())).toMatchObject([{ type: 'dispute_closed', reference: dispute, won }])
      const kinds = (await movements(world(), wanted.account)).map(({ kind }) => kind)
      expect(kinds).toEqual(won ? ['dispute_returned', 'dispute', 'payment'] : ['dispute', 'payment'])
    })
  })

  test('refunds that take their time end as confirmed or failed', async () => {
    await world().holdRefunds()
    for (const outcome of ['confirmed', 'failed'] as const) {
      const wanted = await request(world())
      const { reference } = (await world().payments.pay(wanted)) as { reference: string }
      const refund = newId()
      const { account } = wanted
      const result = await world().payments.refund({
        key: key(),
        account,
        reference,
        amount: pence(500),
        refund,
      })
      expect(result).toMatchObject({ status: 'sent' })
      const back = (result as { reference: string }).reference
      await told(world())
      await world().settleRefund(account, back, outcome)
      expect(await told(world())).toMatchObject([{ type: `refund_${outcome}`, refund, amount: 500 }])
      expect(await world().payments.findRefund({ account, reference: back })).toMatchObject({
        status: outcome,
      })
      expect(await world().payments.find({ account, reference })).toMatchObject({
        refunded: outcome === 'confirmed' ? 500 : 0,
      })
    }
  })
}
