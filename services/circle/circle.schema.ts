import { z } from 'zod'
import { emailSchema } from '#services/accounts/sign-in.schema.ts'
import { AUTHORITY_TYPES, SCOPES } from '#services/kernel/actor.ts'
import { GIVEN_BY_PERSON, needsEvidence, SCOPE_WORDS, scopesTooMany, TYPE_WORDS } from './authority.rules.ts'

const line = (missing: string, most: number) =>
  z
    .string({ error: missing })
    .trim()
    .min(1, missing)
    .max(most, `Use at most ${String(most)} letters`)
const optionalLine = (most: number) =>
  z
    .string()
    .trim()
    .max(most, `Use at most ${String(most)} letters`)
    .optional()
    .transform((value) => value || null)

const optionalDate = z
  .union([z.literal(''), z.iso.date({ error: 'Enter a date that exists, such as 27 3 2027' })])
  .optional()
  .transform((value) => value || null)

const scopes = z.array(z.enum(SCOPES)).min(1, 'Choose at least one thing they may do')

interface Supporter {
  who: string
  name: string
  email: string
  providerId: string
}
/** A person has a name and an address; an organisation is chosen from the list. */
function checkSupporter(value: Supporter, context: z.RefinementCtx): void {
  const say = (path: string, message: string): void => {
    context.addIssue({ code: 'custom', path: [path], message })
  }
  if (value.who === 'organisation') {
    if (!z.uuid().safeParse(value.providerId).success) say('providerId', 'Choose the organisation')
    return
  }
  if (value.name.trim() === '') say('name', 'Enter their name')
  const email = emailSchema.safeParse(value.email)
  if (!email.success)
    say('email', email.error.issues[0]?.message.replace('your', 'their') ?? 'Enter their e-mail address')
}
function checkScopes(
  value: { type: (typeof AUTHORITY_TYPES)[number]; scopes: (typeof SCOPES)[number][] },
  context: z.RefinementCtx,
): void {
  const tooMany = scopesTooMany(value.type, value.scopes)
  if (tooMany.length === 0) return
  const what = tooMany.map((scope) => `“${SCOPE_WORDS[scope].toLowerCase()}”`).join(' and ')
  context.addIssue({
    code: 'custom',
    path: ['scopes'],
    message: `This kind of supporter (${TYPE_WORDS[value.type].name.toLowerCase()}) cannot have ${what}. Take the tick away`,
  })
}

const supporter = {
  who: z.enum(['somebody', 'organisation'], { error: 'Choose who it is' }),
  name: z.string().max(120, 'Use at most 120 letters').default(''),
  email: z.string().max(254, 'This e-mail address is too long. Check it').default(''),
  providerId: z.string().max(60).default(''),
  relationship: line('Enter what they are to you, such as “sister” or “broker”', 60),
  scopes,
  endsOn: optionalDate,
}

/** What a person gives by their own word. */
export const giveAuthoritySchema = z
  .object({
    ...supporter,
    personId: z.uuid(),
    type: z.enum(GIVEN_BY_PERSON, { error: 'Choose what kind of supporter this is' }),
  })
  .superRefine(checkSupporter)
  .superRefine(checkScopes)

/** What the council writes down, with the papers it saw. */
export const recordAuthoritySchema = z
  .object({
    ...supporter,
    personId: z.uuid(),
    type: z.enum(AUTHORITY_TYPES, { error: 'Choose what kind of supporter this is' }),
    evidenceSeen: optionalLine(300),
  })
  .superRefine(checkSupporter)
  .superRefine(checkScopes)
  .superRefine((value, context) => {
    if (needsEvidence(value.type) && !value.evidenceSeen)
      context.addIssue({
        code: 'custom',
        path: ['evidenceSeen'],
        message: 'Say which papers you have seen, and their date',
      })
  })

const postcode = z
  .string()
  .trim()
  .toUpperCase()
  .transform((text) => text.replaceAll(/\s+/g, ''))
  .pipe(
    z.union([
      z.literal(''),
      z.string().regex(/^[A-Z]{1,2}\d[A-Z\d]?\d[A-Z]{2}$/, 'Enter a whole postcode, such as OL1 1AA'),
    ]),
  )
  .transform((text) => (text ? `${text.slice(0, -3)} ${text.slice(-3)}` : null))

const person = {
  name: line('Enter their name', 120),
  shortName: line('Enter how they like to be called', 60),
  phone: z
    .string()
    .trim()
    .refine(
      (text) => text === '' || /^\+?[\d ()-]{7,20}$/.test(text),
      'Enter a telephone number, such as 01632 960123',
    )
    .optional()
    .transform((value) => value || null),
  addressLine: optionalLine(200),
  postcode: postcode.optional().transform((value) => value ?? null),
  isCarer: z.boolean().default(false),
}

/** A person as the council sets them up. Without an e-mail address they are acted for. */
export const setUpPersonSchema = z.object({
  ...person,
  councilId: z.uuid({ error: 'Choose the council' }),
  email: z
    .union([z.literal(''), emailSchema])
    .optional()
    .transform((value) => value || null),
})

/** As a supporter sets them up, where the council allows it: never with an address, because it would be their own to give. */
export const introducePersonSchema = z.object({
  ...person,
  councilId: z.uuid({ error: 'Choose the council' }),
  relationship: line('Enter what you are to them, such as “sister”', 60),
  agreed: z.literal('yes', { error: 'They must know and agree. If they cannot agree, talk to the council' }),
})
