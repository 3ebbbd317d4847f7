import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  standingOf,
  voucherReport,
  type IssuedVoucher,
  type ReportTable,
} from '#services/budgets/voucher-report.rules.ts'
import { COUNT_BOUNDS, MONEY_BOUNDS, determined, type BoundsOf } from '#services/market/suppression.rules.ts'

const voucher = (changes: Partial<IssuedVoucher> = {}): IssuedVoucher => ({
  personId: 'p',
  purpose: 'Getting Out voucher',
  value: 6_000,
  used: 0,
  setAside: 0,
  left: 6_000,
  ended: false,
  ...changes,
})

test.each([
  ['not used', {}, 'not_used'],
  ['partly used', { used: 1 }, 'partly_used'],
  ['all used', { used: 6_000, left: 0 }, 'all_used'],
  ['all used before it ended', { used: 6_000, left: 0, ended: true }, 'all_used'],
  ['ended in part', { used: 1, ended: true }, 'ended_partly'],
  ['ended without any use', { ended: true }, 'ended_unused'],
] as const)('a voucher that is %s', (_what, changes, standing) => {
  expect(standingOf(voucher(changes))).toBe(standing)
})

const people = fc.integer({ min: 0, max: 14 }).map((n) => `person ${String(n)}`)
const vouchers = fc.array(
  fc
    .record({
      personId: people,
      purpose: fc.constantFrom('Getting Out voucher', 'Get Online voucher', 'Warm Home voucher'),
      used: fc.constantFrom(0, 0, 1_000, 2_500, 6_000),
      setAside: fc.constantFrom(0, 0, 500),
      ended: fc.boolean(),
    })
    .map(({ used, setAside, ...of }) =>
      voucher({
        ...of,
        used,
        setAside: Math.min(setAside, 6_000 - used),
        left: of.ended ? 0 : 6_000 - used - Math.min(setAside, 6_000 - used),
      }),
    ),
  { maxLength: 60 },
)
const uses = fc.array(
  fc.record({
    personId: people,
    category: fc.constantFrom('getting_out', 'transport', 'technology'),
    pence: fc.integer({ min: 1, max: 6_000 }),
  }),
  { maxLength: 60 },
)

/** Hidden cells whose value follows from what is shown. */
const givenAway = (table: ReportTable, bounds: BoundsOf) => {
  const all = [...table.rows.map(({ cells }) => cells), table.total]
  return determined(
    all.map((row) => row.map(({ value }) => value)),
    all.map((row) => row.map(({ mark }) => mark)),
    bounds,
  )
}

describe('whatever was issued and used', () => {
  test('no count from 1 to 4 is shown, and none can be worked out', () => {
    fc.assert(
      fc.property(vouchers, (issued) => {
        const { counts } = voucherReport(issued, [])
        for (const { value, mark } of [...counts.rows.flatMap(({ cells }) => cells), ...counts.total])
          if (mark === 'shown') expect(value === 0 || value >= 5).toBe(true)
        expect(givenAway(counts, COUNT_BOUNDS)).toEqual([])
      }),
      { numRuns: 60 },
    )
  })
  test('no sum of fewer than five people is shown, and none can be worked out', () => {
    fc.assert(
      fc.property(vouchers, uses, (issued, spent) => {
        const { money, categories } = voucherReport(issued, spent)
        expect(givenAway(money, MONEY_BOUNDS)).toEqual([])
        for (const row of categories.rows) {
          const theirs = spent.filter(({ category }) => category === row.key)
          if (row.cells[0]?.mark === 'shown')
            expect(new Set(theirs.map(({ personId }) => personId)).size).toBeGreaterThanOrEqual(5)
        }
        // One hidden kind under a shown total would be the total less the rest.
        const hidden = categories.rows.filter(({ cells }) => cells[0]?.mark !== 'shown').length
        if (categories.total[0]?.mark === 'shown') expect(hidden).not.toBe(1)
        expect(
          money.total[0]?.mark === 'shown' &&
            categories.total[0]?.mark !== 'shown' &&
            spent.length > 0 &&
            (money.total[0]?.value ?? 0) > 0,
        ).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})
