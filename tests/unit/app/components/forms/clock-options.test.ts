import { expect, test } from 'vitest'
import { clockWords, quarterHours } from '~/components/forms/clock-options.ts'

test('offers every step from the first time to the last', () => {
  expect(quarterHours('09:00', '10:00', 30)).toEqual(['09:00', '09:30', '10:00'])
})

test('stops at midnight', () => {
  expect(quarterHours('23:30', '24:00', 15)).toEqual(['23:30', '23:45'])
})

test.each([
  ['09:00', '9am'],
  ['09:30', '9:30am'],
  ['12:00', '12 noon'],
  ['12:15', '12:15pm'],
  ['00:00', '12 midnight'],
  ['00:15', '12:15am'],
  ['21:45', '9:45pm'],
  ['late', 'late'],
])('says %s as %s', (time, words) => {
  expect(clockWords(time)).toBe(words)
})
