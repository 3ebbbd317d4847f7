import { z } from 'zod'
import { chooseTimesSchema } from './draft.schema.ts'

/** Another time, offered by the provider. */
export const counterSchema = chooseTimesSchema.omit({ personId: true, note: true }).extend({
  message: z.string().trim().max(500, 'Make the message shorter: 500 letters at most').optional().default(''),
})

const note = z.string().trim().max(500, 'Make the note shorter: 500 letters at most').optional().default('')
const minutes = (sentence: string) =>
  z
    .string({ error: sentence })
    .trim()
    .regex(/^\d{1,4}$/, sentence)
    .transform(Number)

/** What a provider says about a visit that was. */
export const deliverSchema = z.object({
  minutes: minutes('Enter how many minutes you were there, as a whole number, for example 45'),
  note,
})
export const noAnswerSchema = z.object({ doorNote: note })
export const agreeSchema = z.object({
  minutes: minutes('Enter the minutes you agree to, as a whole number, for example 45'),
})
