import { Temporal } from '#services/kernel/time.ts'

/** Gregorian Easter Sunday by the anonymous algorithm (Nature, 1876). */
function easter(year: number): Temporal.PlainDate {
  const a = year % 19
  const b = Math.floor(year / 100)
  const c = year % 100
  const d = b - Math.floor(b / 4) - Math.floor((b - Math.floor((b + 8) / 25) + 1) / 3)
  const h = (19 * a + d + 15) % 30
  const l = (32 + 2 * (b % 4) + 2 * Math.floor(c / 4) - h - (c % 4)) % 7
  const m = Math.floor((a + 11 * h + 22 * l) / 451)
  const sum = h + l - 7 * m + 114
  return new Temporal.PlainDate(year, Math.floor(sum / 31), (sum % 31) + 1)
}

const lastMonday = (year: number, month: number): Temporal.PlainDate => {
  const end = new Temporal.PlainDate(year, month, 1).add({ months: 1 }).subtract({ days: 1 })
  return end.subtract({ days: end.dayOfWeek - 1 })
}

const known = new Map<number, ReadonlySet<string>>()

/**
 * Bank holidays of England in a year, ISO dates, with their substitute days when they fall on a weekend
 * (Banking and Financial Dealings Act 1971). One-off holidays by proclamation are not foreseen.
 */
export function bankHolidays(year: number): ReadonlySet<string> {
  const cached = known.get(year)
  if (cached) return cached
  const newYear = new Temporal.PlainDate(year, 1, 1)
  const mayFirst = new Temporal.PlainDate(year, 5, 1)
  const sunday = easter(year)
  const days = [
    newYear.add({ days: newYear.dayOfWeek === 6 ? 2 : newYear.dayOfWeek === 7 ? 1 : 0 }),
    sunday.subtract({ days: 2 }),
    sunday.add({ days: 1 }),
    mayFirst.add({ days: (8 - mayFirst.dayOfWeek) % 7 }),
    lastMonday(year, 5),
    lastMonday(year, 8),
  ]
  const christmas = new Temporal.PlainDate(year, 12, 25)
  const shift = { 5: [0, 3], 6: [2, 3], 7: [1, 2] }[christmas.dayOfWeek] ?? [0, 1]
  for (const offset of shift) days.push(christmas.add({ days: offset }))
  // A Sunday Christmas keeps Monday 26 as Boxing Day and Tuesday 27 as the substitute: both are in the list either way.
  const result = new Set(days.map((day) => day.toString()))
  known.set(year, result)
  return result
}

export const isBankHoliday = (day: Temporal.PlainDate): boolean => bankHolidays(day.year).has(day.toString())
