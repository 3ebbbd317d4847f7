import type {
  FundedBy,
  PriceUnit,
  ProviderKind,
  ProviderSize,
  ServiceState,
  Setting,
} from '#services/db/generated/enums.ts'
import type { AudienceCode, CategoryCode } from '#services/discovery/vocabulary.ts'

/** A provider as it is written down here; the rest is made from it. */
export interface ProviderSeed {
  slug: string
  name: string
  kind: Exclude<ProviderKind, 'unknown'>
  form: string
  size: ProviderSize
  ward: string
  about: string
  /** First the owner, then a coordinator when there is one; the rest are workers with their own lane. */
  people: readonly string[]
  /** Units of capacity that have no name, beside the named workers. */
  more?: number
  owner?: string
  /** Registered for personal care: the rating of its own place. */
  cqc?: 'Outstanding' | 'Good' | 'Requires improvement' | 'Inadequate' | 'Not yet rated'
  website?: boolean
}

/** Weekly hours by name; see HOURS. */
export type HoursName =
  | 'office'
  | 'weekdays'
  | 'mornings'
  | 'early_to_late'
  | 'every_day'
  | 'nights'
  | 'round_the_clock'
  | 'afternoons'
  | 'evenings'
  | 'weekend'
  | 'monday'
  | 'tuesday'
  | 'wednesday'
  | 'thursday'
  | 'friday'
  | 'saturday'
  | 'sunday'

export interface ServiceSeed {
  by: string
  title: string
  category: CategoryCode
  summary: string
  about: string
  for: readonly AudienceCode[]
  /** Pence and unit. Without it the service is free or commissioned. */
  price?: readonly [number, PriceUnit]
  funded?: FundedBy
  setting?: Setting
  hours?: HoursName
  /** Shortest, longest and step in minutes. */
  minutes?: readonly [number, number, number]
  travel?: number
  /** Label, pence and, when it buys something else, that category. */
  extras?: readonly (readonly [string, number, CategoryCode?])[]
  weekend?: number
  evening?: number
  bankHoliday?: number
  /** Personal care happens in it. */
  care?: boolean
  exempt?: string
  /** Places, for a group. */
  places?: number
  miles?: number
  terms?: 'easy' | 'fair' | 'firm' | 'minutes'
  languages?: readonly string[]
  access?: readonly string[]
  /** Whom they can send when asked: 'woman', 'man'. */
  workers?: readonly ('woman' | 'man')[]
  ages?: readonly [number | null, number | null]
  state?: ServiceState
  contingency?: string
}
