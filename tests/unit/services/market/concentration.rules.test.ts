import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { band, evenness, hhi, quartiles, topShare } from '#services/market/concentration.rules.ts'

const amounts = fc.array(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 40 })

describe('the Herfindahl–Hirschman index', () => {
  test('one with everything is 10,000; four alike are 2,500; nothing spent is 0', () => {
    expect(hhi([5_000])).toBe(10_000)
    expect(hhi([1, 1, 1, 1])).toBe(2_500)
    expect(hhi([])).toBe(0)
    expect(hhi([0, 0])).toBe(0)
  })
  test('shares of 50, 30 and 20 % are 3,800', () => expect(hhi([50, 30, 20])).toBeCloseTo(3_800, 9))
  test('it lies between what equal shares would give and 10,000, and does not care for order or currency', () => {
    fc.assert(
      fc.property(amounts, (some) => {
        expect(hhi(some)).toBeGreaterThanOrEqual(10_000 / some.length - 1e-6)
        expect(hhi(some)).toBeLessThanOrEqual(10_000 + 1e-6)
        expect(hhi([...some].reverse())).toBeCloseTo(hhi(some), 6)
        expect(hhi(some.map((amount) => amount * 7))).toBeCloseTo(hhi(some), 6)
      }),
    )
  })
  test('two companies found to have one owner never make it smaller', () => {
    fc.assert(
      fc.property(amounts, fc.integer({ min: 1, max: 1_000_000 }), (some, more) => {
        const [first = 0, ...rest] = some
        expect(hhi([first + more, ...rest])).toBeGreaterThanOrEqual(hhi([first, more, ...rest]) - 1e-6)
      }),
    )
  })
  test('the bands are those of the US guidelines: 1,800 itself is not above 1,800', () => {
    expect([band(999), band(1_000), band(1_800), band(1_801)]).toEqual([
      'low',
      'moderate',
      'moderate',
      'high',
    ])
  })
})

describe('the share of the largest', () => {
  test('the largest three of 5, 4, 3, 2, 1 have 12 of 15', () =>
    expect(topShare([1, 2, 3, 4, 5], 3)).toBeCloseTo(0.8, 12))
  test('it never falls as more are counted, and all together have all', () => {
    fc.assert(
      fc.property(amounts, (some) => {
        const shares = some.map((_, i) => topShare(some, i + 1))
        shares.reduce((before, after) => {
          expect(after).toBeGreaterThanOrEqual(before - 1e-12)
          return after
        }, 0)
        expect(shares[shares.length - 1]).toBeCloseTo(1, 9)
      }),
    )
  })
})

describe('evenness', () => {
  test('equal shares are 1 and a single one has none', () => {
    expect(evenness([3, 3, 3])).toBeCloseTo(1, 12)
    expect(evenness([3])).toBeNull()
    expect(evenness([3, 0])).toBeNull()
  })
  test('one with nearly everything is near 0', () => expect(evenness([1_000_000, 1])).toBeLessThan(0.001))
  test('it lies between 0 and 1', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 99_999 }), { minLength: 2, maxLength: 12 }), (some) => {
        const value = evenness(some) ?? -1
        expect(value).toBeGreaterThan(0)
        expect(value).toBeLessThanOrEqual(1)
      }),
    )
  })
})

describe('quartiles', () => {
  test('as a spreadsheet has them', () => {
    expect(quartiles([1_000, 2_000, 3_000, 4_000, 5_000])).toEqual({ low: 2_000, middle: 3_000, high: 4_000 })
    expect(quartiles([2_000, 1_000, 4_000, 3_000])).toEqual({ low: 1_750, middle: 2_500, high: 3_250 })
  })
  test('nothing has none', () => expect(quartiles([])).toBeNull())
  test('they are in order and within the values', () => {
    fc.assert(
      fc.property(amounts, (some) => {
        const found = quartiles(some)
        expect(found).not.toBeNull()
        if (!found) return
        expect(found.low).toBeGreaterThanOrEqual(Math.min(...some))
        expect(found.middle).toBeGreaterThanOrEqual(found.low)
        expect(found.high).toBeGreaterThanOrEqual(found.middle)
        expect(found.high).toBeLessThanOrEqual(Math.max(...some))
      }),
    )
  })
})
