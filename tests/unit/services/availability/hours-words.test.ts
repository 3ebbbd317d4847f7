import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hoursWords, periodKey, rangeWords, weekWords } from '#services/availability/hours-words.ts'
import { clockText, readClock, readHours } from '#services/availability/hours.schema.ts'
import { Temporal } from '#services/kernel/time.ts'

describe('times as people type them', () => {
  test.each([
    ['09:00', 540],
    ['9', 540],
    [' 9 am ', 540],
    ['9.30pm', 1290],
    ['12am', 0],
    ['12pm', 720],
    ['21:30', 1290],
    ['21:30:00', 1290],
    ['00:00', 0],
    ['25:00', null],
    ['9:60', null],
    ['13pm', null],
    ['0am', null],
    ['-1', null],
    ['nine', null],
    ['', null],
    ['９：００', 540],
  ])('“%s” is minute %s', (text, minute) => expect(readClock(text)).toBe(minute))

  test('every minute of the day is read back as it is shown', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1439 }), (minute) => {
        expect(readClock(clockText(minute))).toBe(minute)
      }),
    )
  })

  test('no text makes it fall over', () => {
    fc.assert(
      fc.property(fc.string(), fc.string(), (from, until) => {
        const answer = readHours(from, until)
        if (answer.ok && answer.hours) {
          expect(answer.hours.untilMinute).toBeGreaterThan(answer.hours.fromMinute)
          expect(answer.hours.untilMinute - answer.hours.fromMinute).toBeLessThanOrEqual(1440)
        }
      }),
    )
  })

  test.each([
    ['22:00', '07:00', { fromMinute: 1320, untilMinute: 1860 }],
    ['00:00', '00:00', { fromMinute: 0, untilMinute: 1440 }],
    ['09:00', '00:00', { fromMinute: 540, untilMinute: 1440 }],
    ['', '', null],
  ])('from %s until %s', (from, until, hours) => expect(readHours(from, until)).toEqual({ ok: true, hours }))
})

describe('hours in words', () => {
  test.each([
    [540, 1020, '9am to 5pm'],
    [1320, 1860, '10pm to 7am the next day'],
    [0, 1440, 'day and night'],
    [540, 1440, '9am to 12 midnight'],
  ])('%s to %s is “%s”', (from, until, words) => expect(rangeWords(from, until)).toBe(words))

  test('days with the same hours are one line, and a break is said', () => {
    const day = (weekday: number, fromMinute: number, untilMinute: number) => ({
      weekday,
      fromMinute,
      untilMinute,
    })
    const rules = [
      ...[1, 2, 3].map((weekday) => day(weekday, 540, 1020)),
      day(5, 540, 720),
      day(5, 1020, 1200),
      day(6, 600, 660),
      day(7, 600, 660),
    ]
    expect(weekWords(rules)).toEqual([
      'Monday to Wednesday, 9am to 5pm',
      'Friday, 9am to 12 noon and 5pm to 8pm',
      'Saturday and Sunday, 10am to 11am',
    ])
  })
})

describe('hours that hold for a time', () => {
  const rule = (validFrom: string | null, validUntil: string | null, weekday = 1) => ({
    weekday,
    fromMinute: 540,
    untilMinute: 720,
    validFrom: validFrom ? new Date(validFrom) : null,
    validUntil: validUntil ? new Date(validUntil) : null,
  })
  const today = Temporal.PlainDate.from('2026-11-02')
  test('follow the usual ones, in order, with their dates; what is over is left out', () => {
    const rules = [
      rule('2027-06-01', '2027-08-31', 2),
      rule('2026-12-01', null, 3),
      rule(null, null),
      rule('2026-06-01', '2026-08-31'),
      rule(null, '2026-11-02', 4),
    ]
    expect(hoursWords(rules, today)).toEqual([
      'Monday, 9am to 12 noon',
      'Until 2 November 2026: Thursday, 9am to 12 noon',
      'From 1 December 2026 on: Wednesday, 9am to 12 noon',
      'From 1 June 2027 until 31 August 2027: Tuesday, 9am to 12 noon',
    ])
  })
  test('have a key of their dates', () => {
    expect(periodKey(rule(null, null))).toBe('usual')
    expect(periodKey(rule('2027-06-01', null))).toBe('2027-06-01_')
    expect(periodKey(rule('2027-06-01', '2027-08-31'))).toBe('2027-06-01_2027-08-31')
  })
})
