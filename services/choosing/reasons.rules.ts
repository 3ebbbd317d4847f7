import { accessName } from '#services/catalogue/access.ts'
import { audienceName, categoryName, languageName, workerName } from '#services/discovery/vocabulary.ts'
import { either, milesAway, shortTime } from '#services/discovery/wording.ts'
import { pounds } from '#services/kernel/money.ts'
import { dayName } from '#services/kernel/time.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { categoriesOfNeed, NEEDS } from './needs.ts'
import { PRICES, TIMES, type Answers } from './questions.ts'

/** What is known beside an option itself. */
export interface Around {
  /** Epoch milliseconds. */
  now: number
  /** As the page says the place; null when none was given. */
  near: string | null
  fundName: string | null
  /** Ids of what is offered by fewer than ten workers. */
  small: ReadonlySet<string>
  /** The lowest price for an hour among what was looked at; null when there is none. */
  lowestHour: number | null
}

export const FEWEST_REASONS = 2
export const MOST_REASONS = 3
const SOON_DAYS = 7
const DAY_MS = 86_400_000
/** Below three people no figure is shown anywhere. */
const FEWEST_VOICES = 3
const KEPT_IN_CONTROL = 4

/** The mean of `kept me in control`; null below three people. */
function controlOf({ experience, experienceCount }: SearchHit): number | null {
  const given = experience.reduce((sum, count) => sum + count, 0)
  if (experienceCount < FEWEST_VOICES || given === 0) return null
  return experience.reduce((sum, count, at) => sum + count * (at + 1), 0) / given
}

/** Whether an option has what matters most; nothing matters more than another while that was not said. */
export function hasWhatMatters(hit: SearchHit, { matters = [] }: Answers, around: Around): boolean {
  switch (matters[0]) {
    case 'control':
      return (controlOf(hit) ?? 0) >= KEPT_IN_CONTROL
    case 'same':
      return around.small.has(hit.id)
    case 'soon':
      return hit.nextFreeAt !== null && hit.nextFreeAt - around.now <= SOON_DAYS * DAY_MS
    case 'near':
      return around.near !== null && hit.metres !== null && hit.setting !== 'online'
    case 'cheap':
      return (
        hit.free ||
        (hit.priceUnit === 'hour' && hit.pricePence !== null && hit.pricePence === around.lowestHour)
      )
    case 'user_led':
      return hit.providerKind === 'user_led_organisation'
    default:
      return false
  }
}

const IN_CONTROL = 'People who had it say that they stayed in control.'
const FREE = 'It is free.'
const away = ({ comesToYou, metres }: SearchHit): string =>
  comesToYou ? `They start from ${milesAway(metres ?? 0)}.` : `It is ${milesAway(metres ?? 0)}.`

function whatMatters(hit: SearchHit, answers: Answers, around: Around): string | null {
  if (!hasWhatMatters(hit, answers, around)) return null
  switch (answers.matters?.[0]) {
    case 'control':
      return IN_CONTROL
    case 'same':
      return 'Fewer than 10 people work there, so you are more likely to see the same faces.'
    case 'soon':
      return `It is free soon: ${shortTime(hit.nextFreeAt ?? 0)}.`
    case 'near':
      return away(hit)
    case 'cheap':
      return hit.free ? FREE : 'It has the lowest price for an hour of all that we looked at.'
    case 'user_led':
      return 'It is a user-led organisation: run by the people it is for.'
    default:
      return null
  }
}

const PROPER = /^(British|Easy|Blue|Changing|Deaf|Autistic|Shared|CQC)/
const low = (words: string): string =>
  PROPER.test(words) ? words : words.slice(0, 1).toLowerCase() + words.slice(1)
const all = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`

/** The first wish that an option is for. */
export const wishMet = (hit: Pick<SearchHit, 'category'>, { what = [], home = [] }: Answers) =>
  NEEDS.find(
    (need) => what.includes(need.value) && categoriesOfNeed(need, home).some((code) => code === hit.category),
  ) ?? null

function need(hit: SearchHit, answers: Answers): string | null {
  const wish = wishMet(hit, answers)
  return wish ? `You want ${wish.wish}: it is listed under “${categoryName(hit.category)}”.` : null
}

function worker({ worker: asked = [] }: Answers): string | null {
  return asked[0] ? `They say that they can send ${low(workerName(asked[0]))}.` : null
}

function access({ access: asked = [] }: Answers): string | null {
  return asked.length > 0 ? `It has what you need: ${all(asked.map((code) => low(accessName(code))))}.` : null
}

function language({ language: asked = [] }: Answers): string | null {
  return asked.length > 0 ? `Somebody there uses ${either(asked.map(languageName))}.` : null
}

const DAYS = [1, 2, 3, 4, 5, 6, 7].map(dayName)
function when({ day = [], time = [] }: Answers): string | null {
  const days = either(DAYS.filter((name) => day.includes(name.toLowerCase())).map((name) => `${name}s`))
  const hour = TIMES.find(({ value }) => time.includes(value))
  if (hour) return `There is time at ${hour.words} ${days === '' ? 'on a day of the week' : `on ${days}`}.`
  return days === '' ? null : `It is offered on ${days}.`
}

function price(hit: SearchHit, { price: asked = [] }: Answers): string | null {
  const most = PRICES.find(({ value }) => asked.includes(value))
  if (!most) return null
  if (hit.free || hit.pricePence === 0) return FREE
  return hit.pricePence === null
    ? null
    : `It costs ${pounds(hit.pricePence)} for an hour, within the £${most.max} that you said.`
}

function audience({ for: asked = [] }: Answers): string | null {
  return asked.length > 0 ? `It is for ${either(asked.map((code) => low(audienceName(code))))}.` : null
}

const fund = ({ fund: asked = [] }: Answers, { fundName }: Around): string | null =>
  asked.length > 0 && fundName ? `The fund “${fundName}” can pay for this kind of support.` : null

const SETTING: Readonly<Record<string, string>> = {
  at_home: 'It comes to your home.',
  in_community: 'It happens out and about.',
  at_venue: 'It happens at their place.',
  online: 'It happens online or by phone.',
  live_in: 'Somebody lives in with you.',
}
const setting = (hit: SearchHit): string | null => SETTING[hit.setting ?? ''] ?? null

/**
 * Two or three plain reasons why an option stands here, from the answers: first what matters most, then what it is for,
 * then what not everything would have met. Each is true of the option, because it was looked for with that answer.
 */
export function reasonsOf(hit: SearchHit, answers: Answers, around: Around): string[] {
  const asked = (answers.setting ?? []).length > 0
  const reasons = [
    whatMatters(hit, answers, around),
    need(hit, answers),
    access(answers),
    worker(answers),
    language(answers),
    when(answers),
    fund(answers, around),
    price(hit, answers),
    audience(answers),
    asked ? setting(hit) : null,
  ]
  // Whoever said little gets what is plain about it; the last two only when there is nothing else to say.
  const plain = [
    (controlOf(hit) ?? 0) >= KEPT_IN_CONTROL ? IN_CONTROL : null,
    hit.free ? FREE : null,
    setting(hit),
    close(hit, around),
  ]
  const least = [
    wishMet(hit, answers) ? null : `It is listed under “${categoryName(hit.category)}”.`,
    hit.bookable ? 'You can ask for it here.' : 'You ring them to ask for it.',
  ]
  const said = distinct([...reasons, ...plain]).slice(0, MOST_REASONS)
  return said.length >= FEWEST_REASONS ? said : distinct([...said, ...least]).slice(0, FEWEST_REASONS)
}

const distinct = (reasons: readonly (string | null)[]): string[] => [
  ...new Set(reasons.filter((one) => one !== null)),
]

/** Near enough to go on foot or a short ride. */
const CLOSE_METRES = 3_219
const close = (hit: SearchHit, { near }: Around): string | null =>
  near === null || hit.metres === null || hit.metres > CLOSE_METRES || hit.setting === 'online'
    ? null
    : away(hit)
