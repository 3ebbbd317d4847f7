import { z } from 'zod'

const start = 'Open the page again from the start.'

/** So long is a note, and so long a comment; the database holds to it too. */
export const MOST_LETTERS = 500
const tooLong = `Make it shorter: ${String(MOST_LETTERS)} letters at most`

export const keepSchema = z.object({
  serviceId: z.uuid({ error: start }),
  intent: z.enum(['keep', 'take_off'], { error: start }),
})

/** Whose list it is, as the form that was opened says. */
const entry = { personId: z.uuid({ error: start }), entryId: z.uuid({ error: start }) }

/** An empty note takes it away. */
export const noteSchema = z.object({ ...entry, note: z.string().trim().max(MOST_LETTERS, tooLong) })

export const commentSchema = z.object({
  ...entry,
  comment: z.string().trim().min(1, 'Write what you want to say').max(MOST_LETTERS, tooLong),
})

export const takeBackSchema = z.object({
  personId: entry.personId,
  commentId: z.uuid({ error: start }),
})
