import { beforeEach, describe, expect, test } from 'vitest'
import { chargeSettledWeeks } from '#services/contributions/charge-weeks.server.ts'
import { issueNow } from '#services/invoicing/issue-invoices.server.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { handleRefund } from '#services/payments/handle-refund.server.ts'
import { askRefund } from '#services/refunds/ask-refund.server.ts'
import { giveRefund, refuseRefund } from '#services/refunds/decide-refund.server.ts'
import { returnMoney, sayArrived, saySentBack } from '#services/refunds/return-money.server.ts'
import { payVisits } from '#services/settlement/pay-visits.server.ts'
import { markConfirmed, startPayments } from '#services/settlement/payments.server.ts'
import { makeBilling } from '#tests/factories/billing.ts'
import { type BookingWorld, balances, book, makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () =>
  house().asOwner('select * from ledger_faults() union all select * from money_faults() union all select * from invoice_faults()') // prettier-ignore

type Options = NonNullable<Parameters<typeof makeBookingWorld>[1]>
/** One visit of £27.50, settled; not paid, not invoiced. */
async function oneVisit(options: Options = {}) {
  const w = await makeBookingWorld(house().deps, options)
  await makeBilling(w.deps, w.provider.providerId)
  const [visitId = ''] = await settledVisits(house(), w, ['2026-11-09'])
  return { w, visitId }
}
const give = (w: BookingWorld, visitId: string, amount: number | null, refundId: string | null = null) =>
  giveRefund(w.deps, w.provider.owner, {
    visitId,
    as: 'provider',
    pence: amount,
    why: 'She left early.',
    refundId,
  })
const refundOf = (w: BookingWorld, id: string) => w.deps.db.prisma.refund.findUniqueOrThrow({ where: { id } })
const payables = (w: BookingWorld) =>
  w.deps.db.prisma.payable.findMany({
    where: { providerId: w.provider.providerId },
    orderBy: { id: 'asc' },
    select: { pence: true, state: true },
  })
const invoice = (w: BookingWorld) =>
  issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
const council = async (w: BookingWorld) =>
  userActor(await makeUser(w.deps), { staff: [{ councilId: w.councilId, roles: ['finance'] }] })

describe('a refund of what was not paid yet', () => {
  test('of all of it: nothing is owed any more, nothing moves, and it is done at once', async () => {
    const { w, visitId } = await oneVisit()
    const { refundId } = await give(w, visitId, null)
    expect(await refundOf(w, refundId)).toMatchObject({
      state: 'returned',
      pence: 2_750,
      decidedAs: 'provider',
    })
    expect(await payables(w)).toEqual([
      { pence: 2_750, state: 'paid' },
      { pence: -2_750, state: 'paid' },
    ])
    expect(await balances(w)).toMatchObject({ available: 48_000, spent: 0 })
    expect(await faults()).toEqual([])
  })

  test('of a part: the next payment is smaller by it', async () => {
    const { w, visitId } = await oneVisit()
    const { refundId } = await give(w, visitId, 750)
    expect(await balances(w)).toMatchObject({ available: 48_000 - 2_000, spent: 2_000 })
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'decided' })
    const due = await w.deps.db.prisma.payable.findMany({ where: { visitId } })
    await w.deps.db.tx(async (tx) => {
      const started = await startPayments(tx, w.deps.clock.now(), system('test'), [
        { method: 'bank_transfer', payer: { kind: 'person', id: w.person.personId }, providerId: w.provider.providerId, personId: w.person.personId, payableIds: due.map(({ id }) => id) }, // prettier-ignore
      ])
      expect(started).toMatchObject([{ pence: 2_000 }])
      await markConfirmed(tx, w.deps.clock.now(), system('test'), started.map(({ id }) => id)) // prettier-ignore
    })
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'returned' })
    expect(await faults()).toEqual([])
  })
})

describe('a refund of what was paid', () => {
  test('waits until the money is back: sent by the provider, and said to have arrived by the person', async () => {
    const { w, visitId } = await oneVisit()
    await payVisits(w.deps, [visitId])
    const { refundId } = await give(w, visitId, 1_000)
    expect(await payables(w)).toEqual([
      { pence: 2_750, state: 'paid' },
      { pence: -1_000, state: 'due' },
    ])
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'decided' })
    await returnMoney(w.deps, refundId)
    await saySentBack(w.deps, w.provider.owner, refundId)
    await expect(saySentBack(w.deps, w.provider.owner, refundId)).rejects.toMatchObject({
      code: 'STALE_STATE',
    })
    expect(await faults()).toEqual([])
    const say = (actor: typeof w.person.actor, arrived: boolean) =>
      sayArrived(w.deps, actor, { refundId, payerKind: 'person', arrived })
    await expect(say(w.provider.owner, true)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await say(w.person.actor, false)
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'decided' })
    expect(await faults()).toEqual([])
    await saySentBack(w.deps, w.provider.owner, refundId)
    await say(w.person.actor, true)
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'returned' })
    await expect(say(w.person.actor, true)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await balances(w)).toMatchObject({ available: 46_250, spent: 1_750 })
    expect(await faults()).toEqual([])
  })

  test('goes back to the card where the payment service can; an answer that was lost is asked for again', async () => {
    const { w, visitId } = await oneVisit()
    await payVisits(w.deps, [visitId])
    await w.deps.db.prisma.payment.updateMany({
      where: { providerId: w.provider.providerId },
      data: { externalId: `pi_${visitId}` },
    })
    await w.deps.db.prisma.connectedAccount.create({
      data: { providerId: w.provider.providerId, externalId: `acct_${visitId}`, checkedAt: new Date(TEST_NOW), createdAt: new Date(TEST_NOW) }, // prettier-ignore
    })
    const { refundId } = await give(w, visitId, 1_000)
    const asked: unknown[] = []
    const answers = ['unavailable', 'sent']
    const port = { ...w.deps.payments, refund: (request: unknown) => (asked.push(request), Promise.resolve({ status: answers.shift() })) } // prettier-ignore
    const deps = { ...w.deps, payments: port as unknown as typeof w.deps.payments }
    await expect(returnMoney(deps, refundId)).rejects.toMatchObject({ code: 'UNAVAILABLE' })
    await returnMoney(deps, refundId)
    await returnMoney(deps, refundId)
    expect(asked).toHaveLength(2)
    expect(asked[0]).toEqual(asked[1])
    expect(asked[0]).toMatchObject({ account: `acct_${visitId}`, reference: `pi_${visitId}`, amount: 1_000 })
    expect(await payables(w)).toEqual([
      { pence: 2_750, state: 'paid' },
      { pence: -1_000, state: 'sent' },
    ])
    expect(await faults()).toEqual([])

    // What the service says of it later: in any order, and more than once.
    const payment = await w.deps.db.prisma.payment.findFirstOrThrow({
      where: { providerId: w.provider.providerId, pence: -1_000 },
    })
    const says = (type: 'refund_confirmed' | 'refund_failed', changes: object = {}) =>
      w.deps.db.tx((tx) =>
        handleRefund(tx, w.deps.clock.now(), system('handle_webhook'), {
          id: newId(), account: null, at: w.deps.clock.now(), type, reference: 're_1', refund: payment.id, amount: pence(1_000), ...changes,
        }),
      ) // prettier-ignore
    expect(await says('refund_confirmed', { refund: newId() })).toBe('unknown object')
    expect(await says('refund_confirmed', { refund: null })).toBe('unknown object')
    expect(await says('refund_confirmed', { amount: pence(1_001) })).toBe('another amount')
    expect(await says('refund_confirmed')).toBe('done')
    expect(await says('refund_confirmed')).toBe('nothing to do')
    expect((await payables(w))[1]).toEqual({ pence: -1_000, state: 'paid' })
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'returned' })
    expect(await faults()).toEqual([])
    expect(await says('refund_failed')).toBe('done')
    expect(await says('refund_failed')).toBe('nothing to do')
    expect((await payables(w))[1]).toEqual({ pence: -1_000, state: 'due' })
    expect(await faults()).toEqual([])
  })
})

describe('two funds, and a fund that has ended', () => {
  test('each gets its share; what an ended fund paid goes back to its funder', async () => {
    const { w, visitId } = await oneVisit({
      funds: [
        { pence: 1_550, name: 'Voucher', endsOn: '2026-11-20' },
        { pence: 10_000, name: 'Social care budget' },
      ],
    })
    house().clock.set('2026-11-25T10:00:00Z')
    await give(w, visitId, 1_000)
    expect(await balances(w, 0)).toMatchObject({ available: 0, spent: 1_550 - 564, funded: 1_550 - 564 })
    expect(await balances(w, 1)).toMatchObject({ spent: 1_200 - 436, available: 10_000 - 1_200 + 436 })
    expect(await faults()).toEqual([])
  })

  test('a fund that is held another way since gets it where it is held now', async () => {
    const { w, visitId } = await oneVisit()
    const { prisma } = w.deps.db
    const old = await prisma.allocation.findUniqueOrThrow({ where: { id: w.person.allocationIds[0] ?? '' } })
    const next = await prisma.allocation.create({
      data: { budgetId: old.budgetId, streamId: old.streamId, personId: old.personId, deployment: 'direct_payment_card', agreedPence: 1_000n, cadence: 'once', instalmentPence: 1_000, startsOn: new Date('2026-11-10'), endsOn: old.endsOn, replacesId: old.id }, // prettier-ignore
    })
    house().clock.set('2026-11-12T10:00:00Z')
    await give(w, visitId, 1_000)
    w.person.allocationIds.push(next.id)
    expect(await balances(w, 1)).toMatchObject({ available: 1_000 })
    expect(await faults()).toEqual([])
  })
})

describe('a credit note', () => {
  test('for what was invoiced names its invoice, with its VAT; a second one finishes it to the penny', async () => {
    const { w, visitId } = await oneVisit()
    await w.deps.db.prisma.billing.update({
      where: { providerId: w.provider.providerId },
      data: { vatStatus: 'registered', vatNumber: 'GB 980 7806 84' },
    })
    const [issued] = await invoice(w)
    for (const amount of [1_001, null]) await give(w, visitId, amount)
    const notes = await w.deps.db.prisma.invoice.findMany({
      where: { providerId: w.provider.providerId, kind: 'credit_note' },
      orderBy: { number: 'asc' },
      include: { lines: true },
    })
    expect(notes).toMatchObject([
      {
        prefix: 'TST-CN-',
        number: 1,
        correctsId: issued?.id,
        grossPence: 1_001,
        vatPence: 167,
        vatNumber: 'GB 980 7806 84',
      },
      { number: 2, correctsId: issued?.id, grossPence: 1_749, vatPence: 458 - 167 },
    ])
    expect(notes[0]?.lines).toMatchObject([{ label: 'Given back: Morning help at home', vatBps: 2_000 }])
    expect(await faults()).toEqual([])
  })

  test('is not made for what was not invoiced: it comes off the invoice’s line', async () => {
    const { w, visitId } = await oneVisit()
    const { creditNoteIds } = await give(w, visitId, 750)
    expect(creditNoteIds).toEqual([])
    const [issued] = await invoice(w)
    expect(issued).toMatchObject({ gross: 2_000 })
    expect(await faults()).toEqual([])
  })

  test('and an invoice issued at the same moment never miss each other', async () => {
    const { w, visitId } = await oneVisit()
    const [gave, issued] = await Promise.all([give(w, visitId, 750), invoice(w)])
    expect([gave.creditNoteIds.length, issued[0]?.gross]).toEqual(
      issued[0]?.gross === 2_750 ? [1, 2_750] : [0, 2_000],
    )
    expect(await faults()).toEqual([])
  })
})

describe('a council’s contract', () => {
  /** Two visits of £26.50 in one week; £32.40 a week assessed, and charged before. */
  async function councilsWeek() {
    const w = await makeBookingWorld(house().deps, {
      service: { pence: 2_650, travel: 0 },
      funds: [{ pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true }],
    })
    await makeBilling(w.deps, w.provider.providerId)
    await w.deps.db.prisma.contributionAssessment.create({
      data: { personId: w.person.personId, councilId: w.councilId, method: 'gross_invoice', weeklyPence: 3_240, startsOn: new Date('2026-10-05'), decidedAt: new Date(TEST_NOW) }, // prettier-ignore
    })
    const [visitId = ''] = await settledVisits(house(), w, ['2026-11-09', '2026-11-12'], {
      expectedPence: 2_650,
    })
    await chargeSettledWeeks(w.deps, [`${w.person.personId} 2026-11-09`])
    return { w, visitId, finance: await council(w) }
  }
  const chargedOf = (w: BookingWorld) =>
    w.deps.db.prisma.contributionWeek.findFirst({ where: { personId: w.person.personId } })

  test('is decided by its finance: what the person had been charged of it is said apart', async () => {
    const { w, visitId, finance } = await councilsWeek()
    const decided = await giveRefund(w.deps, finance, { visitId, as: 'council', pence: null, why: 'Nobody came.', refundId: null }) // prettier-ignore
    expect(decided).toMatchObject({ pence: 2_650, personPence: 590 })
    expect(await refundOf(w, decided.refundId)).toMatchObject({ decidedAs: 'council', personPence: 590 })
    expect(await balances(w)).toMatchObject({ spent: 2_650 })
    // £5.90 to the person, £20.60 to the council.
    expect(await chargedOf(w)).toMatchObject({ costPence: 2_650, chargedPence: 2_650 })
    expect(await faults()).toEqual([])
  })

  test('that had not been charged yet gives the person nothing back, and is charged right from the start', async () => {
    const { w, visitId, finance } = await councilsWeek()
    await w.deps.db.prisma.contributionAssessment.create({
      data: { personId: w.person.personId, councilId: w.councilId, method: 'gross_invoice', weeklyPence: 0, startsOn: new Date('2026-11-09'), decidedAt: new Date('2026-11-12T12:00:00Z') }, // prettier-ignore
    })
    await chargeSettledWeeks(w.deps, [`${w.person.personId} 2026-11-09`])
    const decided = await giveRefund(w.deps, finance, { visitId, as: 'council', pence: null, why: 'Nobody came.', refundId: null }) // prettier-ignore
    expect(decided.personPence).toBe(0)
    expect(await faults()).toEqual([])
  })

  test('the provider can only tell the council that it agrees, and another council’s finance finds nothing', async () => {
    const { w, visitId, finance } = await councilsWeek()
    await expect(give(w, visitId, 500)).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
    const asked = await askRefund(w.deps, w.provider.owner, { visitId, as: 'provider', pence: 500, reason: 'We were late.' }) // prettier-ignore
    expect(asked.decides).toBe('council')
    const other = await council(await makeBookingWorld(house().deps))
    const decide = (actor: typeof finance) =>
      giveRefund(w.deps, actor, {
        visitId,
        as: 'council',
        pence: 500,
        why: 'Late.',
        refundId: asked.refundId,
      })
    await expect(decide(other)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await decide(finance)
    await expect(decide(finance)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await faults()).toEqual([])
  })
})

describe('asked by the person', () => {
  const ask = (w: BookingWorld, visitId: string, amount: number | null, actor = w.person.actor) =>
    askRefund(w.deps, actor, { visitId, as: 'person', pence: amount, reason: 'She left early.' })

  test('once; then answered once, with less than was asked, or with no', async () => {
    const { w, visitId } = await oneVisit()
    const { refundId, decides } = await ask(w, visitId, 2_000)
    expect(decides).toBe('provider')
    await expect(ask(w, visitId, 100)).rejects.toMatchObject({ code: 'STALE_STATE' })
    // A second one beside it would leave the first unanswered.
    await expect(give(w, visitId, 100)).rejects.toMatchObject({ code: 'STALE_STATE' })
    await give(w, visitId, 500, refundId)
    expect(await refundOf(w, refundId)).toMatchObject({ state: 'decided', pence: 500, askedAs: 'person' })
    const again = await ask(w, visitId, null)
    expect(await refundOf(w, again.refundId)).toMatchObject({ pence: 2_250 })
    const no = () =>
      refuseRefund(w.deps, w.provider.owner, { visitId, as: 'provider', refundId: again.refundId, why: 'It was an hour.' }) // prettier-ignore
    await no()
    await expect(no()).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await balances(w)).toMatchObject({ spent: 2_250 })
    expect(await faults()).toEqual([])
  })

  test('more than was paid, or than is left, is refused beside the field; so is all of it twice', async () => {
    const { w, visitId } = await oneVisit()
    const fields = { details: { fields: { amount: [expect.stringContaining('£27.50')] } } }
    for (const amount of [2_751, 99_999_999_900])
      await expect(ask(w, visitId, amount)).rejects.toMatchObject({ code: 'INVALID', ...fields })
    await expect(give(w, visitId, 2_751)).rejects.toMatchObject({ code: 'INVALID', ...fields })
    await give(w, visitId, 2_000)
    await expect(give(w, visitId, 751)).rejects.toMatchObject({ code: 'INVALID' })
    await give(w, visitId, null)
    await expect(give(w, visitId, null)).rejects.toMatchObject({ code: 'STALE_STATE' })
    expect(await faults()).toEqual([])
  })

  test('two that are given at the same moment never give more than was paid', async () => {
    const { w, visitId } = await oneVisit()
    const both = await Promise.allSettled([give(w, visitId, 2_000), give(w, visitId, 2_000)])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await balances(w)).toMatchObject({ spent: 750 })
    expect(await faults()).toEqual([])
  })

  test('by a stranger, before the visit is settled, or for no visit: not found, or said why', async () => {
    const { w, visitId } = await oneVisit()
    const other = await makeBookingWorld(house().deps)
    await expect(ask(w, visitId, 100, other.person.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(ask(w, w.person.personId, 100)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(give({ ...w, provider: other.provider }, visitId, 100)).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
    await expect(
      giveRefund(w.deps, w.provider.worker, { visitId, as: 'provider', pence: 1, why: 'x', refundId: null }),
    ).rejects.toMatchObject({ code: 'FORBIDDEN' })
    const { visitId: booked } = await book(w, '2026-11-25')
    await expect(ask(w, booked, 100)).rejects.toMatchObject({ code: 'STALE_STATE' })
  })
})
