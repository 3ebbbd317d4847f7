import { describe, expect, test } from 'vitest'
import { acceptRequest } from '#services/bookings/answer-request.server.ts'
import { cancelVisit } from '#services/bookings/cancel-visit.server.ts'
import { confirmVisits } from '#services/bookings/confirm-visits.server.ts'
import { deliverVisit } from '#services/bookings/deliver-visit.server.ts'
import { visitPayments } from '#services/bookings/visit-payments.server.ts'
import { system } from '#services/kernel/actor.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import { markConfirmed, markFailed, markSent, startPayments } from '#services/settlement/payments.server.ts'
import { settleVisits } from '#services/settlement/settle-visits.server.ts'
import { type BookingWorld, ask, makeBookingWorld, onlyVisit } from '#tests/factories/bookings.ts'
import type { FundOptions } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()

const COUNCIL: FundOptions = {
  pence: 1_000,
  deployment: 'council_managed',
  planCategory: 'help_at_home',
  approved: true,
}
const BANK: FundOptions = { pence: 5_000 }

/** An hour at £25.00, and £2.50 for travel unless it is in the price. */
async function booked(funds: FundOptions[], travel = 250) {
  house().clock.set(TEST_NOW)
  const w = await makeBookingWorld(house().deps, { funds, service: { travel } })
  const bookingId = await ask(w, '2026-11-09', 2_500 + travel)
  await acceptRequest(w.deps, w.provider.owner, { bookingId })
  return { w, visitId: await onlyVisit(w, bookingId) }
}
async function settle(w: BookingWorld, visitId: string, minutes = 60) {
  house().clock.set('2026-11-09T11:00:00Z')
  await deliverVisit(w.deps, w.provider.owner, { visitId, minutes, note: '' })
  await confirmVisits(w.deps, w.person.actor, { personId: w.person.personId, visitIds: [visitId] })
  await settleVisits(w.deps, [visitId])
}
async function payments(w: BookingWorld, visitId: string) {
  const visit = await w.deps.db.prisma.visit.findUniqueOrThrow({
    where: { id: visitId },
    include: { fundingLines: { include: { allocation: true } } },
  })
  const all = await visitPayments(w.deps.db.prisma, visit, w.councilId)
  return all.toSorted((a, b) => (a.payer < b.payer ? -1 : 1))
}
/** What the payer's bank says of what they owe for this visit. */
async function bankSays(
  w: BookingWorld,
  visitId: string,
  payer: Payer,
  end: 'sent' | 'failed' | 'confirmed',
) {
  const now = w.deps.clock.now()
  await w.deps.db.tx(async (tx) => {
    const payable = await tx.payable.findFirstOrThrow({ where: { visitId, payerId: payer.id } })
    if (end === 'sent') {
      const [payment] = await startPayments(tx, now, system('test'), [
        {
          method: 'bank_transfer',
          payer,
          providerId: payable.providerId,
          personId: payable.personId,
          payableIds: [payable.id],
        },
      ])
      await markSent(tx, now, system('test'), [payment?.id ?? ''])
    } else if (end === 'failed')
      await markFailed(tx, now, system('test'), [{ id: payable.paymentId ?? '', failure: 'returned' }])
    else await markConfirmed(tx, now, system('test'), [payable.paymentId ?? ''])
  })
}

describe('before a visit is settled', () => {
  test('everybody whose money is set aside for it will pay, and nobody has', async () => {
    const { w, visitId } = await booked([COUNCIL, BANK])
    expect(await payments(w, visitId)).toEqual([
      { payer: 'council', state: 'not_yet' },
      { payer: 'person', state: 'not_yet' },
    ])
  })

  test('two funds that one person pays from are one payer', async () => {
    const { w, visitId } = await booked([
      { pence: 1_000 },
      { pence: 5_000, deployment: 'direct_payment_card' },
    ])
    expect(await payments(w, visitId)).toEqual([{ payer: 'person', state: 'not_yet' }])
  })

  test('money that is only planned, because it has yet to come, counts as well', async () => {
    const { w, visitId } = await booked([
      {
        pence: 0,
        deployment: 'individual_service_fund',
        expected: [{ dueOn: '2026-11-05', pence: 5_000 }],
      },
    ])
    expect(await payments(w, visitId)).toEqual([{ payer: 'fund_holder', state: 'not_yet' }])
  })

  test('what was given back when it was cancelled is paid by nobody', async () => {
    const { w, visitId } = await booked([BANK])
    await cancelVisit(w.deps, w.person.actor, { visitId, personId: w.person.personId, expectedFee: 0 })
    expect(await payments(w, visitId)).toEqual([])
  })
})

describe('once a visit is settled', () => {
  test('each payer stands alone: on its way, come back, paid', async () => {
    const { w, visitId } = await booked([COUNCIL, BANK])
    await settle(w, visitId)
    const council: Payer = { kind: 'council', id: w.councilId }
    const person: Payer = { kind: 'person', id: w.person.personId }
    const states = async () => (await payments(w, visitId)).map(({ state }) => state)
    expect(await states()).toEqual(['not_yet', 'not_yet'])
    await bankSays(w, visitId, council, 'sent')
    expect(await states()).toEqual(['sent', 'not_yet'])
    await bankSays(w, visitId, council, 'failed')
    await bankSays(w, visitId, person, 'sent')
    await bankSays(w, visitId, person, 'confirmed')
    expect(await states()).toEqual(['not_yet', 'paid'])
  })

  test('whoever had money set aside that was not needed owes nothing and is not named', async () => {
    const { w, visitId } = await booked([{ ...COUNCIL, pence: 2_000 }, BANK], 0)
    // Half an hour is £12.50, all of it from the council's £20.00.
    await settle(w, visitId, 30)
    expect(await payments(w, visitId)).toEqual([{ payer: 'council', state: 'not_yet' }])
  })

  test('what is paid for one visit is not taken for another', async () => {
    const { w, visitId } = await booked([BANK])
    await settle(w, visitId)
    const { w: other, visitId: otherId } = await booked([BANK])
    await settle(other, otherId)
    const person: Payer = { kind: 'person', id: w.person.personId }
    await bankSays(w, visitId, person, 'sent')
    await bankSays(w, visitId, person, 'confirmed')
    expect(await payments(w, visitId)).toEqual([{ payer: 'person', state: 'paid' }])
    expect(await payments(other, otherId)).toEqual([{ payer: 'person', state: 'not_yet' }])
  })
})
