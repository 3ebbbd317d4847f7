import { describe, expect, test } from 'vitest'
import { freeWeek, NEVER } from '#services/availability/free-week.rules.ts'
import { londonDays, type WeeklyRule } from '#services/availability/hours.rules.ts'
import type { FreeTimeFacts } from '#services/availability/next-free.rules.ts'
import { Temporal } from '#services/kernel/time.ts'

/** Monday 2 November 2026, ten in the morning. */
const NOW = Temporal.Instant.from('2026-11-02T10:00:00Z').epochMilliseconds
const DAYS = londonDays(Temporal.PlainDate.from('2026-11-01'))
const hours = (
  weekday: number,
  from: number,
  until: number,
  changes: Partial<WeeklyRule> = {},
): WeeklyRule => ({
  weekday,
  fromMinute: from * 60,
  untilMinute: until * 60,
  validFrom: null,
  validUntil: null,
  ...changes,
})
const facts = (changes: Partial<FreeTimeFacts> = {}): FreeTimeFacts => ({
  rules: [hours(2, 9, 13)],
  exceptions: [],
  minMinutes: 60,
  stepMinutes: 15,
  bufferMinutes: 0,
  noticeHours: 0,
  lanes: [[]],
  ...changes,
})
/** From which week on, for the hours of one weekday that are ever free: '10:1'. */
function free(changes: Partial<FreeTimeFacts>, weekday = 2): string {
  const week = freeWeek(facts(changes), DAYS, NOW)
  return Array.from({ length: 24 }, (_, hour) => [hour, week[(weekday - 1) * 24 + hour]] as const)
    .filter(([, from]) => from !== NEVER)
    .map(([hour, from]) => `${String(hour)}:${String(from)}`)
    .join(' ')
}
const at = (text: string) => Temporal.ZonedDateTime.from(`${text}[Europe/London]`).epochMilliseconds
const busy = (from: string, until: string) => ({ from: at(from), until: at(until) })

describe('the hours of a week that are free', () => {
  test('are the open ones, whole hours only, from this week on', () => {
    expect(free({})).toBe('9:0 10:0 11:0 12:0')
    expect(free({ rules: [hours(2, 9.5, 12.5)] })).toBe('10:0 11:0')
    expect(free({}, 3)).toBe('')
  })
  test('begin next week where today has passed them, and later still with long notice', () => {
    expect(free({ rules: [hours(1, 9, 12)] }, 1)).toBe('9:1 10:0 11:0')
    expect(free({ noticeHours: 24 * 9 })).toBe('9:2 10:2 11:2 12:2')
    expect(free({ noticeHours: 24 * 7 * 9 })).toBe('')
  })
  test('a visit in one week puts its hour off until after it; another lane makes it free all the same', () => {
    const visit = busy('2026-11-17T10:00', '2026-11-17T11:30')
    expect(free({ lanes: [[visit]] })).toBe('9:0 10:3 11:3 12:0')
    expect(free({ lanes: [[visit], []] })).toBe('9:0 10:0 11:0 12:0')
    const other = busy('2026-11-17T11:00', '2026-11-17T12:00')
    expect(free({ lanes: [[visit], [other]] })).toBe('9:0 10:0 11:3 12:0')
  })
  test('keep what the provider keeps free around a visit', () => {
    const visit = busy('2026-11-17T10:00', '2026-11-17T11:00')
    expect(free({ lanes: [[visit]], bufferMinutes: 30 })).toBe('9:3 10:3 11:3 12:0')
  })
  test('every week of a series leaves nothing', () => {
    const series = Array.from({ length: 9 }, (_, week) => {
      const day = Temporal.PlainDate.from('2026-11-03').add({ weeks: week }).toString()
      return busy(`${day}T09:00`, `${day}T11:00`)
    })
    expect(free({ lanes: [series] })).toBe('11:0 12:0')
  })
  test('one closed day does not end what is free every week', () => {
    const closed = { day: '2026-12-15', closed: true, fromMinute: null, untilMinute: null }
    expect(free({ exceptions: [closed] })).toBe('9:0 10:0 11:0 12:0')
  })
  test('hours that end with a season are free no longer than it, and so not every week', () => {
    expect(free({ rules: [hours(2, 9, 10, { validUntil: '2026-11-30' })] })).toBe('')
    expect(free({ rules: [hours(2, 9, 10, { validFrom: '2026-11-20' })] })).toBe('9:3')
  })
  test('a night that began on Sunday is open on Monday morning', () => {
    expect(free({ rules: [hours(7, 22, 31)] }, 1)).toBe('0:1 1:1 2:1 3:1 4:1 5:1 6:1')
  })
  test('nobody to come is nothing free', () => {
    expect(free({ lanes: [] })).toBe('')
  })
})
