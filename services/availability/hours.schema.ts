import { z } from 'zod'
import { Temporal } from '#services/kernel/time.ts'
import { optionalLine } from '#services/providers/fields.schema.ts'
import { DAY_MINUTES } from './hours.rules.ts'

/** Rows of the form for each weekday: one for most, a second for those who come mornings and evenings. */
export const ROWS = [1, 2] as const
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 7] as const
export const fieldName = (weekday: number, row: number, end: 'from' | 'until'): string =>
  `day${String(weekday)}.${String(row)}.${end}`

/**
 * Minutes after midnight of what was typed: '09:00', '9', '9am', '9.30 pm', '21:30'. Null for a time that does not exist.
 */
export function readClock(text: string): number | null {
  const clean = text.normalize('NFKC').trim().toLowerCase().replace(/\s/g, '')
  const match = /^(\d{1,2})(?:[:.](\d{2}))?(?::00)?(am|pm)?$/.exec(clean)
  if (!match) return null
  const minute = Number(match[2] ?? '0')
  let hour = Number(match[1])
  if (match[3]) {
    if (hour < 1 || hour > 12) return null
    hour = (hour % 12) + (match[3] === 'pm' ? 12 : 0)
  }
  return hour > 23 || minute > 59 ? null : hour * 60 + minute
}

export interface Hours {
  fromMinute: number
  untilMinute: number
}

export type HoursAnswer =
  { ok: true; hours: Hours | null } | { ok: false; which: 'from' | 'until'; sentence: string }

/**
 * One pair of boxes. An end that is not after the start is on the next day, so 22:00 to 07:00 is a night and 00:00 to
 * 00:00 a whole day. Both empty: nothing.
 */
export function readHours(from: string, until: string): HoursAnswer {
  if (from.trim() === '' && until.trim() === '') return { ok: true, hours: null }
  const fromMinute = readClock(from)
  if (fromMinute === null)
    return { ok: false, which: 'from', sentence: 'Enter a time of the day, such as 09:00 or 5:30pm.' }
  const untilMinute = readClock(until)
  if (untilMinute === null)
    return { ok: false, which: 'until', sentence: 'Enter the time at which it ends, such as 17:00.' }
  return {
    ok: true,
    hours: { fromMinute, untilMinute: untilMinute > fromMinute ? untilMinute : untilMinute + DAY_MINUTES },
  }
}

/** '09:00' from minutes; what runs past midnight is shown as the time it is then. */
export const clockText = (minute: number): string => {
  const rest = minute % DAY_MINUTES
  return `${String(Math.floor(rest / 60)).padStart(2, '0')}:${String(rest % 60).padStart(2, '0')}`
}

/** A day of the calendar; null when nothing was typed. */
const optionalDay = z
  .string()
  .default('')
  .transform((text, context): Temporal.PlainDate | null => {
    if (text === '') return null
    try {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError('no date')
      return Temporal.PlainDate.from(text, { overflow: 'reject' })
    } catch {
      context.addIssue({
        code: 'custom',
        message: 'This date does not exist. Enter a day, a month and a year.',
      })
      return z.NEVER
    }
  })

/** Which hours are saved: those of this key before, between these days from now on. */
export const periodSchema = z.object({
  period: z.string().max(30).default('usual'),
  validFrom: optionalDay,
  validUntil: optionalDay,
})

export const exceptionSchema = z.object({
  day: z.string({ error: 'Enter the day.' }).transform((text, context): string => {
    try {
      if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) throw new RangeError('no date')
      return Temporal.PlainDate.from(text, { overflow: 'reject' }).toString()
    } catch {
      context.addIssue({
        code: 'custom',
        message:
          text === '' ? 'Enter the day.' : 'This date does not exist. Enter a day, a month and a year.',
      })
      return z.NEVER
    }
  }),
  closed: z.enum(['yes', 'no'], { error: 'Say whether you are closed or keep other hours.' }),
  from: z.string().default(''),
  until: z.string().default(''),
  note: optionalLine(120),
})
