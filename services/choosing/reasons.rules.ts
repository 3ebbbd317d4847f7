import { dayName } from '#services/kernel/time.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { categoriesOfNeed, NEEDS } from './needs.ts'
import { PRICES, TIMES, type Answers } from './questions.ts'
import { PLAIN_REASONS, type ReasonWords } from './reason-words.ts'

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

function whatMatters(hit: SearchHit, answers: Answers, around: Around, say: ReasonWords): string | null {
  if (!hasWhatMatters(hit, answers, around)) return null
  switch (answers.matters?.[0]) {
    case 'control':
      return say.inControl
    case 'same':
      return say.sameFaces
    case 'soon':
      return say.soon(hit.nextFreeAt ?? 0)
    case 'near':
      return say.away(hit)
    case 'cheap':
      return hit.free ? say.free : say.lowestPrice
    case 'user_led':
      return say.userLed
    default:
      return null
  }
}

/** The first wish that an option is for. */
export const wishMet = (hit: Pick<SearchHit, 'category'>, { what = [], home = [] }: Answers) =>
  NEEDS.find(
    (need) => what.includes(need.value) && categoriesOfNeed(need, home).some((code) => code === hit.category),
  ) ?? null

const DAYS = [1, 2, 3, 4, 5, 6, 7].map(dayName)
function when({ day = [], time = [] }: Answers, say: ReasonWords): string | null {
  const days = DAYS.filter((name) => day.includes(name.toLowerCase())).map((name) => `${name}s`)
  const hour = TIMES.find(({ value }) => time.includes(value))
  if (hour) return say.timeAt(hour.words, days)
  return days.length === 0 ? null : say.offeredOn(days)
}

function price(hit: SearchHit, { price: asked = [] }: Answers, say: ReasonWords): string | null {
  const most = PRICES.find(({ value }) => asked.includes(value))
  if (!most) return null
  if (hit.free || hit.pricePence === 0) return say.free
  return hit.pricePence === null ? null : say.withinPrice(hit.pricePence, Number(most.max) * 100)
}

/** Worded when something was answered. */
const ifAny = (codes: readonly string[] = [], words: (codes: readonly string[]) => string): string | null =>
  codes.length > 0 ? words(codes) : null

/**
 * Two or three plain reasons why an option stands here, from the answers: first what matters most, then what it is for,
 * then what not everything would have met. Each is true of the option, because it was looked for with that answer.
 */
export function reasonsOf(
  hit: SearchHit,
  answers: Answers,
  around: Around,
  say: ReasonWords = PLAIN_REASONS,
): string[] {
  const asked = (answers.setting ?? []).length > 0
  const setting = say.setting(hit.setting ?? '')
  const wish = wishMet(hit, answers)
  const reasons = [
    whatMatters(hit, answers, around, say),
    wish && say.need(wish, hit.category),
    ifAny(answers.access, say.access),
    ifAny(answers.worker, ([first = '']) => say.worker(first)),
    ifAny(answers.language, say.language),
    when(answers, say),
    ifAny(answers.fund, () => (around.fundName ? say.fund(around.fundName) : '')) || null,
    price(hit, answers, say),
    ifAny(answers.for, say.audience),
    asked ? setting : null,
  ]
  // Whoever said little gets what is plain about it; the last two only when there is nothing else to say.
  const plain = [
    (controlOf(hit) ?? 0) >= KEPT_IN_CONTROL ? say.inControl : null,
    hit.free ? say.free : null,
    setting,
    isClose(hit, around) ? say.away(hit) : null,
  ]
  const least = [wish ? null : say.listedUnder(hit.category), hit.bookable ? say.askHere : say.ring]
  const said = distinct([...reasons, ...plain]).slice(0, MOST_REASONS)
  return said.length >= FEWEST_REASONS ? said : distinct([...said, ...least]).slice(0, FEWEST_REASONS)
}

const distinct = (reasons: readonly (string | null)[]): string[] => [
  ...new Set(reasons.filter((one) => one !== null)),
]

/** Near enough to go on foot or a short ride. */
const CLOSE_METRES = 3_219
const isClose = (hit: SearchHit, { near }: Around): boolean =>
  near !== null && hit.metres !== null && hit.metres <= CLOSE_METRES && hit.setting !== 'online'
