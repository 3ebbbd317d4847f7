import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { connect } from 'node:net'
import express from 'express'
import { beforeAll, beforeEach, describe, expect, test } from 'vitest'
import { sign } from '#services/adapters/sandbox/signature.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { askToPay, retryPayments } from '#services/payments/ask-to-pay.server.ts'
import { deliverSandboxEvents, receiveWebhook } from '#services/payments/receive-webhook.server.ts'
import { cardPaymentsPage, setUpCardPayments } from '#services/payments/provider-account.server.ts'
import { finishPayment, tryAgain } from '#services/payments/finish-payment.server.ts'
import { paymentPage } from '#services/payments/payment-page.server.ts'
import { startCheckout } from '#services/payments/start-checkout.server.ts'
import { handleWebhook } from '#services/payments/handle-webhook.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { SANDBOX_SECRET, withSandbox } from '#tests/support/payments-sandbox.ts'
import { paymentWebhooks } from '~/http/webhooks.server.ts'

const house = useHouse()
let deps: Deps
let sandbox: NonNullable<Deps['payments']['sandbox']>
beforeAll(() => {
  ;({ deps, sandbox } = withSandbox(house()))
})
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () => house().asOwner('select * from ledger_faults() union all select * from money_faults()')
const paymentOf = (providerId: string) =>
  deps.db.prisma.payment.findFirstOrThrow({ where: { providerId }, orderBy: { id: 'desc' } })
const payableOf = (providerId: string) => deps.db.prisma.payable.findFirstOrThrow({ where: { providerId } })
const noticesOf = async (subjectId: string) =>
  (await deps.db.prisma.notice.findMany({ where: { subjectId }, orderBy: { id: 'asc' }, take: 20 })).map(
    ({ kind }) => kind,
  )

/** One settled visit, whose provider has an account that takes payments, and whose person has a card where told. */
async function owed({ account = true, card = false } = {}) {
  const w = await makeBookingWorld(house().deps)
  const [visitId = ''] = await settledVisits(house(), w, ['2026-11-09'])
  const { providerId } = w.provider
  const { personId } = w.person
  const ids = { account: '', method: '' }
  if (account) {
    ids.account = (
      await deps.payments.openAccount({ key: newId(), owner: providerId, kind: 'organisation' })
    ).account
    await sandbox.setAccount(ids.account, 'ready')
    await deps.db.prisma.connectedAccount.create({
      data: {
        providerId,
        externalId: ids.account,
        status: 'ready',
        chargesEnabled: true,
        payoutsEnabled: true,
        checkedAt: new Date(),
        createdAt: new Date(),
      },
    })
  }
  if (card) {
    const setup = newId()
    const page = await deps.payments.saveCard({
      key: setup,
      customer: null,
      setup,
      doneUrl: 'd',
      backUrl: 'b',
    })
    await deps.db.prisma.cardSetup.create({
      data: {
        id: setup,
        personId,
        customerId: page.customer,
        externalId: page.reference,
        createdAt: new Date(),
      },
    })
    await sandbox.leavePage(page.reference, true)
    await told()
  }
  return { w, visitId, providerId, personId, ...ids }
}
/** Brings the sandbox's events in and handles them. */
async function told(): Promise<string[]> {
  await deliverSandboxEvents(deps)
  return handleAll()
}
async function handleAll(): Promise<string[]> {
  const open = await deps.db.prisma.webhookEvent.findMany({
    where: { handledAt: null },
    orderBy: { externalId: 'asc' },
    take: 100,
  })
  const outcomes: string[] = []
  for (const { id } of open) outcomes.push(await handleWebhook(deps, id))
  return outcomes
}
let last = 0
async function say(account: string | null, said: object): Promise<string[]> {
  last += 1
  const body = JSON.stringify({
    id: `evt-test-${String(last)}`,
    account,
    at: house().clock.now().toString(),
    ...said,
  })
  expect(await receiveWebhook(deps, body, sign(SANDBOX_SECRET, body, house().clock.now()))).toBe('stored')
  return handleAll()
}

describe('a delivery', () => {
  const body = JSON.stringify({
    id: 'evt-one',
    account: null,
    at: TEST_NOW,
    type: 'payout_paid',
    reference: 'po_x',
    amount: 1,
  })

  test('is stored once and answered 200 each time; about what we do not know it does nothing', async () => {
    const signature = sign(SANDBOX_SECRET, body, house().clock.now())
    expect(await receiveWebhook(deps, body, signature)).toBe('stored')
    expect(await receiveWebhook(deps, body, signature)).toBe('known')
    expect(await handleAll()).toEqual(['unknown object'])
  })

  test('with a wrong, an old or no signature, or cut short, is refused and not stored', async () => {
    const before = await deps.db.prisma.webhookEvent.count()
    const now = house().clock.now()
    expect(await receiveWebhook(deps, body, sign('another secret', body, now))).toEqual({
      refused: 'wrong_signature',
    })
    expect(await receiveWebhook(deps, body, sign(SANDBOX_SECRET, body, now.subtract({ hours: 1 })))).toEqual({
      refused: 'too_old',
    })
    expect(await receiveWebhook(deps, body, null)).toEqual({ refused: 'no_signature' })
    expect(await receiveWebhook(deps, body.slice(0, 40), sign(SANDBOX_SECRET, body, now))).toEqual({
      refused: 'wrong_signature',
    })
    const cut = body.slice(0, 40)
    expect(await receiveWebhook(deps, cut, sign(SANDBOX_SECRET, cut, now))).toEqual({ refused: 'unreadable' })
    expect(await deps.db.prisma.webhookEvent.count()).toBe(before)
  })

  test('comes in over HTTP as it was sent; too long or broken off it is refused', async () => {
    const app = express()
    app.post('/webhooks/payments', ...paymentWebhooks(deps))
    const server = createServer(app)
    server.listen(0, '127.0.0.1')
    await once(server, 'listening')
    const { port } = server.address() as AddressInfo
    const sent = `{ "id": "evt-http",  "account": null, "at": "${TEST_NOW}", "type": "odd_thing" }`
    const post = async (text: string) =>
      (
        await fetch(`http://127.0.0.1:${String(port)}/webhooks/payments`, {
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            origin: 'https://elsewhere.test',
            'kith-signature': sign(SANDBOX_SECRET, text, house().clock.now()),
          },
          body: text,
        })
      ).status
    try {
      expect(await post(sent)).toBe(200)
      expect(await post(sent)).toBe(200)
      expect(await post('')).toBe(400)
      expect(await post(' '.repeat(400_000))).toBe(413)
      const socket = connect(port, '127.0.0.1')
      socket.end('POST /webhooks/payments HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"')
      await once(socket.resume(), 'close')
      expect(await deps.db.prisma.webhookEvent.count({ where: { externalId: 'evt-http' } })).toBe(1)
    } finally {
      server.closeAllConnections()
      server.close()
    }
    await handleAll()
  })
})

describe('a payment by card', () => {
  test('is taken on the provider’s account, from the saved card, with the fee of the quote', async () => {
    const { visitId, providerId, personId, account } = await owed({ card: true })
    const card = await deps.db.prisma.savedCard.findFirstOrThrow({ where: { personId } })
    expect(card).toMatchObject({ brand: 'Demo card', last4: '4242' })
    await payVisits({ ...deps, settings: { ...deps.settings, platformFeeBps: 150 } }, [visitId])
    const payment = await paymentOf(providerId)
    expect(payment).toMatchObject({
      state: 'confirmed',
      savedCardId: card.id,
      externalAccount: account,
      feePence: 41,
    })
    expect(await deps.payments.find({ account, reference: payment.externalId ?? '' })).toMatchObject({
      amount: 2750,
      fee: 41,
      status: 'confirmed',
    })
    expect(await told()).toEqual(['nothing to do'])
    expect(await faults()).toEqual([])
  })

  test('that gets no answer is asked for again, later each time, under the same key, until it is paid', async () => {
    const { visitId, providerId } = await owed()
    await sandbox.plan({ kind: 'outage' })
    await sandbox.plan({ kind: 'lost_answer' })
    expect(await payVisits(deps, [visitId])).toMatchObject([{ status: 'unavailable' }])
    const first = await paymentOf(providerId)
    expect(await retryPayments(deps)).toEqual([])
    house().clock.advance({ minutes: 1 })
    expect(await retryPayments(deps)).toMatchObject([{ status: 'unavailable' }])
    house().clock.advance({ minutes: 4 })
    expect(await retryPayments(deps)).toEqual([])
    house().clock.advance({ minutes: 1 })
    expect(await retryPayments(deps)).toMatchObject([{ status: 'confirmed' }])
    const payment = await paymentOf(providerId)
    expect(payment).toMatchObject({ id: first.id, state: 'confirmed', attempts: 3 })
    await told()
    expect(await faults()).toEqual([])
  })

  test('is given up after three days; what confirms it later pays what it was for, once', async () => {
    const { visitId, providerId, account } = await owed()
    await sandbox.plan({ kind: 'outage' })
    await payVisits(deps, [visitId])
    for (let more = 0; more < 12; more += 1) {
      await sandbox.plan({ kind: 'outage' })
      house().clock.advance({ hours: 12 })
      await retryPayments(deps)
      if ((await paymentOf(providerId)).state === 'failed') break
    }
    const failed = await paymentOf(providerId)
    expect(failed).toMatchObject({ state: 'failed', failure: 'unavailable' })
    expect(await noticesOf(failed.id)).toEqual(['payment.failed'])
    expect(await payableOf(providerId)).toMatchObject({ state: 'due' })
    const late = { type: 'payment_confirmed', reference: 'late', payment: failed.id, amount: 2750 }
    expect(await say(account, { ...late, amount: 2749 })).toEqual(['another amount'])
    expect(await say(account, late)).toEqual(['done'])
    expect(await payableOf(providerId)).toMatchObject({ state: 'paid' })
    expect(await say(account, late)).toEqual(['nothing to do'])
    expect(await faults()).toEqual([])
  })

  test('that was declined says why, to the person too, and another try is another payment', async () => {
    const { visitId, providerId } = await owed()
    await sandbox.plan({ kind: 'decline', reason: 'card_expired' })
    await payVisits(deps, [visitId])
    const failed = await paymentOf(providerId)
    expect(failed).toMatchObject({ state: 'failed', failure: 'card_expired' })
    expect(await noticesOf(failed.id)).toEqual(['payment.failed'])
    await told()
    expect(await payVisits(deps, [visitId])).toMatchObject([{ status: 'confirmed' }])
    await told()
    expect(await faults()).toEqual([])
  })

  test('that needs the person is told once, and events in the wrong order change nothing', async () => {
    const { visitId, providerId, account } = await owed()
    await told()
    await sandbox.plan({ kind: 'needs_you' })
    await payVisits(deps, [visitId])
    const payment = await paymentOf(providerId)
    expect(payment.state).toBe('needs_you')
    expect(await told()).toEqual(['nothing to do'])
    expect(await noticesOf(payment.id)).toEqual(['payment.needs_you'])
    const of = { reference: payment.externalId, payment: payment.id, amount: 2750 }
    expect(await say(account, { type: 'payment_confirmed', ...of })).toEqual(['done'])
    expect(await say(account, { type: 'payment_sent', ...of })).toEqual(['nothing to do'])
    expect(await say(account, { type: 'payment_failed', reason: 'not_agreed', ...of })).toEqual([
      'nothing to do',
    ])
    expect(await say(account, { type: 'needs_you', ...of })).toEqual(['nothing to do'])
    expect(await paymentOf(providerId)).toMatchObject({ state: 'confirmed' })
    expect(await askToPay(deps, [payment.id])).toEqual([])
    expect(await faults()).toEqual([])
  })
})

const referenceOf = (url: string | null): string => (url ?? '').split('/').at(-1) ?? ''
const see = (w: Awaited<ReturnType<typeof owed>>['w'], paymentId: string) =>
  paymentPage(deps, w.person.actor, { paymentId, back: true })

describe('a person', () => {
  test('finishes what their bank asks, and is told so though no event has come', async () => {
    const { w, visitId, providerId } = await owed({ account: false })
    await sandbox.plan({ kind: 'needs_you' })
    await payVisits(deps, [visitId])
    const { id } = await paymentOf(providerId)
    expect(await see(w, id)).toMatchObject({ state: 'needs_you', canFinish: true })
    const page = referenceOf(await finishPayment(deps, w.person.actor, id))
    await sandbox.leavePage(page, true)
    expect(await see(w, id)).toMatchObject({ state: 'confirmed', canFinish: false })
    await expect(finishPayment(deps, w.person.actor, id)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await expect(paymentPage(deps, w.provider.owner, { paymentId: id, back: false })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    await told()
    expect(await faults()).toEqual([])
  })

  test('tries again what was declined, once', async () => {
    const { w, visitId, providerId } = await owed()
    await sandbox.plan({ kind: 'decline', reason: 'not_enough_money' })
    await payVisits(deps, [visitId])
    const { id } = await paymentOf(providerId)
    expect(await see(w, id)).toMatchObject({ state: 'failed', canTryAgain: true })
    const again = await tryAgain(deps, w.person.actor, id)
    expect(await see(w, again)).toMatchObject({ state: 'confirmed' })
    expect(await see(w, id)).toMatchObject({ canTryAgain: false, paidSince: true })
    await expect(tryAgain(deps, w.person.actor, id)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await told()
    expect(await faults()).toEqual([])
  })

  test('pays on the page; another page closes the first, and what was paid is not paid twice', async () => {
    const { w, providerId } = await owed()
    const { id: payable } = await payableOf(providerId)
    const of = { payableIds: [payable] }
    const first = referenceOf(await startCheckout(deps, w.person.actor, of))
    const second = referenceOf(await startCheckout(deps, w.person.actor, of))
    expect(await sandbox.leavePage(first, true)).toBeNull()
    await sandbox.leavePage(second, true)
    await expect(startCheckout(deps, w.person.actor, of)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await payableOf(providerId)).toMatchObject({ state: 'paid' })
    await told()
    expect(await faults()).toEqual([])
  })

  test('cannot pay on the page of a provider who takes no cards', async () => {
    const { w, providerId } = await owed({ account: false })
    const { id } = await payableOf(providerId)
    await expect(startCheckout(deps, w.person.actor, { payableIds: [id] })).rejects.toMatchObject({
      code: 'REFUSED_BY_RULE',
    })
    await expect(startCheckout(deps, w.person.actor, { payableIds: [newId()] })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    })
    expect(await payableOf(providerId)).toMatchObject({ state: 'due' })
  })
})

test('an owner sets card payments up, and pressing twice opens one account', async () => {
  const { w, providerId } = await owed({ account: false })
  const page = referenceOf(await setUpCardPayments(deps, w.provider.owner, providerId))
  await setUpCardPayments(deps, w.provider.owner, providerId)
  expect(await deps.db.prisma.connectedAccount.count({ where: { providerId } })).toBe(1)
  await sandbox.leavePage(page, true)
  expect(await cardPaymentsPage(deps, w.provider.owner, { org: providerId, back: true })).toMatchObject({
    status: 'ready',
    mayPress: true,
    missing: [],
  })
  await expect(setUpCardPayments(deps, w.person.actor, providerId)).rejects.toMatchObject({
    code: 'NOT_FOUND',
  })
  await told()
})

describe('afterwards', () => {
  test('a dispute that is lost makes it owed again, and both are told; its beginning may come last', async () => {
    const { visitId, providerId, account } = await owed()
    await payVisits(deps, [visitId])
    await told()
    const payment = await paymentOf(providerId)
    const of = { reference: 'dp_1', paymentReference: payment.externalId, amount: 2750 }
    expect(await say(account, { type: 'dispute_closed', won: false, ...of })).toEqual(['done'])
    expect(
      await say(account, { type: 'dispute_opened', reason: 'twice', lost: false, answerBy: null, ...of }),
    ).toEqual(['nothing to do'])
    expect(await paymentOf(providerId)).toMatchObject({ state: 'returned', failure: 'disputed' })
    expect(await payableOf(providerId)).toMatchObject({ state: 'due' })
    expect(await noticesOf(payment.id)).toEqual(['payment.taken_back', 'payment.taken_back'])
    expect(await deps.db.prisma.paymentDispute.findMany({ where: { paymentId: payment.id } })).toMatchObject([
      { state: 'lost', reason: 'twice' },
    ])
    expect(await faults()).toEqual([])
  })

  test('a payout that failed is told to the provider, and a late “paid” does not hide it', async () => {
    const { visitId, account, providerId } = await owed()
    await payVisits(deps, [visitId])
    const { payout } = (await sandbox.payOut(account)) ?? { payout: '' }
    await sandbox.settlePayout(account, payout, { failed: 'account_closed' })
    await told()
    expect(await say(account, { type: 'payout_paid', reference: payout, amount: 2689 })).toEqual([
      'nothing to do',
    ])
    const own = await deps.db.prisma.connectedAccount.findUniqueOrThrow({
      where: { providerId },
      include: { payouts: true },
    })
    expect(own.payouts).toMatchObject([{ state: 'failed', failure: 'account_closed' }])
    expect(await noticesOf(own.id)).toEqual(['payout.failed'])
  })

  test('an account is as the service says now, whatever the event said', async () => {
    const { account, providerId } = await owed()
    await sandbox.setAccount(account, 'paused')
    expect(await say(account, { type: 'account_changed', state: { account } })).toContain('done')
    await told()
    expect(await deps.db.prisma.connectedAccount.findUniqueOrThrow({ where: { providerId } })).toMatchObject({
      status: 'paused',
      chargesEnabled: false,
      missing: ['identity_document'],
    })
  })
})
