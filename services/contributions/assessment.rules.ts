/** Which decision holds on a day, and what it comes to for some days. Pure. */
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'

export const METHODS = ['net_pay_in', 'gross_invoice'] as const
export type Method = (typeof METHODS)[number]

export interface Assessment {
  id: string
  method: Method
  weeklyPence: number
  /** ISO dates, both included; no end: until another decision. */
  startsOn: string
  endsOn: string | null
  /** ISO instant. */
  decidedAt: string
}

const DAYS_A_WEEK = 7

/** ISO dates from the first to the last, both included. */
export function daysOf(from: string, until: string): string[] {
  const days: string[] = []
  const last = Temporal.PlainDate.from(until)
  for (
    let day = Temporal.PlainDate.from(from);
    Temporal.PlainDate.compare(day, last) <= 0;
    day = day.add({ days: 1 })
  )
    days.push(day.toString())
  return days
}

/** The Monday of the week in which a day lies. */
export const mondayOf = (day: Temporal.PlainDate): Temporal.PlainDate =>
  day.subtract({ days: day.dayOfWeek - 1 })
export const sundayOf = (monday: string): string =>
  Temporal.PlainDate.from(monday).add({ days: 6 }).toString()

/** The newest decision for a day holds, also when it was made later than that day; null when none was made. */
export function holdsOn(assessments: readonly Assessment[], day: string): Assessment | null {
  let holds: Assessment | null = null
  for (const one of assessments) {
    if (one.startsOn > day || (one.endsOn !== null && one.endsOn < day)) continue
    if (
      holds === null ||
      one.decidedAt > holds.decidedAt ||
      (one.decidedAt === holds.decidedAt && one.id > holds.id)
    )
      holds = one
  }
  return holds
}

/**
 * What is assessed for some days by one method, in pence. A week under one decision is that decision's weekly amount to the
 * penny. Where it changes within a week each day counts a seventh; a part of a penny is left to the person.
 */
export function assessedFor(
  assessments: readonly Assessment[],
  method: Method,
  from: string,
  until: string,
): Pence {
  const sevenths = daysOf(from, until).reduce((sum, day) => {
    const holds = holdsOn(assessments, day)
    return holds?.method === method ? sum + holds.weeklyPence : sum
  }, 0)
  return pence(Math.floor(sevenths / DAYS_A_WEEK))
}

/** What is assessed for the week that begins on this Monday, to be charged for council-paid care. */
export const assessedForWeek = (assessments: readonly Assessment[], monday: string): Pence =>
  assessedFor(assessments, 'gross_invoice', monday, sundayOf(monday))

/** Never more than the care costs, nor more than was assessed, nor below nothing. */
export const chargeOf = (assessed: number, cost: number): Pence =>
  pence(Math.max(0, Math.min(assessed, cost)))
