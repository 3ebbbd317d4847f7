import fc from 'fast-check'
import { expect, test } from 'vitest'
import { pence } from '#services/kernel/money.ts'
import { surplusOf } from '#services/surplus/surplus.rules.ts'

const money = fc.integer({ min: 0, max: 10_000_000 }).map(pence)

test('a year of £120.00 a week lets eight weeks lie: £960.00', () =>
  expect(
    surplusOf({ available: pence(150_000), planned: pence(20_000), agreed: pence(624_000), days: 364 }, 8),
  ).toEqual({ keep: 96_000, surplus: 34_000 }))

test('exactly the threshold is no surplus, a penny more is a penny', () => {
  const at = (available: number) =>
    surplusOf({ available: pence(available), planned: pence(0), agreed: pence(624_000), days: 364 }, 8)
      .surplus
  expect([at(96_000), at(96_001)]).toEqual([0, 1])
})

test('is never below nothing, never more than what lies there, and never grows with what is planned', () => {
  fc.assert(
    fc.property(
      money,
      money,
      money,
      fc.integer({ min: 1, max: 800 }),
      fc.integer({ min: 1, max: 99 }),
      (available, planned, agreed, days, weeks) => {
        const { keep, surplus } = surplusOf({ available, planned, agreed, days }, weeks)
        expect(surplus).toBeGreaterThanOrEqual(0)
        expect(surplus).toBeLessThanOrEqual(available)
        expect(surplus === 0 || surplus + keep + planned === available).toBe(true)
      },
    ),
  )
})
