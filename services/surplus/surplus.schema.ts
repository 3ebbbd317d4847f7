import { z } from 'zod'
import { parsePounds } from '#services/kernel/money.ts'

const words = (missing: string) =>
  z.string({ error: missing }).trim().min(1, missing).max(1_000, 'Use at most 1,000 letters')

export const answerSchema = z.object({ answer: words('Say what the money is for') })
export const appealSchema = z.object({ appeal: words('Say why you do not agree') })

/** What the council takes back, in pounds; nought closes the case. */
export const decisionSchema = z.object({
  reclaim: z
    .string()
    .trim()
    .transform((value, context) => {
      const amount = parsePounds(value)
      if (amount !== null) return amount
      context.addIssue({ code: 'custom', message: 'Enter an amount in pounds, such as 120 or 0' })
      return z.NEVER
    }),
  decision: words('Say why, in words that the person can read'),
})
