import fc from 'fast-check'
import { expect, test } from 'vitest'
import { Temporal } from '#services/kernel/time.ts'
import { collectedOn } from '#services/payments/debit.rules.ts'

const on = (day: string): string => collectedOn(Temporal.PlainDate.from(day)).toString()

test('five working days after it was told, weekends and bank holidays left out', () => {
  expect(on('2026-11-26')).toBe('2026-12-03')
  // Christmas Day, Boxing Day's Monday and New Year's Day are none.
  expect(on('2026-12-23')).toBe('2027-01-04')
})

test('is always a working day, at least five days and at most two weeks and a half later', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 4_000 }), (days) => {
      const today = Temporal.PlainDate.from('2026-01-01').add({ days })
      const day = collectedOn(today)
      expect(day.dayOfWeek).toBeLessThanOrEqual(5)
      expect(today.until(day).days).toBeGreaterThanOrEqual(5)
      expect(today.until(day).days).toBeLessThanOrEqual(17)
    }),
  )
})
