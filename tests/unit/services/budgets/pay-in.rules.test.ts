import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type PayInPeriod, planPayIns, spreadPayIn } from '#services/budgets/pay-in.rules.ts'

const period = (changes: Partial<PayInPeriod> & { dueOn: string }): PayInPeriod => ({
  until: changes.dueOn,
  council: { pence: 48_000, mayChange: true },
  arrived: 0,
  open: 0,
  ...changes,
})
const sixty = () => 6_000

describe('the first time', () => {
  test('beside: the council’s money leaves it out already and stays as it is', () => {
    const plan = planPayIns(
      [
        period({ dueOn: '2026-11-02', council: { pence: 42_000, mayChange: false } }),
        period({ dueOn: '2026-11-30', council: { pence: 42_000, mayChange: true } }),
      ],
      sixty,
      'beside',
    )
    expect(plan.periods.map(({ council, open }) => [council, open])).toEqual([
      [42_000, 6_000],
      [42_000, 6_000],
    ])
    expect(plan).toMatchObject({ overpaid: 0, councilLeft: 0 })
  })

  test('within: what is still to come becomes smaller by it, also for days whose money has come', () => {
    const plan = planPayIns(
      [
        period({ dueOn: '2026-10-05', council: { pence: 48_000, mayChange: false } }),
        period({ dueOn: '2026-11-02' }),
        period({ dueOn: '2026-11-30' }),
      ],
      sixty,
      'within',
    )
    expect(plan.periods.map(({ council, open }) => [council, open])).toEqual([
      [48_000, 6_000],
      [36_000, 6_000],
      [42_000, 6_000],
    ])
    expect(plan.councilLeft).toBe(0)
  })

  test('more than the council still pays is said', () => {
    const plan = planPayIns(
      [period({ dueOn: '2026-11-02', council: { pence: 5_000, mayChange: true } })],
      sixty,
      'within',
    )
    expect(plan.periods[0]?.council).toBe(1)
    expect(plan.councilLeft).toBe(1_001)
  })
})

describe('when it changes', () => {
  const was = [
    period({ dueOn: '2026-10-05', council: { pence: 42_000, mayChange: false }, arrived: 6_000 }),
    period({ dueOn: '2026-11-02', council: { pence: 42_000, mayChange: false }, open: 6_000 }),
    period({ dueOn: '2026-11-30', council: { pence: 42_000, mayChange: true }, open: 6_000 }),
    period({ dueOn: '2026-12-28', council: { pence: 42_000, mayChange: true }, open: 6_000 }),
  ]

  test('to less, from before: what was paid in too much makes the next one smaller', () => {
    const plan = planPayIns(was, () => 4_000, 'within')
    expect(plan.periods.map(({ council, arrived, open }) => [council, arrived, open])).toEqual([
      [42_000, 6_000, 0],
      [42_000, 0, 2_000],
      // The council puts in what the person no longer does: 40.00 for the days before, 20.00 for its own.
      [48_000, 0, 4_000],
      [44_000, 0, 4_000],
    ])
  })

  test('to nothing: what was paid in and cannot be set against anything is said', () => {
    const plan = planPayIns(was, () => 0, 'within')
    expect(plan.periods.map(({ open }) => open)).toEqual([0, 0, 0, 0])
    expect(plan.overpaid).toBe(6_000)
  })

  test('to more, from before: the days that were paid in are asked for the rest', () => {
    const plan = planPayIns(was, () => 7_000, 'within')
    expect(plan.periods.map(({ arrived, open }) => [arrived, open])).toEqual([
      [6_000, 1_000],
      [0, 7_000],
      [0, 7_000],
      [0, 7_000],
    ])
  })

  test('to the same: nothing changes', () => {
    const plan = planPayIns(was, sixty, 'within')
    expect(plan.periods.map(({ council, open }) => [council, open])).toEqual(
      was.map(({ council, open }) => [council?.pence, open]),
    )
  })
})

const anyPeriods = fc
  .array(
    fc.record({
      council: fc.integer({ min: 1, max: 60_000 }),
      mayChange: fc.boolean(),
      arrived: fc.nat(9_000),
      open: fc.nat(9_000),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((rows) =>
    rows.map(({ council, mayChange, arrived, open }, index) =>
      period({
        dueOn: `2026-${String(index + 1).padStart(2, '0')}-01`,
        council: { pence: council, mayChange },
        arrived,
        open,
      }),
    ),
  )

test('for any history the person is asked in all for what is assessed, and a budget within stays as large as it was', () => {
  fc.assert(
    fc.property(anyPeriods, fc.array(fc.nat(9_000), { minLength: 8, maxLength: 8 }), (periods, targets) => {
      const target = (dueOn: string) => targets[Number(dueOn.slice(5, 7)) - 1] ?? 0
      const plan = planPayIns(periods, target, 'within')
      const sum = (of: readonly number[]) => of.reduce((all, one) => all + one, 0)
      const assessed = sum(periods.map(({ dueOn }) => target(dueOn)))
      const asked = sum(plan.periods.map(({ open, arrived }) => open + arrived))
      expect(asked - plan.overpaid).toBe(assessed)
      const before = sum(periods.map(({ council, open }) => (council?.pence ?? 0) + open))
      const after = sum(plan.periods.map(({ council, open }) => (council ?? 0) + open))
      expect(after - before).toBe(plan.councilLeft)
      for (const [index, one] of plan.periods.entries()) {
        expect(one.open).toBeGreaterThanOrEqual(0)
        expect(one.council).toBeGreaterThan(0)
        if (!periods[index]?.council?.mayChange) expect(one.council).toBe(periods[index]?.council?.pence)
      }
    }),
  )
})

test('money that was paid in counts for what is due longest, to the penny', () => {
  fc.assert(
    fc.property(
      fc.nat(50_000),
      fc.array(fc.integer({ min: 1, max: 9_000 }), { maxLength: 8 }),
      (amount, sums) => {
        const open = sums.map((pence, index) => ({ id: String(index), pence }))
        const { arrives, over } = spreadPayIn(amount, open)
        expect(arrives.reduce((all, one) => all + one.pence, 0) + over).toBe(amount)
        // All but the last are whole, and none comes before an older one.
        expect(arrives.slice(0, -1).every(({ rest }) => rest === 0)).toBe(true)
        expect(arrives.map(({ id }) => id)).toEqual(open.slice(0, arrives.length).map(({ id }) => id))
      },
    ),
  )
})
