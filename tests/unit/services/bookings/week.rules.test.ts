import { describe, expect, test } from 'vitest'
import {
  dayIndex,
  hoursOn,
  isLate,
  isUrgent,
  lateTitle,
  silence,
  weekBounds,
  weekOf,
  weekSentence,
  weekWords,
} from '#services/bookings/week.rules.ts'
import { Temporal, londonInstant } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const today = day('2026-11-25')

describe('which week', () => {
  test.each([
    ['nothing asked is this week', null, '2026-11-23'],
    ['an empty word too', '', '2026-11-23'],
    ['a Monday is its own', '2026-11-30', '2026-11-30'],
    ['a Sunday belongs to the Monday before', '2026-11-29', '2026-11-23'],
    ['a year’s end', '2027-01-01', '2026-12-28'],
  ])('%s', (_words, text, monday) => {
    expect(weekOf(text, today).toString()).toBe(monday)
  })
  test.each(['banana', '2026-02-30', '2026-11-25T10:00', '9999-12-31', '1066-10-14', "'; drop table visit"])(
    '%s is refused with a sentence',
    (text) => {
      expect(() => weekOf(text, today)).toThrow(/cannot show that week/)
    },
  )
  test('a week has 168 hours, 167 when the clocks go forward and 169 when they go back', () => {
    const hours = (iso: string) => {
      const { from, until } = weekBounds(day(iso))
      return from.until(until).total('hours')
    }
    expect([hours('2026-11-23'), hours('2027-03-22'), hours('2026-10-19')]).toEqual([168, 167, 169])
  })
  test('it begins at midnight in London, in summer too', () => {
    expect(weekBounds(day('2027-06-07')).from.toString()).toBe('2027-06-06T23:00:00Z')
  })
})

describe('where a visit stands in the week', () => {
  const monday = day('2026-11-23')
  test('on the day it begins', () => {
    expect(dayIndex(monday, londonInstant('2026-11-29', '23:30'))).toBe(6)
  })
  test('on Monday when it began before and still goes on', () => {
    const from = londonInstant('2026-11-22', '22:00')
    expect(dayIndex(monday, from)).toBe(0)
    expect(hoursOn(from, londonInstant('2026-11-23', '07:00'), monday)).toBe(
      'Since Sunday 22 November, until 7am on Monday 23 November',
    )
  })
  test('a night names the next day', () => {
    expect(hoursOn(londonInstant('2026-11-23', '22:00'), londonInstant('2026-11-24', '07:00'), monday)).toBe(
      '10pm to 7am on Tuesday 24 November',
    )
  })
})

describe('late', () => {
  const startsAt = londonInstant('2026-11-23', '09:00')
  const endsAt = londonInstant('2026-11-23', '10:00')
  const visit = {
    state: 'planned',
    bookingState: 'accepted',
    startsAt,
    missedSaidAt: null,
    paused: false,
  } as const
  test.each([
    ['nine minutes are nothing', '2026-11-23T09:09:00Z', false],
    ['ten are late', '2026-11-23T09:10:00Z', true],
  ])('%s', (_words, now, late) => {
    expect(isLate(visit, Temporal.Instant.from(now))).toBe(late)
  })
  test('not when it is only asked for, has begun, is paused, or was said to be missed', () => {
    const now = Temporal.Instant.from('2026-11-23T09:30:00Z')
    expect(isLate({ ...visit, bookingState: 'requested' }, now)).toBe(false)
    expect(isLate({ ...visit, state: 'started' }, now)).toBe(false)
    expect(isLate({ ...visit, paused: true }, now)).toBe(false)
    expect(isLate({ ...visit, missedSaidAt: now }, now)).toBe(false)
  })
  test('no emergency any more after a day', () => {
    expect(isUrgent(visit, Temporal.Instant.from('2026-11-24T08:59:00Z'))).toBe(true)
    expect(isUrgent(visit, Temporal.Instant.from('2026-11-24T09:00:00Z'))).toBe(false)
  })
  test.each([
    ['2026-11-23T09:25:00Z', 'Today’s 9am visit is 25 minutes late'],
    ['2026-11-23T11:00:00Z', 'Today’s 9am visit: nobody has said that anyone came'],
    ['2026-11-24T08:00:00Z', 'Yesterday’s 9am visit: nobody has said that anyone came'],
  ])('at %s: %s', (now, words) => {
    expect(lateTitle(startsAt, endsAt, Temporal.Instant.from(now))).toBe(words)
  })
})

describe('silence', () => {
  const delivered = Temporal.Instant.from('2026-11-20T12:00:00Z')
  const now = Temporal.Instant.from('2026-11-23T09:00:00Z')
  test('counts as a yes seven days after they told us', () => {
    expect(silence(delivered, [], now, 7)).toEqual({ on: day('2026-11-27') })
  })
  test.each([
    ['in hospital now', { startsOn: day('2026-11-22'), endsOn: null }],
    ['in hospital since, home again', { startsOn: day('2026-11-18'), endsOn: day('2026-11-20') }],
  ])('never counts when %s', (_words, stay) => {
    expect(silence(delivered, [stay], now, 7)).toEqual({ never: 'hospital' })
  })
  test('an older stay does not matter', () => {
    expect(silence(delivered, [{ startsOn: day('2026-11-01'), endsOn: day('2026-11-19') }], now, 7)).toEqual({
      on: day('2026-11-27'),
    })
  })
  test('no date in the past is promised', () => {
    expect(silence(delivered, [], Temporal.Instant.from('2026-11-28T09:00:00Z'), 7)).toEqual({
      never: 'not_told',
    })
  })
})

test.each([
  [5, 1, 'Five visits from Monday 23 to Sunday 29 November. One visit needs a yes or a no.'],
  [1, 0, 'One visit from Monday 23 to Sunday 29 November.'],
  [0, 2, 'No visits from Monday 23 to Sunday 29 November. Two visits need a yes or a no.'],
])('%i visits, %i waiting: %s', (visits, waiting, words) => {
  expect(weekSentence(visits, day('2026-11-23'), waiting)).toBe(words)
})
test('a week over the end of a month names both', () => {
  expect(weekWords(day('2026-11-30'))).toBe('Monday 30 November to Sunday 6 December')
})
