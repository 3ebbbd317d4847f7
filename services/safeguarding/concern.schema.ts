import { z } from 'zod'

export const CONSENTS = ['agrees', 'does_not_agree', 'cannot_say', 'not_known'] as const
export type Consent = (typeof CONSENTS)[number]
export const CONCERN_STATES = ['received', 'looking_into_it', 'closed'] as const
export type ConcernState = (typeof CONCERN_STATES)[number]

const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Use at most ${String(most)} letters`)
    .optional()
    .transform((value) => value ?? '')

export const raiseConcernSchema = z
  .object({
    councilId: z.uuid({ error: 'Choose the council of the place where they live' }),
    about: z
      .string()
      .trim()
      .min(1, 'Say who it is about. If you do not know the name, say what you know')
      .max(300, 'Use at most 300 letters'),
    whatHappened: z
      .string()
      .trim()
      .min(1, 'Say what happened, or what worries you')
      .max(5_000, 'Use at most 5,000 letters. The team will ring you for the rest'),
    inDanger: z
      .enum(['yes', 'no'], { error: 'Say whether they are in danger now' })
      .transform((value) => value === 'yes'),
    whoTold: line(300),
    contact: line(300),
    consent: z.enum(CONSENTS, { error: 'Say whether they know and agree' }),
    consentReason: line(1_000),
    providerId: z
      .union([z.literal(''), z.uuid()])
      .optional()
      .transform((value) => value || null),
  })
  .superRefine((value, context) => {
    // The adult is asked unless there is a reason; the reason is what the team has to weigh.
    if (value.consent !== 'agrees' && value.consent !== 'not_known' && value.consentReason === '')
      context.addIssue({
        code: 'custom',
        path: ['consentReason'],
        message: 'Say why you tell us all the same, such as “others are at risk too”',
      })
  })

export const workOnConcernSchema = z.object({
  concernId: z.uuid(),
  from: z.enum(CONCERN_STATES),
  to: z.enum(CONCERN_STATES, { error: 'Choose how it stands' }),
  note: z.string().trim().min(1, 'Say what was done, or why').max(5_000, 'Use at most 5,000 letters'),
})
