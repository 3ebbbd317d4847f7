import { z } from 'zod'
import { line, neededParagraphs } from '#services/providers/fields.schema.ts'
import { PAYEE_CHECKS } from './payee.rules.ts'

/** Digits as people type them, with spaces or dashes between. */
const digits = (text: string): string => text.normalize('NFKC').replace(/[\s-]/g, '')

export const proposePayeeSchema = z.object({
  accountName: line(70, 'Enter the name on the account, as the bank has it.'),
  sortCode: z
    .string()
    .transform(digits)
    .pipe(z.string().regex(/^\d{6}$/, 'A sort code has 6 digits, such as 12-34-56.')),
  accountNumber: z
    .string()
    .transform(digits)
    .pipe(
      z
        .string()
        .regex(
          /^\d{6,8}$/,
          'An account number has 8 digits. If yours has 9 or 10, ask your bank for the 8 digits that other banks use.',
        ),
    )
    // Six and seven digits are eight with noughts in front.
    .transform((number) => number.padStart(8, '0')),
  /** Said after the published check had said no. */
  sure: z
    .string()
    .optional()
    .transform((value) => value === 'yes'),
})

export const payeeCheckSchema = z.object({
  result: z.enum(PAYEE_CHECKS, { error: 'Choose what the bank says of the name.' }),
})

export const callBackSchema = z.object({
  answer: z.enum(['yes', 'no'], { error: 'Say whether they confirmed it.' }),
  note: neededParagraphs(500, 'Write down whom you rang, on which number, and what they said.'),
})
