import type { ProviderFact, Spend } from './spend.rules.ts'

export interface Ward {
  id: string
  name: string
  lat: number
  lon: number
}
export interface PlaceFacts {
  councilName: string
  /** With their middles, in degrees. */
  wards: Ward[]
  categories: { code: string; name: string }[]
}
export interface FundFact {
  deployment: string
  chosen: boolean
  funds: number
  people: number
}
/** Unmet searches, or unanswered requests, of one month. */
export interface GapFact {
  /** '' where the search or the person has no ward that is known. */
  ward: string
  /** '' where no kind of support was named. */
  category: string
  month: number
  count: number
  /** A number for the person; null for searches, which are nobody's. */
  person: number | null
}
export interface ScoreFact {
  providerId: string
  reviews: number
  sums: [number, number, number, number, number]
}
export interface PriceFact {
  providerId: string
  category: string
  unit: string
  pence: number
}
/** Something that can be booked now, and where it is or sets out from. */
export interface OfferFact {
  providerId: string
  category: string
  lat: number
  lon: number
  /** How far they go to people; null for a venue that people come to. */
  radiusMetres: number | null
}
export interface MarketFacts {
  places: PlaceFacts
  providers: ReadonlyMap<string, ProviderFact>
  /** Of two years: months below 0 are those a year before. */
  spends: Spend[]
  funds: FundFact[]
  holders: { ward: string; people: number }[]
  unmet: GapFact[]
  unanswered: GapFact[]
  scores: ScoreFact[]
  prices: PriceFact[]
  offers: OfferFact[]
}
