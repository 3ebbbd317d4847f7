import { z } from 'zod'
import { type Pence, ZERO, parsePounds } from '#services/kernel/money.ts'
import { AGES } from './cost.rules.ts'

export const amount = (problem: string, most: number) =>
  z
    .string()
    .trim()
    .max(20, problem)
    .transform((text, context): Pence => {
      const read = parsePounds(text)
      if (read !== null && read <= most) return read
      context.addIssue({ code: 'custom', message: problem })
      return z.NEVER
    })
/** Left empty means none. */
export const amountOrNone = (problem: string, most: number) =>
  z.union(
    [
      z
        .string()
        .trim()
        .length(0)
        .transform((): Pence => ZERO),
      amount(problem, most),
    ],
    { error: problem },
  )

/** Pay for an hour, hours a week as minutes (7.5 is seven and a half hours), and how old somebody is. */
export const payFields = {
  hourly: amount('Enter the pay for an hour, for example 14.00', 1_000_00),
  hours: z
    .string()
    .trim()
    .regex(/^\d{1,3}(\.\d{1,2})?$/, 'Enter how many hours a week, for example 20 or 7.5')
    .transform((text) => Math.round(Number(text) * 60))
    .pipe(
      z
        .number()
        .min(15, 'Enter at least a quarter of an hour')
        .max(168 * 60, 'A week has 168 hours'),
    ),
  age: z.enum(AGES, { error: 'Choose how old they are' }),
}

/** What the page of costs asks. */
export const costSchema = z.object({
  ...payFields,
  fee: amountOrNone('Enter what the payroll service costs for four weeks, or leave it empty', 1_000_00),
  insurance: amountOrNone('Enter what the insurance costs for a year, or leave it empty', 10_000_00),
  budget: amountOrNone('Enter what you have for four weeks, or leave it empty', 1_000_000_00),
})
