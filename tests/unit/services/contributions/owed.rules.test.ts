import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvOfArrears } from '#services/contributions/contributions-csv.rules.ts'
import { AGES, ageOf, collectable, owedByWeek } from '#services/contributions/owed.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

describe('since when something is owed', () => {
  test.each([
    ['a week that still runs', '2026-10-26', 'to28'],
    ['28 days after its Sunday', '2026-09-28', 'to28'],
    ['29 days after', '2026-09-27', 'to56'],
    ['56 days after', '2026-08-31', 'to56'],
    ['57 days after', '2026-08-30', 'over56'],
  ])('%s', (_name, monday, age) => {
    // Sunday 1 November 2026.
    expect(ageOf(monday, '2026-11-01')).toBe(age)
  })

  test('what was paid counts for the oldest week first, and what is over is in the person’s favour', () => {
    const weeks = [
      { monday: '2026-10-12', charged: 3_240 },
      { monday: '2026-07-06', charged: 2_650 },
      { monday: '2026-09-07', charged: 3_240 },
    ]
    const some = owedByWeek(weeks, 3_000, '2026-11-01')
    expect(some.weeks.map(({ monday, owed }) => [monday, owed])).toEqual([
      ['2026-07-06', 0],
      ['2026-09-07', 2_890],
      ['2026-10-12', 3_240],
    ])
    expect(some).toMatchObject({ total: 6_130, credit: 0, byAge: { to28: 3_240, to56: 2_890, over56: 0 } })
    expect(owedByWeek(weeks, 10_000, '2026-11-01')).toMatchObject({ total: 0, credit: 870 })
  })

  test('for any weeks and payments the ages add up to what is owed, and charged − paid = owed − in favour', () => {
    const week = fc.record({
      monday: fc
        .integer({ min: 0, max: 60 })
        .map((n) => Temporal.PlainDate.from('2025-12-01').add({ weeks: n }).toString()),
      charged: fc.nat(5_000),
    })
    fc.assert(
      fc.property(
        fc.uniqueArray(week, { selector: ({ monday }) => monday }),
        fc.nat(100_000),
        (weeks, paid) => {
          const owed = owedByWeek(weeks, paid, '2026-11-01')
          const charged = weeks.reduce((sum, one) => sum + one.charged, 0)
          expect(AGES.reduce((sum, age) => sum + owed.byAge[age], 0)).toBe(owed.total)
          expect(owed.total - owed.credit).toBe(charged - paid)
          expect(owed.total === 0 || owed.credit === 0).toBe(true)
        },
      ),
    )
  })
})

test('what is on its way or questioned is not asked for', () => {
  expect(collectable(10_000, 0, 0)).toBe(10_000)
  expect(collectable(10_000, 3_000, 3_240)).toBe(3_760)
  expect(collectable(3_000, 3_000, 3_240)).toBe(0)
})

test('a name that a spreadsheet would run stays a name', () => {
  const csv = csvOfArrears([
    {
      name: '=HYPERLINK("x") "Ada"',
      how: 'Not assessed',
      weekly: 0,
      byAge: { to28: 5, to56: 0, over56: 0 },
      owed: 5,
      credit: 0,
      payInOverdue: 0,
      questions: 0,
    },
  ])
  expect(csv.split('\r\n')[1]).toBe(
    `"'=HYPERLINK(""x"") ""Ada""","Not assessed",0.00,0.05,0.00,0.00,0.05,0.00,0.00,0`,
  )
})
