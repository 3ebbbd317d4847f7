/** A person who is paid net and pays the rest into the same account: one card, one fund, two allocations in the books. */
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { moneyPage } from '#services/budgets/money-page.server.ts'
import { cardPage } from '#services/cards/card-page.server.ts'
import { handleCardEvent } from '#services/cards/handle-card-event.server.ts'
import { loadCards } from '#services/cards/load-cards.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { newPurchasePage } from '#services/purchases/new-purchase-page.server.ts'
import { giveUp } from '#services/purchases/order-purchase.server.ts'
import { recordPaid } from '#services/purchases/pay-purchase.server.ts'
import { recordRefund } from '#services/purchases/refund-purchase.server.ts'
import { reconcile } from '#services/reconciliation/reconcile.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { makeBookingWorld } from '#tests/factories/bookings.ts'
import {
  ask,
  type CardHolderOf,
  type CardHouse,
  makeCardFor,
  makeCardHolder,
  makeCardHouse,
  makeProgramme,
  shop,
  tellOf,
} from '#tests/factories/cards.ts'
import { actorOf, makeStaff } from '#tests/factories/circle.ts'
import { paidInTowards, standing } from '#tests/factories/paid-in.ts'
import { makeBuyer, makeBuyersCouncil, ordered } from '#tests/factories/purchases.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
let scheme: CardHouse
beforeAll(async () => {
  scheme = await makeCardHouse(house().deps)
})
afterEach(async () => {
  house().clock.set(TEST_NOW)
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
  expect(
    await house().asOwner(`
      select t.id from card_transaction t left join (select ref_id, sum(amount) as amount from ledger_hold group by 1) h on h.ref_id = t.id
      where coalesce(h.amount, 0) <> t.held_pence`),
  ).toEqual([])
})

/** £30.00 of the council's and £20.00 of their own on one card. */
async function bothOnOneCard() {
  const ada = await makeCardHolder(house().deps, scheme, { pence: 3_000 })
  const payInId = await paidInTowards(house().deps, ada.allocationId, 2_000)
  return { ada, books: () => standing(house().deps, ada.allocationId, payInId) }
}
const told = async (said: Parameters<typeof tellOf>[1]) =>
  handleCardEvent(house().deps, await tellOf(house().deps, said))
const taken = (of: CardHolderOf, authorisation: string | null, amount: number, at = 'Millgate Pool') =>
  told({
    type: 'cleared',
    card: of.card,
    transaction: newId(),
    authorisation,
    amount: pence(amount),
    merchant: shop(at),
    cash: false,
  })

describe('a shop', () => {
  test('is answered from both together, the council’s part first, to the penny', async () => {
    const { deps } = house()
    const { ada, books } = await bothOnOneCard()
    expect(await ask(deps, ada, { amount: 5_001 })).toEqual({
      approve: false,
      reason: 'not_enough',
      upTo: 5_000,
    })
    expect(await ask(deps, ada, { amount: 4_500 })).toEqual({ approve: true })
    expect(await books()).toEqual([
      [0, 3_000, 0, 0],
      [500, 1_500, 0, 0],
    ])
    expect((await cardPage(deps, ada.actor)).funds).toMatchObject([{ available: 500, held: 4_500 }])
    const { total } = await moneyPage(deps, ada.actor, { month: null, page: null, holds: false })
    expect(total).toMatchObject({ funds: 1, left: 500, setAside: 4_500 })
  })

  test('that asks for more, takes less and gives back moves the person’s part last in and first out', async () => {
    const { deps } = house()
    const { ada, books } = await bothOnOneCard()
    const authorisation = newId()
    expect(await ask(deps, ada, { authorisation, amount: 2_500 })).toEqual({ approve: true })
    expect(await ask(deps, ada, { authorisation, amount: 4_000 })).toEqual({ approve: true })
    expect(await books()).toEqual([
      [0, 3_000, 0, 0],
      [1_000, 1_000, 0, 0],
    ])
    expect(await taken(ada, authorisation, 3_600)).toBe('done')
    expect(await books()).toEqual([
      [0, 0, 0, 3_000],
      [1_400, 0, 0, 600],
    ])
    const back = (amount: number) =>
      told({
        type: 'refunded',
        card: ada.card,
        transaction: newId(),
        authorisation,
        amount: pence(amount),
        merchant: shop(),
      })
    expect(await back(700)).toBe('done')
    expect(await books()).toEqual([
      [100, 0, 0, 2_900],
      [2_000, 0, 0, 0],
    ])
    expect(await back(2_901)).toBe('more than was paid')
    expect(await back(2_900)).toBe('done')
    expect(await books()).toEqual([
      [3_000, 0, 0, 0],
      [2_000, 0, 0, 0],
    ])
  })

  test('that lets go gives each part its own back', async () => {
    const { deps } = house()
    const { ada, books } = await bothOnOneCard()
    const authorisation = newId()
    await ask(deps, ada, { authorisation, amount: 4_500 })
    expect(await told({ type: 'reversed', card: ada.card, authorisation })).toBe('done')
    expect(await books()).toEqual([
      [3_000, 0, 0, 0],
      [2_000, 0, 0, 0],
    ])
  })

  test('that takes without asking may have what both have, and no more', async () => {
    const { ada, books } = await bothOnOneCard()
    expect(await taken(ada, null, 5_001)).toBe('more than is left')
    expect(await taken(ada, null, 5_000)).toBe('done')
    expect(await books()).toEqual([
      [0, 0, 0, 3_000],
      [0, 0, 0, 2_000],
    ])
  })

  test('several at once cannot all have the last of both', async () => {
    const { deps } = house()
    const { ada, books } = await bothOnOneCard()
    const answers = await Promise.all([1, 2, 3].map(() => ask(deps, ada, { amount: 2_000 })))
    expect(answers.filter(({ approve }) => approve)).toHaveLength(2)
    expect(await books()).toEqual([
      [0, 3_000, 0, 0],
      [1_000, 1_000, 0, 0],
    ])
  })
})

test('what the person pays in is put on the card, too, and the reconciliation counts it', async () => {
  const { deps } = house()
  const own = await makeCardHouse(deps)
  const ada = await makeCardHolder(deps, own, { pence: 3_000 })
  await paidInTowards(deps, ada.allocationId, 2_000)
  await loadCards(deps, ada.allocationId)
  await loadCards(deps, ada.allocationId)
  const rows = await deps.db.prisma.cardTransaction.findMany({ where: { cardId: ada.cardId } })
  expect(rows.map(({ movement, pence: amount }) => [movement, amount])).toEqual([
    ['load', 3_000],
    ['load', 2_000],
  ])
  await ask(deps, ada, { amount: 4_500 })
  house().clock.advance({ hours: 2 })
  await reconcile(deps)
  expect(await deps.db.prisma.reconciliationItem.count({ where: { councilId: own.councilId } })).toBe(0)
})

describe('a purchase that was agreed', () => {
  const buy = async () => {
    const { deps } = house()
    const council = await makeBuyersCouncil(deps)
    const person = await makeBuyer(deps, council.councilId, [{ pence: 30_000 }])
    const [fundId = ''] = person.allocationIds
    const payInId = await paidInTowards(deps, fundId, 20_000)
    const press = (purchaseId: string) => ({ personId: person.personId, purchaseId })
    return { deps, council, person, press, books: () => standing(deps, fundId, payInId) }
  }

  test('is paid from both, and what it cost less and what comes back goes back', async () => {
    const { deps, council, person, press, books } = await buy()
    const { funds } = await newPurchasePage(deps, person.actor)
    expect(funds).toMatchObject([{ says: expect.stringContaining('£500.00 is left in it today') as string }])
    const purchaseId = await ordered(deps, council, person)
    expect(await books()).toEqual([
      [0, 30_000, 0, 0],
      [11_100, 8_900, 0, 0],
    ])
    await recordPaid(deps, person.actor, { ...press(purchaseId), price: '385.00', paidOn: '2026-11-02' })
    expect(await books()).toEqual([
      [0, 0, 0, 30_000],
      [11_500, 0, 0, 8_500],
    ])
    await recordRefund(deps, person.actor, { ...press(purchaseId), price: '100.00' })
    expect(await books()).toEqual([
      [1_500, 0, 0, 28_500],
      [20_000, 0, 0, 0],
    ])
  })

  test('given up: each part has its own again', async () => {
    const { deps, council, person, press, books } = await buy()
    await giveUp(deps, person.actor, press(await ordered(deps, council, person)))
    expect(await books()).toEqual([
      [30_000, 0, 0, 0],
      [20_000, 0, 0, 0],
    ])
  })

  test('is matched to the card that took it, and counted once', async () => {
    const { deps } = house()
    const council = await makeBuyersCouncil(deps)
    const programmeId = await makeProgramme(deps, council.councilId, council.finance)
    const ada = await makeCardHolder(deps, { ...council, programmeId }, { pence: 30_000 })
    await deps.db.asActor({ kind: 'system', job: 'test' }, (tx) =>
      tx.plan.create({
        data: {
          personId: ada.personId,
          startsOn: new Date('2026-10-01'),
          outcomes: { create: [{ position: 0, words: 'Cook for myself' }] },
        },
      }),
    )
    const payInId = await paidInTowards(deps, ada.allocationId, 20_000)
    const purchaseId = await ordered(deps, council, ada)
    expect(await taken(ada, null, 38_900, 'Hartley Electrical')).toBe('done')
    expect(await standing(deps, ada.allocationId, payInId)).toEqual([
      [0, 0, 0, 30_000],
      [11_100, 0, 0, 8_900],
    ])
    const row = await deps.db.prisma.purchase.findUniqueOrThrow({ where: { id: purchaseId } })
    expect(row).toMatchObject({ state: 'paid', paidPence: 38_900 })
  })
})

test('a visit that both pay waits for the card as one payment, at its whole price', async () => {
  const { deps } = house()
  const w = await makeBookingWorld(deps, { funds: [{ pence: 2_000, deployment: 'direct_payment_card' }] })
  const finance = await actorOf(deps, await makeStaff(deps, w.councilId, ['finance'], 'Finance'))
  const programmeId = await makeProgramme(deps, w.councilId, finance)
  const [allocationId = ''] = w.person.allocationIds
  const payInId = await paidInTowards(deps, allocationId, 2_000)
  const card = await makeCardFor(deps, { councilId: w.councilId, finance, programmeId }, allocationId)
  const of = { ...w.person, ...card, allocationId }
  const visitIds = await settledVisits(house(), w, ['2026-11-09'])
  await payVisits(deps, visitIds)
  expect((await cardPage(deps, w.person.actor)).funds[0]?.waiting).toMatchObject([{ pence: 2_750 }])
  const authorisation = newId()
  expect(await ask(deps, of, { authorisation, amount: 2_750, shop: 'A provider' })).toEqual({ approve: true })
  expect(await taken(of, authorisation, 2_750, 'A provider')).toBe('done')
  const payables = await deps.db.prisma.payable.findMany({ where: { visitId: { in: visitIds } } })
  expect(payables.map(({ state, pence: amount }) => [state, amount]).sort()).toEqual([
    ['paid', 2_000],
    ['paid', 750],
  ])
  expect(await standing(deps, allocationId, payInId)).toEqual([
    [0, 0, 0, 2_000],
    [1_250, 0, 0, 750],
  ])
})
