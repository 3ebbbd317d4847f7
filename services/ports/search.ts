/** Discovery's port: see services/discovery/README.md. Filled in by the discovery domain's own words. */
import type { Point } from '#services/kernel/geo.ts'

export const SORTS = ['best', 'near', 'price', 'soonest', 'experience'] as const
export type Sort = (typeof SORTS)[number]

/** What a person asked for, already checked. It never holds who is asking. */
export interface SearchQuery {
  text: string
  near: { point: Point; label: string } | null
  withinMetres: number | null
  categories: readonly string[]
  kinds: readonly string[]
  settings: readonly string[]
  audiences: readonly string[]
  /** ISO weekdays, 1 Monday to 7 Sunday. */
  days: readonly number[]
  regulated: boolean | null
  maxPence: number | null
  sort: Sort
  page: number
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
  /** Why it is where it is, strongest first, as codes that the page words. */
  why: readonly string[]
}

export interface Facet {
  value: string
  count: number
}

export interface SearchAnswer {
  total: number
  hits: readonly SearchHit[]
  /** Counts under all the other filters. */
  facets: Readonly<
    Record<'category' | 'kind' | 'setting' | 'audience' | 'day' | 'regulated', readonly Facet[]>
  >
}

export interface Search {
  find(query: SearchQuery): Promise<SearchAnswer>
}
