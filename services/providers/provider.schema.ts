import { z } from 'zod'
import { MEMBER_ROLES } from '#services/kernel/actor.ts'
import {
  charityNumber,
  choice,
  companyNumber,
  cqcId,
  languageList,
  line,
  neededParagraphs,
  optionalLine,
  paragraphs,
  phoneNumber,
  webAddress,
} from './fields.schema.ts'
import { KINDS, LEGAL_FORMS, SIZES } from './kinds.ts'

/** Share of a board that a user-led organisation's people with lived experience must be (domain.md). */
export const USER_LED_PERCENT = 75

const boardNumber = optionalLine(4).refine(
  (text) => text === null || /^\d{1,3}$/.test(text),
  'Enter a number of people, in digits.',
)

/** What somebody says of their organisation when they sign it up. */
export const signUpSchema = z
  .object({
    name: line(120, 'Enter the name that people know you by.'),
    kind: choice(KINDS, 'Choose the kind that fits you best.'),
    legalForm: choice(LEGAL_FORMS, 'Choose what you are in law.'),
    size: choice(SIZES, 'Choose how many people work with you, you included.'),
    userLed: choice(['yes', 'no'], 'Say whether people who use support run your organisation.'),
    boardSize: boardNumber,
    boardLived: boardNumber,
    ultimateOwner: optionalLine(160),
    councilId: z.union([z.uuid(), z.literal('none')], {
      error: 'Choose the council in whose area you mostly work.',
    }),
    cqcProviderId: cqcId,
    charityNumber,
    companyNumber,
    about: neededParagraphs(2000, 'Say in a few sentences who you are and what you do.'),
    phone: phoneNumber,
    website: webAddress,
  })
  .superRefine((input, context) => {
    if (input.userLed === 'yes') return refuseTooFew(input, context)
    if (input.kind === 'user_led_organisation')
      context.addIssue({
        code: 'custom',
        path: ['userLed'],
        message: 'You chose “User-led organisation” above. Answer yes here, or choose another kind.',
      })
  })

/** The numbers behind "user-led": enough of those who vote have lived experience. */
function refuseTooFew(
  input: { boardSize: string | null; boardLived: string | null },
  context: z.RefinementCtx,
): void {
  const [all, lived] = [Number(input.boardSize ?? 0), Number(input.boardLived ?? 0)]
  const refuse = (field: 'boardSize' | 'boardLived', message: string): void =>
    context.addIssue({ code: 'custom', path: [field], message })
  if (all < 1) refuse('boardSize', 'Say how many people on your board may vote.')
  else if (input.boardLived === null)
    refuse('boardLived', 'Say how many of them have experience of using support.')
  else if (lived > all) refuse('boardLived', 'This is more people than may vote on your board.')
  else if (lived * 100 < all * USER_LED_PERCENT)
    refuse(
      'boardLived',
      `User-led means at least ${String(USER_LED_PERCENT)} in every 100 of those who vote. With ${String(all)} people that is ${String(Math.ceil((all * USER_LED_PERCENT) / 100))}. Answer no if you are not there yet.`,
    )
}

/** What the check of a user-led organisation says it rests on. */
export const boardWords = (input: { boardSize: string | null; boardLived: string | null }): string =>
  `${input.boardLived ?? ''} of the ${input.boardSize ?? ''} people who vote on our board have experience of using support.`

/** What somebody changes about their organisation later. The numbers of the board are asked where it becomes user-led. */
export const detailsSchema = z
  .object({
    name: line(120, 'Enter the name that people know you by.'),
    kind: choice(KINDS, 'Choose the kind that fits you best.'),
    legalForm: choice(LEGAL_FORMS, 'Choose what you are in law.'),
    size: choice(SIZES, 'Choose how many people work with you, you included.'),
    boardSize: boardNumber,
    boardLived: boardNumber,
    cqcProviderId: cqcId,
    charityNumber,
    companyNumber,
    about: neededParagraphs(2000, 'Say in a few sentences who you are and what you do.'),
    phone: phoneNumber,
    website: webAddress,
    languages: languageList('Say in which languages. Most write English.'),
    accessibility: paragraphs(1000),
  })
  .superRefine((input, context) => {
    if (input.boardSize !== null || input.boardLived !== null) refuseTooFew(input, context)
  })

export const memberSchema = z.object({
  name: line(120, 'Enter their name.'),
  email: z
    .string({ error: 'Enter their e-mail address.' })
    .transform((text) => text.trim().toLowerCase())
    .pipe(
      z
        .string()
        .min(1, 'Enter their e-mail address.')
        .max(254, 'This e-mail address is too long.')
        .pipe(z.email('Enter an e-mail address, such as name@example.org.')),
    ),
  role: choice(MEMBER_ROLES, 'Choose what they may do.'),
})
