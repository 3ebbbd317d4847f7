import { sqlState } from '#services/db/errors.server.ts'
import type { Point } from '#services/kernel/geo.ts'
import { may } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import { cardOf, type ResultCard } from './card.ts'
import {
  chipsOf,
  everything,
  headingOf,
  leadOf,
  notesOf,
  priceNotes,
  wider,
  withoutFilters,
  withoutPlace,
  withoutWords,
  type Way,
} from './find-parts.ts'
import { groupsOf, type Group } from './find-groups.ts'
import { findHref, MOST_PAGES, type Typed, type TypedName } from './find.schema.ts'
import type { FoundPlace } from './find-place.server.ts'
import { noteSearch } from './note-search.server.ts'
import { type OwnFund, ownFunds } from './own-funds.server.ts'
import { PER_PAGE, readQuestion } from './read-question.server.ts'

export interface FindPage {
  heading: string
  lead: string
  typed: Typed
  errors: Partial<Record<TypedName, string>>
  /** What was made of the words and the place. */
  notes: string[]
  /** Places whose name is like what was typed. */
  like: Way[]
  chips: { label: string; href: string; on: true }[]
  total: number
  from: number
  to: number
  page: number
  pages: number
  /** Start of the address of each page of results. */
  base: string
  cards: ResultCard[]
  groups: Group[]
  /** Ways to see more, each with how many; none is taken without asking. */
  wider: Way[]
  map: { centre: Point & { name: string }; pins: { n: number; lat: number; lon: number }[] } | null
  /** For whom this search can be kept; null for nobody, and where there is nothing to keep. */
  keep: { personId: string; address: string } | null
  /** Only the page without a question is for search engines. */
  asked: boolean
}

/**
 * What `/find` shows for an address: results, exact counts for every filter, and ways on when there is too little.
 * Never throws for what stands in the address. With a place that nobody knows it lists nothing, because results
 * from anywhere would look as if they were near.
 * @param again the page is shown once more after a press on it: it is the same search, and is not noted as another
 */
export async function findPage(
  deps: Deps,
  actor: Actor,
  params: URLSearchParams,
  { again = false } = {},
): Promise<FindPage> {
  return (await findWithAnswer(deps, actor, params, { perPage: PER_PAGE, again })).page
}

/**
 * The same page with so many results on it, and the answer itself for whoever words it otherwise.
 * @param perPage 1 to 20
 */
export async function findWithAnswer(
  deps: Deps,
  actor: Actor,
  params: URLSearchParams,
  { perPage, again }: { perPage: number; again: boolean },
): Promise<{ page: FindPage; answer: SearchAnswer | null; place: FoundPlace | null }> {
  const now = deps.clock.now()
  const funds = await ownFunds(deps, actor, now)
  const question = await readQuestion(deps, params, funds)
  const { typed, wish, errors, place, like, lost, fund } = question
  const query = { ...question.query, perPage }
  const answer = lost ? null : await inTime(deps.search.find(query, now))
  if (!lost && !answer)
    errors.q = 'That search took too long, and we stopped it. Use fewer words, or add a place.'
  const more = answer ? await waysOn(deps, query, typed, answer) : []
  if (answer && !again && wish.page === 1 && findHref(typed) !== '/find')
    noteSearch(deps, query, place, answer)
  const personId = actor.kind === 'user' ? (actor.actingFor?.personId ?? actor.personId) : null
  const keeper = personId && !lost && may(actor, personId, 'shortlist') ? personId : null
  const page = pageOf(deps, {
    keeper,
    typed,
    errors,
    like,
    place,
    query,
    answer,
    more,
    funds,
    fund,
    askedFund: wish.fund,
  })
  return { page, answer, place }
}

/** The answer; null when the database stopped a question that took too long. */
async function inTime(asked: Promise<SearchAnswer>): Promise<SearchAnswer | null> {
  try {
    return await asked
  } catch (error) {
    if (sqlState(error) === QUERY_CANCELED) return null
    throw error
  }
}
const QUERY_CANCELED = '57014'

/** Enough to choose from on a page that found nothing. */
const ENOUGH_WAYS = 2

/**
 * Wider searches; when nothing fits and few of them help, also without the words or the place: two more searches at
 * most, which only count.
 */
async function waysOn(deps: Deps, query: SearchQuery, typed: Typed, answer: SearchAnswer): Promise<Way[]> {
  const ways = wider(query, typed, answer)
  if (answer.total > 0) return ways
  const add = (way: Way & { count: number }): void => {
    const label = `${way.label}: ${way.count.toLocaleString('en-GB')}`
    if (way.count > 0 && !ways.some(({ href }) => href === way.href)) ways.push({ label, href: way.href })
  }
  add({ ...withoutFilters(typed), count: answer.unfiltered })
  const count = (other: Partial<SearchQuery>): Promise<SearchAnswer> =>
    deps.search.find({ ...query, ...other, page: 1, perPage: 0 }, deps.clock.now())
  if (ways.length < ENOUGH_WAYS && query.text !== '') {
    const wordless = await count({ text: '' })
    add({ ...withoutWords(typed), count: wordless.total })
    add({ ...everything(query, typed), count: wordless.unfiltered })
  }
  if (ways.length < ENOUGH_WAYS && query.near) {
    const anywhere = await count({ near: null, withinMetres: null, sort: 'best' })
    add({ ...withoutPlace(typed), count: anywhere.total })
    add({ ...withoutFilters({ ...typed, near: '' }), count: anywhere.unfiltered })
  }
  return ways
}

interface Found {
  typed: Typed
  errors: FindPage['errors']
  like: Way[]
  place: FoundPlace | null
  query: SearchQuery
  answer: SearchAnswer | null
  more: Way[]
  keeper: string | null
  funds: readonly OwnFund[]
  fund: OwnFund | null
  /** As the address had it, also when it is nobody's here. */
  askedFund: string | null
}

function pageOf(deps: Deps, found: Found): FindPage {
  const { typed, errors, like, place, query, answer, more, keeper, funds, fund, askedFund } = found
  const chips = chipsOf(typed, fund)
  const page = answer?.page ?? 1
  const pages = Math.min(MOST_PAGES, Math.max(1, Math.ceil((answer?.total ?? 0) / query.perPage)))
  const from = (page - 1) * query.perPage
  const hits = answer?.hits ?? []
  const now = deps.clock.now()
  const cards = hits.map((hit, index) => {
    const pin = place && hit.point ? from + index + 1 : null
    return cardOf(hit, now, { near: place?.label ?? '', filtered: chips.length > 0, pin })
  })
  const pins = hits.flatMap(({ point }, index) => (point ? [{ n: from + index + 1, ...point }] : []))
  const asked = findHref(typed) !== '/find'
  return {
    heading: headingOf(typed, place),
    lead: answer
      ? leadOf(query, place, answer)
      : errors.q
        ? errors.q
        : 'Tell us a place that we know, and we look there.',
    typed,
    errors,
    notes: [
      ...(place?.rough ? [`We only know the middle of ${place.label}, so distances are rough.`] : []),
      ...notesOf(answer),
      ...priceNotes(typed, answer),
      ...(askedFund !== null && !fund
        ? ['The address names a fund. Sign in as whose it is to see what it can pay for.']
        : []),
      ...(page < query.page
        ? [`There ${pages === 1 ? 'is 1 page' : `are ${String(pages)} pages`} of results. This is the first.`]
        : []),
    ],
    like,
    chips,
    total: answer?.total ?? 0,
    from: hits.length === 0 ? 0 : from + 1,
    to: from + hits.length,
    page,
    pages,
    base: pageBase(typed),
    cards,
    groups: groupsOf(typed, answer, {
      near: place !== null || errors.within !== undefined,
      today: londonDate(now),
      funds,
    }),
    wider: more,
    map: place && pins.length > 0 ? { centre: { ...place.point, name: place.label }, pins } : null,
    keep: keeper && asked ? { personId: keeper, address: findHref(typed).split('?')[1] ?? '' } : null,
    asked,
  }
}

function pageBase(typed: Typed): string {
  const href = findHref(typed)
  return `${href}${href.includes('?') ? '&' : '?'}page=`
}
