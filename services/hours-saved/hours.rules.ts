/** Paperwork that nobody had to do, in minutes; and a person's own hours, asked once a quarter. Pure. */
import { z } from 'zod'
import { Temporal, duration, longDate } from '#services/kernel/time.ts'
import { ASSUMPTIONS, type Assumption, type Kind } from './assumptions.ts'

/** So many papers of a kind that nobody made or kept, on a day (ISO). */
export interface Spared {
  kind: Kind
  on: string
  count: number
}

/** The assumption that holds for a kind on a day; null before the first. */
export function assumptionOn(
  kind: Kind,
  on: string,
  all: readonly Assumption[] = ASSUMPTIONS,
): Assumption | null {
  let holds: Assumption | null = null
  for (const one of all)
    if (one.kind === kind && one.from <= on && (holds === null || one.from >= holds.from)) holds = one
  return holds
}

export interface Saved {
  count: number
  minutes: number
}

/** How many papers, and what they would have taken: each by the assumption of its own day. */
export function savedBy(
  spared: readonly Spared[],
  kind: Kind,
  all: readonly Assumption[] = ASSUMPTIONS,
): Saved {
  const of = spared.filter((one) => one.kind === kind)
  return {
    count: of.reduce((sum, { count }) => sum + count, 0),
    minutes: of.reduce((sum, { count, on }) => sum + count * (assumptionOn(kind, on, all)?.minutes ?? 0), 0),
  }
}

/** '3 hours', 'about 3 hours 30 minutes' is too exact for an assumption: to the half hour, from one hour on. */
export function roughly(minutes: number): string {
  if (minutes < 60) return duration(Math.round(minutes / 5) * 5)
  const halves = Math.round(minutes / 30)
  const words = new Intl.NumberFormat('en-GB').format(halves / 2)
  return `${words} ${halves === 2 ? 'hour' : 'hours'}`
}

/** First day of the quarter of a day. */
export const quarterOf = (day: Temporal.PlainDate): Temporal.PlainDate =>
  new Temporal.PlainDate(day.year, Math.floor((day.month - 1) / 3) * 3 + 1, 1)

export const quarterBefore = (first: Temporal.PlainDate): Temporal.PlainDate => first.subtract({ months: 3 })

const monthName = (day: Temporal.PlainDate): string => longDate(day).split(' ')[2] ?? ''
/** 'July to September 2026' */
export const quarterWords = (first: Temporal.PlainDate): string =>
  `${monthName(first)} to ${monthName(first.add({ months: 2 }))} ${String(first.year)}`

const MOST_MINUTES = 60_000
const whole = (text: string): number | null => (/^\d{1,4}$/.test(text.trim()) ? Number(text.trim()) : null)

/**
 * What somebody typed as their hours: whole hours and minutes, either may be empty, not both.
 * @returns minutes
 */
export const answerSchema = z
  .object({ hours: z.string().default(''), minutes: z.string().default('') })
  .transform(({ hours, minutes }, context) => {
    if (hours.trim() === '' && minutes.trim() === '') {
      context.addIssue({
        code: 'custom',
        path: ['hours'],
        message: 'Say how many hours, 0 if there were none. Or press “I would rather not say”.',
      })
      return z.NEVER
    }
    const [h, m] = [hours.trim() === '' ? 0 : whole(hours), minutes.trim() === '' ? 0 : whole(minutes)]
    const minutesRight = m !== null && m <= 59
    const sum = (h ?? 0) * 60 + (minutesRight ? m : 0)
    if (h === null || sum > MOST_MINUTES)
      context.addIssue({
        code: 'custom',
        path: ['hours'],
        message: 'Enter whole hours in figures, up to 1,000.',
      })
    if (!minutesRight)
      context.addIssue({
        code: 'custom',
        path: ['minutes'],
        message: 'Enter minutes in figures, from 0 to 59.',
      })
    return sum
  })

/** Fewer people than this are nobody's figure to see. */
const FEWEST = 5
/** A sum of which one person makes up more than this is that person's. */
const MOST_OF_ONE = 0.8

export interface AnswersOfQuarter {
  people: number
  minutes: number
  /** Of the one who said most. */
  most: number
}

export type Told = { hidden: true } | { hidden: false; people: number; minutes: number }

/**
 * What a council may be told of a quarter that is over: nothing of fewer than five people, or of a sum that is one person's.
 * Only whole quarters are told, so that no two looks at the same one differ by one person.
 */
export const toldOf = ({ people, minutes, most }: AnswersOfQuarter): Told =>
  people < FEWEST || most > minutes * MOST_OF_ONE ? { hidden: true } : { hidden: false, people, minutes }
