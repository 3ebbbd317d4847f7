import { z } from 'zod'
import { parsePounds } from '#services/kernel/money.ts'
import { METHODS } from './assessment.rules.ts'

const start = 'Open the page again from the start.'
const id = z.uuid({ error: start })

/** Pounds as typed; at most so many pence. */
const amount = (missing: string, most: number, tooMuch: string, least = 1) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .transform((text, context) => {
      const value = parsePounds(text)
      if (value === null) {
        context.addIssue({ code: 'custom', message: 'Enter an amount in pounds and pence, such as 32.40' })
        return z.NEVER
      }
      if (value > most) {
        context.addIssue({ code: 'custom', message: tooMuch })
        return z.NEVER
      }
      if (value < least) {
        context.addIssue({ code: 'custom', message: 'Enter an amount above zero' })
        return z.NEVER
      }
      return value
    })

const date = (missing: string) =>
  z
    .string({ error: missing })
    .min(1, missing)
    .pipe(z.iso.date({ error: 'Enter a date that exists, such as 27 3 2027' }))
const words = (missing: string, most = 1_000) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(most, `Make it shorter: ${new Intl.NumberFormat('en-GB').format(most)} letters at most`)

/** Nobody pays as much a week; more is a slip of the keys. */
const MOST_A_WEEK = 500_000
/** A row holds no more, and no transfer is as large. */
const MOST_AT_ONCE = 10_000_000

/** What finance decides about a person. */
export const considerSchema = z
  .object({
    method: z.enum(METHODS, { error: 'Choose how they pay' }),
    weekly: amount(
      'Enter what they pay each week. Enter 0 if they pay nothing',
      MOST_A_WEEK,
      'That is more than £5,000.00 a week. Check the amount',
      0,
    ),
    startsOn: date('Enter the first day on which it holds'),
    endsOn: z
      .union([z.literal(''), z.iso.date({ error: 'Enter a date that exists, or leave it empty' })])
      .optional()
      .transform((value) => value || null),
    council: z
      .union([z.literal(''), z.enum(['within', 'beside'])], {
        error: 'Choose whether the council’s payments change',
      })
      .optional()
      .transform((value) => value || ('within' as const)),
    reason: words('Say what it rests on, in words that the person can read', 500),
  })
  .superRefine(({ startsOn, endsOn }, context) => {
    if (endsOn !== null && endsOn < startsOn)
      context.addIssue({
        code: 'custom',
        path: ['endsOn'],
        message: 'The last day is before the first. Change one of them',
      })
  })
export type Considered = z.output<typeof considerSchema>

export const decideSchema = z.object({
  assessmentId: id,
  /** What the preview came to, as it was shown. */
  seen: z.string({ error: start }).min(1, start).max(200, start),
})

export const disputeSchema = z.object({
  personId: id,
  week: z
    .union([z.literal(''), z.iso.date({ error: start })])
    .optional()
    .transform((value) => value || null),
  reason: words('Say what is wrong, in your own words'),
})

export const answerDisputeSchema = z.object({
  outcome: z.enum(['stands', 'let_go', 'anew'], { error: 'Choose what follows' }),
  decision: words('Say why, in words that the person can read'),
})

export const letGoSchema = z.object({
  writeOffId: id,
  amount: amount('Enter how much is let go', MOST_AT_ONCE, 'That is more than is owed. Check the amount'),
  reason: words('Say why it is let go'),
})

export const recordSchema = z.object({
  paymentId: id,
  amount: amount('Enter how much arrived', MOST_AT_ONCE, 'That is more than £100,000.00. Check the amount'),
  onDay: date('Enter the day on which it arrived'),
})

export const payInSchema = z.object({
  personId: id,
  payInId: id,
  amount: amount(
    'Enter how much was paid in',
    MOST_AT_ONCE,
    'That is more than £100,000.00. Check the amount',
  ),
  /** What was still to be paid in when the page was opened: a second press finds less. */
  open: z
    .string({ error: start })
    .regex(/^\d{1,9}$/, start)
    .transform(Number),
})

export const payToSchema = z.object({
  councilId: id,
  name: words('Enter the name of the account', 80),
  sortCode: z
    .string()
    .transform((text) => text.replaceAll(/[\s-]/g, ''))
    .pipe(z.string().regex(/^\d{6}$/, 'Enter six digits, such as 12-34-56')),
  account: z
    .string()
    .transform((text) => text.replaceAll(/\s/g, ''))
    .pipe(z.string().regex(/^\d{8}$/, 'Enter eight digits')),
})

/** How much somebody means to pay now. */
export const beginSchema = z.object({
  personId: id,
  amount: amount('Enter how much you pay', MOST_AT_ONCE, 'That is more than £100,000.00. Check the amount'),
})

/** The same on a card's page; its own field, beside the transfer's on one page. */
export const cardSchema = z.object({ personId: id, cardAmount: beginSchema.shape.amount })

/** A press of the person, with nothing to fill in. */
export const pressSchema = z.object({ personId: id, paymentId: id })
