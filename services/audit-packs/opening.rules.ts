/** Why somebody of a council looks at everything about a fund, and for how long they may. Pure. */
import { z } from 'zod'
import { type Temporal, plusMinutes } from '#services/kernel/time.ts'

/** What a council may look for. The words stand on the form, and the person reads them afterwards. */
export const PURPOSES = {
  yearly_look: 'The yearly look at how the money is used',
  sample: 'It is in a sample that was drawn',
  question: 'Something is not clear, or somebody asked about it',
  person_asked: 'The person, or somebody for them, asked us to look',
  fund_ends: 'The fund ends, or is held another way',
  outside_auditor: 'Our auditors, or whoever pays us, asked for it',
} as const
export type Purpose = keyof typeof PURPOSES
const CODES = Object.keys(PURPOSES) as [Purpose, ...Purpose[]]

/** A day at work, as long as staff stay signed in: then the purpose is asked for once more. */
const MINUTES = 8 * 60

/** Whether what was said at a moment still lets somebody look now. */
export const stillOpen = (openedAt: Temporal.Instant, now: Temporal.Instant): boolean =>
  openedAt.epochMilliseconds <= now.epochMilliseconds &&
  now.epochMilliseconds < plusMinutes(openedAt, MINUTES).epochMilliseconds

const WHY = 'Say in a few words what you want to see. The person reads this.'
export const openingSchema = z.object({
  purpose: z.enum(CODES, { error: 'Say why you look at this.' }),
  words: z
    .string({ error: WHY })
    .transform((text) => text.normalize('NFC').replace(/\s+/g, ' ').trim())
    .pipe(z.string().min(3, WHY).max(500, 'Make this shorter: 500 letters at most.')),
})

/** The code in words, for a code that was kept. */
export const purposeWords = (code: string): string =>
  Object.hasOwn(PURPOSES, code) ? PURPOSES[code as Purpose] : code
