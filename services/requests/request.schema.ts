import { z } from 'zod'
import { chooseTimesSchema } from '#services/bookings/draft.schema.ts'
import { AUDIENCES, CATEGORIES, SETTINGS } from '#services/discovery/vocabulary.ts'
import { normaliseOutcode, normalisePostcode } from '#services/kernel/geo.ts'
import { choice, neededParagraphs, paragraphs, ticked, whole } from '#services/providers/fields.schema.ts'
import { FUND_CODES } from './words.rules.ts'

const start = 'Open the page again from the start.'
const codes = <Pairs extends readonly (readonly [string, string])[]>(pairs: Pairs) =>
  pairs.map(([code]) => code) as [Pairs[number][0], ...Pairs[number][0][]]

/** Not longer than this is a request open; two weeks unless somebody says otherwise. */
export const MOST_DAYS_OPEN = 28
export const USUAL_DAYS_OPEN = 14

/** 'HH:MM' as minutes of the day; midnight at the end of a day is 24:00. */
const clock = (missing: string) =>
  z
    .string({ error: missing })
    .regex(/^(?:([01]\d|2[0-3]):[0-5]\d|24:00)$/, missing)
    .transform((text) => Number(text.slice(0, 2)) * 60 + Number(text.slice(3)))

/** The first half of a postcode. Of a whole one the second half is forgotten here and now. */
const outcode = z
  .string({ error: 'Enter the first half of a postcode, such as AM1.' })
  .transform((text, context) => {
    const whole = normalisePostcode(text)
    const half = whole ? (whole.split(' ')[0] ?? null) : normaliseOutcode(text)
    if (half) return half
    context.addIssue({ code: 'custom', message: 'Enter the first half of a postcode, such as AM1.' })
    return z.NEVER
  })

export const askSchema = z
  .object({
    personId: z.uuid({ error: start }),
    /** Made by the page: the second press of one form is the same request. */
    requestId: z.uuid({ error: start }),
    category: choice(codes(CATEGORIES), 'Choose what kind of support it is.'),
    audience: ticked(codes(AUDIENCES), 'Choose from the list.'),
    setting: z
      .enum(['any', ...codes(SETTINGS)], { error: 'Choose where it should happen.' })
      .transform((code) => (code === 'any' ? null : code)),
    near: outcode,
    days: ticked(['1', '2', '3', '4', '5', '6', '7'], 'Choose from the days of the week.')
      .transform((days) => days.map(Number))
      .refine((days) => days.length > 0, 'Tick one day or more.'),
    from: clock('Choose from when in the day.'),
    until: clock('Choose until when in the day.'),
    repeat: z.enum(['once', 'weekly'], { error: 'Choose once, or every week.' }),
    minutes: whole(15, 1_440, 'Enter how many minutes a visit lasts, from 15 to 1440, such as 60.'),
    date: z
      .string({ error: 'Enter from which day on.' })
      .trim()
      .min(1, 'Enter from which day on.')
      .pipe(z.iso.date({ error: 'Enter a date that exists, for example 3 12 2026' })),
    matters: neededParagraphs(1_000, 'Say in a few words what matters. It is what providers answer to.'),
    funds: ticked(FUND_CODES, 'Choose from the kinds of money.'),
    open: whole(
      1,
      MOST_DAYS_OPEN,
      `Enter for how many days providers can answer, from 1 to ${String(MOST_DAYS_OPEN)}.`,
    ),
  })
  .refine(({ from, until }) => until > from, {
    path: ['until'],
    message: 'Choose a later time than the one it starts from.',
  })
export type AskInput = z.output<typeof askSchema>

/** Days and times as a booking has them, and until when it holds. */
export const offerSchema = chooseTimesSchema.omit({ personId: true, note: true }).extend({
  serviceId: z.uuid({ error: 'Choose which of your services it is.' }),
  message: paragraphs(500),
  holds: z
    .string({ error: 'Enter until which day your offer holds.' })
    .trim()
    .min(1, 'Enter until which day your offer holds.')
    .pipe(z.iso.date({ error: 'Enter a date that exists, for example 3 12 2026' })),
})
