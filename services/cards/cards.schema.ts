import { z } from 'zod'
import { parsePounds } from '#services/kernel/money.ts'
import { choice, line, optionalLine } from '#services/providers/fields.schema.ts'
import { CARD_PRESSES, COUNCIL_PRESSES, PRESS_REASON_CODES } from './cards.rules.ts'

const start = 'Open the page again from the start.'
const id = z.uuid({ error: start })

/** Cards of budgets are far below it. */
const MOST_PENCE = 5_000_000

const optionalAmount = z
  .string()
  .default('')
  .transform((text, context) => {
    if (text.trim() === '') return null
    const amount = parsePounds(text)
    if (amount !== null && amount > 0 && amount <= MOST_PENCE) return amount
    context.addIssue({
      code: 'custom',
      message: 'Write pounds, such as 50 or 49.99, up to £50,000. Leave it empty for no limit.',
    })
    return z.NEVER
  })

/** Merchant category codes with commas or spaces between, each once. */
const codes = z
  .string()
  .default('')
  .transform((text) => [...new Set(text.split(/[\s,;]+/).filter(Boolean))])
  .pipe(
    z
      .array(z.string().regex(/^\d{4}$/, 'A code of a kind of shop has four figures, such as 5411.'))
      .max(200, 'Name up to 200 kinds of shop.'),
  )

export const programmeSchema = z
  .object({
    councilId: id,
    /** Empty: a new one. */
    programmeId: z.union([id, z.literal('')]).default(''),
    name: line(80, 'Give the card scheme a name, such as “Millgate prepaid card”.'),
    runs: choice(['asks', 'file'], 'Choose how Kith hears of purchases'),
    allowed: codes,
    blocked: codes,
    because: optionalLine(200),
    atOnce: optionalAmount,
    aDay: optionalAmount,
    aMonth: optionalAmount,
    cash: z
      .enum(['yes'], { error: 'Tick the box again.' })
      .optional()
      .transform((value) => value === 'yes'),
    cashADay: optionalAmount,
  })
  .superRefine((given, context) => {
    const say = (path: string, message: string) => {
      context.addIssue({ code: 'custom', path: [path], message })
    }
    if (given.allowed.length > 0 && given.blocked.length > 0)
      say('blocked', 'Name the only kinds of shop where it works, or those where it does not; not both.')
    if (given.cashADay !== null && !given.cash)
      say('cashADay', 'Cash is not agreed. Tick it, or leave this empty.')
    if (given.atOnce !== null && given.aDay !== null && given.aDay < given.atOnce)
      say('aDay', 'A day’s limit is not less than what one purchase may cost.')
    if (given.aDay !== null && given.aMonth !== null && given.aMonth < given.aDay)
      say('aMonth', 'A month’s limit is not less than a day’s.')
  })

export const issueSchema = z.object({
  councilId: id,
  programmeId: z.uuid({ error: 'Choose the card scheme' }),
  allocationId: z.uuid({ error: 'Choose whose fund the card is for' }),
  form: choice(['plastic', 'virtual'], 'Choose what kind of card it is').default('plastic'),
  /** Of a scheme that sends files: its own number for the card, and the last four figures on it. */
  reference: optionalLine(80),
  last4: optionalLine(4),
})

export const pressSchema = z.object({
  personId: id,
  cardId: id,
  press: z.enum(CARD_PRESSES, { error: start }),
  why: z.enum(['lost', 'stolen', 'damaged'], { error: 'Say what happened to the card' }).optional(),
})

export const councilPressSchema = z.object({
  councilId: id,
  cardId: z.uuid({ error: 'Choose the card' }),
  press: choice(COUNCIL_PRESSES, 'Choose what to do with the card'),
  why: choice(PRESS_REASON_CODES, 'Choose the reason: the person is told'),
  note: optionalLine(300),
})

export const secondCardSchema = z.object({
  personId: id,
  allocationId: id,
  supporterUserId: z.uuid({ error: 'Choose who carries the card' }),
})

export const ofPaymentSchema = z.object({
  personId: id,
  paymentId: id,
  /** The card's movement that paid it, when it had been taken for something else. */
  transactionId: z.union([id, z.literal('')]).default(''),
})
