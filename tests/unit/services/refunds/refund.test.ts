import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { pence } from '#services/kernel/money.ts'
import { askRefundSchema } from '#services/refunds/refund.schema.ts'
import { decidesFor, leftToRefund, moneyIs, personPart, splitRefund } from '#services/refunds/refund.rules.ts'

const fund = (allocationId: string, paid: number, refunded = 0) => ({ allocationId, paid, refunded })

describe('a refund goes back to the funds that paid', () => {
  test('in proportion, with the odd penny to the one it belongs to most', () => {
    expect([...splitRefund(pence(1_000), [fund('a', 1_550), fund('b', 1_200)])]).toEqual([
      ['a', 564],
      ['b', 436],
    ])
  })
  test('not to a fund that had all of it back', () => {
    expect([...splitRefund(pence(500), [fund('a', 1_550, 1_550), fund('b', 1_200)])]).toEqual([['b', 500]])
  })
  test.each([
    ['nothing', 0],
    ['a penny more than is left', 2_251],
  ])('%s is refused', (_name, amount) => {
    expect(() => splitRefund(pence(amount), [fund('a', 1_550, 500), fund('b', 1_200)])).toThrow(RangeError)
  })

  test('in whatever parts, they add up, and no fund gets more than it paid', () => {
    const funds = fc.array(fc.integer({ min: 1, max: 50_000 }), { minLength: 1, maxLength: 5 })
    fc.assert(
      fc.property(funds, fc.array(fc.integer({ min: 1, max: 20_000 }), { maxLength: 12 }), (paid, wanted) => {
        const parts = paid.map((amount, at) => fund(String(at), amount))
        for (const one of wanted) {
          const amount = Math.min(one, leftToRefund(parts))
          if (amount === 0) break
          const shares = splitRefund(pence(amount), parts)
          expect([...shares.values()].reduce((sum, share) => sum + share, 0)).toBe(amount)
          for (const part of parts) part.refunded += shares.get(part.allocationId) ?? 0
          for (const part of parts) expect(part.refunded).toBeLessThanOrEqual(part.paid)
        }
      }),
    )
  })
})

describe('the person’s part of gross-charged care', () => {
  const week = { costPence: 5_300, assessedPence: 3_240, chargedPence: 3_240 }
  test('a visit of £26.50 disproved: £5.90 to the person, £20.60 to the council', () => {
    const part = personPart(week, pence(2_650))
    expect([part, 2_650 - part]).toEqual([590, 2_060])
  })
  test('nothing while the rest of the week still costs more than the assessment', () => {
    expect(personPart({ ...week, costPence: 9_000 }, pence(2_650))).toBe(0)
  })
  test('nothing for a week that was not charged yet', () => {
    expect(personPart(null, pence(2_650))).toBe(0)
  })
  test('is never below zero or more than is given back', () => {
    const amounts = fc.integer({ min: 0, max: 50_000 })
    fc.assert(
      fc.property(amounts, amounts, amounts, (costPence, assessedPence, back) => {
        const chargedPence = Math.min(costPence, assessedPence)
        const council = pence(Math.min(back, costPence))
        const part = personPart({ costPence, assessedPence, chargedPence }, council)
        expect(part).toBeGreaterThanOrEqual(0)
        expect(part).toBeLessThanOrEqual(council)
        // What is charged after it is what the rest of the week allows.
        expect(chargedPence - part).toBe(Math.min(assessedPence, costPence - council))
      }),
    )
  })
})

describe('who decides, and where the money is', () => {
  test('the council for its own contracts, the provider for all others', () => {
    expect(decidesFor(['person', 'fund_holder'])).toBe('provider')
    expect(decidesFor(['person', 'council'])).toBe('council')
  })
  test.each([
    ['due', 'due', 'not_paid_yet'],
    ['sent', 'due', 'not_paid_yet'],
    ['paid', 'due', 'with_provider'],
    ['paid', 'in_payment', 'on_its_way'],
    ['paid', 'sent', 'on_its_way'],
    ['paid', 'paid', 'back'],
  ] as const)('paid: %s, given back: %s → %s', (original, credit, where) => {
    expect(moneyIs(original, credit)).toBe(where)
  })
})

describe('what somebody types', () => {
  const form = { how: 'part', amount: '12.50', reason: 'She left early.' }
  test('an amount, or all of it', () => {
    expect(askRefundSchema.parse(form)).toEqual({ pence: 1_250, reason: 'She left early.' })
    expect(askRefundSchema.parse({ ...form, how: 'all', amount: '' })).toMatchObject({ pence: null })
    expect(askRefundSchema.parse({ ...form, amount: '£1,250' })).toMatchObject({ pence: 125_000 })
  })
  test.each(['', '0', '0.00', '-5', '−5', '1.234', '9'.repeat(20), '12,50 EUR', 'abc', '=1'])(
    '“%s” is no amount',
    (amount) => {
      expect(askRefundSchema.safeParse({ ...form, amount }).error?.issues[0]?.path).toEqual(['amount'])
    },
  )
  test('all of it and an amount beside it is put right, not guessed', () => {
    expect(askRefundSchema.safeParse({ ...form, how: 'all' }).error?.issues[0]?.path).toEqual(['amount'])
  })
  test('no reason is asked for again', () => {
    expect(askRefundSchema.safeParse({ ...form, reason: '  ' }).success).toBe(false)
  })
})
