import { audienceName, categoryName } from '#services/discovery/vocabulary.ts'
import { Temporal, clockTime, dayName, duration, longDate } from '#services/kernel/time.ts'
import type { OfferState, RequestState } from './states.rules.ts'

/** Kinds of fund as a provider reads them: what sort of money, never whose council and never how much. */
export const FUND_KINDS = [
  ['adult_social_care', 'A social care budget'],
  ['nhs_personal_health_budget', 'A personal health budget'],
  ['carer', 'A carer’s budget'],
  ['education_and_skills', 'Money for education and skills'],
  ['employment', 'Money for help with work'],
  ['equipment', 'Money for equipment'],
  ['voucher', 'A voucher'],
  ['own_money', 'Own money'],
] as const
export type FundKind = (typeof FUND_KINDS)[number][0]
const FUND_NAMES: ReadonlyMap<string, string> = new Map(FUND_KINDS)
export const FUND_CODES = FUND_KINDS.map(([code]) => code) as [FundKind, ...FundKind[]]

/** Whose home it is depends on who reads: these words fit both. */
const SETTINGS: Readonly<Record<string, string>> = {
  at_home: 'At home',
  in_community: 'Out and about',
  at_venue: 'At the provider’s place',
  online: 'Online or by phone',
  live_in: 'Living in',
}

/** 'Mondays', 'Mondays and Fridays', 'Monday to Friday', 'Any day'. */
export function daysWords(days: readonly number[], repeats: boolean): string {
  const sorted = [...new Set(days)].sort((a, b) => a - b)
  if (sorted.length === 7) return 'Any day'
  const names = sorted.map((day) => `${dayName(day)}${repeats ? 's' : ''}`)
  const [first = 0] = sorted
  const last = sorted.at(-1) ?? 0
  if (sorted.length > 2 && last - first === sorted.length - 1) return `${dayName(first)} to ${dayName(last)}`
  return names.length < 2
    ? (names[0] ?? '')
    : `${names.slice(0, -1).join(', ')} ${repeats ? 'and' : 'or'} ${names.at(-1) ?? ''}`
}

const clock = (minute: number): string =>
  minute === 1440
    ? '12 midnight'
    : clockTime(Temporal.PlainTime.from({ hour: Math.floor(minute / 60), minute: minute % 60 }))

export interface Needs {
  categoryCode: string
  audiences: readonly string[]
  setting: string | null
  outcode: string
  days: readonly number[]
  fromMinute: number
  untilMinute: number
  repeats: boolean
  minutes: number
  startsOn: Temporal.PlainDate
  matters: string
  fundKinds: readonly string[]
}

export interface NeedsInWords {
  category: string
  who: string
  setting: string
  where: string
  when: string
  length: string
  starts: string
  matters: string
  pays: string
}

/** What is asked for, in words, the same for both sides: it holds nothing that says who or where exactly. */
export function needsWords(needs: Needs): NeedsInWords {
  return {
    category: categoryName(needs.categoryCode),
    who: needs.audiences.length === 0 ? 'Not said' : needs.audiences.map(audienceName).join(', '),
    setting:
      needs.setting === null
        ? 'Where it happens does not matter'
        : (SETTINGS[needs.setting] ?? needs.setting),
    where: `Near ${needs.outcode}`,
    when: `${daysWords(needs.days, needs.repeats)}, some time from ${clock(needs.fromMinute)} to ${clock(needs.untilMinute)}, ${needs.repeats ? 'every week' : 'once'}`,
    length: duration(needs.minutes),
    starts: `From ${longDate(needs.startsOn)}`,
    matters: needs.matters,
    pays:
      needs.fundKinds.length === 0
        ? 'Not said'
        : needs.fundKinds.map((kind) => FUND_NAMES.get(kind) ?? kind).join(', '),
  }
}

/** 'A new request', 'Taken', … and how a tag looks. */
export function requestStanding(
  state: RequestState,
  offers: number,
  until: string,
): { tone: 'asked' | 'done' | 'plain'; words: string } {
  switch (state) {
    case 'open':
      return {
        tone: 'asked',
        words:
          offers === 0
            ? `Asked. Providers can answer until ${until}`
            : `${offers === 1 ? 'One offer' : `${String(offers)} offers`}. You choose until ${until}`,
      }
    case 'accepted':
      return { tone: 'done', words: 'You took an offer' }
    case 'withdrawn':
      return { tone: 'plain', words: 'You took it back' }
    case 'expired':
      return { tone: 'plain', words: 'The time for it is over' }
  }
}

const OFFER_WORDS: Record<OfferState, { person: string; provider: string }> = {
  made: { person: 'You can take it', provider: 'They are reading it' },
  accepted: { person: 'You took it', provider: 'They took it' },
  declined: { person: 'Not taken', provider: 'They chose something else' },
  withdrawn: { person: 'They took it back', provider: 'You took it back' },
  lapsed: { person: 'Its time is over', provider: 'Its time is over' },
}
export const offerWords = (state: OfferState, reader: 'person' | 'provider'): string =>
  OFFER_WORDS[state][reader]
