import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Span, isOffered, londonDays } from '#services/availability/hours.rules.ts'
import { type FreeTimeFacts, firstFree } from '#services/availability/next-free.rules.ts'
import { LONDON, Temporal, londonDate, londonInstant } from '#services/kernel/time.ts'

const now = londonInstant('2027-03-01', '10:00') // a Monday
const ms = (date: string, time: string) => londonInstant(date, time).epochMilliseconds
const weekdays = [1, 2, 3, 4, 5].map((weekday) => ({
  weekday,
  fromMinute: 540,
  untilMinute: 1020,
  validFrom: null,
  validUntil: null,
}))
const facts: FreeTimeFacts = {
  rules: weekdays,
  exceptions: [],
  minMinutes: 60,
  stepMinutes: 15,
  bufferMinutes: 0,
  noticeHours: 0,
  lanes: [[]],
}
const search = (changes: Partial<FreeTimeFacts>, from: Temporal.Instant = now) =>
  firstFree(
    { ...facts, ...changes },
    londonDays(londonDate(from).subtract({ days: 1 })),
    from.epochMilliseconds,
    60,
  )
const found = (changes: Partial<FreeTimeFacts>) => {
  const moment = search(changes)
  return moment === null
    ? null
    : Temporal.Instant.fromEpochMilliseconds(moment)
        .toZonedDateTimeISO(LONDON)
        .toPlainDateTime()
        .toString()
        .slice(0, 16)
}
const taken = (date: string, from: string, until: string): Span => ({
  from: ms(date, from),
  until: ms(date, until),
})

test('open now and free now is now', () => expect(found({})).toBe('2027-03-01T10:00'))
test('a start lies on the grid of the service', () =>
  expect(search({}, londonInstant('2027-03-01', '10:01'))).toBe(ms('2027-03-01', '10:15')))
test('the notice that is needed is kept', () => expect(found({ noticeHours: 48 })).toBe('2027-03-03T10:00'))
test('too late for today is the next open morning', () =>
  expect(search({}, londonInstant('2027-03-05', '16:30'))).toBe(ms('2027-03-08', '09:00')))
test('a visit in the only lane moves it behind the visit', () =>
  expect(found({ lanes: [[taken('2027-03-01', '09:00', '12:00')]] })).toBe('2027-03-01T12:00'))
test('a second lane that is empty makes it free at once', () =>
  expect(found({ lanes: [[taken('2027-03-01', '09:00', '12:00')], []] })).toBe('2027-03-01T10:00'))
test('the time between two visits counts only when the visit and its buffers fit', () => {
  const lanes = [[taken('2027-03-01', '09:00', '11:00'), taken('2027-03-01', '12:15', '17:00')]]
  expect(found({ lanes })).toBe('2027-03-01T11:00')
  expect(found({ lanes, bufferMinutes: 15 })).toBe('2027-03-02T09:00')
})
test('a night that began yesterday is open early today', () => {
  const nights = [{ weekday: 7, fromMinute: 1320, untilMinute: 1860, validFrom: null, validUntil: null }]
  expect(search({ rules: nights }, londonInstant('2027-03-01', '02:00'))).toBe(ms('2027-03-01', '02:00'))
})
test('day and night without a seam holds a visit over midnight', () => {
  const always = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({
    weekday,
    fromMinute: 0,
    untilMinute: 1440,
    validFrom: null,
    validUntil: null,
  }))
  expect(search({ rules: always, minMinutes: 600 }, londonInstant('2027-03-01', '20:00'))).toBe(
    ms('2027-03-01', '20:00'),
  )
})
test.each([
  ['no hours', { rules: [] }],
  ['no lane', { lanes: [] }],
  ['a visit longer than any day is open', { minMinutes: 600 }],
  [
    'nothing free for 60 days',
    { lanes: [[{ from: ms('2027-02-01', '00:00'), until: ms('2027-06-01', '00:00') }]] },
  ],
  ['hours that ended', { rules: weekdays.map((rule) => ({ ...rule, validUntil: '2027-02-28' })) }],
] as const)('%s is never free', (_name, changes) =>
  expect(found(changes as Partial<FreeTimeFacts>)).toBeNull(),
)

test('whatever is found is offered, keeps the notice and meets no visit in some lane', () => {
  const minute = 60_000
  const spans = fc
    .array(fc.tuple(fc.integer({ min: 0, max: 20_000 }), fc.integer({ min: 15, max: 900 })), {
      maxLength: 20,
    })
    .map((pairs) => {
      let end = 0
      const out: Span[] = []
      for (const [gap, length] of pairs) {
        const from = now.epochMilliseconds + (end + (gap % 1_500)) * minute
        out.push({ from, until: from + length * minute })
        end += (gap % 1_500) + length
      }
      return out
    })
  const rules = fc.array(
    fc
      .tuple(
        fc.integer({ min: 1, max: 7 }),
        fc.integer({ min: 0, max: 1439 }),
        fc.integer({ min: 30, max: 1440 }),
      )
      .map(([weekday, fromMinute, length]) => ({
        weekday,
        fromMinute,
        untilMinute: fromMinute + length,
        validFrom: null,
        validUntil: null,
      })),
    { minLength: 1, maxLength: 6 },
  )
  fc.assert(
    fc.property(
      rules,
      fc.array(spans, { minLength: 1, maxLength: 3 }),
      fc.integer({ min: 0, max: 96 }),
      fc.constantFrom(0, 15, 30),
      (weekly, lanes, noticeHours, bufferMinutes) => {
        const start = search({ rules: weekly, lanes, noticeHours, bufferMinutes, minMinutes: 30 })
        fc.pre(start !== null)
        const [from, until] = [start ?? 0, (start ?? 0) + 30 * minute]
        const [a, b] = [from, until].map((moment) => Temporal.Instant.fromEpochMilliseconds(moment))
        expect(a && b && isOffered(weekly, [], a, b)).toBe(true)
        expect(from).toBeGreaterThanOrEqual(now.epochMilliseconds + noticeHours * 60 * minute)
        const clear = lanes.some((visits) =>
          visits.every(
            (v) => v.until <= from - bufferMinutes * minute || v.from >= until + bufferMinutes * minute,
          ),
        )
        expect(clear).toBe(true)
      },
    ),
  )
})
