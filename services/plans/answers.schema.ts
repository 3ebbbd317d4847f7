import { z } from 'zod'

/** As they stand in the database: sentences under what they are about. */
export const planLines = z
  .array(z.object({ about: z.string().min(1).max(80), words: z.string().min(1).max(900) }))
  .min(1)
  .max(12)
