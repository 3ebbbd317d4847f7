import { z } from 'zod'
import { emailSchema } from '#services/accounts/sign-in.schema.ts'
import { choice, line } from '#services/providers/fields.schema.ts'
import { amount, amountOrNone, payFields } from './cost.schema.ts'

const START = 'Open the page again from the start.'
const YES_NO = ['yes', 'no'] as const
const aDay = z.iso.date({ error: 'Enter a date that exists, such as 27 3 2027' })
const dayOrNone = z
  .string()
  .transform((text) => (text === '' ? null : text))
  .pipe(aDay.nullable())

/** No payroll service: somebody's own list of choices has this as its last. */
export const NO_BUREAU = 'none'

const fund = { allocationId: z.uuid({ error: 'Choose which fund pays' }) }
const who = {
  name: line(80, 'Enter what you call them'),
  // Left empty: they do not sign in.
  email: z
    .string()
    .trim()
    .transform((text) => (text === '' ? null : text))
    .pipe(emailSchema.nullable()),
}
const pay = { ...payFields, vary: choice(YES_NO, 'Say whether their hours are the same each week') }
const WHO_PAYS = 'Choose who works out the pay'
const payroll = {
  bureau: z
    .string({ error: WHO_PAYS })
    .refine((value) => value === NO_BUREAU || z.uuid().safeParse(value).success, WHO_PAYS),
  fee: amountOrNone('Enter what the payroll service costs for four weeks, or leave it empty', 1_000_00),
  pension: choice(YES_NO, 'Say whether they are in a pension'),
  allowance: choice(YES_NO, 'Say whether you claim the Employment Allowance'),
}
const insurance = { insuranceEndsOn: dayOrNone }

/** One page of writing down an employment each, in this order. */
export const STEPS = ['fund', 'who', 'pay', 'payroll', 'dates'] as const
export type Step = (typeof STEPS)[number]
export const stepSchemas = {
  fund: z.object(fund),
  who: z.object(who),
  pay: z.object(pay),
  payroll: z.object(payroll),
  dates: z.object({ startsOn: aDay, ...insurance }),
} as const

/** All of it, as it is sent at the end. The id was made at the start, so that a second press makes no second employment. */
export const employmentSchema = z.object({
  id: z.uuid({ error: START }),
  personId: z.uuid({ error: START }),
  ...fund,
  ...who,
  ...pay,
  ...payroll,
  startsOn: aDay,
  ...insurance,
})

/** What can change while somebody is employed. */
export const changeSchema = z.object({
  personId: z.uuid({ error: START }),
  ...fund,
  ...who,
  ...pay,
  ...payroll,
  ...insurance,
  endsOn: dayOrNone,
})

/** Hours that are sent back need a reason. */
export const returnSchema = z.object({ reason: line(500, 'Say what has to be put right') })

/** Money that is kept back by hand. */
export const keepSchema = z.object({
  purpose: choice(['notice', 'contingency'] as const, 'Choose what it is for'),
  amount: amountOrNone('Enter how much to keep back, for example 280.00', 1_000_000_00),
  reason: line(200, 'Say in a few words why'),
})

const figure = amountOrNone('Enter pounds and pence, for example 1045.24', 100_000_00)
/** What somebody who runs the payroll themselves has worked out. */
export const figuresSchema = z.object({
  net: amount('Enter what they get, for example 1045.24', 100_000_00),
  tax: figure,
  employee_ni: figure,
  employer_ni: figure,
  employee_pension: figure,
  employer_pension: figure,
  fee: figure,
  total: amount('Enter what it comes to, all in', 100_000_00),
})
