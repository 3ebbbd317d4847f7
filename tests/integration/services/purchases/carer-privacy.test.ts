import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { voucherPage, vouchersPage } from '#services/budgets/voucher-page.server.ts'
import { moneyCsv, moneyPage } from '#services/budgets/money-page.server.ts'
import { bookingPage } from '#services/bookings/booking-page.server.ts'
import { weekPage } from '#services/bookings/week-page.server.ts'
import { circlePage } from '#services/circle/circle-page.server.ts'
import { findPage } from '#services/discovery/find-page.server.ts'
import type { UserActor } from '#services/kernel/actor.ts'
import { unreadNotices } from '#services/messages/person-notices.server.ts'
import { decidePurchase } from '#services/purchases/decide-purchase.server.ts'
import { giveEvidence, readEvidence } from '#services/purchases/evidence.server.ts'
import { newPurchasePage } from '#services/purchases/new-purchase-page.server.ts'
import { recordPaid } from '#services/purchases/pay-purchase.server.ts'
import { proposePurchase } from '#services/purchases/propose-purchase.server.ts'
import { purchasePage } from '#services/purchases/purchase-page.server.ts'
import { purchasesPage } from '#services/purchases/purchases-page.server.ts'
import { ask, makeBookingWorld, type BookingWorld } from '#tests/factories/bookings.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import { png } from '#tests/factories/papers.ts'
import {
  actingFor,
  makeBuyer,
  makeBuyersCouncil,
  ordered,
  washingMachine,
} from '#tests/factories/purchases.ts'
import { makeUser, userActor, type TestPerson } from '#tests/factories/world.ts'
import { useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

/**
 * A carer with a budget of her own who supports the person she cares for. He, his other supporters, and she herself while she
 * acts for him, must find nothing of hers anywhere; and nothing of his is on her own pages.
 */
const house = useHouse()
const HERS = [
  'Sea Thrift Cottage',
  'Two nights away',
  'Carer’s budget',
  '212.34',
  '£212.34',
  'A massage chair',
  'Quiet Hour',
  'carer-',
  'Rest voucher',
]
const SCOPES = [
  'see_plan',
  'see_money',
  'message',
  'shortlist',
  'propose',
  'book',
  'confirm_hours',
  'review',
] as const

let world: BookingWorld
let carer: TestPerson
let cared: TestPerson
/** The son supports his father, and not his mother. */
let son: UserActor
let carerActs: UserActor
let sonActs: UserActor
const ids: string[] = []
let purchaseId = ''
let evidenceId = ''
let bookingId = ''

beforeAll(async () => {
  const { deps } = house()
  const council = await makeBuyersCouncil(deps)
  carer = await makeBuyer(deps, council.councilId, [
    { pence: 50_000, kind: 'carer', name: 'Carer’s budget', receiptsOver: 0, canBuy: 'what keeps you going' },
    {
      pence: 6_000,
      kind: 'voucher',
      name: 'Rest voucher',
      deployment: 'council_managed',
      planCategory: 'help_at_home',
      approved: true,
    },
  ])
  cared = await makeBuyer(
    deps,
    council.councilId,
    [{ pence: 40_000, name: 'Social care budget' }],
    'Sing every week',
  )
  world = { ...(await makeBookingWorld(deps)), councilId: council.councilId, person: carer }
  son = userActor(await makeUser(deps, 'The son'))
  const of = { personId: cared.personId, scopes: [...SCOPES] }
  const hers = await makeAuthority(deps, { ...of, supporterUserId: carer.actor.userId })
  carerActs = actingFor(carer.actor, cared, SCOPES, hers)
  sonActs = actingFor(son, cared, SCOPES, await makeAuthority(deps, { ...of, supporterUserId: son.userId }))

  // What she does with it: a weekend away, paid, with a receipt; a chair asked for; an hour booked; a voucher.
  const away = {
    what: 'Two nights away',
    seller: 'Sea Thrift Cottage',
    price: '212.34',
    category: 'short_breaks',
  }
  purchaseId = await ordered(deps, council, carer, away)
  const press = { personId: carer.personId, purchaseId }
  await recordPaid(deps, carer.actor, { ...press, price: '212.34', paidOn: '2026-11-02' })
  await giveEvidence(deps, carer.actor, { ...press, file: { name: 'carer-receipt.png', bytes: png() } })
  evidenceId = (await deps.db.prisma.evidence.findFirstOrThrow({ where: { purchaseId } })).id
  const chair = washingMachine(carer, { what: 'A massage chair', seller: 'Quiet Hour', price: '199' })
  await proposePurchase(deps, carer.actor, chair)
  await decidePurchase(deps, council.adviser, { purchaseId: chair.purchaseId, decision: 'agree', reason: '' })
  bookingId = await ask(world, '2026-11-09', 2750, { person: carer })
  ids.push(purchaseId, chair.purchaseId, evidenceId, bookingId, carer.personId, ...carer.allocationIds)
  await house().runJobs()
})
afterAll(async () => {
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
})

/** Everything about money, weeks, news and support that somebody may open. */
async function everything(actor: UserActor, personId: string): Promise<string> {
  const { deps } = house()
  const all = { month: 'all', page: null, holds: true }
  return JSON.stringify([
    await moneyPage(deps, actor, all),
    await moneyCsv(deps, actor, { month: 'all' }),
    await weekPage(deps, actor, null),
    await purchasesPage(deps, actor),
    await newPurchasePage(deps, actor),
    await vouchersPage(deps, actor),
    await circlePage(deps, actor),
    await unreadNotices(deps.db.prisma, personId, { most: 50, money: true }),
    await findPage(deps, actor, new URLSearchParams({ q: 'massage' })),
  ])
}

describe('a carer’s budget', () => {
  test('is on her own pages', async () => {
    const text = await everything(carer.actor, carer.personId)
    for (const words of [
      'Sea Thrift Cottage',
      'Two nights away',
      'Carer’s budget',
      '212.34',
      'A massage chair',
      'Rest voucher',
    ])
      expect(text).toContain(words)
  })

  test.each<[string, () => UserActor]>([
    ['the person she cares for', () => cared.actor],
    ['her, while she acts for him', () => carerActs],
    ['his other supporter', () => sonActs],
  ])('leaves no trace on the pages, statements, files, notices and searches of %s', async (_who, actor) => {
    const text = await everything(actor(), cared.personId)
    expect(text).toContain('Social care budget')
    // Her name stands among those who support him, and nothing else of hers.
    expect([...HERS, ...ids].filter((trace) => text.includes(trace))).toEqual([])
  })

  test.each<[string, () => UserActor]>([
    ['the person she cares for', () => cared.actor],
    ['her, while she acts for him', () => carerActs],
    ['his other supporter', () => sonActs],
    ['his other supporter on his own pages', () => son],
  ])('is not found by its addresses by %s', async (_who, actor) => {
    const { deps } = house()
    for (const open of [
      () => purchasePage(deps, actor(), purchaseId),
      () => readEvidence(deps, actor(), evidenceId),
      () => voucherPage(deps, actor(), carer.allocationIds[1] ?? ''),
      () => bookingPage(deps, actor(), bookingId),
    ])
      expect((await refusal(open())).code).toBe('NOT_FOUND')
  })

  test('is in no mail to him or to his other supporter', async () => {
    const { deps, mail } = house()
    const users = await deps.db.prisma.user.findMany({
      where: { id: { in: [cared.actor.userId, son.userId] } },
    })
    const theirs = mail.sent
      .filter(({ to }) => users.some(({ email }) => email === to))
      .map(({ subject, text }) => `${subject} ${text}`)
    expect(HERS.filter((trace) => theirs.some((words) => words.includes(trace)))).toEqual([])
    const hers = await deps.db.prisma.user.findUniqueOrThrow({ where: { id: carer.actor.userId } })
    expect(
      mail.sent.some(({ to, subject }) => to === hers.email && subject === 'Agreed: A massage chair'),
    ).toBe(true)
  })

  test('and nothing of his is on hers', async () => {
    const { deps } = house()
    const his = washingMachine(cared, { what: 'A hymn book in large print', price: '14' })
    await proposePurchase(deps, carerActs, his)
    expect(await everything(carerActs, cared.personId)).toContain('A hymn book in large print')
    const text = await everything(carer.actor, carer.personId)
    expect(
      ['A hymn book in large print', 'Social care budget', his.purchaseId].filter((trace) =>
        text.includes(trace),
      ),
    ).toEqual([])
    expect((await refusal(purchasePage(deps, carer.actor, his.purchaseId))).code).toBe('NOT_FOUND')
  })

  test('a supporter of hers who does not see the money gets no mail about it', async () => {
    const { deps, mail } = house()
    const friend = await makeUser(deps, 'A friend')
    await makeAuthority(deps, {
      personId: carer.personId,
      supporterUserId: friend,
      scopes: ['message', 'book'],
    })
    const council = await deps.db.prisma.person.findUniqueOrThrow({
      where: { id: carer.personId },
      select: { councilId: true },
    })
    const adviser = await deps.db.prisma.staffMembership.findFirstOrThrow({
      where: { councilId: council.councilId, roles: { has: 'adviser' } },
    })
    const form = washingMachine(carer, { what: 'A third thing' })
    await proposePurchase(deps, carer.actor, form)
    await decidePurchase(
      deps,
      userActor(adviser.userId, { staff: [{ councilId: council.councilId, roles: ['adviser'] }] }),
      { purchaseId: form.purchaseId, decision: 'agree', reason: '' },
    )
    await house().runJobs()
    const { email } = await deps.db.prisma.user.findUniqueOrThrow({ where: { id: friend } })
    expect(mail.sent.filter(({ to }) => to === email)).toEqual([])
  })
})
