import { z } from 'zod'
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { choice, line, neededParagraphs, paragraphs, whole } from '#services/providers/fields.schema.ts'
import { BOUGHT_CODES } from './purchase.rules.ts'

const start = 'Open the page again from the start.'
const id = z.uuid({ error: start })

/** Far above anything that is bought with a budget at once. */
const MOST_POUNDS = 50_000

/**
 * Pounds and pence as somebody types them: '389', '£389.00', '1,250.50'. A comma stands between thousands and nowhere
 * else: '12,50' may mean twelve pounds fifty, or twelve hundred and fifty, so it is asked again.
 * @returns Pence above zero, or the string 'none', 'minus', 'comma', 'decimals' or 'much' for what is wrong
 */
export function readAmount(text: string): Pence | 'none' | 'minus' | 'comma' | 'decimals' | 'much' {
  const clean = text
    .normalize('NFKC')
    .replace(/pounds?\s*$/i, '')
    .replace(/[\s£]/g, '')
  if (/^[-−–]/.test(clean)) return 'minus'
  if (/^\d[\d,]*\.\d{3,}$/.test(clean)) return 'decimals'
  if (/^\d[\d,]*(\.\d{0,2})?$/.test(clean)) {
    if (clean.includes(',') && !/^\d{1,3}(,\d{3})+(\.\d{0,2})?$/.test(clean)) return 'comma'
    const [whole = '', parts = ''] = clean.replaceAll(',', '').split('.')
    if (whole.replace(/^0+/, '').length > 7) return 'much'
    const value = Number(whole) * 100 + Number(parts.padEnd(2, '0'))
    if (value > MOST_POUNDS * 100) return 'much'
    return value === 0 ? 'none' : pence(value)
  }
  return 'none'
}

const WRONG = {
  none: 'Write the amount in pounds, such as 389 or 389.50.',
  minus: 'Write an amount above £0.00, without a minus sign.',
  comma:
    'Write the amount with a full stop before the pence, such as 12.50. A comma goes between thousands: 1,250.',
  decimals: 'Write pounds and whole pence: two figures after the full stop at most, such as 12.50.',
  much: `Write an amount up to £${MOST_POUNDS.toLocaleString('en-GB')}.`,
} as const

export const amount = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    if (text.trim() === '') {
      context.addIssue({ code: 'custom', message: missing })
      return z.NEVER
    }
    const read = readAmount(text)
    if (typeof read === 'number') return read
    context.addIssue({ code: 'custom', message: WRONG[read] })
    return z.NEVER
  })

/** As `amount`; an empty field is null, and so is nothing at all. */
export const optionalAmount = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text.trim() === '') return null
    const read = readAmount(text)
    if (typeof read === 'number') return read
    context.addIssue({ code: 'custom', message: WRONG[read] })
    return z.NEVER
  })

/** A day of the calendar, 'YYYY-MM-DD'. */
const calendarDay = (missing: string) =>
  z.string({ error: missing }).transform((text, context) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(text))
      try {
        return Temporal.PlainDate.from(text, { overflow: 'reject' })
      } catch {
        // Falls through: no such day.
      }
    context.addIssue({ code: 'custom', message: missing })
    return z.NEVER
  })

const tidyUnits = z
  .string({ error: 'Write how many, as a number from 1 to 1,000. Leave 1 when it is one thing.' })
  .transform((text) => (text.trim() === '' ? '1' : text))
  .pipe(whole(1, 1_000, 'Write how many, as a number from 1 to 1,000. Leave 1 when it is one thing.'))

/** @param outcomes of the plan, as far as whoever proposes may see them */
export const proposeSchema = (outcomes: readonly string[]) =>
  z.object({
    personId: id,
    /** Made by the page: the second press of one form is the same purchase. */
    purchaseId: id,
    what: line(120, 'Say what it is, in a few words.'),
    seller: line(120, 'Say who sells it, such as the name of the shop.'),
    price: amount('Write what it costs in all.'),
    units: tidyUnits,
    category: choice(BOUGHT_CODES, 'Choose what kind of thing it is.'),
    fund: z.uuid({ error: 'Choose the fund that should pay.' }),
    /** The plan's words; empty when it is for none of them. */
    outcome: z
      .string()
      .default('')
      .refine((words) => words === '' || outcomes.includes(words), 'Choose one of the outcomes of the plan.'),
  })

export const pressSchema = z.object({ personId: id, purchaseId: id })

export const paidSchema = z.object({
  personId: id,
  purchaseId: id,
  price: amount('Write what it came to.'),
  paidOn: calendarDay('Write the day on which it was paid, like 2 12 2026.'),
  /** 'yes': take what it costs more than was agreed. */
  more: z.string().optional(),
})

export const askAgainSchema = z.object({
  personId: id,
  purchaseId: id,
  price: amount('Write what it costs now.'),
})

export const refundSchema = z.object({
  personId: id,
  purchaseId: id,
  price: amount('Write how much came back.'),
})

export const decideSchema = z.object({
  purchaseId: id,
  decision: choice(['agree', 'refuse'], 'Choose whether you agree.'),
  reason: paragraphs(1_000),
})

export const refusePaymentSchema = z.object({
  answer: neededParagraphs(1_000, 'Say why it is not paid, in words that help them. They read this.'),
})

export const auditSchema = z.object({
  purchaseId: id,
  /** When it was looked at before, as the page showed it: two people must not overwrite each other. */
  seen: z.string().default(''),
  finding: choice(['in_order', 'flagged'], 'Choose what you found.'),
  note: paragraphs(1_000),
})

export const limitsSchema = z.object({ atOnce: optionalAmount, adviser: optionalAmount })
