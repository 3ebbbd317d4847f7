import { cardOf, type ResultCard } from '#services/discovery/card.ts'
import { lookFurther } from '#services/discovery/find-parts.ts'
import { findHref, type Typed } from '#services/discovery/find.schema.ts'
import { noteSearch } from '#services/discovery/note-search.server.ts'
import { ownFunds, type OwnFund } from '#services/discovery/own-funds.server.ts'
import { readQuestion, type Question as Asked } from '#services/discovery/read-question.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SearchAnswer, SearchHit } from '#services/ports/search.ts'
import { isEmpty, pathOf, thatCount } from './answers.rules.ts'
import { pathNow, type PathNow } from './choice-path.server.ts'
import { FEWEST_OPTIONS, handfulOf, inOrder, MOST_OPTIONS } from './handful.rules.ts'
import { MATTERS, type Answers } from './questions.ts'
import { reasonsOf, type Around } from './reasons.rules.ts'
import { PLAIN_REASONS, type ReasonWords } from './reason-words.ts'
import { talkTo, type TalkTo } from './talk-to.server.ts'
import { ANSWER_BEHIND, searchFor, seeAllHref } from './to-find.rules.ts'
import { whoOf, type Whose } from './whose.server.ts'

export interface Option extends Pick<
  ResultCard,
  | 'href'
  | 'title'
  | 'provider'
  | 'facts'
  | 'price'
  | 'priceWords'
  | 'summary'
  | 'nextFree'
  | 'nextIs'
  | 'place'
> {
  serviceId: string
  reasons: string[]
}

/** An answer that could be eased: how many more there would be, where to change it, and where to see them. */
export interface Ease {
  words: string
  change: { href: string; about: string } | null
  see: string
}

export interface OptionsPage {
  whose: Whose
  options: Option[]
  total: number
  /** How the handful was put together, in sentences. */
  how: string[]
  seeAll: string
  /** Only when there are fewer than three. */
  ease: Ease[]
  talk: TalkTo
}

/** So many are looked at to choose a handful from; the charter's order decides which. */
const LOOKED_AT = 100
const MOST_EASED = 4

/**
 * A handful of what fits the answers, with reasons; null before the first answer. Found and ordered as on `/find`: what
 * matters most only decides which of the first hundred come first, and nobody can pay to be among them.
 * @param again the page is shown once more after a press on it: no other search to note
 * @throws NOT_FOUND for strangers; FORBIDDEN for a supporter without the scope `shortlist`
 */
export async function optionsPage(
  deps: Deps,
  actor: Actor,
  inBrowser: Answers,
  { again = false } = {},
): Promise<OptionsPage | null> {
  return (await handfulWithHits(deps, actor, inBrowser, { words: PLAIN_REASONS, again }))?.page ?? null
}

/**
 * The same page with its reasons in other words, and the hits of its options, in their order, for whoever words those otherwise too.
 * @throws as optionsPage
 */
export async function handfulWithHits(
  deps: Deps,
  actor: Actor,
  inBrowser: Answers,
  { words, again }: { words: ReasonWords; again: boolean },
): Promise<{ page: OptionsPage; hits: readonly SearchHit[]; near: string | null } | null> {
  const now = await pathNow(deps, actor, inBrowser)
  if (isEmpty(now.answers)) return null
  const answers = thatCount(now.answers, now.known)
  const at = deps.clock.now()
  const funds = now.known.funds.length > 0 ? await ownFunds(deps, actor, at) : []
  const typed = searchFor(answers)
  const asked = await readQuestion(deps, paramsOf(typed), funds)
  const [found, whose, talk] = await Promise.all([
    deps.search.find({ ...asked.query, page: 1, perPage: LOOKED_AT }, at),
    whoOf(deps, now.whose),
    talkTo(deps, actor, now),
  ])
  if (!again) noteSearch(deps, asked.query, asked.place, found)
  // A place that nobody has claimed has no price, no times and nothing to ask for yet.
  const services = found.hits.filter(({ entryKind }) => entryKind === 'service')
  const around = await aroundOf(deps, asked, answers, services)
  const handful = handfulOf(inOrder(services, answers, around), answers)
  const page: OptionsPage = {
    whose,
    options: handful.map((hit) => optionOf(deps, hit, reasonsOf(hit, answers, around, words), around)),
    total: found.total,
    how: howWords(answers, around, services.length, handful.length),
    seeAll: seeAllHref(answers),
    ease:
      handful.length < FEWEST_OPTIONS ? await easeOf(deps, now, { typed, asked, found, answers, funds }) : [],
    talk,
  }
  return { page, hits: handful, near: around.near }
}

const paramsOf = (typed: Typed): URLSearchParams => new URLSearchParams(findHref(typed).split('?')[1] ?? '')

async function aroundOf(
  deps: Deps,
  { query, place, fund }: Asked,
  { matters = [] }: Answers,
  services: readonly SearchHit[],
): Promise<Around> {
  const now = deps.clock.now()
  const small = matters.includes('same')
    ? await deps.search.find({ ...query, sizes: ['one', 'two_to_nine'], page: 1, perPage: LOOKED_AT }, now)
    : null
  const hours = services.flatMap(({ priceUnit, pricePence, free }) =>
    priceUnit === 'hour' && pricePence !== null && !free ? [pricePence] : [],
  )
  return {
    now: now.epochMilliseconds,
    near: place?.label ?? null,
    fundName: fund?.name ?? null,
    small: new Set(small?.hits.map(({ id }) => id)),
    lowestHour: hours.length > 0 ? Math.min(...hours) : null,
  }
}

function optionOf(deps: Deps, hit: SearchHit, reasons: string[], around: Around): Option {
  const card = cardOf(hit, deps.clock.now(), { near: around.near ?? '', filtered: true, pin: null })
  const { href, title, provider, facts, price, priceWords, summary, nextFree, nextIs, place } = card
  return {
    href,
    title,
    provider,
    facts,
    price,
    priceWords,
    summary,
    nextFree,
    nextIs,
    place,
    serviceId: hit.id,
    reasons,
  }
}

function howWords(
  { what = [], matters = [] }: Answers,
  around: Around,
  looked: number,
  shown: number,
): string[] {
  if (shown === 0) return []
  const most = MATTERS.find(({ value }) => matters.includes(value))
  return [
    looked > shown
      ? 'These are the first that fit, in the order that everybody gets. We show different providers where we can.'
      : 'These are all that fit and can be asked for.',
    ...(looked > shown && what.length > 1 && what.length <= MOST_OPTIONS
      ? ['There is one for each thing that you chose, where we found one.']
      : []),
    ...(most ? [`You said what matters most: “${most.label}”. So what has it comes first.`] : []),
    ...(around.near === null ? ['You gave no place, so some may be far away.'] : []),
    'Nobody can pay to be here.',
  ]
}

interface Tried {
  typed: Typed
  asked: Asked
  found: SearchAnswer
  answers: Answers
  funds: readonly OwnFund[]
}

/** One answer eased at a time, most found first; when none of them helps alone, only what and where. */
async function easeOf(
  deps: Deps,
  now: PathNow,
  { typed, asked, found, answers, funds }: Tried,
): Promise<Ease[]> {
  const path = pathOf(now.answers, now.known)
  const single = found.relax.flatMap(({ filter, more, metres }): Ease[] => {
    const behind = ANSWER_BEHIND[filter]
    const way =
      filter === 'within'
        ? lookFurther(asked.query, metres)
        : behind && { words: behind.without, off: behind.off }
    if (!behind || !way || (answers[behind.field] ?? []).length === 0) return []
    const question = path.find(({ fields }) => fields.some(({ name }) => name === behind.field))
    return [
      {
        words: `${way.words}: ${String(more)} more`,
        change: question ? { href: `/choose/${question.step}`, about: question.about } : null,
        see: findHref(typed, way.off),
      },
    ]
  })
  if (single.length > 0) return single.slice(0, MOST_EASED)
  const { typed: nothing } = await readQuestion(deps, new URLSearchParams(), [])
  const { category, near } = typed
  const fewer: [string, Typed][] = [
    ...(near === ''
      ? []
      : [['Only what you want, and where', { ...nothing, category, near }] as [string, Typed]]),
    ['Only what you want, anywhere', { ...nothing, category }],
    ...(near === '' ? [] : [[`Everything near ${near}`, { ...nothing, near }] as [string, Typed]]),
  ]
  const counted = await Promise.all(
    fewer.map(async ([words, less]) => {
      const { query } = await readQuestion(deps, paramsOf(less), funds)
      const { total } = await deps.search.find({ ...query, page: 1, perPage: 0 }, deps.clock.now())
      return { words, less, total }
    }),
  )
  return counted
    .filter(({ less, total }) => total > found.total && findHref(less) !== findHref(typed))
    .map(({ words, less, total }) => ({
      words: `${words}: ${String(total)} fit`,
      change: null,
      see: findHref(less),
    }))
}
