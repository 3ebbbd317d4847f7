/** What is read of the objects in Stripe's events. Endpoints may be of another version than the SDK, so only what is needed. */
import { z } from 'zod'

const metadata = z.record(z.string(), z.string()).nullish()
const pounds = z.literal('gbp')
const amount = z.int().min(-100_000_000_000).max(100_000_000_000)
const reference = z.union([z.string(), z.object({ id: z.string() }).transform(({ id }) => id)])

export const envelope = z.object({
  id: z.string(),
  object: z.literal('event'),
  type: z.string(),
  created: z.number(),
  account: z.string().nullish(),
  data: z.object({ object: z.record(z.string(), z.unknown()) }),
})
export const intentShape = z.object({
  id: z.string(),
  status: z.string(),
  currency: pounds,
  amount,
  amount_received: amount.nullish(),
  metadata,
  last_payment_error: z.object({ code: z.string().nullish(), decline_code: z.string().nullish() }).nullish(),
})
export const sessionShape = z.object({ id: z.string(), metadata })
export const setupShape = z.object({
  id: z.string(),
  customer: reference,
  payment_method: reference,
  mandate: reference.nullish(),
  payment_method_types: z.array(z.string()),
  metadata,
})
export const refundShape = z.object({
  id: z.string(),
  status: z.string().nullable(),
  currency: pounds,
  amount,
  payment_intent: reference.nullish(),
  metadata,
})
export const disputeShape = z.object({
  id: z.string(),
  status: z.string(),
  currency: pounds,
  amount,
  reason: z.string(),
  payment_intent: reference.nullish(),
  evidence_details: z.object({ due_by: z.number().nullish() }).nullish(),
})
export const payoutShape = z.object({
  id: z.string(),
  currency: pounds,
  amount,
  failure_code: z.string().nullish(),
})
const fields = z.array(z.string()).nullish()
export const accountShape = z.object({
  id: z.string(),
  charges_enabled: z.boolean().optional(),
  payouts_enabled: z.boolean().optional(),
  details_submitted: z.boolean().optional(),
  capabilities: z.record(z.string(), z.string().optional()).nullish(),
  requirements: z
    .object({
      currently_due: fields,
      past_due: fields,
      pending_verification: fields,
      current_deadline: z.number().nullish(),
      disabled_reason: z.string().nullish(),
    })
    .nullish(),
})
export const mandateShape = z.object({
  id: z.string(),
  status: z.string(),
  payment_method: z.union([z.string(), z.object({ id: z.string() })]),
  payment_method_details: z.object({
    bacs_debit: z
      .object({
        network_status: z.string(),
        reference: z.string().nullish(),
        revocation_reason: z.string().nullish(),
      })
      .optional(),
  }),
})
