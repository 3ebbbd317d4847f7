import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Temporal } from '#services/kernel/time.ts'
import { type InvoiceFacts, agedDebt, bandOf, standingOf } from '#services/invoicing/standing.rules.ts'

const today = Temporal.PlainDate.from('2026-11-30')
const facts = (changes: Partial<InvoiceFacts>): InvoiceFacts => ({
  kind: 'invoice',
  gross: 5_500,
  credited: 0,
  unpaid: 5_500,
  sent: 0,
  paid: 0,
  questioned: false,
  dueOn: Temporal.PlainDate.from('2026-12-01'),
  ...changes,
})

describe('how an invoice stands', () => {
  test.each([
    ['nothing was done', {}, 'unpaid', 'Not paid yet'],
    ['its day is past', { dueOn: Temporal.PlainDate.from('2026-11-29') }, 'late', '£55.00 is late'],
    ['the payment has left', { unpaid: 0, sent: 5_500 }, 'sent', 'Payment on its way'],
    ['the bank says so', { unpaid: 0, paid: 5_500 }, 'paid', 'Paid'],
    ['a part has arrived', { unpaid: 2_750, paid: 2_750 }, 'part_paid', '£27.50 is not paid yet'],
    ['all was given back before it was paid', { unpaid: 0, credited: 5_500 }, 'credited', 'All given back'],
    [
      'paid, and a part given back',
      { unpaid: -1_000, paid: 5_500, credited: 1_000 },
      'comes_back',
      'Paid; £10.00 is to come back',
    ],
    [
      'somebody asks for money back',
      { questioned: true, unpaid: 0, paid: 5_500 },
      'questioned',
      'Somebody asks about it',
    ],
    [
      'a credit note whose money waits',
      { kind: 'credit_note' as const, unpaid: -1_000 },
      'to_give_back',
      'To be given back',
    ],
    [
      'a credit note whose money came',
      { kind: 'credit_note' as const, unpaid: 0 },
      'given_back',
      'Given back',
    ],
  ])('%s', (_name, changes, state, words) => {
    expect(standingOf(facts(changes), today)).toMatchObject({ state, words })
  })

  test('“paid” is never said while anything is due or on its way', () => {
    const amounts = fc.integer({ min: 0, max: 9_999 })
    fc.assert(
      fc.property(amounts, amounts, amounts, (unpaid, sent, paid) => {
        const { state } = standingOf(facts({ unpaid, sent, paid, gross: unpaid + sent + paid }), today)
        if (unpaid > 0 || sent > 0) expect(state).not.toBe('paid')
      }),
    )
  })
})

describe('what is owed, by age', () => {
  test.each([
    [0, 0],
    [14, 0],
    [15, 1],
    [30, 1],
    [31, 2],
    [60, 2],
    [61, 3],
    [4_000, 3],
  ])('%d days is in band %d', (days, band) => {
    expect(bandOf(days)).toBe(band)
  })
  test('bands and kinds add up to all of it', () => {
    const owed = fc.array(
      fc.record({
        payerKind: fc.constantFrom('person' as const, 'council' as const, 'fund_holder' as const),
        days: fc.integer({ min: 0, max: 500 }),
        pence: fc.integer({ min: 1, max: 99_999 }),
      }),
    )
    fc.assert(
      fc.property(owed, (rows) => {
        const debt = agedDebt(rows)
        const sum = rows.reduce((all, { pence }) => all + pence, 0)
        expect(debt.total).toBe(sum)
        expect(debt.bands.reduce((all, band) => all + band, 0)).toBe(sum)
        expect(debt.rows.reduce((all, { total }) => all + total, 0)).toBe(sum)
        for (const row of debt.rows) expect(row.bands.reduce((all, band) => all + band, 0)).toBe(row.total)
      }),
    )
  })
})
