/** The words of each condition: on its chip, beside its box and where it is taken off. */
import { accessName } from '#services/catalogue/access.ts'
import { miles as milesWords, METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { pounds } from '#services/kernel/money.ts'
import { Temporal, longDate } from '#services/kernel/time.ts'
import { USUAL_UNIT } from './conditions.rules.ts'
import {
  audienceName,
  categoryName,
  checkName,
  languageName,
  perUnit,
  providerKindName,
  settingName,
  sizeName,
  workerName,
} from './vocabulary.ts'

export const USUAL_MILES = 10
export const dayWords = (day: string): string => `${day.slice(0, 1).toUpperCase()}${day.slice(1)}s`
export const mostWords = (max: string, per: string): string =>
  max === '0'
    ? 'Free'
    : `${per === '' ? 'Free, or up to' : 'Up to'} ${pounds(Number(max) * 100)} for ${perUnit(per === '' ? USUAL_UNIT : per)}`
export const perWords = (per: string): string => `A price for ${perUnit(per)}`
export const withinWords = (miles: string): string =>
  `Within ${milesWords(Number(miles) * METRES_IN_A_MILE).replace('.0', '')}`

/** '10am', 'noon', 'midnight' */
export function hourWords(hour: number): string {
  if (hour === 12) return 'noon'
  if (hour === 0 || hour === 24) return 'midnight'
  return hour < 12 ? `${String(hour)}am` : `${String(hour - 12)}pm`
}
export const startingWords = (day: string): string => `From ${longDate(Temporal.PlainDate.from(day))} on`

/** Filters of which several values can be chosen, with the words of one. */
export const VALUE_WORDS = {
  category: categoryName,
  for: audienceName,
  setting: settingName,
  day: dayWords,
  kind: providerKindName,
  size: sizeName,
  language: languageName,
  access: accessName,
  checked: checkName,
  worker: (code: string) => `${workerName(code)}, if you ask`,
} as const
export type SeveralName = keyof typeof VALUE_WORDS
