import { beforeEach, describe, expect, test } from 'vitest'
import { system } from '#services/kernel/actor.ts'
import {
  cancelPayments,
  markConfirmed,
  markFailed,
  markReturned,
  markSent,
  startPayments,
} from '#services/settlement/payments.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { type BookingWorld, balances, makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const actor = system('test')
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const now = () => house().deps.clock.now()

async function twoSettled() {
  const w = await makeBookingWorld(house().deps)
  const visitIds = await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
  return { w, visitIds }
}
const payablesOf = (w: BookingWorld) =>
  w.deps.db.prisma.payable.findMany({
    where: { providerId: w.provider.providerId },
    orderBy: { onDay: 'asc' },
  })
async function begin(w: BookingWorld, method: 'card' | 'bank_transfer' = 'bank_transfer') {
  const payables = await payablesOf(w)
  const [payment] = await w.deps.db.tx((tx) =>
    startPayments(tx, now(), actor, [
      {
        method,
        payer: { kind: 'person', id: w.person.personId },
        providerId: w.provider.providerId,
        personId: w.person.personId,
        payableIds: payables.map(({ id }) => id),
      },
    ]),
  )
  if (!payment) throw new Error('no payment')
  return payment
}
const owed = async (w: BookingWorld) =>
  Object.fromEntries(
    (
      await house().asOwner<{ kind: string; balance: string }>(
        'select kind::text, balance from ledger_account where provider_id = $1',
        [w.provider.providerId],
      )
    ).map(({ kind, balance }) => [kind, Number(balance)]),
  )
const states = async (w: BookingWorld) => (await payablesOf(w)).map(({ state }) => state)

describe('one payment for two visits', () => {
  test('is due, then on its way, then paid, and the books agree at every step', async () => {
    const { w } = await twoSettled()
    expect(await states(w)).toEqual(['due', 'due'])
    const payment = await begin(w)
    expect(payment).toMatchObject({ pence: 5_500 })
    expect(payment.reference).toMatch(/^[A-HJKMNP-TV-Z2-9]{4} [A-HJKMNP-TV-Z2-9]{4}$/)
    expect(await states(w)).toEqual(['in_payment', 'in_payment'])
    expect(await faults()).toEqual([])
    await w.deps.db.tx((tx) => markSent(tx, now(), actor, [payment.id]))
    expect(await owed(w)).toEqual({ due: 0, in_transit: 5_500, earned: -5_500 })
    expect(await faults()).toEqual([])
    await w.deps.db.tx((tx) => markConfirmed(tx, now(), actor, [payment.id]))
    expect(await states(w)).toEqual(['paid', 'paid'])
    expect(await owed(w)).toEqual({ due: 0, in_transit: 0, earned: 0 })
    expect(await faults()).toEqual([])
  })

  test('said twice, at any step, changes nothing', async () => {
    const { w } = await twoSettled()
    const payment = await begin(w)
    for (const again of [1, 0])
      expect(await w.deps.db.tx((tx) => markSent(tx, now(), actor, [payment.id]))).toHaveLength(again)
    for (const again of [1, 0])
      expect(await w.deps.db.tx((tx) => markConfirmed(tx, now(), actor, [payment.id]))).toHaveLength(again)
    expect(
      await w.deps.db.tx((tx) => markFailed(tx, now(), actor, [{ id: payment.id, failure: 'returned' }])),
    ).toEqual([])
    expect(await owed(w)).toMatchObject({ due: 0, in_transit: 0, earned: 0 })
  })

  test('confirmed before anybody said that it was sent is both at once', async () => {
    const { w } = await twoSettled()
    const payment = await begin(w, 'card')
    await w.deps.db.tx((tx) => markConfirmed(tx, now(), actor, [payment.id]))
    expect(await owed(w)).toEqual({ due: 0, in_transit: 0, earned: 0 })
    expect(await faults()).toEqual([])
  })

  test('that failed is due again and goes into another payment', async () => {
    const { w } = await twoSettled()
    const first = await begin(w)
    await w.deps.db.tx((tx) => markSent(tx, now(), actor, [first.id]))
    await w.deps.db.tx((tx) => markFailed(tx, now(), actor, [{ id: first.id, failure: 'wrong_details' }]))
    expect(await states(w)).toEqual(['due', 'due'])
    expect(await owed(w)).toMatchObject({ due: 5_500, in_transit: 0 })
    const second = await begin(w)
    await w.deps.db.tx((tx) => markConfirmed(tx, now(), actor, [second.id]))
    expect(await owed(w)).toEqual({ due: 0, in_transit: 0, earned: 0 })
    expect(await faults()).toEqual([])
  })

  test('that came back after it was confirmed is owed again', async () => {
    const { w } = await twoSettled()
    const payment = await begin(w, 'card')
    await w.deps.db.tx((tx) => markConfirmed(tx, now(), actor, [payment.id]))
    await w.deps.db.tx((tx) => markReturned(tx, now(), actor, [{ id: payment.id, failure: 'disputed' }]))
    expect(await owed(w)).toEqual({ due: 5_500, in_transit: 0, earned: -5_500 })
    expect(await states(w)).toEqual(['due', 'due'])
    expect(await faults()).toEqual([])
  })

  test('can be called off until it has left', async () => {
    const { w } = await twoSettled()
    const first = await begin(w)
    expect(await w.deps.db.tx((tx) => cancelPayments(tx, now(), [first.id]))).toHaveLength(1)
    const second = await begin(w)
    await w.deps.db.tx((tx) => markSent(tx, now(), actor, [second.id]))
    expect(await w.deps.db.tx((tx) => cancelPayments(tx, now(), [second.id]))).toEqual([])
  })
})

describe('what is refused', () => {
  test('two payments for the same visit: the second one finds nothing due, and nothing is begun', async () => {
    const { w } = await twoSettled()
    await begin(w)
    await expect(begin(w)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await w.deps.db.prisma.payment.count({ where: { providerId: w.provider.providerId } })).toBe(1)
  })

  test('two begun at the same moment: one wins', async () => {
    const { w } = await twoSettled()
    const both = await Promise.allSettled([begin(w), begin(w)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await faults()).toEqual([])
  })

  test('paying what somebody else owes', async () => {
    const { w } = await twoSettled()
    const payables = await payablesOf(w)
    await expect(
      w.deps.db.tx((tx) =>
        startPayments(tx, now(), actor, [
          {
            method: 'bank_transfer',
            payer: { kind: 'council', id: w.councilId },
            providerId: w.provider.providerId,
            personId: w.person.personId,
            payableIds: payables.map(({ id }) => id),
          },
        ]),
      ),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })
})

describe('settling in batches', () => {
  test('settles what has its money and leaves what waits for it, whatever their order', async () => {
    const poor = await makeBookingWorld(house().deps, {
      funds: [{ pence: 2_750, expected: [{ dueOn: '2026-11-10', pence: 2_750 }] }],
    })
    const [first, second] = await settledVisits(house(), poor, ['2026-11-09', '2026-11-10'])
    expect(await states(poor)).toEqual(['due'])
    expect(await balances(poor)).toMatchObject({ available: 0, held: 0, spent: 2_750 })
    expect(await settleVisits(poor.deps, [second ?? '', first ?? ''])).toEqual({
      settled: [],
      waiting: [second],
    })
  })

  test('a visit named twice, or by two at once, is settled once', async () => {
    const { w, visitIds } = await twoSettled()
    const again = await Promise.all([settleVisits(w.deps, visitIds), settleVisits(w.deps, visitIds)])
    expect(again.flatMap(({ settled }) => settled)).toEqual([])
    expect(await balances(w)).toMatchObject({ spent: 5_500, held: 0 })
    expect(await faults()).toEqual([])
  })
})
