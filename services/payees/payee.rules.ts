/** The life of bank details: proposed → (checked, called back) → cooling → active → replaced; or refused. Pure. */
import { isBankHoliday } from '#services/bookings/bank-holidays.rules.ts'
import type { PayeeCheck, PayeeState } from '#services/db/generated/enums.ts'
import { type Temporal, inLondon } from '#services/kernel/time.ts'

/** Between the call back and the first payment, so that whoever did not ask for it can say so. */
export const COOLING_WORKING_DAYS = 3

/** The same time of day, so many working days of England later. */
export function afterWorkingDays(from: Temporal.Instant, days: number): Temporal.Instant {
  let at = inLondon(from)
  let left = days
  while (left > 0) {
    at = at.add({ days: 1 })
    if (at.dayOfWeek <= 5 && !isBankHoliday(at.toPlainDate())) left -= 1
  }
  return at.toInstant()
}

/** '12345678' as '•••••678'. */
export const masked = (number: string): string =>
  `${'•'.repeat(Math.max(0, number.length - 3))}${number.slice(-3)}`

export const PAYEE_STATE_WORDS: Record<PayeeState, string> = {
  proposed: 'Waits for a check and a call back',
  cooling: 'Called back: not used yet',
  active: 'In use',
  replaced: 'No longer used',
  refused: 'Refused',
}
export const PAYEE_CHECKS = ['match', 'close_match', 'no_match', 'unavailable'] as const
export const PAYEE_CHECK_WORDS: Record<PayeeCheck, string> = {
  not_asked: 'Not asked yet',
  match: 'The bank says that the name fits',
  close_match: 'The bank says that the name nearly fits',
  no_match: 'The bank says that the name does not fit',
  unavailable: 'The bank could not say',
}
