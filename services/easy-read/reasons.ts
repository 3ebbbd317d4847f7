import { accessName } from '#services/catalogue/access.ts'
import type { ReasonWords } from '#services/choosing/reason-words.ts'
import { languageName, workerName } from '#services/discovery/vocabulary.ts'
import { either } from '#services/discovery/wording.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { pounds } from '#services/kernel/money.ts'
import { dayAndTime } from './result.rules.ts'
import { audience, kindLines } from './support.ts'

const SETTINGS: Readonly<Record<string, string>> = {
  at_home: 'They come to your home.',
  in_community: 'You meet out and about.',
  at_venue: 'You go to their place.',
  online: 'It is online or by phone.',
  live_in: 'Somebody lives in your home with you.',
}
const first = (codes: readonly string[]): string => codes[0] ?? ''

/** The same reasons as on the ordinary page, in Easy Read. Each says the one thing that was asked for. */
export const EASY_REASONS: ReasonWords = {
  inControl: 'People say: I was in control.',
  sameFaces: 'Few people work there. So you often see the same people.',
  soon: (at) => `It can begin soon: ${dayAndTime(at)}.`,
  away: ({ comesToYou, metres }) => {
    const miles = Math.max(1, Math.round((metres ?? 0) / METRES_IN_A_MILE))
    const far = miles === 1 ? '1 mile' : `${String(miles)} miles`
    return comesToYou ? `They start about ${far} from you.` : `It is about ${far} away.`
  },
  free: 'It is free.',
  lowestPrice: 'It has the lowest price for one hour that we found.',
  userLed: 'People who use support run it.',
  need: ({ wish }) => `You want ${wish}. This is for that.`,
  access: (codes) =>
    codes.length === 1
      ? `It has what you need: ${accessName(first(codes))}.`
      : 'It has all that you need to get in.',
  worker: (code) => `They can send ${workerName(code).toLowerCase()}, if you ask.`,
  language: (codes) =>
    codes.length <= 3
      ? `Somebody there uses ${either(codes.map(languageName))}.`
      : 'They use a language that you chose.',
  timeAt: (hour, days) =>
    days.length === 1 ? `They have time on ${first(days)} at ${hour}.` : `They have time at ${hour}.`,
  offeredOn: (days) => (days.length <= 3 ? `It is on ${either(days)}.` : 'It is on a day that you chose.'),
  fund: () => 'The money that you chose can pay.',
  withinPrice: (price, most) => `It costs ${pounds(price)} for one hour. You said up to ${pounds(most)}.`,
  audience: (codes) =>
    codes.length === 1 ? `It is for ${audience(first(codes))}.` : 'It is for people that you chose.',
  setting: (code) => SETTINGS[code] ?? null,
  listedUnder: (category) => kindLines(category)[0]?.words ?? 'It is support for you.',
  askHere: 'You can ask for it here.',
  ring: 'You ring them to ask for it.',
}
