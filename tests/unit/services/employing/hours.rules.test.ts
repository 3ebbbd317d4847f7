import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { hoursText, readDays, readHours } from '#services/employing/hours.rules.ts'
import { daysOf, firstPeriodStart, minutesInDay, periodOf } from '#services/employing/periods.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const someDay = fc
  .integer({ min: 0, max: 20_000 })
  .map((n) => Temporal.PlainDate.from('2015-01-01').add({ days: n }))

describe('pay periods', () => {
  test('begin on the Monday of the week of the first day, and every day lies in one and only one', () => {
    fc.assert(
      fc.property(someDay, fc.integer({ min: 0, max: 4_000 }), (startsOn, after) => {
        const first = firstPeriodStart(startsOn)
        expect(first.dayOfWeek).toBe(1)
        expect(first.until(startsOn).days).toBeLessThan(7)
        const at = startsOn.add({ days: after })
        const { startsOn: from, endsOn: until } = periodOf(startsOn, at)
        expect(from.until(until).days).toBe(27)
        expect(first.until(from).days % 28).toBe(0)
        expect(from.until(at).days).toBeGreaterThanOrEqual(0)
        expect(at.until(until).days).toBeGreaterThanOrEqual(0)
        // A tax year, a leap day or a clock change in it makes it no longer.
        expect(new Set(daysOf({ startsOn: from }).map(String)).size).toBe(28)
      }),
    )
  })

  test('a day has 24 hours, 23 when the clocks go forward and 25 when they go back', () => {
    expect(
      ['2027-03-27', '2027-03-28', '2026-10-25', '2026-10-26'].map((iso) => minutesInDay(day(iso)) / 60),
    ).toEqual([24, 23, 25, 24])
  })
})

describe('hours as people type them', () => {
  test.each([
    ['', 0], ['4', 240], [' 7.5 ', 450], ['7,5', 450], ['7:30', 450], ['7h30', 450], ['7 h 30 m', 450], ['7 hours', 420], ['.5', 30], ['0', 0],
    ['25', 1_500], ['７.5', 450],
  ])('“%s” is %i minutes', (text, minutes) => { expect(readHours(text)).toBe(minutes) }) // prettier-ignore

  test.each([
    'four',
    '-4',
    '7:',
    '7:60',
    '7.125',
    '100',
    '1e3',
    '7:3:0',
    '.',
    '٤',
    '4+4',
    'a'.repeat(10_000),
  ])('“%s” is none', (text) => {
    expect(readHours(text)).toBeNull()
  })

  test('what is shown is read back to the minute', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_500 }), (minutes) => {
        expect(readHours(hoursText(minutes))).toBe(minutes)
      }),
    )
  })

  test('whatever is typed, what is kept lies in the period, in the employment, and in the day', () => {
    const field = fc
      .tuple(fc.constantFrom('worked', 'holiday', 'sick', 'other'), fc.integer({ min: -5, max: 33 }))
      .map(([kind, n]) => `${kind}-${day('2026-10-05').add({ days: n }).toString()}`)
    const text = fc.oneof(
      fc.constantFrom('4', '7:30', '23', '24', '25', '', 'x', '-1'),
      fc.string({ maxLength: 6 }),
    )
    fc.assert(
      fc.property(fc.array(fc.tuple(field, text)), (typed) => {
        const employed = { startsOn: day('2026-10-07'), endsOn: day('2026-10-30') }
        const period = { startsOn: day('2026-10-05'), endsOn: day('2026-11-01') }
        const { days, errors } = readDays(new Map(typed), period, employed, day('2026-11-02'))
        if (Object.keys(errors).length > 0) return
        const sums = new Map<string, number>()
        for (const one of days) {
          expect(one.day >= '2026-10-07' && one.day <= '2026-10-30').toBe(true)
          sums.set(one.day, (sums.get(one.day) ?? 0) + one.minutes)
        }
        for (const [iso, sum] of sums) expect(sum).toBeLessThanOrEqual(minutesInDay(day(iso)))
      }),
    )
  })

  test('on the Sunday on which the clocks go forward there are 23 hours to work', () => {
    const period = { startsOn: day('2027-03-22'), endsOn: day('2027-04-18') }
    const read = (text: string) =>
      readDays(
        new Map([['worked-2027-03-28', text]]),
        period,
        { startsOn: day('2027-03-22'), endsOn: null },
        day('2027-04-18'),
      ).errors
    expect(read('23')).toEqual({})
    expect(read('23:01')).toEqual({ 'worked-2027-03-28': ['Sunday 28 March: this day has 23 hours'] })
  })
})
