import { Temporal } from '#services/kernel/time.ts'

/** A day as a form sends it, 'YYYY-MM-DD'; null when the calendar has no such day or it is more than a lifetime away. */
export function readDay(text: string): Temporal.PlainDate | null {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null
  try {
    const day = Temporal.PlainDate.from(text, { overflow: 'reject' })
    return day.year >= 1950 && day.year <= 2100 ? day : null
  } catch {
    return null
  }
}
