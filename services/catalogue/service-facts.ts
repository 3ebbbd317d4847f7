import { unitTotal } from '#services/bookings/quote.rules.ts'
import type { LineKind, PriceUnit } from '#services/bookings/terms.schema.ts'
import { METRES_IN_A_MILE } from '#services/kernel/geo.ts'
import { pence, share, times } from '#services/kernel/money.ts'

/** When a price is dearer than at other times. */
export type DearerTime = 'weekend' | 'bank_holiday' | 'evening'

/** What a published version says in codes and numbers, before anybody words it. */
export interface ServiceFacts {
  category: string
  setting: string
  funded: 'bought' | 'commissioned' | 'free'
  audiences: readonly string[]
  minAge: number | null
  maxAge: number | null
  /** In words, as their provider wrote them. */
  languages: readonly string[]
  access: readonly string[]
  workers: readonly string[]
  /** Where people go: its name and address; null when nobody goes anywhere or it is not known. */
  venue: string | null
  /** How far they come, and from where. */
  comes: { miles: number; from: string | null } | null
  personalCare: boolean
  regulation: 'registered' | 'exempt' | 'not_regulated'
  price: {
    /** Pence for one unit, with all that cannot be avoided. */
    total: number
    unit: PriceUnit
    travelIn: boolean
    /** Pence for one unit at dearer times. */
    dearer: readonly { when: DearerTime; total: number }[]
    /** Of what is priced by the hour: minutes, and pence for so long. */
    shortest: { minutes: number; total: number } | null
    /** What is paid is what was booked, or what it took. */
    counted: 'booked_time' | 'actual_minutes'
    toleranceMinutes: number
  } | null
  noticeHours: number
  cancelWindowHours: number
  cancelShareBps: number
  noAnswerShareBps: number
  endNoticeDays: number
  /** What they do when they cannot come, as they wrote it. */
  contingency: string
}

interface Version extends Omit<
  ServiceFacts,
  'category' | 'funded' | 'access' | 'venue' | 'comes' | 'price' | 'regulation'
> {
  categoryCode: string
  fundedBy: ServiceFacts['funded']
  accessibility: readonly string[]
  regulation: ServiceFacts['regulation']
  radiusMetres: number | null
  areaLabel: string | null
  unit: PriceUnit
  chargingBasis: 'booked_time' | 'actual_minutes'
  toleranceMinutes: number
  minMinutes: number
  prices: readonly {
    kind: LineKind
    label: string
    pence: number
    upliftBps: number
    categoryCode: string | null
  }[]
}
interface Place {
  name: string
  addressLine: string | null
  town: string | null
  postcode: string | null
}

const isDearer = (kind: LineKind): kind is DearerTime =>
  kind === 'weekend' || kind === 'bank_holiday' || kind === 'evening'

function priceOf(version: Version): ServiceFacts['price'] {
  const base = version.prices.find(({ kind }) => kind === 'base')
  const total = unitTotal({
    prices: version.prices.map(({ categoryCode, ...line }) => ({ ...line, category: categoryCode })),
  })
  if (version.fundedBy !== 'bought' || !base || total === null) return null
  const one = pence(base.pence)
  return {
    total,
    unit: version.unit,
    travelIn: version.prices.some(({ kind, pence: amount }) => kind === 'travel' && amount > 0),
    dearer: version.prices.flatMap(({ kind, upliftBps }) =>
      isDearer(kind) && upliftBps > 0 ? [{ when: kind, total: total + share(one, upliftBps) }] : [],
    ),
    shortest:
      version.unit === 'hour'
        ? { minutes: version.minMinutes, total: total - one + times(one, version.minMinutes, 60) }
        : null,
    counted: version.chargingBasis,
    toleranceMinutes: version.toleranceMinutes,
  }
}

/** The facts of a version as the database keeps it. */
export function factsOf(version: Version, place: Place | null): ServiceFacts {
  const { setting, radiusMetres, areaLabel } = version
  return {
    category: version.categoryCode,
    setting,
    funded: version.fundedBy,
    audiences: version.audiences,
    minAge: version.minAge,
    maxAge: version.maxAge,
    languages: version.languages,
    access: version.accessibility,
    workers: version.workers,
    venue:
      setting === 'at_venue' && place
        ? [place.name, place.addressLine, place.town, place.postcode].filter(Boolean).join(', ')
        : null,
    comes:
      setting !== 'online' && setting !== 'at_venue' && radiusMetres
        ? { miles: Math.max(1, Math.round(radiusMetres / METRES_IN_A_MILE)), from: areaLabel }
        : null,
    personalCare: version.personalCare,
    regulation: version.regulation,
    price: priceOf(version),
    noticeHours: version.noticeHours,
    cancelWindowHours: version.cancelWindowHours,
    cancelShareBps: version.cancelShareBps,
    noAnswerShareBps: version.noAnswerShareBps,
    endNoticeDays: version.endNoticeDays,
    contingency: version.contingency,
  }
}
