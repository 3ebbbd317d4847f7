import { z } from 'zod'
import { UNITS } from '#services/bookings/terms.schema.ts'
import { AUDIENCES } from '#services/discovery/vocabulary.ts'
import { type Pence, parsePounds } from '#services/kernel/money.ts'
import {
  languageList,
  choice,
  cqcId,
  line,
  neededParagraphs,
  optionalLine,
  paragraphs,
  ticked,
  whole,
} from '#services/providers/fields.schema.ts'
import { ACCESS_CODES } from './access.ts'
import { CATEGORY_CODES } from './categories.ts'

export const SETTING_CODES = ['at_home', 'in_community', 'at_venue', 'online', 'live_in'] as const
export const FUNDED_BY = ['bought', 'commissioned', 'free'] as const
const AUDIENCE_CODES = AUDIENCES.map(([code]) => code) as [string, ...string[]]

/** The first question: what it is. */
export const whatSchema = z.object({
  title: line(80, 'Give it a name that says what people get.'),
  summary: line(200, 'Say in one or two sentences what it is.'),
  description: paragraphs(4000),
  categoryCode: choice(CATEGORY_CODES, 'Choose the kind of support.'),
  setting: choice(SETTING_CODES, 'Choose where it happens.'),
  fundedBy: choice(FUNDED_BY, 'Choose who pays for it.'),
})

const age = (sentence: string) =>
  optionalLine(3)
    .refine((text) => text === null || (/^\d{1,3}$/.test(text) && Number(text) <= 120), sentence)
    .transform((text) => (text === null ? null : Number(text)))

export const whoSchema = z
  .object({
    audiences: ticked(AUDIENCE_CODES, 'Choose from the list.'),
    minAge: age('Enter an age in years, from 0 to 120, or leave it empty.'),
    maxAge: age('Enter an age in years, from 0 to 120, or leave it empty.'),
    languages: languageList('Say in which languages. Most write English.'),
    accessibility: ticked(ACCESS_CODES, 'Choose from the list.'),
    workers: ticked(['woman', 'man'], 'Choose from the list.'),
  })
  .refine(({ minAge, maxAge }) => minAge === null || maxAge === null || maxAge >= minAge, {
    path: ['maxAge'],
    message: 'The highest age is below the lowest. Change one of them.',
  })

/** Personal care: the question for categories where it may be, and then how the law is met. */
export const careSchema = z
  .object({
    personalCare: z.enum(['yes', 'no']).optional(),
    regulation: z.enum(['registered', 'exempt', 'none', '']).default(''),
    registrationId: cqcId,
    exemptionReason: paragraphs(1000),
  })
  .superRefine((input, context) => {
    if (input.regulation === 'registered' && !input.registrationId)
      context.addIssue({
        code: 'custom',
        path: ['registrationId'],
        message: 'Enter the CQC id. It looks like 1-101234567.',
      })
    if (input.regulation === 'exempt' && input.exemptionReason.length < 20)
      context.addIssue({
        code: 'custom',
        path: ['exemptionReason'],
        message:
          'Say why no registration is needed, in a sentence or two. Somebody reads it before you are published.',
      })
  })

const comingFrom = z.object({
  near: line(80, 'Enter the postcode or the place that you start from.'),
  miles: whole(1, 100, 'Enter how many miles you come, from 1 to 100.'),
})
const atVenue = z
  .object({
    placeId: z.union([z.uuid(), z.literal('new')], { error: 'Choose a place, or add one.' }),
    placeName: optionalLine(120),
    addressLine: optionalLine(160),
    town: optionalLine(80),
    postcode: optionalLine(12),
  })
  .superRefine((input, context) => {
    if (input.placeId !== 'new') return
    const need = (path: 'placeName' | 'addressLine' | 'postcode', message: string) => {
      if (!input[path]) context.addIssue({ code: 'custom', path: [path], message })
    }
    need('placeName', 'Enter the name of the place, such as Millgate Hall.')
    need('addressLine', 'Enter the street and number.')
    need('postcode', 'Enter the postcode of the place.')
  })
export const areaSchemas = { comes: comingFrom, venue: atVenue } as const

const money = (sentence: string, most = 10_000_00) =>
  z.string({ error: sentence }).transform((text, context): Pence => {
    const read = parsePounds(text)
    if (read === null || read > most) {
      context.addIssue({ code: 'custom', message: sentence })
      return z.NEVER
    }
    return read
  })
const optionalMoney = (sentence: string) =>
  z
    .string()
    .default('')
    .transform((text) => (text.trim() === '' ? '0' : text))
    .pipe(money(sentence))
const percent = (sentence: string) =>
  z
    .string()
    .default('')
    .transform((text) => text.normalize('NFKC').replace(/[\s%]/g, '') || '0')
    .pipe(
      z
        .string()
        .regex(/^\d{1,3}(\.\d{1,2})?$/, sentence)
        .transform((text) => Math.round(Number(text) * 100))
        .pipe(z.number().min(0, sentence).max(30_000, sentence)),
    )

export const EXTRA_ROWS = [1, 2, 3] as const
const extraLabel = optionalLine(60)
const extraPrice = optionalMoney('Enter an amount such as 4.50, or leave it empty.')

export const priceSchema = z
  .object({
    unit: choice(UNITS, 'Choose what the price is for.'),
    base: money('Enter the price in pounds, such as 24.50. It may not be below 0 or above 10,000.'),
    weekend: percent('Enter how many per cent dearer, from 0 to 300.'),
    bankHoliday: percent('Enter how many per cent dearer, from 0 to 300.'),
    evening: percent('Enter how many per cent dearer, from 0 to 300.'),
    travel: optionalMoney('Enter what travel costs for a visit, such as 2.50, or leave it empty.'),
    chargingBasis: choice(['booked_time', 'actual_minutes'], 'Choose what people are charged for.'),
    roundingMinutes: whole(1, 60, 'Enter minutes, from 1 to 60.'),
    toleranceMinutes: whole(0, 60, 'Enter minutes, from 0 to 60.'),
    extraLabel1: extraLabel,
    extraPrice1: extraPrice,
    extraLabel2: extraLabel,
    extraPrice2: extraPrice,
    extraLabel3: extraLabel,
    extraPrice3: extraPrice,
  })
  .superRefine((input, context) => {
    if (input.base === 0)
      context.addIssue({
        code: 'custom',
        path: ['base'],
        message: 'A price of £0 means that it is free. Say so under “What it is”.',
      })
    for (const n of EXTRA_ROWS) {
      const [label, price] = [input[`extraLabel${n}`], input[`extraPrice${n}`]]
      if (price > 0 && !label)
        context.addIssue({ code: 'custom', path: [`extraLabel${n}`], message: 'Say what this is for.' })
      if (label && price === 0)
        context.addIssue({ code: 'custom', path: [`extraPrice${n}`], message: 'Enter what this costs.' })
    }
  })

export const timesSchema = z
  .object({
    minMinutes: whole(5, 1440, 'Enter the shortest visit in minutes, from 5 to 1,440.'),
    maxMinutes: whole(5, 10_080, 'Enter the longest visit in minutes, up to 10,080 (a week).'),
    stepMinutes: whole(5, 1440, 'Enter minutes, from 5 to 1,440.'),
    bufferMinutes: whole(0, 240, 'Enter minutes, from 0 to 240.'),
    noticeHours: whole(0, 2160, 'Enter hours, from 0 to 2,160 (90 days).'),
  })
  .refine((input) => input.maxMinutes >= input.minMinutes, {
    path: ['maxMinutes'],
    message: 'The longest visit is shorter than the shortest. Change one of them.',
  })

const sharePercent = z
  .string({ error: 'Enter a number from 0 to 100.' })
  .transform((text) => text.replace(/[\s%]/g, ''))
  .pipe(whole(0, 100, 'Enter a number from 0 to 100.'))
  .transform((percent) => percent * 100)

export const termsSchema = z.object({
  cancelWindowHours: whole(0, 720, 'Enter hours, from 0 to 720 (30 days).'),
  cancelShare: sharePercent,
  noAnswerShare: sharePercent,
  endNoticeDays: whole(0, 90, 'Enter days, from 0 to 90.'),
  contingency: neededParagraphs(1000, 'Say what you do if the worker cannot come.'),
})
