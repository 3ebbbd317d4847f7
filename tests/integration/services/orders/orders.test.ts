import { beforeEach, describe, expect, test } from 'vitest'
import { askForOrder } from '#services/orders/ask-for-order.server.ts'
import { askOrderPage } from '#services/orders/ask-order-page.server.ts'
import { giveSupplierNumber } from '#services/orders/give-supplier-number.server.ts'
import { orderPage, ordersCsv, ordersPage } from '#services/orders/orders-page.server.ts'
import { supplierPage, suppliersPage } from '#services/orders/suppliers-page.server.ts'
import { endOrder, placeOrder, refuseOrder } from '#services/orders/work-on-order.server.ts'
import { startDraft } from '#services/bookings/start-draft.server.ts'
import { type CouncilWorld, makeCouncilWorld, makeFinance } from '#tests/factories/council-pays.ts'
import { makeCouncil, makeUser, times, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})

const wish = (w: CouncilWorld) => ({
  personId: w.person.personId,
  providerId: w.provider.providerId,
  allocationId: w.person.allocationIds[0] ?? '',
  categoryCode: 'transport',
  reason: 'Lifts to the day centre.',
})
const placed = {
  number: 'PO-1',
  costCode: 'ASC-200',
  caseReference: 'C77',
  startsOn: '2026-11-02',
  endsOn: '2027-03-31',
}
const notices = (w: CouncilWorld, kind: string) =>
  w.deps.db.prisma.notice.findMany({
    where: { kind, OR: [{ personId: w.person.personId }, { councilId: w.councilId }] },
  })

describe('an order', () => {
  test('is asked for, answered with number, cost code and case, told, and ended early', async () => {
    const w = await makeCouncilWorld(house().deps)
    const { orderId } = await askForOrder(w.deps, w.person.actor, wish(w))
    expect(await askForOrder(w.deps, w.person.actor, wish(w))).toEqual({ orderId, now: false })
    expect(await notices(w, 'money.order_asked')).toHaveLength(1)
    expect((await ordersPage(w.deps, w.maker, null)).waiting).toBe(1)

    await placeOrder(w.deps, w.maker, orderId, placed)
    const [told] = await notices(w, 'order.placed')
    expect(told?.body).toMatch(/It is not booked yet: you can book it now/)
    expect(await orderPage(w.deps, w.maker, orderId)).toMatchObject({
      state: 'placed',
      number: 'PO-1',
      costCode: 'ASC-200',
    })
    expect((await refusal(placeOrder(w.deps, w.approver, orderId, { ...placed, number: 'PO-2' }))).code).toBe(
      'STALE_STATE',
    )

    expect(
      (await refusal(endOrder(w.deps, w.maker, orderId, { lastDay: '2027-04-01', reason: 'x' }))).details
        .fields,
    ).toHaveProperty('lastDay')
    await endOrder(w.deps, w.maker, orderId, { lastDay: '2026-12-31', reason: 'The bus runs again.' })
    expect(await orderPage(w.deps, w.maker, orderId)).toMatchObject({ state: 'ended', endsOn: '2026-12-31' })
    expect((await ordersCsv(w.deps, w.maker, null)).csv).toContain('PO-1')
  })

  test('can be refused with a reason that the person reads', async () => {
    const w = await makeCouncilWorld(house().deps)
    const { orderId } = await askForOrder(w.deps, w.person.actor, wish(w))
    expect((await refusal(refuseOrder(w.deps, w.maker, orderId, { reason: ' ' }))).code).toBe('INVALID')
    await refuseOrder(w.deps, w.maker, orderId, { reason: 'The bus pass covers it.' })
    const [told] = await notices(w, 'order.refused')
    expect(told?.body).toContain('“The bus pass covers it.”')
  })

  test('is not placed with a number that another order has, outside its fund, or half', async () => {
    const w = await makeCouncilWorld(house().deps)
    const one = await askForOrder(w.deps, w.person.actor, wish(w))
    await placeOrder(w.deps, w.maker, one.orderId, placed)
    const { orderId } = await askForOrder(w.deps, w.person.actor, { ...wish(w), categoryCode: 'getting_out' })
    for (const [change, field] of [
      [{ number: 'PO-1' }, 'number'],
      [{ number: '=1+1' }, 'number'],
      [{ costCode: '' }, 'costCode'],
      [{ caseReference: ' ' }, 'caseReference'],
      [{ startsOn: '2026-09-30' }, 'startsOn'],
      [{ endsOn: '2027-04-01' }, 'endsOn'],
      [{ endsOn: '2026-11-01' }, 'endsOn'],
      [{ startsOn: '2026-02-30' }, 'startsOn'],
    ] as [Partial<typeof placed>, string][])
      expect(
        (await refusal(placeOrder(w.deps, w.maker, orderId, { ...placed, ...{ number: 'PO-9' }, ...change })))
          .details.fields,
      ).toHaveProperty(field)
  })

  test('may be asked for by an adviser of the council; a stranger and another council find nothing', async () => {
    const w = await makeCouncilWorld(house().deps)
    const adviser = userActor(await makeUser(w.deps), {
      staff: [{ councilId: w.councilId, roles: ['adviser'] }],
    })
    const { orderId } = await askForOrder(w.deps, adviser, wish(w))
    const stranger = userActor(await makeUser(w.deps))
    const elsewhere = await makeFinance(w.deps, await makeCouncil(w.deps), 'Finance elsewhere')
    for (const work of [
      () => askForOrder(w.deps, stranger, wish(w)),
      () => placeOrder(w.deps, elsewhere, orderId, placed),
      () => placeOrder(w.deps, adviser, orderId, placed),
      () => orderPage(w.deps, elsewhere, orderId),
      () => supplierPage(w.deps, adviser, { providerId: w.provider.providerId, council: null }),
    ])
      expect((await refusal(work())).code).toBe('NOT_FOUND')
  })

  test('is not for a fund that the person pays from themselves', async () => {
    const w = await makeCouncilWorld(house().deps)
    await w.deps.db.prisma.allocation.updateMany({
      where: { personId: w.person.personId },
      data: { deployment: 'direct_payment_bank' },
    })
    expect((await refusal(askForOrder(w.deps, w.person.actor, wish(w)))).code).toBe('REFUSED_BY_RULE')
  })

  test('is offered from a booking that the council would have to pay for', async () => {
    const w = await makeCouncilWorld(house().deps)
    const { bookingId } = await startDraft(w.deps, w.person.actor, {
      slug: w.slug,
      times: times(w.person.personId, '2026-11-09'),
    })
    expect(await askOrderPage(w.deps, w.person.actor, bookingId)).toMatchObject({
      category: { code: 'help_at_home' },
      funds: [{ id: w.person.allocationIds[0] }],
      waiting: false,
    })
    expect((await refusal(askOrderPage(w.deps, w.maker, bookingId))).code).toBe('NOT_FOUND')
  })
})

describe('a supplier number', () => {
  test('is given once, changed, and never to two', async () => {
    const w = await makeCouncilWorld(house().deps, { setUp: false })
    await askForOrder(w.deps, w.person.actor, wish(w))
    expect(await suppliersPage(w.deps, w.maker, null)).toMatchObject({
      missing: 1,
      suppliers: [{ number: null }],
    })
    const give = (number: string) =>
      giveSupplierNumber(w.deps, w.maker, {
        councilId: w.councilId,
        providerId: w.provider.providerId,
        number,
      })
    for (const bad of ['', '  ', '=cmd|x', 'a'.repeat(41), 'x\u202Ey'])
      expect((await refusal(give(bad))).code).toBe('INVALID')
    await give('100200')
    await give('100201')
    expect(await suppliersPage(w.deps, w.maker, null)).toMatchObject({
      missing: 0,
      suppliers: [{ number: '100201' }],
    })
    const other = await makeCouncilWorld(house().deps)
    expect(
      (
        await refusal(
          giveSupplierNumber(w.deps, w.maker, {
            councilId: w.councilId,
            providerId: other.provider.providerId,
            number: '100201',
          }),
        )
      ).details.fields?.['number']?.[0],
    ).toMatch(/has this number/)
  })
})
