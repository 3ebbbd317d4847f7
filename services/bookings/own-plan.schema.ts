import { z } from 'zod'

const start = 'Open the page again from the start.'
const personId = z.uuid({ error: start })

/** Which of the offered times, once or each week, and the time of day when it is open longer than somebody stays. */
export const addPlanSchema = z.object({
  personId,
  session: z.string().regex(/^\d{4}-\d{2}-\d{2} \d{1,4}$/, 'Choose a day'),
  often: z.enum(['once', 'weekly'], { error: 'Choose how often' }),
  time: z.union([z.literal(''), z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/)], {
    error: 'Choose a time, or leave it open',
  }),
})

/** One day of it, or all of it. */
export const removePlanSchema = z.object({
  personId,
  planId: z.uuid({ error: start }),
  day: z.union([z.literal('').transform(() => null), z.iso.date({ error: start })]),
})
