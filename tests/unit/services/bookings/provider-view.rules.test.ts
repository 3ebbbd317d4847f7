import { describe, expect, test } from 'vitest'
import {
  addressWords,
  areaWords,
  dayWords,
  hoursWords,
  laneChoices,
  leftWords,
  lengthOptions,
  outcodeOf,
  seriesOf,
  showsAddress,
  showsPhone,
} from '#services/bookings/provider-view.rules.ts'
import { BOOKING_STATES, VISIT_STATES } from '#services/bookings/transitions.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

describe('where somebody lives, before it is booked', () => {
  const wards = [
    { name: 'Millgate', lat: 53.55, lon: -1.8 },
    { name: 'Moorend', lat: 53.6, lon: -1.9 },
  ]
  test.each([
    ['the nearest ward and the outcode', { postcode: 'am2 4tt', lat: 53.56, lon: -1.81 }, 'Millgate (AM2)'],
    ['the outcode alone', { postcode: 'SW1A 1AA', lat: null, lon: null }, 'SW1A'],
    ['the ward alone', { postcode: null, lat: 53.6, lon: -1.88 }, 'Moorend'],
    [
      'nothing of a postcode that is none',
      { postcode: '7 Larch Close', lat: null, lon: null },
      'Area not known',
    ],
  ])('is %s', (_name, person, words) => expect(areaWords(person, wards)).toBe(words))

  test('an outcode never holds the second half', () => {
    expect(outcodeOf('AM24TT')).toBe('AM2')
    expect(outcodeOf('AM2')).toBeNull()
  })
})

test('the address is shown only while somebody has to go there', () => {
  const shown = BOOKING_STATES.flatMap((booking) =>
    VISIT_STATES.filter((visit) => showsAddress(booking, visit)).map((visit) => `${booking} ${visit}`),
  )
  expect(shown).toEqual([
    'accepted planned', 'accepted started', 'paused planned', 'paused started', 'ended planned', 'ended started',
  ]) // prettier-ignore
  expect(BOOKING_STATES.filter((state) => showsPhone(state, 'disputed'))).toEqual([
    'accepted',
    'paused',
    'ended',
  ])
})

test('an address is for visits at home; elsewhere it is the place agreed', () => {
  const person = { addressLine: '7 Larch Close', postcode: 'AM2 4TT' }
  expect(addressWords('at_home', 'Ada’s home', person)).toBe('7 Larch Close, AM2 4TT')
  expect(addressWords('at_venue', 'Lockside Pool', person)).toBe('Lockside Pool')
  expect(addressWords('at_home', 'Ada’s home', { addressLine: null, postcode: null })).toBe('Ada’s home')
})

describe('days and hours in words', () => {
  const today = Temporal.PlainDate.from('2026-12-30')
  test.each([
    ['2026-12-30', 'Today'],
    ['2026-12-31', 'Tomorrow'],
    ['2026-12-29', 'Yesterday'],
    ['2026-12-28', 'Monday 28 December'],
    ['2027-01-02', 'Saturday 2 January 2027'],
  ])('%s is %s', (date, words) => expect(dayWords(Temporal.PlainDate.from(date), today)).toBe(words))

  test('a night says that it ends the next morning', () =>
    expect(hoursWords(new Date('2026-11-09T22:00:00Z'), new Date('2026-11-10T07:00:00Z'))).toBe(
      '10pm to 7am the next morning',
    ))

  const now = Temporal.Instant.from('2026-11-09T10:00:00Z')
  test.each([
    ['2026-11-12T17:00:00Z', '3 days left'],
    ['2026-11-10T17:00:00Z', '31 hours left'],
    ['2026-11-09T11:30:00Z', '1 hour left'],
    ['2026-11-09T10:30:00Z', 'less than an hour left'],
    ['2026-11-09T09:00:00Z', 'the time is over'],
  ])('until %s there is: %s', (until, words) => expect(leftWords(now, new Date(until))).toBe(words))

  test('a series over a clock change keeps its wall time', () =>
    expect(
      seriesOf([
        { startsAt: new Date('2026-10-19T08:00:00Z'), minutes: 60 },
        { startsAt: new Date('2026-10-26T09:00:00Z'), minutes: 60 },
        { startsAt: new Date('2026-11-02T09:00:00Z'), minutes: 60 },
      ]),
    ).toBe('Mondays, 9am to 10am, from 19 October 2026 to 2 November 2026'))
  test('no visits, no words', () => expect(seriesOf([])).toBe(''))
})

test('lengths follow the terms; a price that is not by the hour keeps what was asked', () => {
  const terms = { unit: 'hour' as const, minMinutes: 30, maxMinutes: 90, stepMinutes: 30 }
  expect(lengthOptions(terms, 60).map((length) => length.label)).toEqual([
    '30 minutes',
    '1 hour',
    '1 hour 30 minutes',
  ])
  expect(lengthOptions({ ...terms, unit: 'session' }, 120)).toEqual([{ value: '120', label: '2 hours' }])
})

test('who could go: most free first, and the dates on which nobody can', () => {
  const [ada, ben] = [{ id: 'a', name: 'Ada' }, { id: 'b', name: 'Ben' }] // prettier-ignore
  const free = new Map([['one', [ada, ben]], ['two', [ben]]]) // prettier-ignore
  expect(laneChoices(['one', 'two', 'three'], free)).toEqual({
    lanes: [{ ...ben, freeFor: 2 }, { ...ada, freeFor: 1 }],
    nobodyFor: ['three'],
  }) // prettier-ignore
})
