/** What a payroll service gets: the approved hours, as a file. Pure. */
import type { Pence } from '#services/kernel/money.ts'
import type { Hours } from './hours.rules.ts'

export interface PayrollLine extends Hours {
  reference: string
  /** ISO dates, both included. */
  startsOn: string
  endsOn: string
  hourly: Pence
}

export const PAYROLL_COLUMNS = [
  'reference',
  'period_start',
  'period_end',
  'hours_worked',
  'hours_holiday',
  'hours_sick',
  'hourly_rate',
] as const

/** Hours with a decimal point: two places, and as many as four where minutes need them. It can be read back to the minute. */
export function decimalHours(minutes: number): string {
  const [whole = '0', places = ''] = (minutes / 60).toFixed(4).split('.')
  return `${whole}.${places.slice(0, 2)}${places.slice(2).replace(/0+$/, '')}`
}

/** One line for each person and pay period; no names, which a payroll service has of its own. */
export function payrollFile(lines: readonly PayrollLine[]): string {
  const rows = [...lines]
    .sort((a, b) => (a.reference + a.startsOn < b.reference + b.startsOn ? -1 : 1))
    .map((line) =>
      [
        line.reference,
        line.startsOn,
        line.endsOn,
        decimalHours(line.worked),
        decimalHours(line.holiday),
        decimalHours(line.sick),
        (line.hourly / 100).toFixed(2),
      ].join(','),
    )
  return `${[PAYROLL_COLUMNS.join(','), ...rows].join('\r\n')}\r\n`
}
