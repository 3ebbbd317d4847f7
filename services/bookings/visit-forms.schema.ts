import { z } from 'zod'

const start = 'Open the page again from the start.'
const personId = z.uuid({ error: start })

/** "Yes to all this week, except …", or yes to one. */
export const yesSchema = z.object({
  personId,
  visitIds: z
    .array(z.uuid({ error: start }))
    .min(1, 'Choose at least one visit to say yes to')
    .max(100, start),
})

/** A press about one visit, with nothing to fill in. */
export const pressSchema = z.object({ personId, visitId: z.uuid({ error: start }) })

export const differentSchema = z.object({
  personId,
  reason: z
    .string()
    .trim()
    .min(1, 'Say what was different, in a few words')
    .max(1000, 'Make it shorter: 1,000 letters at most'),
})

export const cancelSchema = z.object({
  personId,
  /** Pence, as the page said it. */
  expectedFee: z
    .string({ error: start })
    .regex(/^\d{1,9}$/, start)
    .transform(Number),
})

export const readSchema = z.object({ personId, noticeIds: z.array(z.uuid({ error: start })).max(50, start) })
