import { describe, expect, test } from 'vitest'
import { backFrom, comingBack, stoppedBy } from '#services/bookings/pause.rules.ts'
import { Temporal, londonInstant } from '#services/kernel/time.ts'
import { terms } from '#tests/factories/terms.ts'

const day = (iso: string) => Temporal.PlainDate.from(iso)
const visit = (iso: string, missedSaidAt: Date | null = null) => ({
  id: iso,
  startsAt: londonInstant(iso, '09:00'),
  missedSaidAt,
})
const ids = (visits: readonly { id: string }[]) => visits.map(({ id }) => id)
const weeks = ['2026-11-09', '2026-11-16', '2026-11-23'].map((iso) => visit(iso))

describe('what a pause stops', () => {
  test('visits from the day on; those before it stand', () => {
    const found = stoppedBy(weeks, terms(), day('2026-11-16'), londonInstant('2026-11-02', '10:00'))
    expect(ids(found.stopping)).toEqual(['2026-11-16', '2026-11-23'])
    expect(found.tooLate).toEqual([])
  })
  test('not a visit that is too near to cancel free', () => {
    const found = stoppedBy(weeks, terms(), day('2026-11-08'), londonInstant('2026-11-08', '10:00'))
    expect(ids(found.tooLate)).toEqual(['2026-11-09'])
    expect(ids(found.stopping)).toEqual(['2026-11-16', '2026-11-23'])
  })
  test('a near visit too, where cancelling never costs anything', () => {
    const free = terms({ cancelShareBps: 0 })
    const found = stoppedBy(weeks, free, day('2026-11-08'), londonInstant('2026-11-08', '10:00'))
    expect(ids(found.stopping)).toEqual(['2026-11-09', '2026-11-16', '2026-11-23'])
  })
  test('never one that has begun or of which somebody said that nobody came', () => {
    const free = terms({ cancelShareBps: 0 })
    const missed = visit('2026-11-16', new Date('2026-11-16T10:00:00Z'))
    const begun = visit('2026-11-09')
    const now = londonInstant('2026-11-09', '09:30')
    expect(stoppedBy([begun, missed], free, day('2026-11-09'), now)).toEqual({ stopping: [], tooLate: [] })
  })
})

describe('what comes back', () => {
  const now = londonInstant('2026-11-15', '10:00')
  test('visits from the day on that was chosen', () => {
    const since = backFrom(terms(), day('2026-11-20'), now)
    const { back, gone } = comingBack(weeks, since)
    expect(ids(back)).toEqual(['2026-11-23'])
    expect(ids(gone)).toEqual(['2026-11-09', '2026-11-16'])
  })
  test('but none sooner than the notice that the provider needs', () => {
    expect(backFrom(terms(), day('2026-11-15'), now).toString()).toBe('2026-11-16T10:00:00Z')
    expect(ids(comingBack(weeks, backFrom(terms(), day('2026-11-15'), now)).back)).toEqual(['2026-11-23'])
  })
})
