import { z } from 'zod'
import { parsePounds } from '#services/kernel/money.ts'
import { neededParagraphs } from '#services/providers/fields.schema.ts'

/** All that is left, or an amount. */
const amount = {
  how: z.enum(['all', 'part'], { error: 'Choose all of it or a part.' }),
  amount: z.string().optional().default(''),
}

interface Amount {
  how: 'all' | 'part'
  amount: string
}

/** The amount in pence, null for all of it; beside the field when it is none. */
function readAmount<Given extends Amount>(given: Given, context: z.RefinementCtx) {
  const { how, amount: typed, ...rest } = given
  if (how === 'all' && typed.trim() === '') return { ...rest, pence: null }
  if (how === 'all') {
    context.addIssue({
      code: 'custom',
      path: ['amount'],
      message: 'You chose all of it. Leave this empty, or choose a part.',
    })
    return z.NEVER
  }
  const read = parsePounds(typed)
  if (read === null || read === 0) {
    context.addIssue({
      code: 'custom',
      path: ['amount'],
      message: 'Enter an amount in pounds and pence, such as 12.50.',
    })
    return z.NEVER
  }
  return { ...rest, pence: read as number | null }
}

export const askRefundSchema = z
  .object({ ...amount, reason: neededParagraphs(500, 'Say why you ask for money back.') })
  .transform(readAmount)

export const giveRefundSchema = z
  .object({ ...amount, why: neededParagraphs(500, 'Say why. The person reads it.') })
  .transform(readAmount)

export const refuseRefundSchema = z.object({
  refusal: neededParagraphs(500, 'Say why not. The person reads it.'),
})
