import { z } from 'zod'
import { parsePounds } from '#services/kernel/money.ts'

const start = 'Open the page again from the start.'
const id = z.uuid({ error: start })
const pressed = z
  .string({ error: start })
  .regex(/^\d{1,9}$/, start)
  .transform(Number)
const words = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(most, `Make it shorter: ${most.toLocaleString('en-GB')} letters at most`)
const mayBeEmpty = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Make it shorter: ${most.toLocaleString('en-GB')} letters at most`)
    .default('')

/** "Pay this", "pay all of these". `expectedPence` is what the page said that it comes to. */
export const instructSchema = z.object({
  personId: id,
  allocationId: id,
  payableIds: z.array(id).min(1, 'Choose at least one thing to pay').max(100, start),
  expectedPence: pressed,
  /** How the person said it, when somebody of the holder writes it down. */
  note: mayBeEmpty(300),
})
export const standingSchema = z.object({ personId: id, allocationId: id, note: mayBeEmpty(300) })
export const withdrawSchema = z.object({ personId: id, allocationId: id, instructionId: id })
export const askSchema = z.object({
  personId: id,
  allocationId: id,
  words: words('Write what you would like to know or say', 2_000),
})

/** The holder: "I have paid these". */
export const paidSchema = z.object({
  allocationId: id,
  payableIds: z.array(id).min(1, 'Choose at least one thing that you have paid').max(100, start),
  expectedPence: pressed,
})
export const refuseSchema = z.object({
  allocationId: id,
  instructionId: id,
  answer: words('Say why you do not pay it, in words that they can act on', 500),
})
const date = z
  .string()
  .refine((text) => text !== '', 'Enter the day')
  .pipe(z.iso.date({ error: 'Enter a date that exists, such as 27 3 2027' }))
export const arrivedSchema = z.object({ allocationId: id, paymentId: id, arrivedOn: date })
/** What a holder's bank tells it; each is a failure of services/settlement/payment-words. */
export const CAME_BACK = ['wrong_details', 'account_closed', 'returned', 'other'] as const
export const cameBackSchema = z.object({
  allocationId: id,
  paymentId: id,
  failure: z.enum(CAME_BACK, { error: 'Choose what the bank said' }),
})
export const answerSchema = z.object({
  allocationId: id,
  messageId: id,
  answer: words('Write your answer', 2_000),
})
export const giveBackSchema = z.object({ allocationId: id, expectedPence: pressed })

/** Closing a breach of an agreement. */
export const closeBreachSchema = z.object({
  allocationId: id,
  breachId: id,
  why: words('Say what was done about it', 500),
})

const NO_DATE = 'Enter a date that exists, such as 27 3 2027'
const optionalDate = z
  .union([z.literal(''), z.iso.date({ error: NO_DATE })], { error: NO_DATE })
  .default('')
  .transform((value) => value || null)
const amount = (sentence: string, most: number) =>
  z
    .string()
    .trim()
    .max(20, sentence)
    .default('')
    .transform((text, context): number | null => {
      if (text === '') return null
      const read = parsePounds(text)
      if (read !== null && read <= most) return read
      context.addIssue({ code: 'custom', message: sentence })
      return z.NEVER
    })

/** What the council writes down with the person. */
export const agreementSchema = z
  .object({
    startsOn: date,
    endsOn: optionalDate,
    reviewDueOn: optionalDate,
    insuranceEndsOn: optionalDate,
    fee: amount('Enter the fee for a week in pounds, such as 4.50, or leave it empty', 100_000),
    /** A Monday; empty: from the next one, or from the start of a new agreement. */
    feeFrom: optionalDate,
    feeWords: mayBeEmpty(300),
    mostAtOnce: amount('Enter an amount in pounds, such as 60, or leave it empty', 10_000_000),
    terms: words('Say what it may be spent on without asking', 1_000),
    ownServices: mayBeEmpty(500),
    agreedWords: words('Say how and when the person agreed to it', 300),
  })
  .superRefine((value, context) => {
    const say = (path: string, message: string): void => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if (value.endsOn && value.endsOn < value.startsOn)
      say('endsOn', 'It cannot end before it begins. Look at the two dates again')
    if (value.mostAtOnce === 0) say('mostAtOnce', 'Enter more than nothing, or leave it empty')
  })
export type AgreementInput = z.output<typeof agreementSchema>
