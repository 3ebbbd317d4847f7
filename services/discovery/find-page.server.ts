import { sqlState } from '#services/db/errors.server.ts'
import { METRES_IN_A_MILE, type Point } from '#services/kernel/geo.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { Temporal, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { FundRules, SearchAnswer, SearchQuery } from '#services/ports/search.ts'
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
import { findHref, MOST_PAGES, parseFind, type Typed, type TypedName, type Wish } from './find.schema.ts'
import { findPlace, type FoundPlace } from './find-place.server.ts'
import { noteSearch } from './note-search.server.ts'
import { type OwnFund, ownFunds } from './own-funds.server.ts'

/** Cards on a page of results. */
export const PER_PAGE = 20

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
  /** Only the page without a question is for search engines. */
  asked: boolean
}

const EPOCH = new Temporal.PlainDate(1970, 1, 1)
const dayNumber = (day: Temporal.PlainDate): number => EPOCH.until(day, { largestUnit: 'days' }).days

function queryOf(
  wish: Wish,
  place: FoundPlace | null,
  today: Temporal.PlainDate,
  fund: FundRules | null,
): SearchQuery {
  const { near: _near, withinMiles: _miles, starting, fund: _fund, hours, ...rest } = wish
  // Nobody asks for what was this morning: without a day, it begins within a week.
  const startingDay =
    starting === null
      ? dayNumber(today) + 7
      : Math.max(dayNumber(today), dayNumber(Temporal.PlainDate.from(starting)))
  return {
    ...rest,
    hours: hours && { ...hours, startingDay },
    fund,
    near: place,
    withinMetres: wish.withinMiles === null ? null : wish.withinMiles * METRES_IN_A_MILE,
    // Nearest to nothing is no order.
    sort: wish.sort === 'near' && !place ? 'best' : wish.sort,
    perPage: PER_PAGE,
  }
}

const WHERE_IN_WORDS = /^(.*\S)\s+(?:near|in|around|close to)\s+(\S.*)$/i

/** "gardening near Moorend" typed in one box: the place goes where places go, when there is one by that name. */
async function placeInWords(deps: Pick<Deps, 'db'>, wish: Wish, typed: Typed): Promise<FoundPlace | null> {
  const [, words, where] = wish.near === '' ? (WHERE_IN_WORDS.exec(wish.text) ?? []) : []
  if (words === undefined || where === undefined) return null
  const { found } = await findPlace(deps.db, where)
  if (!found) return null
  wish.text = typed.q = words
  wish.near = typed.near = where
  return found
}

const UNKNOWN = {
  postcode: (text: string) => `We do not know the postcode “${text}”. Check it, or type a town or ward.`,
  outcode: (text: string) => `We do not know “${text}”. Type the whole postcode, or a town or ward.`,
  name: (text: string) =>
    `We do not know a place called “${text}”. Try a postcode, or a town or ward near it.`,
}

/**
 * What `/find` shows for an address: results, exact counts for every filter, and ways on when there is too little.
 * Never throws for what stands in the address. With a place that nobody knows it lists nothing, because results
 * from anywhere would look as if they were near.
 */
export async function findPage(deps: Deps, actor: Actor, params: URLSearchParams): Promise<FindPage> {
  const { typed, wish, errors } = parseFind(params)
  const now = deps.clock.now()
  let place = await placeInWords(deps, wish, typed)
  let like: Way[] = []
  let lost = errors.near !== undefined
  if (!place && wish.near !== '') {
    const answer = await findPlace(deps.db, wish.near)
    place = answer.found
    if (!answer.found) {
      lost = true
      errors.near = UNKNOWN[answer.shape](wish.near)
      like = answer.like.map((name) => ({ label: name, href: findHref(typed, { near: name }) }))
    }
  }
  const funds = await ownFunds(deps, actor, now)
  const fund = funds.find(({ id }) => id === wish.fund) ?? null
  // Somebody else's, or one that has ended: it is left out, and nobody learns that it is there.
  if (!fund) typed.fund = ''
  const query = queryOf(wish, place, londonDate(now), fund?.rules ?? null)
  const answer = lost ? null : await inTime(deps.search.find(query, now))
  if (!lost && !answer)
    errors.q = 'That search took too long, and we stopped it. Use fewer words, or add a place.'
  const more = answer ? await waysOn(deps, query, typed, answer) : []
  if (answer && wish.page === 1 && findHref(typed) !== '/find') noteSearch(deps, query, place, answer)
  return pageOf(deps, { typed, errors, like, place, query, answer, more, funds, fund, askedFund: wish.fund })
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
  funds: readonly OwnFund[]
  fund: OwnFund | null
  /** As the address had it, also when it is nobody's here. */
  askedFund: string | null
}

function pageOf(deps: Deps, found: Found): FindPage {
  const { typed, errors, like, place, query, answer, more, funds, fund, askedFund } = found
  const chips = chipsOf(typed, fund)
  const page = answer?.page ?? 1
  const pages = Math.min(MOST_PAGES, Math.max(1, Math.ceil((answer?.total ?? 0) / PER_PAGE)))
  const from = (page - 1) * PER_PAGE
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
    asked,
  }
}

function pageBase(typed: Typed): string {
  const href = findHref(typed)
  return `${href}${href.includes('?') ? '&' : '?'}page=`
}
