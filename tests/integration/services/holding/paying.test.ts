import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { startActing } from '#services/circle/acting.server.ts'
import { endAuthority } from '#services/circle/end-authority.server.ts'
import { refuseInstruction } from '#services/holding/answer-instruction.server.ts'
import { markArrived, markCameBack } from '#services/holding/arrival.server.ts'
import { heldFundPage, instructPage } from '#services/holding/held-fund-page.server.ts'
import { accountsPage } from '#services/holding/accounts-page.server.ts'
import { accountPage } from '#services/holding/account-page.server.ts'
import { askForWord } from '#services/holding/ask-for-word.server.ts'
import { bringHolderFile, holderBankPage, pressHolderLine } from '#services/holding/holder-bank.server.ts'
import { instructPayment, withdrawInstruction } from '#services/holding/instruct.server.ts'
import { payForPerson } from '#services/holding/pay-for-person.server.ts'
import { endStanding, giveStanding } from '#services/holding/standing-instruction.server.ts'
import { payAsHolder } from '#services/purchases/holder-purchases.server.ts'
import { decidePurchase } from '#services/purchases/decide-purchase.server.ts'
import { setAside } from '#services/purchases/order-purchase.server.ts'
import { proposePurchase } from '#services/purchases/propose-purchase.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { refund } from '#services/ledger/templates.rules.ts'
import { makeAuthority, makeSession } from '#tests/factories/circle.ts'
import { washingMachine } from '#tests/factories/purchases.ts'
import { type HeldWorld, makeHeldWorld, oweFor, payablesOf } from '#tests/factories/held.ts'
import { makeProvider, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
afterEach(async () => {
  expect(await faults()).toEqual([])
})

const managed = (options: Parameters<typeof makeHeldWorld>[2] = {}) =>
  makeHeldWorld(house(), 'direct_payment_managed_account', options)
const fund = (options: Parameters<typeof makeHeldWorld>[2] = {}) =>
  makeHeldWorld(house(), 'individual_service_fund', options)

const tellToPay = (h: HeldWorld, payableIds: string[], changes: object = {}, actor: Actor = h.person) =>
  instructPayment(h.deps, actor, {
    personId: h.personId,
    allocationId: h.allocationId,
    payableIds,
    expectedPence: String(payableIds.length * 2_750),
    note: '',
    ...changes,
  })
const pay = (
  h: HeldWorld,
  payableIds: string[],
  pence = payableIds.length * 2_750,
  actor: Actor = h.holder,
) => payForPerson(h.deps, actor, { allocationId: h.allocationId, payableIds, expectedPence: String(pence) })
const states = async (h: HeldWorld) => (await payablesOf(h)).map(({ state }) => state)
const instructions = (h: HeldWorld) =>
  h.deps.db.prisma.paymentInstruction.findMany({
    where: { allocationId: h.allocationId },
    orderBy: { askedAt: 'asc' },
  })
const told = async (to: object) =>
  (await house().deps.db.prisma.notice.findMany({ where: to, orderBy: { createdAt: 'asc' } })).map(
    ({ title }) => title,
  )

describe('a managed account', () => {
  test('the person says pay this, the holder pays, it arrives, and the statement says paid', async () => {
    const h = await managed()
    const [first, second] = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    await tellToPay(h, [first ?? ''])
    expect(await states(h)).toEqual(['due', 'due'])
    const { payments } = await pay(h, [first ?? ''])
    expect(payments).toHaveLength(1)
    expect(await states(h)).toEqual(['sent', 'due'])
    expect(await faults()).toEqual([])
    house().clock.advance({ days: 2 })
    await markArrived(h.deps, h.holder, {
      allocationId: h.allocationId,
      paymentId: payments[0]?.id ?? '',
      arrivedOn: '2026-11-11',
    })
    expect(await states(h)).toEqual(['paid', 'due'])
    const page = await heldFundPage(h.deps, h.person, h.allocationId)
    expect(page.statement.lines.map(({ stands }) => stands.words)).toEqual(
      expect.arrayContaining(['Paid', 'Your fund holder pays']),
    )
    expect(page.waits.map(({ payableId }) => payableId)).toEqual([second])
    expect((await instructions(h)).map(({ state, askedById }) => [state, askedById])).toEqual([
      ['done', h.person.userId],
    ])
    expect(await told({ providerId: h.holderId, kind: 'holding.instructed' })).toEqual([
      'Ada asks you to pay £27.50',
    ])
    expect(await told({ personId: h.personId, kind: { startsWith: 'payment.held' } })).toEqual([
      'A provider paid £27.50 to A provider for you',
      'A provider has been paid',
    ])
  })

  test('pays nothing that the person has not told it to pay', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    await tellToPay(h, ids.slice(0, 1))
    await expect(pay(h, ids)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    expect(await states(h)).toEqual(['due', 'due'])
    expect((await instructions(h)).map(({ state }) => state)).toEqual(['asked'])
  })

  test('the person is told that something waits for their word, and reminded once a week while it does', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    const asked = () => told({ personId: h.personId, kind: 'payment.asks_word' })
    await askForWord(h.deps)
    await askForWord(h.deps)
    expect(await asked()).toEqual(['A provider waits for your word'])
    house().clock.advance({ days: 8 })
    await tellToPay(h, ids.slice(0, 1))
    await askForWord(h.deps)
    expect(await asked()).toHaveLength(2)
    house().clock.advance({ days: 8 })
    await tellToPay(h, ids.slice(1))
    await askForWord(h.deps)
    expect(await asked()).toHaveLength(2)
  })

  test('a standing instruction lets it pay what was said yes to, until it is ended', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    const press = { personId: h.personId, allocationId: h.allocationId, note: '' }
    await giveStanding(h.deps, h.person, press)
    await expect(giveStanding(h.deps, h.person, press)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await pay(h, ids.slice(0, 1))
    expect((await instructions(h)).map(({ state, note }) => [state, note])).toEqual([
      ['done', 'By the standing instruction'],
    ])
    await endStanding(h.deps, h.person, press)
    await expect(pay(h, ids.slice(1))).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    expect(await states(h)).toEqual(['sent', 'due'])
  })

  test('a limit that was agreed holds for the standing instruction too, and without an agreement there is none', async () => {
    const h = await managed({ agreement: { mostAtOncePence: 2_000, standing: true } })
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await expect(pay(h, ids)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await tellToPay(h, ids)
    await pay(h, ids)
    const bare = await managed({ agreement: null })
    await expect(
      giveStanding(bare.deps, bare.person, { personId: bare.personId, allocationId: bare.allocationId }),
    ).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
  })
})

describe('an individual service fund', () => {
  test('pays under its agreement, tells the person at once, and asks above the limit', async () => {
    const h = await fund({ agreement: { mostAtOncePence: 2_750 } })
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await pay(h, ids)
    expect(await states(h)).toEqual(['sent'])
    expect(await told({ personId: h.personId, kind: 'payment.held_sent' })).toEqual([
      'A provider paid £27.50 to A provider for you',
    ])
    house().clock.set(TEST_NOW)
    const dear = await fund({ agreement: { mostAtOncePence: 2_749 } })
    const [one] = await oweFor(house(), dear, ['2026-11-09'])
    await expect(pay(dear, [one ?? ''])).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await tellToPay(dear, [one ?? ''])
    await pay(dear, [one ?? ''])
    expect(await states(dear)).toEqual(['sent'])
  })

  test('asks for each payment when its agreement is over, or was never written down', async () => {
    for (const agreement of [null, { endsOn: '2026-11-08' }]) {
      const h = await fund({ agreement })
      const ids = await oweFor(house(), h, ['2026-11-09'])
      await expect(pay(h, ids)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
      await tellToPay(h, ids)
      await pay(h, ids)
      expect(await states(h)).toEqual(['sent'])
      house().clock.set(TEST_NOW)
    }
  })
})

describe('what goes wrong', () => {
  test('the same thing asked for twice, also at the same moment, is asked for once', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    const both = await Promise.allSettled([tellToPay(h, ids), tellToPay(h, ids)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(tellToPay(h, ids)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await instructions(h)).toHaveLength(1)
  })

  test('marked as paid twice, also at the same moment, is paid once', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const both = await Promise.allSettled([pay(h, ids), pay(h, ids)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    await expect(pay(h, ids)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await h.deps.db.prisma.payment.count({ where: { payerId: h.holderId } })).toBe(1)
    const payment = await h.deps.db.prisma.payment.findFirstOrThrow({ where: { payerId: h.holderId } })
    const arrived = { allocationId: h.allocationId, paymentId: payment.id, arrivedOn: '2026-11-09' }
    await markArrived(h.deps, h.holder, arrived)
    await expect(markArrived(h.deps, h.holder, arrived)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('an amount that has changed since the page was opened moves nothing', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await expect(tellToPay(h, ids, { expectedPence: '2749' })).rejects.toMatchObject({ code: 'STALE_STATE' })
    await tellToPay(h, ids)
    await expect(pay(h, ids, 2_749)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await states(h)).toEqual(['due'])
    expect((await instructions(h)).map(({ state }) => state)).toEqual(['asked'])
  })

  test('what can never be meant is refused', async () => {
    const h = await managed()
    const ids = [newId()]
    for (const changes of [
      { payableIds: [] },
      { payableIds: ['1'] },
      { payableIds: Array<string>(101).fill(newId()) },
      { expectedPence: '-2750' },
      { expectedPence: '27.50' },
      { expectedPence: '2,750' },
      { expectedPence: '9'.repeat(20) },
      { note: 'a'.repeat(1_000) },
      { allocationId: 'none' },
    ])
      await expect(tellToPay(h, ids, changes)).rejects.toHaveProperty('issues')
    await expect(tellToPay(h, ids)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('a day of arrival that is to come, or lies before it was sent, is refused', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const { payments } = await pay(h, ids)
    for (const arrivedOn of ['2026-11-10', '2026-11-08', '2026-02-30'])
      await expect(
        markArrived(h.deps, h.holder, {
          allocationId: h.allocationId,
          paymentId: payments[0]?.id ?? '',
          arrivedOn,
        }),
      ).rejects.toThrow()
    expect(await states(h)).toEqual(['sent'])
  })

  test('a payment that comes back is owed again, and the person’s word still stands', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const { payments } = await pay(h, ids)
    const back = {
      allocationId: h.allocationId,
      paymentId: payments[0]?.id ?? '',
      failure: 'wrong_details' as const,
    }
    await markCameBack(h.deps, h.holder, back)
    await expect(markCameBack(h.deps, h.holder, back)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await states(h)).toEqual(['due'])
    expect((await accountPage(h.deps, h.holder, h.allocationId)).toPay).toMatchObject([{ again: true }])
    await pay(h, ids)
    expect(await states(h)).toEqual(['sent'])
  })

  test('refused with a reason, it is still owed, and can be asked for again', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const [asked] = await instructions(h)
    const no = { allocationId: h.allocationId, instructionId: asked?.id ?? '' }
    await expect(refuseInstruction(h.deps, h.holder, { ...no, answer: ' ' })).rejects.toHaveProperty('issues')
    await refuseInstruction(h.deps, h.holder, { ...no, answer: 'The bill says two hours.' })
    await expect(refuseInstruction(h.deps, h.holder, { ...no, answer: 'No.' })).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    await expect(pay(h, ids)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    const page = await heldFundPage(h.deps, h.person, h.allocationId)
    expect(page.waits).toMatchObject([{ refused: { reason: 'The bill says two hours.' } }])
    // The holder is not told that nobody asked: they answered, and it can be asked for again.
    expect((await accountPage(h.deps, h.holder, h.allocationId)).needsWord[0]?.why).toMatch(
      /wrote on .* why it is not paid: “The bill says two hours\.” \S+ can ask again\.$/,
    )
    // What was said is on the page; the mail only says that there is something.
    const notice = await h.deps.db.prisma.notice.findFirstOrThrow({
      where: { personId: h.personId, kind: 'payment.refused' },
    })
    expect(notice.body).not.toContain('two hours')
    await tellToPay(h, ids)
    await pay(h, ids)
    expect(await states(h)).toEqual(['sent'])
  })

  test('taken back in time it is not paid; taken back too late it is said so', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const [asked] = await instructions(h)
    const press = { personId: h.personId, allocationId: h.allocationId, instructionId: asked?.id ?? '' }
    await withdrawInstruction(h.deps, h.person, press)
    await expect(pay(h, ids)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    await tellToPay(h, ids)
    await pay(h, ids)
    const again = (await instructions(h)).find(({ state }) => state === 'done')
    await expect(
      withdrawInstruction(h.deps, h.person, { ...press, instructionId: again?.id ?? '' }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('what a provider gives back makes the next payment to it smaller, and the same amount is set off', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    await tellToPay(h, ids.slice(0, 1))
    await pay(h, ids.slice(0, 1))
    // The first visit is given back in full, as a decided refund does.
    const visit = (await payablesOf(h))[0]
    await refundWhole(h, visit?.visitId ?? '')
    expect((await accountPage(h.deps, h.holder, h.allocationId)).comesBack).toBe(2_750)
    await tellToPay(h, ids.slice(1), { expectedPence: '0' })
    const { payments } = await pay(h, ids.slice(1), 0)
    expect(payments).toMatchObject([{ pence: 0 }])
    expect((await payablesOf(h)).map(({ state }) => state)).toEqual(['sent', 'paid', 'paid'])
  })
})

describe('something from somebody who is not listed', () => {
  test('is asked for by the person, paid by the holder for what it came to, or refused with a reason', async () => {
    const h = await managed()
    const buy = async () => {
      const { purchaseId } = await proposePurchase(
        h.deps,
        h.person,
        washingMachine(h.w.person, { price: '100.00' }),
      )
      await decidePurchase(h.deps, h.adviser, { purchaseId, decision: 'agree', reason: '' })
      await setAside(h.deps, h.person, { personId: h.personId, purchaseId })
      const asked = await h.deps.db.prisma.paymentInstruction.findFirstOrThrow({ where: { purchaseId } })
      return { allocationId: h.allocationId, instructionId: asked.id, purchaseId }
    }
    const first = await buy()
    expect((await accountPage(h.deps, h.holder, h.allocationId)).toBuy).toMatchObject([
      { what: 'A washing machine', pence: 10_000, by: 'Ada' },
    ])
    expect(
      (await accountsPage(h.deps, h.holder, { org: null, show: 'waiting', page: null })).lines,
    ).toMatchObject([{ toPay: 10_000 }])
    const paid = { ...first, price: '95.50', paidOn: '2026-11-02' }
    for (const actor of [h.person, h.adviser, (await makeProvider(h.deps)).owner])
      await expect(payAsHolder(h.deps, actor, paid)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    for (const price of ['', '-5', '1,2', '9.999', '1'.repeat(20)])
      await expect(payAsHolder(h.deps, h.holder, { ...paid, price })).rejects.toMatchObject({
        code: 'INVALID',
      })
    await expect(payAsHolder(h.deps, h.holder, { ...paid, paidOn: '2026-11-03' })).rejects.toMatchObject({
      code: 'INVALID',
    })
    await expect(payAsHolder(h.deps, h.holder, { ...paid, price: '140' })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
    await payAsHolder(h.deps, h.holder, paid)
    await expect(payAsHolder(h.deps, h.holder, paid)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect((await readBalances(h.deps.db.prisma, [h.allocationId])).get(h.allocationId)).toMatchObject({
      available: 48_000 - 9_550,
      held: 0,
      spent: 9_550,
    })
    expect((await heldFundPage(h.deps, h.person, h.allocationId)).statement.lines).toMatchObject([
      { what: 'A washing machine, Hartley Electrical', stands: { words: 'Paid' } },
      {},
    ])
    const second = await buy()
    await refuseInstruction(h.deps, h.holder, { ...second, answer: 'The shop has closed.' })
    await expect(
      payAsHolder(h.deps, h.holder, { ...second, price: '95', paidOn: '2026-11-02' }),
    ).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
  })
})

describe('the bank’s file of one account', () => {
  test('says that a payment arrived, of this account and no other', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const { payments } = await pay(h, ids)
    const content = `Date,Description,Amount\n09/11/2026,FPO ${payments[0]?.reference ?? ''},-27.50\n09/11/2026,POST OFFICE,-3.10\n`
    const bring = (actor: Actor, of = h.allocationId, text = content) =>
      bringHolderFile(h.deps, actor, of, { fileName: 'november.csv', content: text, mapping: null })
    for (const actor of [h.person, h.adviser, (await makeProvider(h.deps)).owner])
      await expect(bring(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(bring(h.worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(bring(h.holder, h.allocationId, '\0PNG')).rejects.toMatchObject({ code: 'INVALID' })
    expect(await bring(h.holder)).toMatchObject({ rows: 2, matched: 1, unmatched: 1, refused: [] })
    expect(await bring(h.holder)).toMatchObject({ matched: 0, known: 2 })
    expect(await states(h)).toEqual(['paid'])
    const page = await holderBankPage(h.deps, h.holder, h.allocationId, { state: 'unmatched', page: null })
    expect(page.lines).toMatchObject([{ description: 'POST OFFICE', pence: -310 }])
    const press = { press: 'leave_out', lineId: page.lines[0]?.id ?? '', subject: '' }
    const other = await managed()
    await h.deps.db.prisma.allocation.update({
      where: { id: other.allocationId },
      data: { holderProviderId: h.holderId },
    })
    // The same holder, another person's account.
    await expect(pressHolderLine(h.deps, h.holder, other.allocationId, press)).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await pressHolderLine(h.deps, h.holder, h.allocationId, press)).toBe('left_out')
  })
})

describe('who may', () => {
  test('strangers, holders of other funds and the council find no such account; the holder’s workers may not', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    await tellToPay(h, ids)
    const other = (await makeProvider(h.deps)).owner
    const stranger = userActor(newId(), { personId: newId() })
    for (const actor of [other, stranger, h.adviser, h.person, h.w.provider.owner])
      await expect(pay(h, ids, 2_750, actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(pay(h, ids, 2_750, h.worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    for (const actor of [other, stranger, h.adviser, h.holder])
      await expect(heldFundPage(h.deps, actor, h.allocationId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    const another = await managed()
    await expect(
      payForPerson(h.deps, another.holder, {
        allocationId: h.allocationId,
        payableIds: ids,
        expectedPence: '2750',
      }),
    ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(tellToPay(h, ids, { allocationId: another.allocationId })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await states(h)).toEqual(['due'])
  })

  test('a supporter needs “manage the money”; the page names person and organisation; an ended authority stops the next press, and what was agreed stands', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09', '2026-11-10'])
    const organisation = await makeProvider(h.deps, { name: 'Helping Hands' })
    const authorityId = await makeAuthority(h.deps, {
      personId: h.personId,
      supporterProviderId: organisation.providerId,
      type: 'nominated_person',
      scopes: ['see_money', 'manage_money'],
    })
    const session = await makeSession(h.deps, organisation.worker.userId)
    await startActing(h.deps, (await session.actor()) ?? h.worker, { authorityId })
    const supporter = (await session.actor()) ?? h.worker
    const page = await instructPage(h.deps, supporter, h.allocationId, {
      payableIds: ids,
      week: false,
      all: false,
    })
    expect(page.acting).toEqual({ name: 'A worker of Helping Hands', forWhom: 'Ada' })
    expect(page.mustSayHow).toBe(false)
    await tellToPay(h, ids.slice(0, 1), {}, supporter)
    expect(await instructions(h)).toMatchObject([{ authorityId, askedById: organisation.worker.userId }])
    expect((await accountPage(h.deps, h.holder, h.allocationId)).toPay).toMatchObject([
      { why: 'A worker of Helping Hands told you on Tuesday 10 November 2026.' },
    ])
    expect(await told({ personId: h.personId, kind: 'payment.instructed' })).toHaveLength(1)
    await endAuthority(h.deps, h.person, { authorityId })
    // The request that was on its way when it ended, and the next one.
    await expect(tellToPay(h, ids.slice(1), {}, supporter)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const after = (await session.actor()) ?? h.worker
    expect(after.actingFor).toBeNull()
    await expect(tellToPay(h, ids.slice(1), {}, after)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    // What was told before stands, and so does what is owed.
    await pay(h, ids.slice(0, 1))
    expect(await states(h)).toEqual(['sent', 'due'])
    const weaker = userActor(newId(), {
      actingFor: {
        personId: h.personId,
        personName: 'Ada',
        authorityId,
        type: 'informal',
        scopes: ['see_money'],
        organisationName: null,
      },
    })
    await expect(tellToPay(h, ids.slice(1), {}, weaker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
  })

  test('somebody of the holder who acts for the person says how they were told', async () => {
    const h = await managed()
    const ids = await oweFor(house(), h, ['2026-11-09'])
    const authorityId = await makeAuthority(h.deps, {
      personId: h.personId,
      supporterProviderId: h.holderId,
      type: 'nominated_person',
      scopes: ['see_money', 'manage_money'],
    })
    const actor = userActor(h.worker.userId, {
      providers: h.worker.providers,
      actingFor: {
        personId: h.personId,
        personName: 'Ada',
        authorityId,
        type: 'nominated_person',
        scopes: ['see_money', 'manage_money'],
        organisationName: 'A provider',
      },
    })
    await expect(tellToPay(h, ids, {}, actor)).rejects.toMatchObject({
      code: 'INVALID',
      details: { fields: { note: [expect.stringContaining('Ada')] } },
    })
    await tellToPay(h, ids, { note: 'On the telephone this morning.' }, actor)
    await pay(h, ids)
    expect(await states(h)).toEqual(['sent'])
  })
})

/** As a decided refund leaves it: the fund has its money back, and the provider owes it. */
async function refundWhole(h: HeldWorld, visitId: string): Promise<void> {
  const { deps } = h
  const [payable] = await payablesOf(h)
  const [journal] = await house().asOwner<{ id: string }>('select id from ledger_journal where key = $1', [
    `settle:${visitId}`,
  ])
  const refundId = newId()
  await deps.db.tx(async (tx) => {
    await tx.refund.create({
      data: {
        id: refundId,
        visitId,
        personId: h.personId,
        providerId: h.w.provider.providerId,
        pence: 2_750,
        state: 'decided',
        decidedAs: 'provider',
        decidedById: h.w.provider.owner.userId,
        decidedAt: new Date('2026-11-10T12:00:00Z'),
        decision: 'We were wrong.',
        reason: 'It was wrong.',
        askedAt: new Date('2026-11-10T12:00:00Z'),
      },
    })
    await postJournals(tx, deps.clock.now(), system('test'), [
      refund(`refund:${refundId}`, journal?.id ?? '', h.w.provider.providerId, [
        {
          allocationId: h.allocationId,
          bookingId: payable?.bookingId ?? '',
          visitId,
          amount: pence(2_750),
          payer: { kind: 'fund_holder', id: h.holderId },
          allocationEnded: false,
        },
      ]),
    ])
    await tx.payable.create({
      data: {
        visitId,
        refundId,
        bookingId: payable?.bookingId ?? null,
        allocationId: h.allocationId,
        personId: h.personId,
        providerId: h.w.provider.providerId,
        payerKind: 'fund_holder',
        payerId: h.holderId,
        pence: -2_750,
        onDay: new Date('2026-11-09'),
        createdAt: new Date('2026-11-10T12:00:00Z'),
      },
    })
  })
  expect((await readBalances(deps.db.prisma, [h.allocationId])).get(h.allocationId)?.spent).toBe(2_750)
}
