import { accessName } from '#services/catalogue/access.ts'
import { audienceName, categoryName, languageName, workerName } from '#services/discovery/vocabulary.ts'
import { either, milesAway, shortTime } from '#services/discovery/wording.ts'
import { pounds } from '#services/kernel/money.ts'
import type { SearchHit } from '#services/ports/search.ts'
import type { Need } from './needs.ts'

/** Every reason that an option can have, in words. Codes come in, a sentence goes out. */
export interface ReasonWords {
  inControl: string
  sameFaces: string
  /** Epoch milliseconds. */
  soon: (at: number) => string
  away: (hit: Pick<SearchHit, 'comesToYou' | 'metres'>) => string
  free: string
  lowestPrice: string
  userLed: string
  need: (need: Need, category: string) => string
  access: (codes: readonly string[]) => string
  worker: (code: string) => string
  language: (codes: readonly string[]) => string
  /** '10am'; days such as 'Mondays', none for any. */
  timeAt: (hour: string, days: readonly string[]) => string
  offeredOn: (days: readonly string[]) => string
  fund: (name: string) => string
  /** Both in pence, for an hour. */
  withinPrice: (price: number, most: number) => string
  audience: (codes: readonly string[]) => string
  setting: (code: string) => string | null
  listedUnder: (category: string) => string
  askHere: string
  ring: string
}

const PROPER = /^(British|Easy|Blue|Changing|Deaf|Autistic|Shared|CQC)/
/** For the middle of a sentence; names keep their capital. */
export const low = (words: string): string =>
  PROPER.test(words) ? words : words.slice(0, 1).toLowerCase() + words.slice(1)
const all = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`

const SETTING: Readonly<Record<string, string>> = {
  at_home: 'It comes to your home.',
  in_community: 'It happens out and about.',
  at_venue: 'It happens at their place.',
  online: 'It happens online or by phone.',
  live_in: 'Somebody lives in with you.',
}

/** As the page of options says them. */
export const PLAIN_REASONS: ReasonWords = {
  inControl: 'People who had it say that they stayed in control.',
  sameFaces: 'Fewer than 10 people work there, so you are more likely to see the same faces.',
  soon: (at) => `It is free soon: ${shortTime(at)}.`,
  away: ({ comesToYou, metres }) =>
    comesToYou ? `They start from ${milesAway(metres ?? 0)}.` : `It is ${milesAway(metres ?? 0)}.`,
  free: 'It is free.',
  lowestPrice: 'It has the lowest price for an hour of all that we looked at.',
  userLed: 'It is a user-led organisation: run by the people it is for.',
  need: ({ wish }, category) => `You want ${wish}: it is listed under “${categoryName(category)}”.`,
  access: (codes) => `It has what you need: ${all(codes.map((code) => low(accessName(code))))}.`,
  worker: (code) => `They say that they can send ${low(workerName(code))}.`,
  language: (codes) => `Somebody there uses ${either(codes.map(languageName))}.`,
  timeAt: (hour, days) =>
    `There is time at ${hour} ${days.length === 0 ? 'on a day of the week' : `on ${either(days)}`}.`,
  offeredOn: (days) => `It is offered on ${either(days)}.`,
  fund: (name) => `The fund “${name}” can pay for this kind of support.`,
  withinPrice: (price, most) =>
    `It costs ${pounds(price)} for an hour, within the £${String(most / 100)} that you said.`,
  audience: (codes) => `It is for ${either(codes.map((code) => low(audienceName(code))))}.`,
  setting: (code) => SETTING[code] ?? null,
  listedUnder: (category) => `It is listed under “${categoryName(category)}”.`,
  askHere: 'You can ask for it here.',
  ring: 'You ring them to ask for it.',
}
