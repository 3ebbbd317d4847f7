import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amount, paidSchema, readAmount } from '#services/purchases/purchase.schema.ts'

describe('an amount as somebody types it', () => {
  test.each([
    ['389', 38_900],
    ['389.5', 38_950],
    ['£389.50', 38_950],
    [' 1,250.50 ', 125_050],
    ['12,345', 1_234_500],
    ['20 pounds', 2_000],
    ['０.99', 99],
    ['0001', 100],
    ['50,000', 5_000_000],
  ])('“%s” is understood', (text, pence) => {
    expect(readAmount(text)).toBe(pence)
  })
  test.each([
    ['12,50', 'comma'],
    ['1,2,3', 'comma'],
    ['1,2345', 'comma'],
    [',5', 'none'],
    ['-5', 'minus'],
    ['−5.00', 'minus'],
    ['12.345', 'decimals'],
    ['1,250.505', 'decimals'],
    ['12345678901234567890', 'much'],
    ['50,000.01', 'much'],
    ['0', 'none'],
    ['0.00', 'none'],
    ['1e3', 'none'],
    ['NaN', 'none'],
    ['1.2.3', 'none'],
    ['', 'none'],
    ['five', 'none'],
  ])('“%s” is not, and why is said', (text, why) => {
    expect(readAmount(text)).toBe(why)
  })
  test('whatever is typed is an amount between a penny and £50,000.00, or a reason', () => {
    fc.assert(
      fc.property(fc.string(), (text) => {
        const read = readAmount(text)
        if (typeof read === 'number')
          expect(read >= 1 && read <= 5_000_000 && Number.isInteger(read)).toBe(true)
      }),
    )
  })
  test('what the page writes is read back as the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 5_000_000 }), (pence) => {
        expect(readAmount((pence / 100).toFixed(2))).toBe(pence)
        expect(
          readAmount(
            new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' }).format(pence / 100),
          ),
        ).toBe(pence)
      }),
    )
  })
  test('each reason is a sentence that says what to do', () => {
    const schema = amount('Write what it costs.')
    for (const text of ['', '12,50', '-5', '12.345', '9'.repeat(20), 'five']) {
      const read = schema.safeParse(text)
      expect(read.success).toBe(false)
      expect(read.error?.issues[0]?.message).toMatch(/^Write .*\.$/)
    }
  })
})

test.each(['31 2 2027', '2027-02-31', '2027-13-01', 'soon', ''])(
  '“%s” is no day on which it was paid',
  (paidOn) => {
    const id = '0193b3f0-0000-7000-8000-000000000000'
    const read = paidSchema.safeParse({ personId: id, purchaseId: id, price: '5', paidOn })
    expect(read.error?.issues.map(({ path }) => path[0])).toEqual(['paidOn'])
  },
)
