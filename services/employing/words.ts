/** Words that pages and notices of employing share. */
import { duration, type Temporal, longDate } from '#services/kernel/time.ts'
import type { Side } from './employing.policy.ts'
import type { Period } from './periods.rules.ts'

const bare = (date: Temporal.PlainDate, year: boolean): string =>
  longDate(date, { year }).replace(/^\S+ /, '')

/** '2 to 29 November 2026', '30 November to 27 December 2026'. */
export function periodWords({ startsOn, endsOn }: Period): string {
  if (startsOn.year !== endsOn.year) return `${bare(startsOn, true)} to ${bare(endsOn, true)}`
  const from = startsOn.month === endsOn.month ? String(startsOn.day) : bare(startsOn, false)
  return `${from} to ${bare(endsOn, true)}`
}

export interface SheetStanding {
  tone: 'plain' | 'asked' | 'done' | 'stop'
  /** The state with its next step. */
  words: string
}

export interface StandingSheet {
  state: 'draft' | 'submitted' | 'approved' | 'returned' | 'sent' | 'paid'
  /** Whether the bureau's figures have come. */
  worked: boolean
  /** Whether the weeks are over. */
  over: boolean
}

/** Where the hours of a period stand, as either side reads it. */
export function sheetStanding({ state, worked, over }: StandingSheet, side: Side): SheetStanding {
  const employer = side === 'employer'
  switch (state) {
    case 'draft':
      return over
        ? { tone: 'asked', words: employer ? 'Waiting for the hours' : 'Write down and send your hours' }
        : { tone: 'plain', words: 'These weeks go on' }
    case 'submitted':
      return { tone: 'asked', words: employer ? 'Waiting for your yes' : 'Sent. Waiting for a yes' }
    case 'returned':
      return {
        tone: 'stop',
        words: employer ? 'Sent back, to be put right' : 'Sent back to you: put it right',
      }
    case 'approved':
      return { tone: 'done', words: 'Approved. Next: the payroll' }
    case 'sent':
      return worked && employer
        ? { tone: 'stop', words: 'Worked out. Waiting for money' }
        : { tone: 'asked', words: 'With the payroll' }
    case 'paid':
      return { tone: 'done', words: 'Paid' }
  }
}

export const AGE_WORDS = {
  adult: '22 or older, and not yet of State Pension age',
  twenty_one: '21',
  under_21: '18 to 20',
  under_18: '16 or 17',
  pension_age: 'State Pension age or older',
} as const

/** '3 days off sick, 12 hours in all'. */
export const sickWords = (days: number, minutes: number): string =>
  days === 0 ? 'None' : `${days === 1 ? 'One day' : `${String(days)} days`}, ${duration(minutes)} in all`
