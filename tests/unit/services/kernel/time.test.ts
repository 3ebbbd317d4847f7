import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  Temporal,
  clockTime,
  duration,
  longDate,
  londonInstant,
  readWallTime,
  visitTime,
} from '#services/kernel/time.ts'

describe('a time on a wall in London', () => {
  test('that the clocks skip is told, not guessed', () =>
    expect(readWallTime('2027-03-28', '01:30')).toEqual({ ok: false, why: 'skipped' }))

  test('that comes twice is told, not guessed', () =>
    expect(readWallTime('2026-10-25', '01:30')).toEqual({ ok: false, why: 'repeated' }))

  test.each([
    ['2026-02-29', '09:00', 'no_such_date'],
    ['not a date', '09:00', 'no_such_date'],
    ['2026-02-28', '24:01', 'no_such_time'],
  ])('%s %s is %s', (date, time, why) => expect(readWallTime(date, time)).toEqual({ ok: false, why }))

  test('never throws, whatever was typed', () =>
    fc.assert(fc.property(fc.string(), fc.string(), (date, time) => void readWallTime(date, time))))

  test('is an hour earlier in UTC in summer', () =>
    expect(londonInstant('2027-06-01', '09:00').toString()).toBe('2027-06-01T08:00:00Z'))
})

test('dates are words', () =>
  expect(longDate(Temporal.PlainDate.from('2027-03-03'))).toBe('Wednesday 3 March 2027'))

test.each([
  ['00:00', '12 midnight'],
  ['12:00', '12 noon'],
  ['09:30', '9:30am'],
  ['17:00', '5pm'],
  ['00:15', '12:15am'],
])('%s is %s', (time, words) => expect(clockTime(Temporal.PlainTime.from(time))).toBe(words))

test('a visit over midnight names both days', () =>
  expect(visitTime(londonInstant('2026-11-09', '22:00'), londonInstant('2026-11-10', '07:00'))).toBe(
    'Monday 9 November 2026, 10pm to 7am on Tuesday 10 November',
  ))

test.each([
  [60, '1 hour'],
  [45, '45 minutes'],
  [150, '2 hours 30 minutes'],
  [0, '0 minutes'],
])('%d minutes is %s', (minutes, words) => expect(duration(minutes)).toBe(words))
