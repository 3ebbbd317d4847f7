import { z } from 'zod'

export const SCORES = ['keptMeInControl', 'reliable', 'respectful', 'listened', 'madeADifference'] as const
export type Score = (typeof SCORES)[number]

export const SCORE_WORDS: Record<Score, string> = {
  keptMeInControl: 'Kept me in control',
  reliable: 'Reliable',
  respectful: 'Respectful',
  listened: 'Listened',
  madeADifference: 'Made a difference',
}

const score = (label: string) =>
  z
    .string({ error: `Choose a score for “${label}”` })
    .regex(/^[1-5]$/, `Choose a score for “${label}”`)
    .transform(Number)

export const reviewSchema = z.object({
  personId: z.uuid({ error: 'Open the page again from the start.' }),
  keptMeInControl: score(SCORE_WORDS.keptMeInControl),
  reliable: score(SCORE_WORDS.reliable),
  respectful: score(SCORE_WORDS.respectful),
  listened: score(SCORE_WORDS.listened),
  madeADifference: score(SCORE_WORDS.madeADifference),
  comment: z.string().trim().max(2000, 'Make it shorter: 2,000 letters at most').optional().default(''),
})
export type ReviewInput = z.output<typeof reviewSchema>

export const replySchema = z.object({
  reply: z
    .string({ error: 'Write your reply' })
    .trim()
    .min(1, 'Write your reply')
    .max(2000, 'Make it shorter: 2,000 letters at most'),
})
