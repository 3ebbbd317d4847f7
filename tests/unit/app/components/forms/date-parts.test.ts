import { expect, test } from 'vitest'
import { datePieces, readDate } from '~/components/forms/date-parts.ts'

const typed = (day: string, month: string, year: string) => {
  const form = new FormData()
  form.set('on.day', day)
  form.set('on.month', month)
  form.set('on.year', year)
  return readDate(form, 'on')
}

test.each([
  ['figures', ['2', '12', '2026'], '2026-12-02'],
  ['a month in words', ['2', 'December', '2026'], '2026-12-02'],
  ['a short month and a short year', [' 2 ', 'dec', '26'], '2026-12-02'],
  ['full-width figures of another keyboard', ['２', '１２', '２０２６'], '2026-12-02'],
  ['nothing', ['', '', ''], ''],
] as const)('reads %s', (_name, [day, month, year], expected) => {
  expect(typed(day, month, year)).toBe(expected)
})

test('a date that does not exist is left for the schema to refuse', () => {
  expect(typed('31', '2', '2026')).toBe('2026-02-31')
})

test('what is no date comes back as typed, cut short', () => {
  expect(typed('two', '12', '2026')).toBe('two 12 2026')
  expect(typed('x'.repeat(500), '12', '2026')).toHaveLength(40)
})

test('boxes that were not sent count as nothing typed', () => {
  expect(readDate(new FormData(), 'on')).toBe('')
})

test('a date is put back into its three boxes', () => {
  expect(datePieces('2026-12-02')).toEqual({ day: '2', month: '12', year: '2026' })
  expect(datePieces('nonsense')).toEqual({ day: '', month: '', year: '' })
  expect(datePieces({ day: 'two', month: '', year: '' })).toEqual({ day: 'two', month: '', year: '' })
})
