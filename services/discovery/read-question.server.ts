import type { Db } from '#services/db/client.server.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { Temporal, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { FundRules, SearchQuery } from '#services/ports/search.ts'
import type { Way } from './find-parts.ts'
import { findHref, parseFind, type Typed, type TypedName, type Wish } from './find.schema.ts'
import { findPlace, type FoundPlace } from './find-place.server.ts'
import type { OwnFund } from './own-funds.server.ts'

/** Cards on a page of results. */
export const PER_PAGE = 20

/** An address read into what can be searched for. */
export interface Question {
  typed: Typed
  wish: Wish
  errors: Partial<Record<TypedName, string>>
  place: FoundPlace | null
  /** Places whose name is like what was typed. */
  like: Way[]
  /** A place was named that nobody knows: then nothing is searched, because results from anywhere would look as if they were near. */
  lost: boolean
  fund: OwnFund | null
  query: SearchQuery
}

/**
 * Reads the address of a search, with the place that it names. Never throws for what stands in it.
 * @param funds those of whoever asks: an address may name one of them
 */
export async function readQuestion(
  deps: Pick<Deps, 'db' | 'clock'>,
  params: URLSearchParams,
  funds: readonly OwnFund[],
): Promise<Question> {
  const { typed, wish, errors } = parseFind(params)
  let place = await placeInWords(deps.db, wish, typed)
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
  const fund = funds.find(({ id }) => id === wish.fund) ?? null
  // Somebody else's, or one that has ended: it is left out, and nobody learns that it is there.
  if (!fund) typed.fund = ''
  const query = queryOf(wish, place, londonDate(deps.clock.now()), fund?.rules ?? null)
  return { typed, wish, errors, place, like, lost, fund, query }
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
async function placeInWords(db: Db, wish: Wish, typed: Typed): Promise<FoundPlace | null> {
  const [, words, where] = wish.near === '' ? (WHERE_IN_WORDS.exec(wish.text) ?? []) : []
  if (words === undefined || where === undefined) return null
  const { found } = await findPlace(db, where)
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
