import { z } from 'zod'

/** As typed: spaces round it and capitals do not matter. */
export const emailSchema = z
  .string({ error: 'Enter your e-mail address' })
  .trim()
  .toLowerCase()
  .min(1, 'Enter your e-mail address')
  .max(254, 'This e-mail address is too long. Check it')
  .pipe(z.email({ error: 'Enter an e-mail address like name@example.org' }))

export const askForCodeSchema = z.object({ email: emailSchema })

/** Six digits; people type spaces and dashes between them. */
const codeSchema = z
  .string({ error: 'Enter the six digits' })
  .transform((text) => text.replaceAll(/[\s-]/g, ''))
  .pipe(z.string().regex(/^\d{6}$/, 'The code is six digits, such as 204 816. Check it and type it again'))

const nameSchema = z
  .string({ error: 'Enter your name' })
  .trim()
  .min(1, 'Enter your name')
  .max(120, 'Use at most 120 letters for your name')

/** For forms with one field each. */
export const codeForm = z.object({ code: codeSchema })
export const nameForm = z.object({ name: nameSchema })
