import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { readAmount } from '#services/kernel/file-amount.ts'

describe('amounts in files', () => {
  test.each([
    ['12.50', 1_250],
    ['12.5', 1_250],
    ['12', 1_200],
    ['1,234.56', 123_456],
    ['£1,234,567.80', 123_456_780],
    ['-12.50', -1_250],
    ['−12.50', -1_250],
    ['- £12.50', -1_250],
    ['£-12.50', -1_250],
    ['12.50-', -1_250],
    ['(12.50)', -1_250],
    ['12.50 DR', -1_250],
    ['12.50CR', 1_250],
    ['+0.01', 1],
    ['0.00', 0],
    ['007.10', 710],
    ['１２.５０', 1_250],
  ])('%s', (text, amount) => {
    expect(readAmount(text)).toEqual({ amount })
  })
  test.each([
    ['', 'no_amount'],
    ['  ', 'no_amount'],
    ['12,50', 'amount_unreadable'],
    ['1,23.45', 'amount_unreadable'],
    ['12,34,567.00', 'amount_unreadable'],
    ['1.234,56', 'amount_unreadable'],
    ['--12.50', 'amount_unreadable'],
    ['(-12.50)', 'amount_unreadable'],
    ['-12.50 DR', 'amount_unreadable'],
    ['(12.50', 'amount_unreadable'],
    ['1e5', 'amount_unreadable'],
    ['NaN', 'amount_unreadable'],
    ['Infinity', 'amount_unreadable'],
    ['0x10', 'amount_unreadable'],
    ['twelve', 'amount_unreadable'],
    ['€12.50', 'amount_unreadable'],
    ['12.505', 'amount_three_decimals'],
    ['12.500', 'amount_three_decimals'],
    ['99999999999999999999', 'amount_too_large'],
    ['10,000,000.01', 'amount_too_large'],
  ])('%s is refused', (text, why) => {
    expect(readAmount(text)).toEqual({ why })
  })
  test('any amount is read back as it was written', () => {
    const sterling = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' })
    fc.assert(
      fc.property(fc.integer({ min: -1_000_000_000, max: 1_000_000_000 }), fc.boolean(), (pence, plain) => {
        const text = plain ? (pence / 100).toFixed(2) : sterling.format(pence / 100)
        expect(readAmount(text)).toEqual({ amount: pence === 0 ? 0 : pence })
      }),
    )
  })
})
