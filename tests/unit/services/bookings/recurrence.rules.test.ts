import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { bankHolidays, isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import { answerBy, occurrences } from '#services/bookings/recurrence.rules.ts'
import { seriesWords } from '#services/bookings/series-words.rules.ts'
import { Temporal, inLondon, londonInstant } from '#services/kernel/time.ts'

const weekly = { firstDate: '2026-10-18', time: '09:00', minutes: 60, visits: 3, without: [] }

describe('a weekly series', () => {
  test('keeps its wall time when the clocks change', () =>
    expect(occurrences(weekly).map((visit) => visit.when?.startsAt.toString())).toEqual([
      '2026-10-18T08:00:00Z',
      '2026-10-25T09:00:00Z',
      '2026-11-01T09:00:00Z',
    ]))

  test('tells of a date on which its time does not exist', () =>
    expect(
      occurrences({ ...weekly, firstDate: '2027-03-21', time: '01:30', visits: 2 }).map(
        (visit) => visit.problem,
      ),
    ).toEqual([null, 'skipped']))

  test('leaves out what was left out, and is never longer than a year', () =>
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 15, max: 1440 }), (visits, minutes) => {
        const all = occurrences({ ...weekly, visits, minutes })
        expect(all.length).toBe(Math.min(visits, 52))
        for (const visit of all) {
          expect(visit.when?.startsAt.until(visit.when.endsAt).total('minutes')).toBe(minutes)
          expect(visit.when && inLondon(visit.when.startsAt).toPlainTime().toString()).toBe('09:00:00')
        }
        expect(occurrences({ ...weekly, visits, minutes, without: ['2026-10-18'] }).length).toBe(
          all.length - 1,
        )
      }),
    ))

  test('is said in words', () =>
    expect(seriesWords(weekly)).toBe('Sundays, 9am to 10am, from 18 October 2026 to 1 November 2026'))
})

test('a provider has five working days, to 5pm, bank holidays left out', () => {
  const wednesday = londonInstant('2026-12-23', '11:00')
  expect(inLondon(answerBy(wednesday, isBankHoliday)).toString({ timeZoneName: 'never' })).toBe(
    '2027-01-04T17:00:00+00:00',
  )
})

// Dates as gov.uk/bank-holidays lists them for England and Wales.
test.each([
  [
    2025,
    [
      '2025-01-01',
      '2025-04-18',
      '2025-04-21',
      '2025-05-05',
      '2025-05-26',
      '2025-08-25',
      '2025-12-25',
      '2025-12-26',
    ],
  ],
  [
    2026,
    [
      '2026-01-01',
      '2026-04-03',
      '2026-04-06',
      '2026-05-04',
      '2026-05-25',
      '2026-08-31',
      '2026-12-25',
      '2026-12-28',
    ],
  ],
  [
    2027,
    [
      '2027-01-01',
      '2027-03-26',
      '2027-03-29',
      '2027-05-03',
      '2027-05-31',
      '2027-08-30',
      '2027-12-27',
      '2027-12-28',
    ],
  ],
])('bank holidays of %d', (year, days) => expect([...bankHolidays(year)].sort()).toEqual(days))

test('every year has eight', () =>
  fc.assert(
    fc.property(fc.integer({ min: 1990, max: 2150 }), (year) => {
      expect(bankHolidays(year).size).toBe(8)
      for (const day of bankHolidays(year))
        expect(Temporal.PlainDate.from(day).dayOfWeek).toBeLessThanOrEqual(5)
    }),
  ))
