import { z } from 'zod'
import { neededParagraphs } from '#services/providers/fields.schema.ts'

export const makeRunSchema = z.object({
  untilDay: z.iso.date({ error: 'Enter the last day that the run is for, such as 30 November 2026.' }),
  providerIds: z
    .array(z.uuid({ error: 'Choose at least one provider.' }))
    .min(1, 'Choose at least one provider.')
    .max(2_000, 'Choose fewer providers, and make a second run.'),
})

export const abandonSchema = z.object({
  note: neededParagraphs(500, 'Say why, for whoever made it.'),
})
