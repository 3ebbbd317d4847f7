import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import { moneyCsv, moneyPage } from '#services/budgets/money-page.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { askNewPrice } from '#services/purchases/ask-new-price.server.ts'
import { sayYes, withdrawPurchase } from '#services/purchases/answer-purchase.server.ts'
import { councilPurchasesPage } from '#services/purchases/council-purchases-page.server.ts'
import { decidePurchase } from '#services/purchases/decide-purchase.server.ts'
import {
  holderPurchasesPage,
  payAsHolder,
  refuseAsHolder,
} from '#services/purchases/holder-purchases.server.ts'
import { matchPurchaseToCard } from '#services/purchases/match-card.server.ts'
import { newPurchasePage } from '#services/purchases/new-purchase-page.server.ts'
import { giveUp, setAside } from '#services/purchases/order-purchase.server.ts'
import { recordPaid, recordPaidByCouncil } from '#services/purchases/pay-purchase.server.ts'
import { proposePurchase } from '#services/purchases/propose-purchase.server.ts'
import { purchasePage } from '#services/purchases/purchase-page.server.ts'
import { purchasesPage } from '#services/purchases/purchases-page.server.ts'
import { recordRefund, recordRefundByCouncil } from '#services/purchases/refund-purchase.server.ts'
import { makeAuthority } from '#tests/factories/circle.ts'
import {
  actingFor,
  fundOf,
  makeBuyer,
  makeBuyersCouncil,
  ordered,
  washingMachine,
  type BuyersCouncil,
} from '#tests/factories/purchases.ts'
import { makeUser, userActor, type FundOptions, type TestPerson } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
let council: BuyersCouncil
beforeAll(async () => {
  council = await makeBuyersCouncil(house().deps)
})
afterEach(async () => {
  house().clock.set(TEST_NOW)
  // The books are proved after every one of them; what is set aside for a purchase is its price while it is ordered.
  expect(
    await house().asOwner('select * from ledger_faults() union all select * from money_faults()'),
  ).toEqual([])
  expect(
    await house().asOwner(`
      select p.id from purchase p left join ledger_hold h on h.ref_id = p.id
      where coalesce(h.amount, 0) <> case when p.state = 'ordered' then p.pence else 0 end`),
  ).toEqual([])
})

const buyer = (fund: FundOptions = { pence: 48_000 }, ...more: FundOptions[]): Promise<TestPerson> =>
  makeBuyer(house().deps, council.councilId, [fund, ...more])
const stateOf = async (id: string) =>
  (await house().deps.db.prisma.purchase.findUniqueOrThrow({ where: { id } })).state
const press = (person: TestPerson, purchaseId: string) => ({ personId: person.personId, purchaseId })
const paid = (person: TestPerson, purchaseId: string, changes: Record<string, unknown> = {}) => ({
  ...press(person, purchaseId),
  price: '389.00',
  paidOn: '2026-11-02',
  ...changes,
})

describe('from asking to the statement', () => {
  test('nothing is set aside before it is agreed; then it is held, paid for less, and the rest is back', async () => {
    const { deps } = house()
    const ada = await buyer()
    const { purchaseId, state } = await proposePurchase(deps, ada.actor, washingMachine(ada))
    expect(state).toBe('proposed')
    expect(await fundOf(deps, ada)).toEqual({ available: 48_000, held: 0, spent: 0 })
    expect((await refusal(setAside(deps, ada.actor, press(ada, purchaseId)))).code).toBe('STALE_STATE')

    const queue = await councilPurchasesPage(deps, council.adviser, { show: 'waiting', page: 1 })
    expect(queue.purchases.map(({ id }) => id)).toContain(purchaseId)
    await decidePurchase(deps, council.adviser, {
      purchaseId,
      decision: 'agree',
      reason: 'For her own washing.',
    })
    expect(await fundOf(deps, ada)).toMatchObject({ available: 48_000 })

    await setAside(deps, ada.actor, press(ada, purchaseId))
    expect(await fundOf(deps, ada)).toEqual({ available: 9_100, held: 38_900, spent: 0 })
    await recordPaid(deps, ada.actor, paid(ada, purchaseId, { price: '385.50' }))
    expect(await fundOf(deps, ada)).toEqual({ available: 9_450, held: 0, spent: 38_550 })

    const { statement, lasting } = await moneyPage(deps, ada.actor, {
      month: '2026-11',
      page: null,
      holds: false,
    })
    // A washing machine is not bought every month: it says nothing of whether the fund lasts.
    expect(lasting).toEqual([])
    expect(statement.lines[0]).toMatchObject({
      what: 'A washing machine, Hartley Electrical',
      out: 38_550,
      purchaseId,
      stands: { words: 'Paid' },
    })
    expect((await moneyCsv(deps, ada.actor, { month: 'all' })).csv).toContain(
      '"Set aside to buy: A washing machine, Hartley Electrical"',
    )
    const told = await deps.db.prisma.notice.findMany({
      where: { subjectId: purchaseId },
      select: { kind: true },
    })
    expect(told.map(({ kind }) => kind).sort()).toEqual(['purchase.agreed', 'purchase.asked'])
    const audit = await deps.db.prisma.auditEvent.findMany({
      where: { subjectId: purchaseId },
      orderBy: { id: 'asc' },
      select: { action: true, forPersonId: true },
    })
    expect(audit.map(({ action }) => action)).toEqual(
      ['proposed', 'agreed', 'ordered', 'paid'].map((verb) => `purchase.${verb}`),
    )
    expect(new Set(audit.map(({ forPersonId }) => forPersonId))).toEqual(new Set([ada.personId]))
  })

  test('each second press changes nothing: put forward, agreed, set aside and paid once', async () => {
    const { deps } = house()
    const ada = await buyer()
    const form = washingMachine(ada)
    await Promise.all([proposePurchase(deps, ada.actor, form), proposePurchase(deps, ada.actor, form)])
    expect(await deps.db.prisma.purchase.count({ where: { personId: ada.personId } })).toBe(1)
    const { purchaseId } = form
    const agree = { purchaseId, decision: 'agree', reason: '' }
    await decidePurchase(deps, council.adviser, agree)
    expect((await refusal(decidePurchase(deps, council.adviser, agree))).code).toBe('STALE_STATE')
    const set = await Promise.allSettled(
      [1, 2, 3].map(() => setAside(deps, ada.actor, press(ada, purchaseId))),
    )
    expect(set.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const done = await Promise.allSettled(
      [1, 2, 3].map(() => recordPaid(deps, ada.actor, paid(ada, purchaseId))),
    )
    expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(1)
    const twice = await refusal(recordPaid(deps, ada.actor, paid(ada, purchaseId)))
    expect([twice.code, twice.publicMessage]).toEqual([
      'STALE_STATE',
      'This is written down as paid already. Nothing was changed now. Open it again to see how it stands.',
    ])
    expect(await fundOf(deps, ada)).toEqual({ available: 9_100, held: 0, spent: 38_900 })
  })

  test('given up before it is paid: the money is back, and it cannot be paid any more', async () => {
    const { deps } = house()
    const ada = await buyer()
    const id = await ordered(deps, council, ada)
    await giveUp(deps, ada.actor, press(ada, id))
    expect(await fundOf(deps, ada)).toEqual({ available: 48_000, held: 0, spent: 0 })
    expect(await stateOf(id)).toBe('withdrawn')
    expect((await refusal(recordPaid(deps, ada.actor, paid(ada, id)))).code).toBe('STALE_STATE')
  })

  test('refused with a reason that the person reads; without one it is not refused', async () => {
    const { deps } = house()
    const ada = await buyer()
    const { purchaseId } = await proposePurchase(deps, ada.actor, washingMachine(ada))
    const no = { purchaseId, decision: 'refuse', reason: ' ' }
    expect((await refusal(decidePurchase(deps, council.adviser, no))).details.fields).toHaveProperty('reason')
    await decidePurchase(deps, council.adviser, { ...no, reason: 'The launderette is in your plan.' })
    const page = await purchasePage(deps, ada.actor, purchaseId)
    expect([page.state, page.reason, page.may.setAside]).toEqual([
      'refused',
      'The launderette is in your plan.',
      false,
    ])
  })

  test('taken back before anybody answered', async () => {
    const { deps } = house()
    const ada = await buyer()
    const { purchaseId } = await proposePurchase(deps, ada.actor, washingMachine(ada))
    await withdrawPurchase(deps, ada.actor, press(ada, purchaseId))
    expect(
      (await refusal(decidePurchase(deps, council.adviser, { purchaseId, decision: 'agree' }))).code,
    ).toBe('STALE_STATE')
  })
})

describe('what it came to', () => {
  test('a little more is taken after asking once more; much more needs a new yes, and so does a higher price', async () => {
    const { deps } = house()
    const ada = await buyer()
    const id = await ordered(deps, council, ada)
    const once = await refusal(recordPaid(deps, ada.actor, paid(ada, id, { price: '409.00' })))
    expect([once.code, Object.keys(once.details.fields ?? {})]).toEqual(['INVALID', ['more']])
    const much = await refusal(recordPaid(deps, ada.actor, paid(ada, id, { price: '409.01', more: 'yes' })))
    expect([much.code, much.details.fields?.['price']?.[0]]).toEqual([
      'REFUSED_BY_RULE',
      'This is £20.01 more than was agreed. Up to £20.00 more can be taken without a new yes. Ask for the new price first.',
    ])
    await askNewPrice(deps, ada.actor, { ...press(ada, id), price: '450' })
    expect([await stateOf(id), await fundOf(deps, ada)]).toEqual([
      'proposed',
      { available: 48_000, held: 0, spent: 0 },
    ])
    house().clock.advance({ minutes: 1 })
    await decidePurchase(deps, council.adviser, { purchaseId: id, decision: 'agree', reason: '' })
    await setAside(deps, ada.actor, press(ada, id))
    await recordPaid(deps, ada.actor, paid(ada, id, { price: '465', more: 'yes' }))
    expect(await fundOf(deps, ada)).toEqual({ available: 1_500, held: 0, spent: 46_500 })
  })

  test('more than is left is not taken, though it was asked for', async () => {
    const { deps } = house()
    const ada = await buyer({ pence: 39_000 })
    const id = await ordered(deps, council, ada)
    const short = await refusal(recordPaid(deps, ada.actor, paid(ada, id, { price: '395', more: 'yes' })))
    expect([short.code, short.publicMessage]).toEqual([
      'NOT_ENOUGH_MONEY',
      expect.stringContaining('£1.00 left beside'),
    ])
    expect(await stateOf(id)).toBe('ordered')
  })

  test.each([
    ['price', { price: '38,900' }, 'REFUSED_BY_RULE'],
    ['price', { price: '38,9' }, 'INVALID'],
    ['price', { price: '-389' }, 'INVALID'],
    ['price', { price: '389.001' }, 'INVALID'],
    ['price', { price: '38900000000000000000' }, 'INVALID'],
    ['price', { price: '0' }, 'INVALID'],
    ['paidOn', { paidOn: '2026-11-03' }, 'INVALID'],
    ['paidOn', { paidOn: '2026-09-30' }, 'INVALID'],
    ['paidOn', { paidOn: '31 2 2026' }, 'INVALID'],
  ])('bad input beside its field: %s of %o', async (field, changes, code) => {
    const { deps } = house()
    const ada = await buyer()
    const id = await ordered(deps, council, ada)
    const error = await refusal(recordPaid(deps, ada.actor, paid(ada, id, changes)))
    expect([error.code, Object.keys(error.details.fields ?? {})]).toEqual([code, [field]])
  })

  test('the seller gives some back, twice, and never more than was paid', async () => {
    const { deps } = house()
    const ada = await buyer()
    const id = await ordered(deps, council, ada)
    await recordPaid(deps, ada.actor, paid(ada, id))
    await recordRefund(deps, ada.actor, { ...press(ada, id), price: '100' })
    await recordRefund(deps, ada.actor, { ...press(ada, id), price: '100' })
    const more = await refusal(recordRefund(deps, ada.actor, { ...press(ada, id), price: '189.01' }))
    expect([more.code, more.publicMessage]).toEqual([
      'REFUSED_BY_RULE',
      'Not more can come back than was paid: £189.00 at most.',
    ])
    expect(await fundOf(deps, ada)).toEqual({ available: 29_100, held: 0, spent: 18_900 })
    const { statement } = await moneyPage(deps, ada.actor, { month: 'all', page: null, holds: false })
    expect(statement.lines[0]).toMatchObject({
      what: 'Money back: A washing machine, Hartley Electrical',
      in: 10_000,
    })
    // Next spring the fund is over: what comes back then goes on to whoever funded it.
    house().clock.set('2027-04-20T10:00:00Z')
    await recordRefund(deps, ada.actor, { ...press(ada, id), price: '9' })
    expect(await fundOf(deps, ada)).toEqual({ available: 29_100, held: 0, spent: 18_000 })
  })
})

describe('a fund that ended', () => {
  test('yesterday pays for nothing new, but for what was set aside before', async () => {
    const { deps, clock } = house()
    const ada = await buyer({ pence: 90_000, name: 'Grant', endsOn: '2026-11-05', canBuy: 'equipment' })
    const before = await ordered(deps, council, ada)
    const { purchaseId } = await proposePurchase(deps, ada.actor, washingMachine(ada))
    await decidePurchase(deps, council.adviser, { purchaseId, decision: 'agree', reason: '' })
    clock.set('2026-11-06T08:00:00Z')
    for (const late of [
      await refusal(proposePurchase(deps, ada.actor, washingMachine(ada))),
      await refusal(setAside(deps, ada.actor, press(ada, purchaseId))),
    ])
      expect([late.code, late.publicMessage]).toEqual([
        'REFUSED_BY_RULE',
        expect.stringContaining('Grant can pay for equipment. It ended on Thursday 5 November 2026'),
      ])
    const more = await refusal(
      recordPaid(deps, ada.actor, paid(ada, before, { price: '390', paidOn: '2026-11-06', more: 'yes' })),
    )
    expect(more.publicMessage).toContain('Grant has ended.')
    await recordPaid(deps, ada.actor, paid(ada, before, { paidOn: '2026-11-06' }))
    expect(await fundOf(deps, ada)).toMatchObject({ held: 0, spent: 38_900 })
  })
})

describe('the rules of a fund are asked first', () => {
  test('a refusal names the fund, its rule, what it can buy and which other fund could pay', async () => {
    const { deps } = house()
    const ada = await buyer(
      {
        pence: 48_000,
        name: 'Social care budget',
        refused: ['equipment_and_adaptations'],
        canBuy: 'help at home',
      },
      { pence: 48_000, name: 'Equipment grant', kind: 'equipment' },
    )
    const error = await refusal(proposePurchase(deps, ada.actor, washingMachine(ada)))
    expect([error.code, error.details.fields?.['fund']?.[0]]).toEqual([
      'REFUSED_BY_RULE',
      'Social care budget can pay for help at home. Equipment and adaptations is not on its list. Equipment grant could pay for this.',
    ])
    expect(await deps.db.prisma.purchase.count({ where: { personId: ada.personId } })).toBe(0)
  })

  test('accredited providers only: refused in words, and the page knows whom it can pay', async () => {
    const { deps } = house()
    const ada = await buyer({
      pence: 48_000,
      name: 'Skills account',
      kind: 'education_and_skills',
      allowed: ['learning_and_skills'],
      accreditedOnly: true,
      canBuy: 'courses from accredited providers',
    })
    const course = washingMachine(ada, { what: 'A course', category: 'learning_and_skills' })
    const error = await refusal(proposePurchase(deps, ada.actor, course))
    expect(error.publicMessage).toBe(
      'Skills account can pay for courses from accredited providers. It pays accredited providers only, and a seller who is not listed here has shown us no accreditation.',
    )
    const page = await newPurchasePage(deps, ada.actor)
    expect(page.funds).toMatchObject([{ name: 'Skills account', accreditedOnly: true }])
    expect(page.outcomes).toEqual(['Cook for myself'])
  })

  test.each([
    ['what', { what: ' ' }],
    ['what', { what: 'a'.repeat(10_000) }],
    ['seller', { seller: 'Shop\u202Epohs' }],
    ['price', { price: '12,50' }],
    ['price', { price: '-1' }],
    ['price', { price: '1.005' }],
    ['price', { price: '99999999999999999999' }],
    ['units', { units: '0' }],
    ['units', { units: '1e3' }],
    ['category', { category: 'personal_care' }],
    ['fund', { fund: 'mine' }],
    ['fund', { fund: '0193b3f0-0000-7000-8000-000000000000' }],
    ['outcome', { outcome: 'Somebody else’s goal' }],
  ])('bad input beside its field: %s of %o', async (field, changes) => {
    const { deps } = house()
    const ada = await buyer()
    const error = await refusal(proposePurchase(deps, ada.actor, washingMachine(ada, changes)))
    expect([error.code, Object.keys(error.details.fields ?? {})]).toEqual(['INVALID', [field]])
  })

  test('not enough in the fund: how much is left and when more comes', async () => {
    const { deps } = house()
    const ada = await buyer({
      pence: 10_000,
      name: 'Grant',
      expected: [{ dueOn: '2026-12-02', pence: 40_000 }],
    })
    const { purchaseId } = await proposePurchase(deps, ada.actor, washingMachine(ada))
    await decidePurchase(deps, council.adviser, { purchaseId, decision: 'agree', reason: '' })
    const short = await refusal(setAside(deps, ada.actor, press(ada, purchaseId)))
    expect([short.code, short.publicMessage]).toEqual([
      'NOT_ENOUGH_MONEY',
      expect.stringContaining(
        'Grant has £100.00 left today, and this needs £389.00. Its next money comes on Wednesday 2 December 2026.',
      ),
    ])
    expect((await purchasePage(deps, ada.actor, purchaseId)).stopped).toBe(short.publicMessage)
  })

  test('own money at once, a carer up to the council’s sum at once and above it not', async () => {
    const { deps } = house()
    const ada = await buyer({ pence: 90_000, kind: 'own_money' }, { pence: 90_000, kind: 'carer' })
    const [own, carers] = ada.allocationIds
    const asked = async (fund: string | undefined, price: string) =>
      (await proposePurchase(deps, ada.actor, washingMachine(ada, { fund, price }))).state
    expect([await asked(own, '800'), await asked(carers, '100'), await asked(carers, '100.01')]).toEqual([
      'agreed',
      'agreed',
      'proposed',
    ])
  })
})

describe('who may', () => {
  test('strangers and staff of other councils find nothing; signed-out visitors are asked to sign in', async () => {
    const { deps } = house()
    const [ada, bob] = [await buyer(), await buyer()]
    const elsewhere = await makeBuyersCouncil(deps)
    const id = await ordered(deps, council, ada)
    for (const work of [
      () => purchasePage(deps, bob.actor, id),
      () => setAside(deps, bob.actor, press(bob, id)),
      () => recordPaid(deps, bob.actor, paid(bob, id)),
      () => giveUp(deps, bob.actor, press(bob, id)),
      () => recordRefund(deps, bob.actor, { ...press(bob, id), price: '1' }),
      () => decidePurchase(deps, elsewhere.adviser, { purchaseId: id, decision: 'refuse', reason: 'No' }),
      () => recordPaidByCouncil(deps, elsewhere.finance, { ...paid(ada, id) }),
      () => decidePurchase(deps, bob.actor, { purchaseId: id, decision: 'refuse', reason: 'No' }),
      () => purchasePage(deps, ada.actor, newId()),
      () => proposePurchase(deps, bob.actor, { ...washingMachine(bob), purchaseId: id }),
    ])
      expect((await refusal(work())).code).toBe('NOT_FOUND')
    expect((await refusal(purchasesPage(deps, { kind: 'anonymous' }))).code).toBe('SIGN_IN')
    // The page was opened for Ada, and the session acts for nobody any more.
    expect((await refusal(proposePurchase(deps, bob.actor, washingMachine(ada)))).code).toBe('STALE_STATE')
    expect(await stateOf(id)).toBe('ordered')
  })

  test('who may only propose needs the person’s own yes; who may only book does not write down payments', async () => {
    const { deps } = house()
    const ada = await buyer()
    const broker = userActor(await makeUser(deps))
    const authority = await makeAuthority(deps, {
      personId: ada.personId,
      supporterUserId: broker.userId,
      type: 'broker',
      scopes: ['propose', 'see_money'],
    })
    const acts = actingFor(broker, ada, ['propose', 'see_money'], authority)
    const { purchaseId, state } = await proposePurchase(deps, acts, washingMachine(ada))
    expect(state).toBe('proposed')
    await decidePurchase(deps, council.adviser, { purchaseId, decision: 'agree', reason: '' })
    expect(await stateOf(purchaseId)).toBe('proposed')
    expect((await refusal(sayYes(deps, acts, press(ada, purchaseId)))).code).toBe('FORBIDDEN')
    expect((await purchasePage(deps, ada.actor, purchaseId)).standing.words).toBe(
      'Waiting for your yes or no',
    )
    expect(await sayYes(deps, ada.actor, press(ada, purchaseId))).toBe('agreed')
    expect((await refusal(setAside(deps, acts, press(ada, purchaseId)))).code).toBe('FORBIDDEN')
    const brother = actingFor(broker, ada, ['book', 'see_money'], authority)
    await setAside(deps, brother, press(ada, purchaseId))
    expect((await refusal(recordPaid(deps, brother, paid(ada, purchaseId)))).code).toBe('FORBIDDEN')
    const nominated = actingFor(broker, ada, ['manage_money', 'see_money'], authority)
    await recordPaid(deps, nominated, paid(ada, purchaseId))
    const row = await deps.db.prisma.purchase.findUniqueOrThrow({ where: { id: purchaseId } })
    expect([row.authorityId, row.recordedById]).toEqual([authority, broker.userId])
  })

  test('staff whose second step is long ago show once more that it is them', async () => {
    const { deps } = house()
    const ada = await buyer()
    const { purchaseId } = await proposePurchase(deps, ada.actor, washingMachine(ada))
    const stale = { ...council.adviser, secondStepFresh: false }
    expect((await refusal(decidePurchase(deps, stale, { purchaseId, decision: 'agree' }))).code).toBe(
      'SECOND_STEP',
    )
  })
})

describe('whoever holds the fund pays', () => {
  const held: FundOptions = { pence: 90_000, deployment: 'direct_payment_managed_account' }
  /** The owner of the organisation that holds the person's fund. */
  async function holderOf(person: TestPerson) {
    const { prisma } = house().deps.db
    const { holderProviderId } = await prisma.allocation.findUniqueOrThrow({
      where: { id: person.allocationIds[0] ?? '' },
    })
    const providerId = holderProviderId ?? ''
    const owner = await prisma.member.findFirstOrThrow({ where: { providerId, role: 'owner' } })
    return userActor(owner.userId ?? '', { providers: [{ providerId, memberId: owner.id, role: 'owner' }] })
  }

  test('the council: its finance writes it down, the person cannot, and a refund goes back', async () => {
    const { deps } = house()
    const ada = await buyer({ pence: 90_000, deployment: 'council_managed', kind: 'equipment' })
    const id = await ordered(deps, council, ada, { price: '900.00', what: 'A worktop' })
    expect((await refusal(recordPaid(deps, ada.actor, paid(ada, id)))).code).toBe('FORBIDDEN')
    expect((await refusal(recordPaidByCouncil(deps, council.adviser, paid(ada, id)))).code).toBe('FORBIDDEN')
    const toPay = await councilPurchasesPage(deps, council.finance, { show: 'to_pay', page: 1 })
    expect(toPay.purchases.map((one) => one.id)).toContain(id)
    await recordPaidByCouncil(deps, council.finance, paid(ada, id, { price: '900' }))
    expect(await fundOf(deps, ada)).toEqual({ available: 0, held: 0, spent: 90_000 })
    await recordRefundByCouncil(deps, council.finance, { purchaseId: id, price: '50' })
    expect(await fundOf(deps, ada)).toEqual({ available: 5_000, held: 0, spent: 85_000 })
  })

  test('a holder is asked to pay when the money is set aside; done, it is paid; given up, it is asked no more', async () => {
    const { deps } = house()
    const ada = await buyer(held)
    const [first, second] = [await ordered(deps, council, ada), await ordered(deps, council, ada)]
    const asked = () =>
      deps.db.prisma.paymentInstruction.findMany({
        where: { personId: ada.personId },
        orderBy: { id: 'asc' },
      })
    expect(await asked()).toMatchObject([
      { purchaseId: first, pence: 38_900, state: 'asked', askedById: ada.actor.userId },
      { purchaseId: second, state: 'asked' },
    ])
    const holder = await holderOf(ada)
    const page = await holderPurchasesPage(deps, holder, null)
    expect(page.waiting.map(({ id }) => id).sort()).toEqual([first, second].sort())
    const pays = (changes: object, actor = holder) =>
      payAsHolder(deps, actor, { purchaseId: first, price: '380', paidOn: '2026-11-02', ...changes })
    expect((await refusal(pays({ price: '38,0' }))).details.fields).toHaveProperty('price')
    expect((await refusal(pays({ price: '420' }))).code).toBe('REFUSED_BY_RULE')
    for (const actor of [ada.actor, council.finance, await holderOf(await buyer(held))])
      expect((await refusal(pays({}, actor))).code).toBe('NOT_FOUND')
    await pays({})
    expect((await refusal(pays({}))).code).toBe('STALE_STATE')
    await giveUp(deps, ada.actor, press(ada, second))
    expect((await asked()).map(({ state }) => state)).toEqual(['done', 'withdrawn'])
    expect(await fundOf(deps, ada)).toEqual({ available: 52_000, held: 0, spent: 38_000 })
  })

  test('a holder that does not pay says why, the person reads it, and the money is free again when they give it up', async () => {
    const { deps } = house()
    const ada = await buyer(held)
    const purchaseId = await ordered(deps, council, ada)
    const holder = await holderOf(ada)
    expect((await refusal(refuseAsHolder(deps, holder, { purchaseId, answer: ' ' }))).code).toBe('INVALID')
    await refuseAsHolder(deps, holder, { purchaseId, answer: 'The shop has closed.' })
    const { holder: told } = await purchasePage(deps, ada.actor, purchaseId)
    expect(told).toMatchObject({ state: 'refused', answer: 'The shop has closed.' })
    await giveUp(deps, ada.actor, press(ada, purchaseId))
    expect(await fundOf(deps, ada)).toEqual({ available: 90_000, held: 0, spent: 0 })
  })

  test('a card’s own movement counts the money once, whether or not it was written down by hand before', async () => {
    const { deps } = house()
    const ada = await buyer({ pence: 90_000, deployment: 'direct_payment_card' })
    const [first, second] = [await ordered(deps, council, ada), await ordered(deps, council, ada)]
    await recordPaid(deps, ada.actor, paid(ada, second))
    const match = (purchaseId: string) =>
      deps.db.tx((tx) =>
        matchPurchaseToCard(tx, deps.clock.now(), ada.actor, {
          purchaseId,
          pence: pence(38_900),
          on: Temporal.PlainDate.from('2026-11-02'),
        }),
      )
    await match(first)
    await match(second)
    expect((await refusal(match(first))).code).toBe('STALE_STATE')
    expect((await refusal(match(second))).code).toBe('STALE_STATE')
    // The two movements of the card are the cards' own journals; none was made here.
    expect(await fundOf(deps, ada)).toEqual({ available: 90_000, held: 0, spent: 0 })
    expect([await stateOf(first), await stateOf(second)]).toEqual(['paid', 'paid'])
    expect(
      (await refusal(recordRefund(deps, ada.actor, { ...press(ada, first), price: '1' }))).publicMessage,
    ).toContain('with the card')
  })
})
