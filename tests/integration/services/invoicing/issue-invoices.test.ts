import { beforeEach, describe, expect, test } from 'vitest'
import { billedToPage, saveBilledTo } from '#services/invoicing/billed-to.server.ts'
import { issueInvoices, issueNow } from '#services/invoicing/issue-invoices.server.ts'
import { system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { visitSettled } from '#services/ledger/templates.rules.ts'
import { makeBilling } from '#tests/factories/billing.ts'
import { type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makePerson, makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'
import { refusal } from '#tests/support/refusal.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})
const faults = () =>
  house().asOwner('select * from ledger_faults() union all select * from money_faults() union all select * from invoice_faults()') // prettier-ignore

const invoicesOf = (w: BookingWorld) =>
  w.deps.db.prisma.invoice.findMany({
    where: { providerId: w.provider.providerId },
    include: { lines: { orderBy: { position: 'asc' } } },
    orderBy: { number: 'asc' },
  })

/** A settled visit as the ledger and settlement leave it, without its booking. */
async function owe(w: BookingWorld, personId: string, allocationId: string): Promise<void> {
  const [amount, payer] = [pence(1_000), { kind: 'person' as const, id: personId }]
  await w.deps.db.tx(async (tx) => {
    await postJournals(tx, w.deps.clock.now(), system('test'), [
      visitSettled(newId(), w.provider.providerId, [
        { allocationId, bookingId: newId(), visitId: newId(), amount, held: pence(0), payer },
      ]),
    ])
    await tx.payable.create({
      data: {
        allocationId,
        personId,
        providerId: w.provider.providerId,
        payerKind: 'person',
        payerId: personId,
        pence: amount,
        onDay: new Date('2026-11-17'),
        createdAt: new Date('2026-11-17T12:00:00Z'),
      },
    })
  })
}

/** Two visits in the week of Monday 9 November, one in the next. */
async function threeVisits(billing: Parameters<typeof makeBilling>[2] = {}) {
  const w = await makeBookingWorld(house().deps)
  await makeBilling(w.deps, w.provider.providerId, billing)
  const visitIds = await settledVisits(house(), w, ['2026-11-09', '2026-11-11', '2026-11-17'])
  return { w, visitIds }
}

describe('when a period has closed', () => {
  test('one invoice a payer and person, addressed to the person, with a line a visit; the next week has its own', async () => {
    const { w } = await threeVisits()
    await issueInvoices(w.deps)
    expect(await invoicesOf(w)).toMatchObject([
      {
        prefix: 'TST-',
        number: 1,
        kind: 'invoice',
        grossPence: 5_500,
        vatPence: 0,
        vatNumber: null,
        periodFrom: new Date('2026-11-09'),
        periodUntil: new Date('2026-11-15'),
        issuedOn: new Date('2026-11-17'),
        dueOn: new Date('2026-12-01'),
        addressee: { kind: 'person', name: 'Ada Test', careOf: null },
        seller: { name: 'A provider', lines: ['1 Test Row', 'Aldermere'] },
        lines: [
          {
            label: 'Morning help at home',
            day: new Date('2026-11-09'),
            minutes: 60,
            netPence: 2_750,
            vat: 'outside_scope',
            taxPoint: null,
            funds: [{ fund: 'Social care budget', pence: 2_750 }],
          },
          { day: new Date('2026-11-11') },
        ],
      },
    ])
    await issueInvoices(w.deps)
    expect(await invoicesOf(w)).toHaveLength(1)
    house().clock.set('2026-11-23T01:00:00Z')
    await issueInvoices(w.deps)
    expect((await invoicesOf(w)).map(({ number, grossPence }) => [number, grossPence])).toEqual([
      [1, 5_500],
      [2, 2_750],
    ])
    expect(await faults()).toEqual([])
  })

  test('the person is told, once, without the amount', async () => {
    const { w } = await threeVisits()
    await issueInvoices(w.deps)
    await issueInvoices(w.deps)
    const told = await w.deps.db.prisma.notice.findMany({
      where: { personId: w.person.personId, kind: 'payment.invoice' },
    })
    expect(told.map(({ title }) => title)).toEqual(['An invoice from A provider'])
    expect(told[0]?.body).not.toContain('£')
  })

  test('what is agreed late waits for the next invoice, which says from when it is', async () => {
    const w = await makeBookingWorld(house().deps, { lanes: 1 })
    await makeBilling(w.deps, w.provider.providerId)
    await settledVisits(house(), w, ['2026-11-09'])
    house().clock.set('2026-11-16T01:00:00Z')
    await issueInvoices(w.deps)
    // Said yes to on the Tuesday after: it was on the Friday before.
    const [late] = await w.deps.db.prisma.payable.findMany({ where: { providerId: w.provider.providerId } })
    house().clock.set('2026-11-02T10:00:00Z')
    await settledVisits(house(), w, ['2026-11-13'])
    house().clock.set('2026-11-17T10:00:00Z')
    await issueInvoices(w.deps)
    expect(await invoicesOf(w)).toHaveLength(1)
    house().clock.set('2026-11-23T01:00:00Z')
    await issueInvoices(w.deps)
    expect(await invoicesOf(w)).toMatchObject([
      { number: 1 },
      {
        number: 2,
        periodFrom: new Date('2026-11-13'),
        periodUntil: new Date('2026-11-22'),
        grossPence: 2_750,
      },
    ])
    expect(late?.onDay).toEqual(new Date('2026-11-09'))
  })

  test('nobody bills in the name of a provider who has not said how they bill', async () => {
    const w = await makeBookingWorld(house().deps)
    await settledVisits(house(), w, ['2026-11-09'])
    house().clock.set('2026-11-23T01:00:00Z')
    await issueInvoices(w.deps)
    expect(await invoicesOf(w)).toEqual([])
    await expect(
      issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null }),
    ).rejects.toMatchObject({ code: 'REFUSED_BY_RULE' })
  })
})

describe('who is billed', () => {
  test.each([
    ['council_managed', 'council', { kind: 'council', name: 'A council', careOf: null }],
    ['adviser_held', 'council', { kind: 'council', name: 'A council' }],
    ['individual_service_fund', 'fund_holder', { kind: 'fund_holder', name: 'A provider', careOf: null }],
    [
      'direct_payment_managed_account',
      'fund_holder',
      { kind: 'person', name: 'Ada Test', careOf: 'A provider' },
    ],
    ['direct_payment_card', 'person', { kind: 'person', name: 'Ada Test' }],
  ] as const)('%s: paid by the %s', async (deployment, payerKind, addressee) => {
    const w = await makeBookingWorld(house().deps, {
      funds: [{ pence: 48_000, deployment, planCategory: 'help_at_home', approved: true }],
    })
    await makeBilling(w.deps, w.provider.providerId)
    await w.deps.db.prisma.planLine.updateMany({
      where: { allocationId: w.person.allocationIds[0] ?? '' },
      data: { orderNumber: '4500123', costCode: 'AS10', caseReference: 'C-77' },
    })
    await settledVisits(house(), w, ['2026-11-09'])
    await issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
    expect(await invoicesOf(w)).toMatchObject([
      {
        payerKind,
        addressee,
        orderWords: payerKind === 'council' ? 'order 4500123, cost code AS10, case C-77' : '',
      },
    ])
    expect(await faults()).toEqual([])
  })

  test('a council by the address that its finance gave; what was issued before stays as it was', async () => {
    const w = await makeBookingWorld(house().deps, {
      funds: [{ pence: 48_000, deployment: 'council_managed', planCategory: 'help_at_home', approved: true }],
    })
    await makeBilling(w.deps, w.provider.providerId)
    const finance = userActor(await makeUser(w.deps, 'Finance'), {
      staff: [{ councilId: w.councilId, roles: ['finance'] }],
    })
    await settledVisits(house(), w, ['2026-11-09'])
    await issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
    const save = (address: string) => saveBilledTo(w.deps, finance, { councilId: w.councilId, address })
    expect((await refusal(save(' \n '))).details.fields).toHaveProperty('address')
    expect((await refusal(save('1\n2\n3\n4\n5\n6\n7'))).details.fields).toHaveProperty('address')
    expect(
      (await refusal(saveBilledTo(w.deps, w.person.actor, { councilId: w.councilId, address: 'x' }))).code,
    ).toBe('NOT_FOUND')
    await save('Accounts payable\n\n Town Hall \nMillgate ML1 1AA')
    expect(await billedToPage(w.deps, finance)).toMatchObject([
      { address: 'Accounts payable\nTown Hall\nMillgate ML1 1AA' },
    ])
    await settledVisits(house(), w, ['2026-11-16'])
    await issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
    expect((await invoicesOf(w)).map(({ addressee }) => (addressee as { lines: string[] }).lines)).toEqual([
      [],
      ['Accounts payable', 'Town Hall', 'Millgate ML1 1AA'],
    ])
  })

  test('a registered supplier’s invoice has its number, tax point, rate, net and VAT out of the price', async () => {
    const { w } = await threeVisits({ vatStatus: 'registered', vatNumber: 'GB 980 7806 84', every: 'month' })
    house().clock.set('2026-12-01T01:00:00Z')
    await issueInvoices(w.deps)
    const [invoice] = await invoicesOf(w)
    expect(invoice).toMatchObject({ vatNumber: 'GB 980 7806 84', grossPence: 8_250, vatPence: 3 * 458 })
    expect(invoice?.lines).toMatchObject([
      { vat: 'standard', vatBps: 2_000, netPence: 2_292, vatPence: 458, taxPoint: new Date('2026-11-09') },
      {},
      // Within 14 days of the invoice.
      { taxPoint: new Date('2026-12-01') },
    ])
    expect(await faults()).toEqual([])
  })
})

describe('the press “Make the invoice now”', () => {
  test('bills what there is, for one payer or all, and says when nothing is left', async () => {
    const { w } = await threeVisits()
    const only = { payerKind: 'person' as const, payerId: w.person.personId, personId: w.person.personId }
    await issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only })
    expect(await invoicesOf(w)).toMatchObject([{ grossPence: 8_250, periodUntil: new Date('2026-11-17') }])
    await expect(
      issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only }),
    ).rejects.toMatchObject({ code: 'STALE_STATE' })
  })

  test('is not a stranger’s or a worker’s', async () => {
    const { w } = await threeVisits()
    const other = await makeBookingWorld(house().deps)
    const press = (actor: typeof w.provider.owner) =>
      issueNow(w.deps, actor, { providerId: w.provider.providerId, only: null })
    await expect(press(other.provider.owner)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(press(w.provider.worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(press(w.person.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})

describe('numbers', () => {
  test('twenty at once: no gap, and nothing twice', async () => {
    const { w } = await threeVisits()
    const { providerId } = w.provider
    const people = await Promise.all(
      Array.from({ length: 20 }, () => makePerson(w.deps, w.councilId, [{ pence: 10_000 }])),
    )
    for (const { personId, allocationIds } of people) await owe(w, personId, allocationIds[0] ?? '')
    await Promise.all(
      people.map(({ personId }) =>
        issueNow(w.deps, w.provider.owner, {
          providerId,
          only: { payerKind: 'person', payerId: personId, personId },
        }),
      ),
    )
    const invoices = await invoicesOf(w)
    expect(invoices.map(({ number }) => number)).toEqual(people.map((_, at) => at + 1))
    expect(new Set(invoices.map(({ personId }) => personId)).size).toBe(20)
    expect(await faults()).toEqual([])
  })

  test('two presses at the same moment make one invoice', async () => {
    const { w } = await threeVisits()
    const press = () => issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
    const both = await Promise.allSettled([press(), press()])
    expect(both.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
    expect(await invoicesOf(w)).toHaveLength(1)
  })

  test('neither an invoice nor its line can be changed, and a prefix stays once a number was given', async () => {
    const { w } = await threeVisits()
    await issueInvoices(w.deps)
    const [invoice] = await invoicesOf(w)
    const { prisma } = w.deps.db
    await expect(
      prisma.invoice.update({ where: { id: invoice?.id ?? '' }, data: { grossPence: 1 } }),
    ).rejects.toThrow()
    await expect(prisma.invoiceLine.deleteMany({ where: { invoiceId: invoice?.id ?? '' } })).rejects.toThrow()
    await expect(
      prisma.billing.update({ where: { providerId: w.provider.providerId }, data: { prefix: 'NEW-' } }),
    ).rejects.toThrow()
    await expect(
      prisma.billing.update({ where: { providerId: w.provider.providerId }, data: { nextInvoice: 1 } }),
    ).rejects.toThrow()
  })
})
