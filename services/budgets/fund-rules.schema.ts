import { z } from 'zod'
import { parsePounds } from '#services/kernel/money.ts'

const words = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(most, `Use at most ${String(most)} letters`)

const optionalPounds = z
  .string()
  .trim()
  .transform((value, context) => {
    if (value === '') return null
    const amount = parsePounds(value)
    if (amount !== null && amount > 0) return amount
    context.addIssue({ code: 'custom', message: 'Enter an amount in pounds, such as 25 or 25.50' })
    return z.NEVER
  })

/** The rules of one fund, as the council's finance staff type them. */
export const fundRulesSchema = z
  .object({
    canBuy: words('Say what it can buy, in plain words', 300),
    /** 'only': the ticked kinds of support alone; 'except': all but the ticked ones. */
    list: z.enum(['only', 'except'], { error: 'Choose how the list is meant' }),
    categories: z.array(z.string().max(60)).max(60),
    refusalReason: z.string().trim().max(300, 'Use at most 300 letters'),
    /** Reasons for single kinds of support, by code; empty ones are left out. */
    reasons: z
      .record(z.string(), z.string().trim().max(300, 'Use at most 300 letters'))
      .transform((all) => Object.fromEntries(Object.entries(all).filter(([, reason]) => reason !== ''))),
    accreditedOnly: z.boolean(),
    councilOnly: z.boolean(),
    ceiling: optionalPounds,
    expiresOn: z
      .union([z.literal(''), z.iso.date({ error: 'Enter a date that exists, such as 27 3 2027' })])
      .transform((value) => value || null),
    carryOver: z.enum(['none', 'all'], { error: 'Choose what happens to what is left' }),
    receipts: z.enum(['none', 'over', 'all'], { error: 'Choose which receipts the scheme asks for' }),
    receiptsOver: optionalPounds,
  })
  .superRefine((value, context) => {
    if (value.list === 'only' && value.categories.length === 0)
      context.addIssue({ code: 'custom', path: ['categories'], message: 'Tick at least one kind of support' })
    if (value.receipts === 'over' && value.receiptsOver === null)
      context.addIssue({
        code: 'custom',
        path: ['receiptsOver'],
        message: 'Enter the sum above which a receipt is asked for',
      })
  })
export type FundRules = z.output<typeof fundRulesSchema>
export type FundRulesInput = z.input<typeof fundRulesSchema>
