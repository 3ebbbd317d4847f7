/** Discovery's port: see services/discovery/README.md. */
import type { Point } from '#services/kernel/geo.ts'
import type { Temporal } from '#services/kernel/time.ts'

export const SORTS = ['best', 'near', 'price', 'soonest', 'experience'] as const
export type Sort = (typeof SORTS)[number]

/** Conditions that are counted and can be taken off one at a time. */
export const FILTERS = [
  'category',
  'kind',
  'setting',
  'for',
  'day',
  'regulated',
  'per',
  'max',
  'within',
  'size',
  'language',
  'access',
  'checked',
  'worker',
  'open',
  'hours',
  'fund',
] as const
export type FilterName = (typeof FILTERS)[number]

export interface HoursAsked {
  from: number
  until: number
  all: boolean
  startingDay: number
}

/** What a fund pays for, as far as an entry says it: categories, accredited providers only, the most for one unit. */
export interface FundRules {
  /** Empty: every category that is not refused. */
  allowed: readonly string[]
  refused: readonly string[]
  accreditedOnly: boolean
  ceilingPence: number | null
}

/** What a person asked for, already checked. It never holds who is asking. */
export interface SearchQuery {
  text: string
  near: { point: Point; label: string } | null
  /** For what people go to; those who come to people say themselves how far. Null: ten miles. */
  withinMetres: number | null
  categories: readonly string[]
  kinds: readonly string[]
  settings: readonly string[]
  audiences: readonly string[]
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  days: readonly number[]
  regulated: boolean | null
  sizes: readonly string[]
  /** One of them is enough. */
  languages: readonly string[]
  /** What has to be there to get in and take part: all of it. */
  access: readonly string[]
  /** Checks that somebody has made: all of them. */
  checks: readonly string[]
  /** A woman, a man: one of them is enough. */
  workers: readonly string[]
  /** Takes new people now. */
  open: boolean
  /**
   * Free every week in these whole hours of London's day (in all of them, or in any one), on one of `days` or else on any, from this day on
   * (days since 1970). It is known for eight weeks.
   */
  hours: HoursAsked | null
  /** What one of somebody's funds can pay for. It says nothing of whose. */
  fund: FundRules | null
  /** 0 asks for what is free. More is for one of `per`, or for an hour, and what is free costs less than that too. */
  maxPence: number | null
  /** What a price is for: 'hour', 'session'. Prices of different ones are never compared. */
  per: string | null
  sort: Sort
  page: number
  /** 0 only counts. */
  perPage: number
}

export interface SearchHit {
  id: string
  entryKind: 'service' | 'place'
  slug: string
  title: string
  summary: string
  category: string
  setting: string | null
  providerName: string
  providerSlug: string
  providerId: string
  providerKind: string
  regulated: boolean
  free: boolean
  bookable: boolean
  /** Total for one unit, travel and unavoidable extras in; null when the entry has no price (a place not yet claimed). */
  pricePence: number | null
  priceUnit: string | null
  /** Epoch milliseconds; null when nothing is free or it is not known. */
  nextFreeAt: number | null
  metres: number | null
  comesToYou: boolean
  /** Scores of kept_me_in_control 1 to 5 and how many gave each; empty when there are none. */
  experience: readonly number[]
  experienceCount: number
  newestReviewAt: number | null
  rating: string | null
  ratingDate: string | null
  ratingSource: string | null
  placeName: string | null
  point: Point | null
  /** Epoch milliseconds. */
  listedAt: number
  confirmedAt: number
  /** Why it is where it is, strongest first, as codes that the page words. */
  why: readonly string[]
}

/** One condition eased, and how many more that brings. */
export interface Relaxed {
  filter: FilterName
  more: number
  /** Only of `within`: how far one would look then. */
  metres?: number
}

export interface Facet {
  value: string
  count: number
}
export type FacetName =
  | 'category'
  | 'kind'
  | 'setting'
  | 'for'
  | 'day'
  | 'regulated'
  | 'per'
  | 'max'
  | 'size'
  | 'language'
  | 'access'
  | 'checked'
  | 'worker'
  | 'open'

/** What was made of the words, so that the page can say so. */
export interface WordNotes {
  /** Typed like this, searched like that. */
  corrected: readonly { typed: string; used: string }[]
  /** Nothing holds these words. */
  unknown: readonly string[]
  /** Nothing holds all the words, so one of them is enough. */
  loosely: boolean
}

export interface SearchAnswer {
  total: number
  /** The page that was asked for; the first when there are not that many. */
  page: number
  /** How many of them can be asked for here. */
  bookable: number
  /** How many there would be without any filter: by words and place alone. */
  unfiltered: number
  hits: readonly SearchHit[]
  /** Counts under all the other filters; of `max`, how many cost that much at most for `per`. */
  facets: Readonly<Record<FacetName, readonly Facet[]>>
  /** How many more there would be without one condition; for `within`, when one looks as far as `metres`. */
  relax: readonly Relaxed[]
  words: WordNotes
}

export interface Search {
  /** `now` decides what is new, stale or free soon. */
  find(query: SearchQuery, now: Temporal.Instant): Promise<SearchAnswer>
}
