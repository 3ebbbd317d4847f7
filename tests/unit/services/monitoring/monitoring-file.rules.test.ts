import { describe, expect, test } from 'vitest'
import {
  type MonitoredVisit,
  type MonitoringKey,
  judge,
  readMonitoring,
} from '#services/monitoring/monitoring-file.rules.ts'

const ID = '0193b3f0-0000-7000-8000-000000000001'
const cells = (changes: Partial<Record<MonitoringKey, string>>) => ({
  visit: '', provider: '', case: '', date: '', start: '', minutes: '60', ...changes,
}) // prettier-ignore
const read = (changes: Partial<Record<MonitoringKey, string>>) =>
  readMonitoring([{ line: 2, cells: cells(changes) }])
const whom = { provider: 'SUP-1', case: 'C00001', date: '2026-11-09', start: '09:00' }

describe('a row of a monitoring file', () => {
  test('names a visit by our reference, or by who, whose and when in London’s time', () => {
    expect(read({ visit: ID }).rows[0]).toEqual({ line: 2, key: { visitId: ID }, minutes: 60 })
    expect(read({ ...whom, date: '9/7/2026', start: '9:00:00', minutes: '0' }).rows[0]).toEqual({
      line: 2,
      key: { provider: 'SUP-1', caseReference: 'C00001', startsAt: '2026-07-09T08:00:00Z' },
      minutes: 0,
    })
  })
  test.each([
    [{ visit: 'V-17' }, /no visit reference/],
    [{ provider: 'SUP-1' }, /names no visit/],
    [{ ...whom, date: '9 November' }, /is no date/],
    [{ ...whom, date: '2026-02-30' }, /There is no 2026-02-30/],
    [{ ...whom, start: 'nine' }, /is no time/],
    [{ ...whom, start: '25:00' }, /There is no 25:00/],
    [{ ...whom, date: '2027-03-28', start: '01:30' }, /go forward/],
    [{ ...whom, date: '2026-10-25', start: '01:30' }, /comes twice/],
    [{ visit: ID, minutes: '' }, /no number of minutes/],
    [{ visit: ID, minutes: '-5' }, /no number of minutes/],
    [{ visit: ID, minutes: '52.5' }, /no number of minutes/],
    [{ visit: ID, minutes: '1,440' }, /no number of minutes/],
    [{ visit: ID, minutes: '1441' }, /no number of minutes/],
    [{ visit: ID, minutes: '99999999999999999999' }, /no number of minutes/],
  ])('%j is named and left out', (changes, says) => {
    expect(read(changes)).toEqual({ rows: [], problems: [{ line: 2, says: expect.stringMatching(says) }] })
  })
})

const visit = (changes: Partial<MonitoredVisit> = {}): MonitoredVisit => ({
  state: 'planned',
  minutes: 60,
  actualMinutes: null,
  begun: true,
  paused: false,
  councilPays: true,
  missedSaid: false,
  before: [],
  ...changes,
})
const dearer = (minutes: number) => minutes > 60
const judged = (changes: Partial<MonitoredVisit>, minutes: number) => judge(visit(changes), minutes, dearer)

describe('what a row means for its visit', () => {
  test('as booked or shorter counts; longer waits; longer that costs no more counts', () => {
    expect(judged({}, 60)).toEqual({ kind: 'apply', minutes: 60, moves: true })
    expect(judged({}, 45)).toMatchObject({ kind: 'apply', minutes: 45 })
    expect(judged({}, 75)).toMatchObject({ kind: 'waits', minutes: 75 })
    expect(judge(visit(), 65, () => false)).toMatchObject({ kind: 'apply', minutes: 65 })
  })
  test('nobody came: to be missed while nobody has said otherwise; else left to people', () => {
    expect(judged({}, 0)).toEqual({ kind: 'missed' })
    expect(judged({ state: 'delivered', actualMinutes: 60 }, 0)).toMatchObject({ kind: 'leave' })
  })
  test('a provider is never paid for more than they said themselves', () => {
    expect(judged({ state: 'delivered', actualMinutes: 60 }, 75)).toEqual({
      kind: 'apply',
      minutes: 60,
      moves: false,
    })
    expect(judged({ state: 'delivered', actualMinutes: 75 }, 75)).toMatchObject({
      kind: 'waits',
      minutes: 75,
    })
    expect(judged({ state: 'delivered', actualMinutes: 60 }, 45)).toMatchObject({ minutes: 45, moves: true })
  })
  test('said before with the same minutes changes nothing, whatever became of it', () => {
    for (const state of ['planned', 'delivered', 'settled', 'disputed'])
      expect(judged({ state, before: [{ minutes: 60, state: 'applied' }] }, 60)).toEqual({ kind: 'already' })
  })
  test.each([
    [{ councilPays: false }, /does not pay for all of it/],
    [{ state: 'disputed' }, /says that something was different/],
    [{ state: 'confirmed' }, /confirmed already/],
    [{ state: 'settled' }, /refund/],
    [{ state: 'cancelled_free' }, /cancelled/],
    [{ state: 'missed_by_provider' }, /missed already/],
    [{ paused: true }, /paused/],
    [{ begun: false }, /not begun/],
    [{ missedSaid: true }, /nobody came/],
    [{ before: [{ minutes: 75, state: 'waits' }] }, /waits for somebody/],
  ] as [Partial<MonitoredVisit>, RegExp][])('%j is left out: %s', (changes, says) => {
    expect(judged(changes, 60)).toEqual({ kind: 'leave', says: expect.stringMatching(says) })
  })
  test('a later file puts an earlier one right, until it is confirmed', () => {
    expect(judged({ state: 'delivered', actualMinutes: 60, before: [{ minutes: 60, state: 'applied' }] }, 45)).toMatchObject({ kind: 'apply', minutes: 45 }) // prettier-ignore
    expect(judged({ missedSaid: true, before: [{ minutes: 0, state: 'applied' }] }, 60)).toMatchObject({
      kind: 'apply',
    })
  })
})
