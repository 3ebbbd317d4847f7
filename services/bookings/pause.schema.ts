import { z } from 'zod'

const start = 'Open the page again from the start.'
const day = (empty: string) =>
  z
    .string()
    .trim()
    .min(1, empty)
    .pipe(z.iso.date({ error: 'Enter a date that exists, for example 3 12 2026' }))

export const pauseSchema = z.object({
  personId: z.uuid({ error: start }),
  from: day('Enter the day from which the visits stop'),
})

export const resumeSchema = z.object({
  personId: z.uuid({ error: start }),
  from: day('Enter the day from which the visits go on'),
  /** Visits that the page said cannot be had back. */
  without: z.array(z.uuid({ error: start })).max(60, start),
})

/** The day in the address of the page that shows what would come back. */
export const resumeDaySchema = resumeSchema.pick({ from: true })
