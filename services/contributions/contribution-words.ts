/** What somebody pays towards it, in the words of its pages and notices. */
import { pounds } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import type { Method } from './assessment.rules.ts'

export const METHOD_WORDS: Record<Method, { name: string; person: string; council: string }> = {
  gross_invoice: {
    name: 'The council sends a bill',
    person: 'The council pays for your care, and you pay your part to the council.',
    council: 'The council pays for all of the care and charges the person week by week.',
  },
  net_pay_in: {
    name: 'Paid into the same account',
    person:
      'The council pays its part into the account of your fund, and you pay yours into the same account.',
    council: 'The council pays its part as a direct payment. The person pays theirs into the same account.',
  },
}

export const dayWords = (iso: string): string => longDate(Temporal.PlainDate.from(iso))
/** 'Monday 2 to Sunday 8 November 2026' */
export function weekWords(monday: string): string {
  const first = Temporal.PlainDate.from(monday)
  const last = first.add({ days: 6 })
  if (first.year !== last.year) return `${longDate(first)} to ${longDate(last)}`
  const head =
    first.month === last.month
      ? longDate(first, { year: false }).replace(/ \S+$/, '')
      : longDate(first, { year: false })
  return `${head} to ${longDate(last)}`
}

/** '£32.40 a week', or that nothing is to be paid. */
export const weeklyWords = (weeklyPence: number): string =>
  weeklyPence === 0 ? 'Nothing' : `${pounds(weeklyPence)} a week`

/** Why a week was charged what it was: to the person, or about them. */
export function whyCharged(
  week: { costPence: number; assessedPence: number; chargedPence: number },
  to: 'person' | 'finance',
): string {
  const [care, pay] = to === 'person' ? ['Your care', 'you pay'] : ['The care', 'they pay']
  if (week.assessedPence === 0) return 'Nothing was to be paid for this week.'
  if (week.costPence === 0) return 'The council paid for no care in this week.'
  return week.chargedPence < week.assessedPence
    ? `${care} cost ${pounds(week.costPence)}. That is less than ${pounds(week.assessedPence)}, so ${pay} what it cost.`
    : `It was assessed as ${pounds(week.assessedPence)}. The council pays the rest.`
}

export const SECTION_117 =
  'Your support is aftercare under section 117 of the Mental Health Act. It is free: nobody may charge you for it.'

export const AFTERCARE_OF = (shortName: string): string =>
  `${shortName}’s support is aftercare under section 117 of the Mental Health Act. It is free, so nothing can be charged.`
