import { z } from 'zod'

/** Whom to bill now: one payer for one person, or, said in so many words, all. */
export const issueNowSchema = z.union([
  z
    .object({ providerId: z.uuid(), all: z.literal('yes') })
    .transform(({ providerId }) => ({ providerId, only: null })),
  z
    .object({
      providerId: z.uuid(),
      payerKind: z.enum(['person', 'council', 'fund_holder']),
      payerId: z.uuid(),
      personId: z.uuid(),
    })
    .transform(({ providerId, ...only }) => ({ providerId, only })),
])
