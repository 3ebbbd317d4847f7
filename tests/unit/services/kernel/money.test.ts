import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { allocate, parsePounds, pence, pounds, share, thousands, times } from '#services/kernel/money.ts'

const amount = fc.integer({ min: 0, max: 100_000_000 }).map(pence)

describe('pence', () => {
  test('are whole numbers, and nothing else is an amount', () => {
    for (const wrong of [0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 60])
      expect(() => pence(wrong)).toThrow(RangeError)
  })

  test('zero has no sign', () => expect(Object.is(pence(-0), 0)).toBe(true))
})

describe('allocate', () => {
  test('parts add up to the amount, to the penny, whatever the weights', () =>
    fc.assert(
      fc.property(
        amount,
        fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 12 }),
        (whole, weights) => {
          fc.pre(weights.some((weight) => weight > 0))
          const parts = allocate(whole, weights)
          expect(parts.reduce((sum, part) => sum + part, 0)).toBe(whole)
          parts.forEach((part, index) => {
            const exact = (whole * (weights[index] ?? 0)) / weights.reduce((sum, weight) => sum + weight, 0)
            expect(Math.abs(part - exact)).toBeLessThan(1)
          })
        },
      ),
    ))

  test('the odd penny goes to the largest remainder, then to the earlier one', () => {
    expect(allocate(pence(100), [1, 1, 1])).toEqual([34, 33, 33])
    expect(allocate(pence(10), [1, 2])).toEqual([3, 7])
  })
})

test.each([
  [pence(2500), 45, 60, 1875],
  [pence(1), 1, 2, 1],
  [pence(-1), 1, 2, -1],
])('%d pence times %d/%d is %d', (value, numerator, denominator, result) =>
  expect(times(value, numerator, denominator)).toBe(result),
)

test('a share is in basis points', () => expect(share(pence(2750), 5000)).toBe(1375))

describe('pounds that somebody typed', () => {
  test.each([
    ['£1,250', 125_000],
    ['12.5', 1250],
    [' 20 pounds', 2000],
    ['0.07', 7],
  ])('%s', (typed, value) => expect(parsePounds(typed)).toBe(value))

  test.each([
    '',
    'twelve',
    '-5',
    '1.234',
    '1e3',
    '£',
    '12.',
    '\u202E12',
    '12,50',
    '1,00',
    '1,2345',
    '1,250,00',
    '12 50',
    '1 2',
    ',5',
    '1,250.5,0',
  ])('%j is no amount', (typed) => expect(parsePounds(typed)).toBeNull())

  test('what is shown can be read back', () =>
    fc.assert(fc.property(amount, (value) => parsePounds(pounds(value)) === value)))
})

describe('an amount in words', () => {
  const format = new Intl.NumberFormat('en-GB', { style: 'currency', currency: 'GBP' })

  test('is what the language writes, with a true minus sign', () =>
    fc.assert(
      fc.property(fc.integer({ min: -100_000_000_000, max: 100_000_000_000 }), (value) => {
        expect(pounds(value)).toBe(format.format(value / 100).replace('-', '−'))
        expect(thousands(value)).toBe(new Intl.NumberFormat('en-GB').format(value))
      }),
    ))

  test.each([
    [12.5, '£0.13'],
    [-12.5, '−£0.13'],
    [99.6, '£1.00'],
    [-0, '£0.00'],
  ])('of %d pence is %s', (value, words) => expect(pounds(value)).toBe(words))
})
