import { z } from 'zod'
import { DEPLOYMENTS } from './payer.rules.ts'

const words = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(most, `Use at most ${String(most)} letters`)

/** How a fund is to be held from a day on. */
export const deploymentSchema = z.object({
  deployment: z.enum(DEPLOYMENTS, { error: 'Choose how it is held' }),
  holderProviderId: z
    .union([z.literal(''), z.uuid('Choose the organisation from the list')])
    .transform((value) => value || null),
  from: z.iso.date({ error: 'Enter a date that exists, such as 27 3 2027' }),
  reason: words('Say in their own words why they want it this way', 500),
  explainedBy: words('Say who explained all the ways to them', 120),
  chosen: z.enum(['yes', 'no'], { error: 'Say whether they chose it' }).transform((value) => value === 'yes'),
})
export type DeploymentInput = z.input<typeof deploymentSchema>
