import { z } from 'zod'

/** Who bills, or is billed, as they were on the day: kept in the invoice, which is frozen. */
export const partySchema = z.object({
  kind: z.enum(['person', 'council', 'fund_holder', 'provider']),
  name: z.string(),
  /** The account's holder, who pays for the person who is billed. */
  careOf: z.string().nullable(),
  lines: z.array(z.string()),
  /** Company, charity: what else a letter of theirs must say. */
  notes: z.array(z.string()),
})
export type Party = z.infer<typeof partySchema>

/** Which funds pay how much of a line. */
export const fundsSchema = z.array(z.object({ fund: z.string(), pence: z.number().int() }))
