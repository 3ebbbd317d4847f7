import { describe, expect, test } from 'vitest'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import type { SavedMethod } from '#services/ports/payments.ts'
import { told } from '#tests/support/payment-worlds.ts'
import {
  type At,
  domainCode,
  key,
  movements,
  PAGES,
  paid,
  readyAccount,
  request,
  savedCard,
} from './support.ts'

/** Direct Debit, and what is paid out. */
export function debitsContract(world: At): void {
  describe('Direct Debit', () => {
    const mandated = async () => {
      const account = await readyAccount(world(), true)
      const setup = newId()
      const page = await world().payments.setUpDirectDebit({
        key: key(),
        account,
        setup,
        customer: null,
        ...PAGES,
      })
      await told(world())
      await world().leave({ ...page, account }, true)
      const state = await world().payments.findSetup({ account, reference: page.reference })
      const { customer = '', method = '', mandate = '' } = state?.saved ?? {}
      expect(await told(world())).toContainEqual(
        expect.objectContaining({ type: 'setup_done', setup, kind: 'direct_debit', account, mandate }),
      )
      await world().startMandate(account, mandate ?? '')
      return { account, debit: { customer, method }, mandate: mandate ?? '' }
    }
    const collect = (at: { account: string; debit: SavedMethod }, more = {}) =>
      world().payments.collect({ ...at, key: key(), amount: pence(3_240), payment: newId(), ...more })

    test('is set up between the payer and the council’s own account', async () => {
      const { account, mandate, debit } = await mandated()
      const state = await world().payments.readMandate({ account, mandate })
      expect(state).toEqual({
        mandate,
        method: debit.method,
        status: 'active',
        why: null,
        bankReference: expect.any(String),
      })
      expect(await world().payments.readMandate({ account, mandate: 'mandate_nowhere' })).toBeNull()
    })
    test.each(['confirmed', 'failed'] as const)('is collected: sent, then %s', async (outcome) => {
      const at = await mandated()
      const payment = newId()
      const wanted = { key: key(), payment }
      const result = await collect(at, wanted)
      expect(result).toMatchObject({ status: 'sent' })
      expect(await collect(at, wanted)).toEqual(result)
      const { reference } = result as { reference: string }
      await told(world())
      await world().settle(at.account, reference, outcome)
      expect(await told(world())).toMatchObject([
        outcome === 'confirmed'
          ? { type: 'payment_confirmed', payment, amount: 3_240 }
          : { type: 'payment_failed', payment, reason: 'not_enough_money' },
      ])
      expect(paid(await movements(world(), at.account))).toEqual(outcome === 'confirmed' ? [3_240] : [])
    })
    test('may be taken back by the payer’s bank, and is gone then', async () => {
      const at = await mandated()
      const { reference } = (await collect(at)) as { reference: string }
      await world().settle(at.account, reference, 'confirmed')
      await told(world())
      await world().dispute(at.account, reference, 'debit_taken_back')
      expect(await told(world())).toMatchObject([
        {
          type: 'dispute_opened',
          paymentReference: reference,
          reason: 'debit_taken_back',
          lost: true,
          answerBy: null,
        },
      ])
    })
    test('ends when the bank says so, and is not collected after that', async () => {
      const at = await mandated()
      await told(world())
      await world().endMandate(at.account, at.mandate)
      expect(await told(world())).toMatchObject([
        {
          type: 'mandate_changed',
          state: { mandate: at.mandate, method: at.debit.method, status: 'ended', why: 'account_closed' },
        },
      ])
      expect(await collect(at)).toMatchObject({ status: 'declined', reason: 'mandate_ended' })
    })
    test('is not collected once it is forgotten, nor onto an account that collects none', async () => {
      const at = await mandated()
      await world().payments.forget({ account: at.account, method: at.debit.method, key: key() })
      expect(await collect(at)).toMatchObject({ status: 'declined' })
      const other = await readyAccount(world())
      expect(await collect({ ...at, account: other })).toMatchObject({
        status: 'declined',
        reason: 'payee_not_ready',
      })
      const setUp = { key: key(), account: other, setup: newId(), customer: null, ...PAGES }
      expect(await domainCode(world().payments.setUpDirectDebit(setUp))).toBe('REFUSED_BY_RULE')
    })
    test('an answer that was lost is found with the same key', async () => {
      const at = await mandated()
      const wanted = { key: key(), payment: newId() }
      await world().trouble('lost_answer')
      const hasty = { ...at, ...wanted, amount: pence(3_240) }
      expect(await world().payments.collect(hasty)).toMatchObject({ status: 'unavailable' })
      const after = await world().payments.collect(hasty)
      expect(['sent', 'confirmed']).toContain(after.status)
      expect(
        await world().payments.findPayment({ account: at.account, payment: wanted.payment }),
      ).not.toBeNull()
    })
  })

  describe('payouts', () => {
    const earned = async () => {
      const account = await readyAccount(world())
      for (const amount of [2_750, 2_125])
        await world().payments.pay(await request(world(), { account, amount: pence(amount) }))
      const reference = await world().payOut(account)
      await told(world())
      return { account, reference }
    }
    test('are made up of movements that add up to nothing left', async () => {
      const at = await earned()
      const { rows } = await world().payments.listMovements({ account: at.account, payout: at.reference })
      expect(rows.map(({ kind }) => kind)).toEqual(['payout', 'payment', 'payment'])
      expect(rows.reduce((sum, { net }) => sum + net, 0)).toBe(0)
      const state = await world().payments.readPayout(at)
      expect(state).toMatchObject({
        reference: at.reference,
        status: 'on_its_way',
        amount: -(rows[0]?.net ?? 0),
        why: null,
      })
      expect(state?.arrivesOn.toString()).toBe(
        world().now().toZonedDateTimeISO('UTC').toPlainDate().add({ days: 2 }).toString(),
      )
      await world().endPayout(at.account, at.reference, null)
      expect(await told(world())).toMatchObject([
        { type: 'payout_paid', reference: at.reference, account: at.account },
      ])
      const list = await world().payments.listPayouts({
        account: at.account,
        from: world().now(),
        until: world().now().add({ seconds: 1 }),
      })
      expect(list).toMatchObject({ rows: [{ reference: at.reference, status: 'paid' }], next: null })
    })
    test('that the bank sends back say why, and the money is on the account again', async () => {
      const at = await earned()
      await world().endPayout(at.account, at.reference, 'account_closed')
      expect(await told(world())).toMatchObject([
        { type: 'payout_failed', reference: at.reference, why: 'account_closed' },
      ])
      expect(await world().payments.readPayout(at)).toMatchObject({ status: 'failed', why: 'account_closed' })
      const kinds = (await movements(world(), at.account)).map(({ kind }) => kind)
      expect(kinds[0]).toBe('payout_returned')
    })
    test('and movements come a hundred at a time', async () => {
      const account = await readyAccount(world())
      const card = await savedCard(world())
      for (let index = 0; index < 103; index += 1)
        await world().payments.pay(
          await request(world(), { account, card, amount: pence(1_000 + 2 * index) }),
        )
      const period = { account, from: world().now(), until: world().now().add({ seconds: 1 }) }
      const first = await world().payments.listMovements(period)
      const rest = await world().payments.listMovements({ ...period, after: first.next })
      expect([first.rows.length, rest.rows.length, rest.next]).toEqual([100, 3, null])
      expect(new Set([...first.rows, ...rest.rows].map(({ gross }) => gross)).size).toBe(103)
      const before = { account, from: world().now().subtract({ hours: 1 }), until: world().now() }
      expect(await world().payments.listMovements(before)).toEqual({ rows: [], next: null })
      await told(world())
    })
  })
}
