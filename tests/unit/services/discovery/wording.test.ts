import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ago, dayInWords, either, monthOf, shortTime, unitWords } from '#services/discovery/wording.ts'
import { clockTime, inLondon, londonInstant, shortDate, Temporal } from '#services/kernel/time.ts'

const at = (date: string, time: string) => londonInstant(date, time).epochMilliseconds

describe('times on cards', () => {
  test.each([
    ['2026-11-25', '09:00', 'Wed 25 Nov, 9am'],
    ['2026-09-06', '12:00', 'Sun 6 Sep, 12 noon'],
    ['2026-07-01', '00:00', 'Wed 1 Jul, 12 midnight'],
    ['2026-07-01', '21:45', 'Wed 1 Jul, 9:45pm'],
  ])('%s %s is %s', (date, time, words) => {
    expect(shortTime(at(date, time))).toBe(words)
  })
  test('are the same as everywhere on the site, on both sides of every clock change', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1_600_000_000, max: 2_000_000_000 }), (seconds) => {
        const zoned = inLondon(Temporal.Instant.fromEpochMilliseconds(seconds * 1_000))
        const expected = `${shortDate(zoned.toPlainDate())}, ${clockTime(zoned.toPlainTime())}`
        expect(shortTime(seconds * 1_000)).toBe(expected)
      }),
    )
  })
  test('months and days', () => {
    expect(monthOf(at('2026-10-31', '23:30'))).toBe('October 2026')
    expect(dayInWords('2025-05-04')).toBe('4 May 2025')
    expect(dayInWords('2025-12-14T10:00:00.000Z')).toBe('14 December 2025')
  })
})

test.each([
  [0, 'today'],
  [1, 'yesterday'],
  [13, '13 days ago'],
  [14, '2 weeks ago'],
  [59, '8 weeks ago'],
  [60, '2 months ago'],
  [364, '12 months ago'],
  [365, 'over a year ago'],
])('%i days back is %s', (days, words) => {
  expect(ago(0, days * 86_400_000)).toBe(words)
})

test('units and lists in words', () => {
  expect(unitWords('hour', true)).toBe('for one hour, travel in')
  expect(unitWords('session', false)).toBe('for one session')
  expect(unitWords(null, false)).toBe('')
  expect(either(['a'])).toBe('a')
  expect(either(['a', 'b', 'c'])).toBe('a, b or c')
})
