import { z } from 'zod'
import { DomainError } from '#services/kernel/errors.ts'

/**
 * Characters that do not show, turn the reading direction round for what follows, or that the database cannot keep:
 * a name with them looks like another name.
 */

const HIDDEN =
  /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2060-\u2069\ufeff]|\p{Surrogate}/u

const HIDDEN_SENTENCE = 'This holds hidden characters. Type it again instead of pasting it.'
const tooLong = (most: number): string => `Make this shorter: ${String(most)} letters at most.`

const kept = (schema: z.ZodString, most: number) =>
  schema.max(most, tooLong(most)).refine((text) => !HIDDEN.test(text), HIDDEN_SENTENCE)

/** One line of text; runs of spaces and line ends become one space. */
export const line = (most: number, missing: string) =>
  z
    .string({ error: missing })
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[ \t\r\n\u00a0]+/g, ' ')
        .trim(),
    )
    .pipe(kept(z.string().min(1, missing), most))

/** One line that may be left empty; then null. */
export const optionalLine = (most: number) =>
  z
    .string()
    .default('')
    .transform((text) =>
      text
        .normalize('NFC')
        .replace(/[ \t\r\n\u00a0]+/g, ' ')
        .trim(),
    )
    .pipe(kept(z.string(), most))
    .transform((text) => (text === '' ? null : text))

const tidyParagraphs = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()

/** Text with line ends; may be empty. */
export const paragraphs = (most: number) =>
  z.string().default('').transform(tidyParagraphs).pipe(kept(z.string(), most))

/** Text with line ends that has to be there. */
export const neededParagraphs = (most: number, missing: string) =>
  z
    .string({ error: missing })
    .transform(tidyParagraphs)
    .pipe(kept(z.string().min(1, missing), most))

/** A whole number as typed. The sentence says what is expected, limits included. */
export const whole = (least: number, most: number, sentence: string) =>
  z
    .string({ error: sentence })
    .transform((text) => text.normalize('NFKC').trim())
    .pipe(
      z
        .string()
        .regex(/^\d{1,7}$/, sentence)
        .transform(Number)
        .pipe(z.number().min(least, sentence).max(most, sentence)),
    )

/** A choice among codes. */
export const choice = <const Codes extends readonly [string, ...string[]]>(codes: Codes, missing: string) =>
  z.enum(codes, { error: missing })

/** Ticked boxes: none, one (a string) or several, as forms send them; unknown codes are refused. */
export const ticked = <const Codes extends readonly [string, ...string[]]>(codes: Codes, sentence: string) =>
  z
    .union([z.array(z.string()), z.string()])
    .optional()
    .transform((value) => [
      ...new Set(value === undefined ? [] : typeof value === 'string' ? [value] : value),
    ])
    .pipe(z.array(z.enum(codes, { error: sentence })))

/** Numbers of the Charity Commission (also of Scotland and Northern Ireland) and of Companies House. */
export const charityNumber = optionalLine(12).refine(
  (text) => text === null || /^(SC|NIC?)?\d{5,7}(-\d{1,2})?$/i.test(text),
  'A charity number is 6 or 7 digits, such as 1012345. Leave it empty if you have none.',
)
export const companyNumber = optionalLine(12).refine(
  (text) => text === null || /^([A-Z]{2}\d{5,6}|\d{7,8})$/i.test(text),
  'A company number is 8 characters, such as 01234567. Leave it empty if you have none.',
)
export const registerId = (text: string): boolean => /^(1-\d{6,14}|(?=.*\d)[A-Z][A-Z0-9]{2,9})$/.test(text)
/** An id of the Care Quality Commission: '1-101234567', or an older one such as 'RXX01'. */
export const cqcId = optionalLine(20)
  .transform((text) => text?.toUpperCase().replace(/\s/g, '') ?? null)
  .refine(
    (text) => text === null || registerId(text),
    'A CQC id looks like 1-101234567. You find it on your certificate and on the CQC website.',
  )
export const phoneNumber = optionalLine(24).refine(
  (text) => text === null || /^\+?[\d ()-]{10,20}$/.test(text),
  'Enter a telephone number, such as 01632 960 123.',
)
/** A public address: http or https, a name with a dot, nobody's name or password in it, no number instead of a name. */
function isPublicAddress(text: string): boolean {
  if (!/^https?:\/\/[^\s.]+\.[^\s]+$/i.test(text) || !URL.canParse(text)) return false
  const { hostname, username, password, port } = new URL(text)
  return (
    username === '' &&
    password === '' &&
    port === '' &&
    /^(?:[a-z0-9-]+\.)+[a-z][a-z0-9-]+$/.test(hostname) &&
    !/\.(?:local|localhost|internal|invalid)$/.test(hostname)
  )
}
export const webAddress = optionalLine(200).refine(
  (text) => text === null || isPublicAddress(text),
  'A web address begins with https://, such as https://www.example.org',
)
/** 'English, Urdu' as a list: up to 12, each once. */
export const languageList = (missing: string) =>
  line(200, missing)
    .transform((text) => [
      ...new Set(
        text
          .split(/[,;]| and /)
          .map((word) => word.trim())
          .filter((word) => word !== ''),
      ),
    ])
    .refine(
      (languages) =>
        languages.length > 0 && languages.length <= 12 && languages.every((word) => word.length <= 40),
      'Write up to 12 languages with commas between them, such as English, Urdu.',
    )

/**
 * Reads what a form or another use case sent.
 * @throws DomainError INVALID with a sentence beside each field that has to be put right
 */
export function parseInput<Schema extends z.ZodType>(schema: Schema, input: unknown): z.output<Schema> {
  const result = schema.safeParse(input)
  if (result.success) return result.data
  const fields: Record<string, string[]> = {}
  for (const issue of result.error.issues) {
    const name = String(issue.path[0] ?? '')
    // One sentence a field: the first is the one to put right first.
    fields[name] ??= [issue.message]
  }
  throw invalid(fields)
}

/** Refuses with sentences beside fields; the name '' is for the form as a whole. */
export const invalid = (fields: Record<string, string[]>): DomainError =>
  new DomainError('INVALID', 'Something has to be put right first. Nothing was changed.', { fields })
