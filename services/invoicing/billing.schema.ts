import { z } from 'zod'
import { choice, neededParagraphs, whole } from '#services/providers/fields.schema.ts'
import { readPrefix } from './numbers.rules.ts'
import { BILLED_EVERY } from './periods.rules.ts'
import { readVatNumber } from './vat.rules.ts'

const MOST_LINES = 6

/** An address as it stands on a paper: one to six lines. */
export const addressLinesSchema = (missing: string) =>
  neededParagraphs(400, missing)
    .transform((text) =>
      text
        .split('\n')
        .map((line) => line.trim())
        .filter((line) => line !== ''),
    )
    .refine((lines) => lines.length <= MOST_LINES, 'Use six lines at most.')

/** What a provider says of how they bill. */
export const billingSchema = z
  .object({
    addressLines: addressLinesSchema('Enter the address that stands on your invoices.'),
    prefix: z.string().default(''),
    every: choice(BILLED_EVERY, 'Choose how often you send invoices.'),
    daysToPay: whole(0, 90, 'Enter a number of days from 0 to 90.'),
    vatStatus: choice(['not_registered', 'registered'], 'Say whether you are registered for VAT.'),
    vatNumber: z.string().max(40, 'A VAT number is GB and 9 digits.').default(''),
    welfareExempt: choice(['yes', 'no'], 'Say whether your welfare services are exempt.').optional(),
    /** Asked once: what was billed elsewhere is not billed again. */
    billFrom: choice(['now', 'all'], 'Choose from when on you bill here.').optional(),
  })
  .superRefine(({ vatStatus, vatNumber }, context) => {
    if (vatStatus === 'registered' && readVatNumber(vatNumber) === null)
      context.addIssue({
        code: 'custom',
        path: ['vatNumber'],
        message:
          'Enter your VAT number: GB and 9 digits, as it stands on your certificate. A digit may be mistyped.',
      })
  })
  .transform(({ vatNumber, vatStatus, ...rest }) => ({
    ...rest,
    vatStatus,
    vatNumber: vatStatus === 'registered' ? readVatNumber(vatNumber) : null,
  }))

/** The letters before their numbers. */
export const prefixSchema = z.string().transform((text, context) => {
  const prefix = readPrefix(text)
  if (prefix !== null) return prefix
  context.addIssue({ code: 'custom', message: 'Use 1 to 8 letters A to Z and digits, such as WCC.' })
  return z.NEVER
})
