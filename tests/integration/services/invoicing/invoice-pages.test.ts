import { beforeEach, describe, expect, test } from 'vitest'
import { billingPage, saveBilling } from '#services/invoicing/billing-page.server.ts'
import { invoiceCsv, invoicePage, invoicePdf } from '#services/invoicing/invoice-page.server.ts'
import type { Reader } from '#services/invoicing/invoicing.policy.ts'
import {
  billsPage,
  councilInvoicesPage,
  personInvoicesPage,
} from '#services/invoicing/invoices-pages.server.ts'
import { issueNow } from '#services/invoicing/issue-invoices.server.ts'
import { invoicesFile, providerInvoicesPage } from '#services/invoicing/provider-invoices-page.server.ts'
import { statementPage, statementPdf } from '#services/invoicing/statement-page.server.ts'
import { ANONYMOUS, type Actor } from '#services/kernel/actor.ts'
import { system } from '#services/kernel/actor.ts'
import { markConfirmed, markSent, startPayments } from '#services/settlement/payments.server.ts'
import { makeBilling } from '#tests/factories/billing.ts'
import { type BookingWorld, makeBookingWorld } from '#tests/factories/bookings.ts'
import { settledVisits } from '#tests/factories/settled.ts'
import { makeUser, userActor } from '#tests/factories/world.ts'
import { TEST_NOW, useHouse } from '#tests/support/house.ts'

const house = useHouse()
beforeEach(() => {
  house().clock.set(TEST_NOW)
})

type Deployment = 'direct_payment_bank' | 'council_managed' | 'individual_service_fund'
async function invoiced(deployment: Deployment = 'direct_payment_bank') {
  const w = await makeBookingWorld(house().deps, {
    funds: [{ pence: 48_000, deployment, planCategory: 'help_at_home', approved: true }],
  })
  await makeBilling(w.deps, w.provider.providerId)
  await settledVisits(house(), w, ['2026-11-09', '2026-11-10'])
  const [invoice] = await issueNow(w.deps, w.provider.owner, {
    providerId: w.provider.providerId,
    only: null,
  })
  return { w, id: invoice?.id ?? '' }
}
const staff = async (w: BookingWorld, role: 'finance' | 'adviser' = 'finance') =>
  userActor(await makeUser(w.deps), { staff: [{ councilId: w.councilId, roles: [role] }] })
const memberOf = async (w: BookingWorld, providerId: string) =>
  userActor(await makeUser(w.deps), { providers: [{ providerId, memberId: providerId, role: 'owner' }] })
const query = { show: null, page: null }
const providerPage = (w: BookingWorld, actor: Actor = w.provider.owner) =>
  providerInvoicesPage(w.deps, actor, { org: w.provider.providerId, ...query })

describe('who may see an invoice', () => {
  test('whoever billed, the person, and whoever pays; for everybody else it does not exist', async () => {
    const { w, id } = await invoiced('council_managed')
    const see = (actor: Actor, reader: Reader) => invoicePage(w.deps, actor, id, reader)
    const finance = await staff(w)
    for (const [actor, reader] of [
      [w.provider.owner, 'provider'],
      [w.person.actor, 'person'],
      [finance, 'council'],
    ] as const) {
      expect((await see(actor, reader)).view).toMatchObject({ number: 'TST-0001', gross: 5_500 })
      expect((await invoiceCsv(w.deps, actor, id, 'lines')).csv).toContain('"Ada Test"')
    }
    const other = await makeBookingWorld(w.deps)
    for (const [actor, reader] of [
      [other.provider.owner, 'provider'],
      [other.person.actor, 'person'],
      [await staff(other), 'council'],
      [await staff(w, 'adviser'), 'council'],
      [finance, 'provider'],
      [w.provider.owner, 'fund_holder'],
      [w.provider.owner, 'council'],
    ] as const)
      await expect(see(actor, reader)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(see(w.provider.worker, 'provider')).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(see(ANONYMOUS, 'person')).rejects.toMatchObject({ code: 'SIGN_IN' })
    for (const actor of [other.provider.owner, other.person.actor, w.provider.worker, await staff(other)])
      await expect(invoicePdf(w.deps, actor, id)).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(invoicePage(w.deps, w.provider.owner, w.person.personId, 'provider')).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
    await expect(invoicePage(w.deps, w.provider.owner, "'; --", 'provider')).rejects.toMatchObject({ code: 'NOT_FOUND' }) // prettier-ignore
  })

  test('whoever holds a fund finds it among its bills', async () => {
    const { w, id } = await invoiced('individual_service_fund')
    const allocation = await w.deps.db.prisma.allocation.findUniqueOrThrow({
      where: { id: w.person.allocationIds[0] ?? '' },
    })
    const holder = await memberOf(w, allocation.holderProviderId ?? '')
    expect((await billsPage(w.deps, holder, { org: null, ...query })).invoices).toMatchObject([
      { id, gross: 5_500 },
    ])
    expect((await invoicePage(w.deps, holder, id, 'fund_holder')).view.stands.words).toBe('Not paid yet')
  })
})

describe('how it stands', () => {
  test('is paid only when the bank says so, on every list', async () => {
    const { w, id } = await invoiced()
    const words = async () => (await invoicePage(w.deps, w.person.actor, id, 'person')).view.stands.words
    const payables = await w.deps.db.prisma.payable.findMany({ where: { invoiceId: id } })
    const now = w.deps.clock.now()
    const [payment] = await w.deps.db.tx((tx) =>
      startPayments(tx, now, system('test'), [
        { method: 'bank_transfer', payer: { kind: 'person', id: w.person.personId }, providerId: w.provider.providerId, personId: w.person.personId, payableIds: payables.map((one) => one.id) }, // prettier-ignore
      ]),
    )
    expect(await words()).toBe('Not paid yet')
    await w.deps.db.tx((tx) => markSent(tx, now, system('test'), [payment?.id ?? '']))
    expect(await words()).toBe('Payment on its way')
    expect((await providerPage(w)).debt.total).toBe(5_500)
    await w.deps.db.tx((tx) => markConfirmed(tx, now, system('test'), [payment?.id ?? '']))
    expect(await words()).toBe('Paid')
    expect((await providerPage(w)).debt.total).toBe(0)
    const open = await personInvoicesPage(w.deps, w.person.actor, { show: 'open', page: null })
    const paid = await personInvoicesPage(w.deps, w.person.actor, { show: 'paid', page: null })
    expect([open.total, paid.total]).toEqual([0, 1])
  })

  test('grows old: by kind of payer and age, without a name', async () => {
    const { w } = await invoiced('council_managed')
    house().clock.set('2026-12-20T10:00:00Z')
    const { debt } = await providerPage(w)
    expect(debt.rows).toEqual([
      { payerKind: 'council', label: 'Councils', bands: [0, 0, 5_500, 0], total: 5_500 },
    ])
    expect(JSON.stringify(debt)).not.toContain('Ada')
    const council = await councilInvoicesPage(w.deps, await staff(w), query)
    expect(council.invoices).toMatchObject([
      { stands: { words: '£55.00 is late' }, from: 'A provider', person: 'Ada Test' },
    ])
  })

  test('a page that there is not, and a month that there is not', async () => {
    const { w } = await invoiced()
    for (const page of ['0', '-1', '2', 'x', '9'.repeat(20)])
      await expect(
        providerInvoicesPage(w.deps, w.provider.owner, { org: null, show: null, page }),
      ).rejects.toMatchObject({ code: 'NOT_FOUND' })
    await expect(
      invoicesFile(w.deps, w.provider.owner, { org: null, month: '2026-13', as: 'lines' }),
    ).rejects.toMatchObject({ code: 'INVALID' })
  })
})

describe('files for accounts', () => {
  test('Xero and QuickBooks get every line, gross, with nothing that runs', async () => {
    const { w } = await invoiced()
    await w.deps.db.prisma.person.update({
      where: { id: w.person.personId },
      data: { name: '=HYPERLINK("x")' },
    })
    await settledVisits(house(), w, ['2026-11-12'])
    await issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
    const file = async (as: 'xero' | 'quickbooks') =>
      (await invoicesFile(w.deps, w.provider.owner, { org: null, month: '2026-11', as })).csv.split('\r\n')
    const xero = await file('xero')
    expect(xero).toHaveLength(5)
    expect(xero[0]?.split(',').slice(0, 3)).toEqual(['*ContactName', 'EmailAddress', 'POAddressLine1'])
    expect(xero[1]).toContain('"TST-0001"')
    expect(xero[1]).toContain('10/11/2026')
    expect(xero[1]).toContain(',1,27.50,')
    expect(xero[3]).toContain(`"'=HYPERLINK(""x"")"`)
    const quickbooks = await file('quickbooks')
    expect(quickbooks[0]).toMatch(/^\*InvoiceNo,\*Customer,\*InvoiceDate,\*DueDate,/)
    expect(quickbooks.slice(1, 4).every((line) => line.includes(',27.50,27.50,"No VAT",0.00,GBP,'))).toBe(
      true,
    )
    for (const line of [...xero, ...quickbooks]) expect(line).not.toMatch(/(^|,)"?[=+@]/)
  })

  test('the paper is a PDF, and so is the person’s statement', async () => {
    const { w, id } = await invoiced()
    const { filename, pdf } = await invoicePdf(w.deps, w.person.actor, id)
    expect([filename, pdf.subarray(0, 5).toString()]).toEqual(['TST-0001.pdf', '%PDF-'])
    const statement = await statementPdf(w.deps, w.person.actor, '2026-11-09')
    expect(statement.filename).toBe('statement-2026-11-09.pdf')
  })
})

describe('a person’s statement', () => {
  test('adds up, fund by fund, and its lines add up to it', async () => {
    const { w } = await invoiced()
    const page = await statementPage(w.deps, w.person.actor, '2026-11-09')
    expect(page.funds).toMatchObject([
      { opening: 48_000, in: 0, out: 5_500, closing: 42_500, setAside: 0, left: 42_500 },
    ])
    expect(page.lines.reduce((sum, line) => sum + (line.in ?? 0) - (line.out ?? 0), 0)).toBe(-5_500)
    expect(page.easy.flatMap((part) => part.lines).map(({ words }) => words)).toContain(
      '£425.00 is left to use.',
    )
    const before = await statementPage(w.deps, w.person.actor, '2026-10-12')
    expect(before.funds).toMatchObject([{ opening: 0, in: 48_000, closing: 48_000 }])
    await expect(statementPage(w.deps, w.person.actor, '2030-01-01')).rejects.toMatchObject({
      code: 'INVALID',
    })
  })
})

describe('how a provider bills', () => {
  const form = {
    addressLines: '1 Mill Street\r\nAldermere\r\n\r\nAM1 2AB',
    prefix: 'wcc',
    every: 'month',
    daysToPay: '30',
    vatStatus: 'not_registered',
    vatNumber: '',
    billFrom: 'now',
  }
  const rowOf = (w: BookingWorld) =>
    w.deps.db.prisma.billing.findUniqueOrThrow({ where: { providerId: w.provider.providerId } })

  test('is suggested, said once, and kept; the letters stay after the first invoice', async () => {
    const w = await makeBookingWorld(house().deps)
    const page = await billingPage(w.deps, w.provider.owner, null)
    expect(page).toMatchObject({
      said: false,
      prefixIsKept: false,
      mayExempt: false,
      values: { prefix: 'AP', vatStatus: '' },
    })
    await saveBilling(w.deps, w.provider.owner, w.provider.providerId, form)
    expect(await rowOf(w)).toMatchObject({
      prefix: 'WCC-',
      every: 'month',
      daysToPay: 30,
      addressLines: ['1 Mill Street', 'Aldermere', 'AM1 2AB'],
      startsOn: new Date('2026-11-01'),
    })
    await settledVisits(house(), w, ['2026-11-09'])
    await issueNow(w.deps, w.provider.owner, { providerId: w.provider.providerId, only: null })
    await saveBilling(w.deps, w.provider.owner, w.provider.providerId, {
      ...form,
      prefix: 'NEW',
      daysToPay: '7',
    })
    expect(await rowOf(w)).toMatchObject({ prefix: 'WCC-', daysToPay: 7, nextInvoice: 2 })
  })

  test('with VAT: a number that is one, and welfare exempt only for those who may', async () => {
    const w = await makeBookingWorld(house().deps)
    const save = (changes: Record<string, string>) =>
      saveBilling(w.deps, w.provider.owner, w.provider.providerId, { ...form, vatStatus: 'registered', vatNumber: 'GB980780684', ...changes }) // prettier-ignore
    const refused = (field: string) => ({
      code: 'INVALID',
      details: { fields: { [field]: [expect.any(String)] } },
    })
    await expect(save({ vatNumber: 'GB980780685' })).rejects.toMatchObject(refused('vatNumber'))
    await expect(save({ welfareExempt: 'yes' })).rejects.toMatchObject(refused('welfareExempt'))
    await w.deps.db.prisma.provider.update({
      where: { id: w.provider.providerId },
      data: { charityNumber: 'X110001' },
    })
    await save({ welfareExempt: 'yes', [`vat-${w.serviceId}`]: 'zero' })
    expect(await rowOf(w)).toMatchObject({
      vatNumber: 'GB 980 7806 84',
      welfareExempt: true,
      serviceVat: { [w.serviceId]: 'zero' },
    })
    await save({ welfareExempt: 'yes', [`vat-${w.serviceId}`]: 'exempt' })
    expect((await rowOf(w)).serviceVat).toEqual({})
  })

  test('what cannot be kept is to be put right, beside its field', async () => {
    const w = await makeBookingWorld(house().deps)
    const bad: readonly (readonly [string, string])[] = [
      ['addressLines', ''],
      ['addressLines', 'a\nb\nc\nd\ne\nf\ng'],
      ['addressLines', 'a\u202Eb'],
      ['prefix', '=1'],
      ['prefix', 'TOOLONGPREFIX'],
      ['daysToPay', '91'],
      ['daysToPay', '-1'],
      ['daysToPay', '9'.repeat(20)],
      ['every', 'day'],
      ['vatStatus', ''],
      ['billFrom', ''],
    ]
    for (const [field, value] of bad)
      await expect(
        saveBilling(w.deps, w.provider.owner, w.provider.providerId, { ...form, [field]: value }),
        `${field} “${value}”`,
      ).rejects.toMatchObject({ code: 'INVALID', details: { fields: { [field]: [expect.any(String)] } } })
  })

  test('is the owner’s to say', async () => {
    const w = await makeBookingWorld(house().deps)
    const save = (actor: Actor) => saveBilling(w.deps, actor, w.provider.providerId, form)
    await expect(save(w.provider.worker)).rejects.toMatchObject({ code: 'FORBIDDEN' })
    await expect(save(w.person.actor)).rejects.toMatchObject({ code: 'NOT_FOUND' })
  })
})
