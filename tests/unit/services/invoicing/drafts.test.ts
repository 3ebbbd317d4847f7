import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type Billable, draftInvoices } from '#services/invoicing/drafts.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const billable = (changes: Partial<Billable> = {}): Billable => ({
  payableId: 'p1',
  visitId: 'v1',
  payerKind: 'person',
  payerId: 'joan',
  personId: 'joan',
  managedAccount: false,
  pence: 2_750,
  onDay: '2026-11-09',
  fund: 'Social care budget',
  title: 'Morning help at home',
  startsAt: new Date('2026-11-09T09:00:00Z'),
  minutes: 60,
  outcome: 'attended',
  serviceId: 's1',
  category: 'help_at_home',
  order: '',
  ...changes,
})
const seller = (registered: boolean) => ({
  supplier: { charity: false, publicBody: false, regulated: false },
  vat: { registered, welfareExempt: false, serviceVat: {} },
  issuedOn: Temporal.PlainDate.from('2026-11-16'),
})

describe('invoices from what is owed', () => {
  test('one for each payer, person and contract; the holder of a managed account is billed for nothing: the person is', () => {
    const drafts = draftInvoices(
      [
        billable(),
        billable({ payableId: 'p2', visitId: 'v2', onDay: '2026-11-10' }),
        billable({ payableId: 'p3', visitId: 'v3', payerKind: 'council', payerId: 'aldermere' }),
        billable({
          payableId: 'p4',
          visitId: 'v4',
          payerKind: 'fund_holder',
          payerId: 'lantern',
          managedAccount: true,
        }),
        billable({ payableId: 'p5', visitId: 'v5', payerKind: 'fund_holder', payerId: 'lantern' }),
      ],
      seller(false),
    )
    expect(drafts.map(({ contract, gross, lines }) => [contract, gross, lines.length])).toEqual([
      ['person', 5_500, 2],
      ['council', 2_750, 1],
      ['person', 2_750, 1],
      ['fund_holder', 2_750, 1],
    ])
  })

  test('a visit that two funds pay is one line, which says how much each pays', () => {
    const [draft] = draftInvoices(
      [billable({ pence: 1_550 }), billable({ payableId: 'p2', fund: 'Health budget', pence: 1_200 })],
      seller(false),
    )
    expect(draft?.lines).toMatchObject([
      {
        net: 2_750,
        vat: 0,
        kind: 'outside_scope',
        taxPoint: null,
        funds: [
          { fund: 'Social care budget', pence: 1_550 },
          { fund: 'Health budget', pence: 1_200 },
        ],
      },
    ])
  })

  test('what was given back before it was billed comes off its line; all of it, and there is no invoice', () => {
    const back = (pence: number) => billable({ payableId: 'p2', pence })
    expect(draftInvoices([billable(), back(-750)], seller(false))).toMatchObject([
      {
        gross: 2_000,
        payableIds: ['p1', 'p2'],
        lines: [{ net: 2_000, label: 'Morning help at home (less £7.50 given back)' }],
      },
    ])
    expect(draftInvoices([billable(), back(-2_750)], seller(false))).toEqual([])
  })

  test('says what became of a visit that was not made, without minutes', () => {
    const [draft] = draftInvoices([billable({ outcome: 'late_cancellation', pence: 1_375 })], seller(false))
    expect(draft?.lines).toMatchObject([{ label: 'Cancelled late: Morning help at home', minutes: null }])
  })

  test('whatever is owed, lines add up to the invoice, and all invoices to what is owed', () => {
    const owed = fc.array(
      fc.record({ visit: fc.integer({ min: 1, max: 6 }), fund: fc.integer({ min: 1, max: 2 }), pence: fc.integer({ min: 1, max: 9_999 }), payer: fc.constantFrom('person', 'council', 'fund_holder') }), // prettier-ignore
      { maxLength: 20 },
    )
    fc.assert(
      fc.property(owed, fc.boolean(), (rows, registered) => {
        const billables = rows.map((row, at) =>
          billable({
            payableId: `p${String(at)}`,
            visitId: `${row.payer}${String(row.visit)}`,
            fund: `Fund ${String(row.fund)}`,
            payerKind: row.payer as 'person',
            pence: row.pence,
          }),
        )
        const drafts = draftInvoices(billables, seller(registered))
        for (const { lines, net, vat, gross } of drafts) {
          expect(net + vat).toBe(gross)
          expect(lines.reduce((sum, line) => sum + line.net, 0)).toBe(net)
          expect(lines.reduce((sum, line) => sum + line.vat, 0)).toBe(vat)
          for (const line of lines)
            expect(line.funds.reduce((sum, fund) => sum + fund.pence, 0)).toBe(line.net + line.vat)
          if (!registered) expect(vat).toBe(0)
        }
        expect(drafts.reduce((sum, { gross }) => sum + gross, 0)).toBe(
          rows.reduce((sum, row) => sum + row.pence, 0),
        )
      }),
    )
  })
})
