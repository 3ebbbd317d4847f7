/** When a Direct Debit is collected. Pure. */
import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import type { Temporal } from '#services/kernel/time.ts'

/** Cards and Direct Debits take 30p and more. */
export const LEAST = 30
/** From one collection that was told to the next: what is owed is collected once in four weeks. */
export const EVERY_DAYS = 28
/** The person is told so many working days before, two more than the scheme asks for. */
export const NOTICE_DAYS = 5

const works = (day: Temporal.PlainDate): boolean => day.dayOfWeek <= 5 && !isBankHoliday(day)

/** The day on which it is collected when the person is told today: a working day, so many after it. */
export function collectedOn(today: Temporal.PlainDate, notice: number = NOTICE_DAYS): Temporal.PlainDate {
  let day = today
  for (let left = notice; left > 0;) {
    day = day.add({ days: 1 })
    if (works(day)) left -= 1
  }
  return day
}
