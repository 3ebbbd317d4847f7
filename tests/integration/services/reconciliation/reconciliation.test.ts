import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { loadCards } from '#services/cards/load-cards.server.ts'
import { ANONYMOUS, type Actor, type StaffRole, system } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { findJournal } from '#services/ledger/find-journal.server.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { purchaseCleared, purchaseHeld, purchaseRefunded } from '#services/ledger/purchase-templates.rules.ts'
import { allocationFunded } from '#services/ledger/templates.rules.ts'
import { askToPay } from '#services/payments/ask-to-pay.server.ts'
import { deliverSandboxEvents } from '#services/payments/receive-webhook.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import {
  reconciliationCsv,
  reconciliationItemPage,
  reconciliationPage,
} from '#services/reconciliation/reconciliation-page.server.ts'
import { reconcile } from '#services/reconciliation/reconcile.server.ts'
import { explainItem, takeItem } from '#services/reconciliation/work-on-item.server.ts'
import { makeRun } from '#services/runs/make-run.server.ts'
import { approveRun, submitRun } from '#services/runs/move-run.server.ts'
import { recordRestPaid, recordResultFile } from '#services/runs/record-results.server.ts'
import { markRunSent, takeRunFile } from '#services/runs/send-run.server.ts'
import { startPayments } from '#services/settlement/payments.server.ts'
import { type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { makeCardHolder, makeCardHouse } from '#tests/factories/cards.ts'
import { makeCouncilWorld } from '#tests/factories/council-pays.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeCouncil, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { withSandbox } from '#tests/support/payments-sandbox.ts'

const house = useHouse()
let deps: Deps
let sandbox: NonNullable<Deps['payments']['sandbox']>
beforeAll(() => {
  ;({ deps, sandbox } = withSandbox(house()))
})
beforeEach(() => {
  house().clock.set(TEST_NOW)
})

const itemsOf = (councilId: string) =>
  deps.db.prisma.reconciliationItem.findMany({ where: { councilId }, orderBy: { key: 'asc' } })
/** Of one council, as the page says it: the tests share a database. */
const openOf = async (councilId: string) =>
  (await itemsOf(councilId)).filter(({ state }) => state === 'open').map(({ key, ledgerPence, outsidePence }) => [key.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/, '…'), ledgerPence, outsidePence]) // prettier-ignore
const staffOf = async (councilId: string, role: StaffRole = 'finance', name = 'Gill Maker') =>
  userActor(await makeUser(deps, name), { staff: [{ councilId, roles: [role] }] })

/** £27.50 that a person pays by card to a provider with an account of their own. */
async function paidByCard() {
  const w = await makeBookingWorld(deps)
  const [visitId = ''] = await settledVisits(house(), w, ['2026-11-09'])
  const { account } = await deps.payments.openAccount({
    key: newId(), owner: w.provider.providerId, kind: 'organisation',
  }) // prettier-ignore
  await sandbox.setAccount(account, 'ready')
  await deps.db.prisma.connectedAccount.create({
    data: {
      providerId: w.provider.providerId, externalId: account, status: 'ready', chargesEnabled: true, payoutsEnabled: true,
      checkedAt: new Date(), createdAt: new Date(),
    },
  }) // prettier-ignore
  const [payable] = await deps.db.prisma.payable.findMany({ where: { visitId } })
  const [payment] = await deps.db.tx((tx) =>
    startPayments(tx, deps.clock.now(), system('test'), [
      {
        method: 'card',
        payer: { kind: 'person', id: w.person.personId },
        providerId: w.provider.providerId,
        personId: w.person.personId,
        payableIds: [payable?.id ?? ''],
      },
    ]),
  )
  const paymentId = payment?.id ?? ''
  await deps.db.prisma.payment.update({ where: { id: paymentId }, data: { externalAccount: account } })
  const take = () => deps.payments.pay({ key: paymentId, amount: pence(2_750), providerId: w.provider.providerId, payer: { kind: 'person', id: w.person.personId }, account, payment: paymentId }) // prettier-ignore
  return { w, account, paymentId, take }
}

describe('the payment service', () => {
  test('took what Kith has not heard of: found once, and gone when it has', async () => {
    const { w, take } = await paidByCard()
    await take()
    house().clock.advance({ hours: 2 })
    await reconcile(deps)
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['payments:…:taken', 0, 2_750]])
    // The event comes late, and is handled.
    await deliverSandboxEvents(deps)
    await house().runJobs()
    house().clock.advance({ days: 1 })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
    expect(await itemsOf(w.councilId)).toMatchObject([{ state: 'gone' }])
  })

  test('shows nothing of what Kith has as paid', async () => {
    const { w, paymentId } = await paidByCard()
    await deps.db.prisma.payment.update({
      where: { id: paymentId },
      data: { state: 'confirmed', endedAt: new Date(deps.clock.now().epochMilliseconds) },
    })
    house().clock.advance({ hours: 2 })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['payments:…:taken', 2_750, 0]])
  })

  test('has a movement for nothing that Kith knows: for an operator, whom it has no council for', async () => {
    const { account } = await paidByCard()
    await deps.payments.pay({ key: newId(), amount: pence(900), providerId: newId(), payer: { kind: 'person', id: newId() }, account }) // prettier-ignore
    house().clock.advance({ hours: 2 })
    await reconcile(deps)
    const operator = userActor(await makeUser(deps), { operator: true })
    const page = await reconciliationPage(deps, operator, { show: null, source: 'payments', page: null })
    expect(page.items).toMatchObject([{ ledger: null, outside: 900, source: 'Payment service' }])
    await takeItem(deps, operator, page.items[0]?.id ?? '')
    await explainItem(deps, operator, {
      itemId: page.items[0]?.id ?? '',
      note: 'A trial of ours, given back.',
    })
    await reconcile(deps)
    expect(
      (await reconciliationPage(deps, operator, { show: null, source: 'payments', page: null })).items,
    ).toEqual([])
  })

  test('that cannot be reached leaves its items as they are', async () => {
    const { w, take } = await paidByCard()
    await take()
    house().clock.advance({ hours: 2 })
    await reconcile(deps)
    const away = {
      ...deps.payments,
      listMovements: () => Promise.reject(new DomainError('UNAVAILABLE', 'Away.')),
    }
    await reconcile({ ...deps, payments: away })
    expect(await openOf(w.councilId)).toHaveLength(1)
  })
})

async function sentRun() {
  const w = await makeCouncilWorld(deps)
  await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
  house().clock.set('2026-11-16T09:00:00Z')
  const { runId } = await makeRun(deps, w.maker, {
    councilId: w.councilId, untilDay: '2026-11-16', providerIds: [w.provider.providerId],
  }) // prettier-ignore
  await submitRun(deps, w.maker, runId)
  await approveRun(deps, w.approver, runId)
  await takeRunFile(deps, w.maker, runId)
  await markRunSent(deps, w.maker, runId)
  const payment = await deps.db.prisma.payment.findFirstOrThrow({ where: { runId } })
  return { w, runId, payment }
}

describe('a payment run', () => {
  test('without results is found after four working days, once, and gone when they are recorded', async () => {
    const { w, runId } = await sentRun()
    house().clock.set('2026-11-20T09:00:00Z')
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
    house().clock.set('2026-11-23T09:00:00Z')
    await reconcile(deps)
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['run:…:unanswered', 5_500, null]])
    expect(
      await deps.db.prisma.notice.count({ where: { councilId: w.councilId, kind: 'money.reconciliation' } }),
    ).toBe(1)
    await recordRestPaid(deps, w.maker, { runId, sure: true })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
  })

  test('that stands otherwise in the ledger is found, and gone when it is put right', async () => {
    const { w, payment } = await sentRun()
    await house().asOwner('alter table payment disable trigger user')
    await house().asOwner(`update payment set pence = 5400 where id = $1`, [payment.id])
    await reconcile(deps)
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['run:payment:…:ledger', 5_500, 5_400]])
    await house().asOwner(`update payment set pence = 5500 where id = $1`, [payment.id])
    await house().asOwner('alter table payment enable trigger user')
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
  })

  test('of which a result file says another amount is found at once, and gone when a file says what was sent', async () => {
    const { w, runId, payment } = await sentRun()
    const file = (amount: string) =>
      recordResultFile(deps, w.maker, {
        runId, text: `Reference,Result,Amount\n${payment.reference},paid,${amount}\n`,
      }) // prettier-ignore
    await file('54.00')
    await file('54.00')
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['run:payment:…:result', 5_500, 5_400]])
    const [item] = await itemsOf(w.councilId)
    // What it is about is one press away.
    expect((await reconciliationItemPage(deps, w.maker, item?.id ?? '')).look).toEqual({
      href: `/council/money/runs/${runId}`,
      label: 'Look at the payment run',
    })
    expect((await file('55.00')).recorded).toBe(1)
    expect(await openOf(w.councilId)).toEqual([])
  })
})

/** A movement on a card of the person's fund, as a scheme tells it. */
async function cardMovement(w: BookingWorld, state: 'authorised' | 'cleared', amount: number) {
  const [allocationId = ''] = w.person.allocationIds
  const at = new Date(deps.clock.now().epochMilliseconds)
  const programme = await deps.db.prisma.cardProgramme.create({
    data: { councilId: w.councilId, name: 'A scheme', adapter: 'file', createdAt: at },
  })
  const card = await deps.db.prisma.card.create({
    data: {
      programmeId: programme.id, allocationId, personId: w.person.personId, holderName: 'Ada Test', last4: '4242', externalId: newId(), createdAt: at,
    },
  }) // prettier-ignore
  return deps.db.prisma.cardTransaction.create({
    data: {
      cardId: card.id, allocationId, personId: w.person.personId, movement: 'purchase', state, pence: amount, merchant: 'Hartley', heldPence: state === 'authorised' ? amount : 0,
      externalId: newId(), at, updatedAt: at,
    },
  }) // prettier-ignore
}

test('a prepaid card: a movement that the ledger does not have is found once, and gone when it has it', async () => {
  const w = await makeBookingWorld(deps)
  const { id } = await cardMovement(w, 'authorised', 1_200)
  house().clock.advance({ hours: 2 })
  await reconcile(deps)
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([['cards:…', 0, 1_200]])
  await deps.db.tx((tx) =>
    postJournals(tx, deps.clock.now(), system('test'), [
      purchaseHeld(`card:${id}:held`, id, [
        { allocationId: w.person.allocationIds[0] ?? '', amount: pence(1_200) },
      ]),
    ]),
  )
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([])
  // Taken by the scheme, and not by the ledger yet.
  await deps.db.prisma.cardTransaction.update({
    where: { id },
    data: { state: 'cleared', heldPence: 0, updatedAt: new Date(deps.clock.now().epochMilliseconds) },
  })
  house().clock.advance({ hours: 2 })
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([['cards:…', 1_200, 1_200]])
  await deps.db.tx((tx) =>
    postJournals(tx, deps.clock.now(), system('test'), [
      purchaseCleared(`card:${id}:cleared`, id, [
        { allocationId: w.person.allocationIds[0] ?? '', held: pence(1_200), amount: pence(1_200) },
      ]),
    ]),
  )
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([])

  // The shop gives some back, and the ledger has it later.
  const taken = await deps.db.prisma.cardTransaction.findUniqueOrThrow({ where: { id } })
  const back = newId()
  await deps.db.prisma.cardTransaction.create({
    data: { ...taken, id: back, movement: 'refund', pence: 200, refundsId: id, externalId: back },
  })
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([['cards:…', 0, -200]])
  const journal = await deps.db.tx((tx) => findJournal(tx, `card:${id}:cleared`))
  await deps.db.tx((tx) =>
    postJournals(tx, deps.clock.now(), system('test'), [
      purchaseRefunded(`card:${back}:refunded`, journal ?? '', [
        { allocationId: w.person.allocationIds[0] ?? '', amount: pence(200) },
      ]),
    ]),
  )
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([])
})

test('a prepaid card: money that arrived and was not put on it is found, and gone when it was', async () => {
  const scheme = await makeCardHouse(deps)
  const ada = await makeCardHolder(deps, scheme)
  await deps.db.tx((tx) =>
    postJournals(tx, deps.clock.now(), system('test'), [
      allocationFunded(newId(), ada.allocationId, pence(2_000)),
    ]),
  )
  house().clock.advance({ hours: 2 })
  await reconcile(deps)
  expect(await openOf(scheme.councilId)).toEqual([['cards:loads:…', 12_000, 10_000]])
  await loadCards(deps, ada.allocationId)
  await reconcile(deps)
  expect(await openOf(scheme.councilId)).toEqual([])
})

describe('a bank file', () => {
  const at = () => new Date(deps.clock.now().epochMilliseconds)
  async function lineOf(data: {
    ownerKind: 'person' | 'council'
    ownerId: string
    pence: number
    state: 'matched' | 'unmatched'
    subjectId?: string
  }) {
    const imported = await deps.db.prisma.bankImport.create({
      data: { ownerKind: data.ownerKind, ownerId: data.ownerId, fileName: 'a.csv', digest: newId(), rows: 1, importedAt: at() },
    }) // prettier-ignore
    return deps.db.prisma.bankLine.create({
      data: {
        importId: imported.id, bookedOn: at(), description: 'ADA TEST RENT', fingerprint: newId(),
        ...data, ...(data.subjectId ? { subjectType: 'payment', decidedAt: at() } : {}),
      },
    }) // prettier-ignore
  }

  test('whose line was matched with a payment that has not arrived is found once, and gone when it has', async () => {
    const { w, paymentId } = await paidByCard()
    await lineOf({ ownerKind: 'person', ownerId: w.person.personId, pence: -2_750, state: 'matched', subjectId: paymentId }) // prettier-ignore
    await reconcile(deps)
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['bank:…:matched', 0, 2_750]])
    const [item] = await itemsOf(w.councilId)
    expect(item?.words).not.toMatch(/ada|rent/i)
    await deps.db.prisma.payment.update({
      where: { id: paymentId },
      data: { state: 'confirmed', endedAt: at() },
    })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
  })

  test('whose line is nobody’s for a week is found; a person’s own lines are theirs', async () => {
    const w = await makeBookingWorld(deps)
    await lineOf({ ownerKind: 'council', ownerId: w.councilId, pence: 3_240, state: 'unmatched' })
    await lineOf({ ownerKind: 'person', ownerId: w.person.personId, pence: -999, state: 'unmatched' })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
    house().clock.advance({ days: 8 })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([['bank:…:loose', null, 3_240]])
    await deps.db.prisma.bankLine.updateMany({ where: { ownerId: w.councilId }, data: { state: 'left_out' } })
    await reconcile(deps)
    expect(await openOf(w.councilId)).toEqual([])
  })
})

describe('an item', () => {
  async function one() {
    const w = await makeBookingWorld(deps)
    await cardMovement(w, 'authorised', 1_200)
    house().clock.advance({ hours: 2 })
    await reconcile(deps)
    const [item] = await itemsOf(w.councilId)
    return { w, itemId: item?.id ?? '', finance: await staffOf(w.councilId) }
  }
  const list = (actor: Actor, show = 'open') =>
    reconciliationPage(deps, actor, { show, source: null, page: null })

  test('has an age and an owner, who may be another one later, and is closed with words', async () => {
    const { w, itemId, finance } = await one()
    const colleague = await staffOf(w.councilId, 'finance', 'Asif Approver')
    house().clock.advance({ days: 9 })
    expect((await list(finance)).items).toMatchObject([
      { age: '9 days', late: true, owner: null, state: 'open' },
    ])
    await takeItem(deps, finance, itemId)
    expect((await list(colleague)).items).toMatchObject([{ owner: 'Gill Maker', mine: false }])
    await takeItem(deps, colleague, itemId)
    await expect(explainItem(deps, colleague, { itemId, note: ' ' })).rejects.toThrow()
    await explainItem(deps, colleague, { itemId, note: 'The scheme told it twice.' })
    expect((await list(finance)).items).toEqual([])
    expect((await list(finance, 'all')).items).toMatchObject([
      { state: 'explained', closedBy: 'Asif Approver', note: 'The scheme told it twice.', age: '9 days' },
    ])
    await reconcile(deps)
    expect((await list(finance)).items).toEqual([])
    await expect(takeItem(deps, finance, itemId)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await expect(explainItem(deps, finance, { itemId, note: 'Once more.' })).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    expect(
      await deps.db.prisma.auditEvent.count({
        where: { subjectId: itemId, action: { startsWith: 'reconciliation.' } },
      }),
    ).toBe(3)
    expect((await reconciliationCsv(deps, finance, { show: 'all', source: null })).csv).toContain(
      'The scheme told it twice.',
    )
  })

  test('that was explained opens again, without an owner, when its figures are other ones', async () => {
    const { w, itemId, finance } = await one()
    await explainItem(deps, finance, { itemId, note: 'On its way.' })
    await deps.db.prisma.cardTransaction.updateMany({
      where: { personId: w.person.personId },
      data: { pence: 1_300, heldPence: 1_300 },
    })
    await reconcile(deps)
    expect((await list(finance)).items).toMatchObject([
      { id: itemId, outside: 1_300, owner: null, age: 'today' },
    ])
  })

  test('is seen and worked on by finance of its council alone', async () => {
    const { w, itemId, finance } = await one()
    expect((await reconciliationItemPage(deps, finance, itemId)).id).toBe(itemId)
    const elsewhere = await staffOf(await makeCouncil(deps))
    const operator = userActor(await makeUser(deps), { operator: true })
    for (const actor of [elsewhere, operator]) {
      await expect(reconciliationItemPage(deps, actor, itemId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(takeItem(deps, actor, itemId)).rejects.toMatchObject({ code: 'NOT_FOUND' })
      await expect(explainItem(deps, actor, { itemId, note: 'No.' })).rejects.toMatchObject({
        code: 'NOT_FOUND',
      })
    }
    const strangers: Actor[] = [
      w.person.actor,
      w.provider.owner,
      { ...finance, secondStep: false },
      { ...operator, secondStep: false },
    ]
    for (const role of ['adviser', 'commissioner', 'safeguarding', 'council_admin'] as const)
      strangers.push(await staffOf(w.councilId, role))
    for (const actor of strangers) await expect(list(actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(list(ANONYMOUS)).rejects.toMatchObject({ code: 'SIGN_IN' })
  })
})

test('a card payment that went as it should is no difference', async () => {
  const { w, paymentId } = await paidByCard()
  await askToPay(deps, [paymentId])
  await deliverSandboxEvents(deps)
  await house().runJobs()
  house().clock.advance({ hours: 2 })
  await reconcile(deps)
  expect(await openOf(w.councilId)).toEqual([])
})
