import { z } from 'zod'
import { MOST_VISITS } from './recurrence.rules.ts'

const digits = (label: string, min: number, max: number) =>
  z
    .string({ error: label })
    .trim()
    .regex(/^\d{1,5}$/, label)
    .transform(Number)
    .pipe(z.number().min(min, label).max(max, label))

/** What the first page of booking sends; `date` is one of the three boxes put together (ISO when it is a date). */
export const chooseTimesSchema = z.object({
  personId: z.uuid({ error: 'Open the page again from the start.' }),
  date: z
    .string()
    .trim()
    .min(1, 'Enter the date of the visit')
    .pipe(z.iso.date({ error: 'Enter a date that exists, for example 3 12 2026' })),
  time: z
    .string({ error: 'Choose a time' })
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'Choose a time for the visit to start'),
  minutes: digits('Choose how long the visit lasts', 5, 10_080),
  repeat: z.enum(['once', 'weekly'], { error: 'Choose once, or every week' }),
  weeks: z
    .string()
    .trim()
    .optional()
    .transform((text) => (text === undefined || text === '' ? '4' : text))
    .pipe(digits(`Enter how many weeks, from 2 to ${String(MOST_VISITS)}`, 2, MOST_VISITS)),
  note: z.string().trim().max(500, 'Make the note shorter: 500 letters at most').optional().default(''),
})
export type ChosenTimes = z.output<typeof chooseTimesSchema>

/** What a draft keeps (booking.choices). */
export const choicesSchema = z.object({
  firstDate: z.iso.date(),
  time: z.string(),
  minutes: z.number().int().positive(),
  visits: z.number().int().min(1).max(MOST_VISITS),
  without: z.array(z.string()).default([]),
  /** Instants, so that the database can look for clashes without knowing the rule. */
  slots: z.array(z.object({ startsAt: z.string(), endsAt: z.string() })).default([]),
})
export type Choices = z.infer<typeof choicesSchema>
