import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  type DayException,
  type WeeklyRule,
  isOffered,
  momentOf,
  openRanges,
} from '#services/availability/hours.rules.ts'
import { LONDON, Temporal, londonInstant } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const rule = (
  weekday: number,
  fromMinute: number,
  untilMinute: number,
  more: Partial<WeeklyRule> = {},
): WeeklyRule => ({
  weekday,
  fromMinute,
  untilMinute,
  validFrom: null,
  validUntil: null,
  ...more,
})
const at = (hours: number, minutes = 0) => hours * 60 + minutes
const words = (ranges: ReturnType<typeof openRanges>) =>
  ranges.map(({ from, until }) =>
    [from, until].map((instant) => instant.toZonedDateTimeISO(LONDON).toString().slice(0, 22)).join(' to '),
  )

const springForward = '2027-03-28' // a Sunday; 01:00 becomes 02:00
const fallBack = '2027-10-31' // a Sunday; 02:00 becomes 01:00
const everyDay = (fromMinute: number, untilMinute: number) =>
  [1, 2, 3, 4, 5, 6, 7].map((weekday) => rule(weekday, fromMinute, untilMinute))

describe('open hours of a day', () => {
  test('a weekly rule holds on its own weekday and on no other', () => {
    const tuesday = [rule(2, at(9), at(17))]
    expect(words(openRanges(tuesday, [], day('2027-03-02')))).toEqual([
      '2027-03-02T09:00:00+00 to 2027-03-02T17:00:00+00',
    ])
    expect(openRanges(tuesday, [], day('2027-03-03'))).toEqual([])
  })

  test('a rule begins and ends on the days it says, both included', () => {
    const summer = everyDay(at(9), at(12)).map((r) => ({
      ...r,
      validFrom: '2027-06-01',
      validUntil: '2027-06-30',
    }))
    const open = ['2027-05-31', '2027-06-01', '2027-06-30', '2027-07-01'].map(
      (d) => openRanges(summer, [], day(d)).length,
    )
    expect(open).toEqual([0, 1, 1, 0])
  })

  test('hours with dates replace the usual ones while they hold, also on weekdays they leave out', () => {
    const usual = everyDay(at(9), at(17))
    const june = { ...rule(2, at(10), at(12)), validFrom: '2027-06-01', validUntil: '2027-06-30' }
    const open = ['2027-06-01', '2027-06-02', '2027-07-01'].map((d) =>
      words(openRanges([...usual, june], [], day(d))),
    )
    expect(open).toEqual([
      ['2027-06-01T10:00:00+01 to 2027-06-01T12:00:00+01'],
      [],
      ['2027-07-01T09:00:00+01 to 2027-07-01T17:00:00+01'],
    ])
  })

  test('hours that touch or overlap are one range', () => {
    const both = [rule(2, at(12), at(15)), rule(2, at(9), at(12)), rule(2, at(14), at(17))]
    expect(words(openRanges(both, [], day('2027-03-02')))).toEqual([
      '2027-03-02T09:00:00+00 to 2027-03-02T17:00:00+00',
    ])
  })

  test('a closed day is closed, a day with other hours has only these', () => {
    const always = everyDay(at(9), at(17))
    const closed: DayException = { day: '2027-12-25', closed: true, fromMinute: null, untilMinute: null }
    const late: DayException = { day: '2027-12-24', closed: false, fromMinute: at(18), untilMinute: at(20) }
    expect(openRanges(always, [closed, late], day('2027-12-25'))).toEqual([])
    expect(words(openRanges(always, [closed, late], day('2027-12-24')))).toEqual([
      '2027-12-24T18:00:00+00 to 2027-12-24T20:00:00+00',
    ])
  })

  test('a day can be opened that the week leaves out', () => {
    const open: DayException = { day: '2027-03-07', closed: false, fromMinute: at(10), untilMinute: at(11) }
    expect(openRanges([rule(2, at(9), at(17))], [open], day('2027-03-07'))).toHaveLength(1)
  })
})

describe('night shifts', () => {
  const nights = everyDay(at(22), at(31))

  test('a night belongs to the day on which it begins and runs past midnight', () => {
    expect(words(openRanges(nights, [], day('2027-03-02')))).toEqual([
      '2027-03-02T22:00:00+00 to 2027-03-03T07:00:00+00',
    ])
  })

  test('a visit over midnight is offered, one that outlasts the night is not', () => {
    const from = londonInstant('2027-03-02', '23:00')
    expect(isOffered(nights, [], from, londonInstant('2027-03-03', '07:00'))).toBe(true)
    expect(isOffered(nights, [], from, londonInstant('2027-03-03', '07:15'))).toBe(false)
    expect(
      isOffered(nights, [], londonInstant('2027-03-03', '02:00'), londonInstant('2027-03-03', '03:00')),
    ).toBe(true)
  })

  test('closing a day leaves the night that began the day before', () => {
    const closed: DayException = { day: '2027-03-03', closed: true, fromMinute: null, untilMinute: null }
    const early = [londonInstant('2027-03-03', '05:00'), londonInstant('2027-03-03', '06:00')] as const
    const late = [londonInstant('2027-03-03', '22:30'), londonInstant('2027-03-03', '23:00')] as const
    expect(isOffered(nights, [closed], ...early)).toBe(true)
    expect(isOffered(nights, [closed], ...late)).toBe(false)
  })

  test('days that join make a week without a seam', () => {
    const always = everyDay(0, at(24))
    expect(
      isOffered(always, [], londonInstant('2027-03-01', '10:00'), londonInstant('2027-03-08', '10:00')),
    ).toBe(true)
  })
})

describe('mornings on which the clocks change', () => {
  test('nine to five keeps its wall times on both', () => {
    const always = everyDay(at(9), at(17))
    expect(words(openRanges(always, [], day(springForward)))).toEqual([
      '2027-03-28T09:00:00+01 to 2027-03-28T17:00:00+01',
    ])
    expect(words(openRanges(always, [], day(fallBack)))).toEqual([
      '2027-10-31T09:00:00+00 to 2027-10-31T17:00:00+00',
    ])
  })

  test('a night is an hour shorter in spring and an hour longer in autumn', () => {
    const hours = (iso: string) => {
      const [night] = openRanges(everyDay(at(22), at(31)), [], day(iso))
      return night ? night.from.until(night.until).total('hours') : 0
    }
    expect([hours('2027-03-26'), hours('2027-03-27'), hours('2027-10-30')]).toEqual([9, 8, 10])
  })

  test('hours inside the hour that is skipped do not exist that day', () => {
    expect(openRanges(everyDay(at(1, 10), at(1, 50)), [], day(springForward))).toEqual([])
  })

  test('hours that begin in the skipped hour begin when it is over', () => {
    expect(words(openRanges(everyDay(at(1, 30), at(4)), [], day(springForward)))).toEqual([
      '2027-03-28T02:00:00+01 to 2027-03-28T04:00:00+01',
    ])
  })
})

const days = fc.integer({ min: 0, max: 3_000 }).map((n) => day('2024-01-01').add({ days: n }))
const changeDays = fc.constantFrom('2027-03-27', springForward, '2027-10-30', fallBack, '2028-03-26').map(day)
const anyDay = fc.oneof(days, changeDays)
const hours = fc
  .tuple(fc.integer({ min: 0, max: 1439 }), fc.integer({ min: 1, max: 1440 }))
  .map(([fromMinute, length]) => ({ fromMinute, untilMinute: fromMinute + length }))
const rules = fc.array(
  fc
    .tuple(fc.integer({ min: 1, max: 7 }), hours)
    .map(([weekday, h]) => rule(weekday, h.fromMinute, h.untilMinute)),
  { maxLength: 12 },
)

describe('for any hours on any day', () => {
  test('ranges are in order, apart, not empty and begin on that day in London', () => {
    fc.assert(
      fc.property(rules, anyDay, (weekly, date) => {
        const ranges = openRanges(weekly, [], date)
        const begin = momentOf(date, 0)
        const end = momentOf(date, 1440)
        ranges.forEach(({ from, until }, index) => {
          expect(until.epochMilliseconds).toBeGreaterThan(from.epochMilliseconds)
          expect(from.epochMilliseconds).toBeGreaterThanOrEqual(begin)
          expect(from.epochMilliseconds).toBeLessThan(end)
          const before = ranges[index - 1]
          if (before) expect(from.epochMilliseconds).toBeGreaterThan(before.until.epochMilliseconds)
        })
      }),
    )
  })

  test('the minutes of a day never run backwards on the clock', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 2878 }), (date, minute) => {
        expect(momentOf(date, minute + 1)).toBeGreaterThanOrEqual(momentOf(date, minute))
      }),
    )
  })

  test('a wall time that exists once is that wall time', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 0, max: 2879 }), (date, minute) => {
        const wall = date.toPlainDateTime().add({ minutes: minute })
        const [first, second] = (['earlier', 'later'] as const).map((disambiguation) =>
          wall.toZonedDateTime(LONDON, { disambiguation }),
        )
        fc.pre(first?.epochMilliseconds === second?.epochMilliseconds)
        expect(momentOf(date, minute)).toBe(first?.epochMilliseconds)
      }),
    )
  })

  test('what is inside a range of the day is offered, and a minute before or after it only if another range joins', () => {
    fc.assert(
      fc.property(rules, anyDay, (weekly, date) => {
        for (const { from, until } of openRanges(weekly, [], date)) {
          expect(isOffered(weekly, [], from, until)).toBe(true)
          const before = from.subtract({ minutes: 1 })
          const joined = isOffered(weekly, [], before, from)
          expect(isOffered(weekly, [], before, until)).toBe(joined)
        }
      }),
    )
  })

  test('a time of no length, or that ends before it begins, is never offered', () => {
    fc.assert(
      fc.property(rules, anyDay, fc.integer({ min: 0, max: 600 }), (weekly, date, minutes) => {
        const noon = Temporal.Instant.fromEpochMilliseconds(momentOf(date, 720))
        expect(isOffered(weekly, [], noon, noon.subtract({ minutes }))).toBe(false)
      }),
    )
  })

  test('a closed day opens nothing, whatever the week says', () => {
    fc.assert(
      fc.property(rules, anyDay, (weekly, date) => {
        const closed = { day: date.toString(), closed: true, fromMinute: null, untilMinute: null }
        expect(openRanges(weekly, [closed], date)).toEqual([])
      }),
    )
  })
})
