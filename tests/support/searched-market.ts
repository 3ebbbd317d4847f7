/** A market in the search of a test file, and the same questions asked of its documents one by one. */
import { beforeAll } from 'vitest'
import { USUAL_METRES } from '#services/discovery/conditions.rules.ts'
import { languageCodes } from '#services/discovery/vocabulary.ts'
import { writeEntries, type EntryDocument } from '#services/discovery/write-entries.server.ts'
import { metresBetween } from '#services/kernel/geo.ts'
import { Temporal } from '#services/kernel/time.ts'
import type { SearchQuery } from '#services/ports/search.ts'
import { market } from '#tests/factories/market.ts'
import { TEST_NOW, type TestHouse } from './house.ts'

export const MARKET = market(600, { seed: 3 })
export const CENTRE = { lat: 53.55, lon: -2.1 }
export const NOW = Temporal.Instant.from(TEST_NOW).epochMilliseconds

export const EVERYTHING: SearchQuery = {
  text: '',
  near: null,
  withinMetres: null,
  categories: [],
  kinds: [],
  settings: [],
  audiences: [],
  days: [],
  regulated: null,
  maxPence: null,
  per: null,
  sizes: [],
  languages: [],
  access: [],
  checks: [],
  workers: [],
  open: false,
  hours: null,
  fund: null,
  sort: 'best',
  page: 1,
  perPage: 20,
}
/** The same question asked of the documents themselves, one by one. */
export function fits(document: EntryDocument, query: Partial<SearchQuery>): boolean {
  const { categories = [], kinds = [], settings = [], audiences = [], days = [] } = query
  const { regulated = null, maxPence = null, near = null, withinMetres = null } = query
  const price = document.free ? 0 : document.pricePence
  const unit = document.free || document.pricePence === null ? null : document.priceUnit
  const { per = null, sizes = [], languages = [], access = [], checks = [], workers = [] } = query
  const { open = false, hours = null, fund = null } = query
  const fresh =
    document.entryKind === 'place' ||
    Math.floor(NOW / 86_400_000) - Math.floor(document.confirmedAt.getTime() / 86_400_000) <= 365
  const any = <T>(wanted: readonly T[], given: readonly T[]) =>
    wanted.length === 0 || given.some((one) => wanted.includes(one))
  return (
    fresh &&
    any(categories, [document.categoryCode]) &&
    any(kinds, [document.providerKind]) &&
    any(settings, document.setting === null ? [] : [document.setting]) &&
    any(audiences, document.audiences) &&
    any(days, hours ? freeDays(document, hours) : document.days) &&
    (hours === null || freeDays(document, hours).length > 0) &&
    any(sizes, document.providerSize === null ? [] : [document.providerSize]) &&
    any(languages, languageCodes(document.languages ?? [])) &&
    access.every((code) => document.access?.includes(code)) &&
    checks.every((code) => document.checks?.includes(code)) &&
    any(workers, document.workers ?? []) &&
    (!open || document.bookable) &&
    (fund === null ||
      (any(fund.allowed, [document.categoryCode]) &&
        !fund.refused.includes(document.categoryCode) &&
        (!fund.accreditedOnly || (document.checks ?? []).includes('training')) &&
        (fund.ceilingPence === null || price === null || price <= fund.ceilingPence))) &&
    (regulated === null || document.regulated === regulated) &&
    (per === null || maxPence === 0 || unit === per) &&
    (maxPence === null ||
      (price !== null && price <= maxPence && (price === 0 || per !== null || unit === 'hour'))) &&
    (near === null || reaches(document, near.point, withinMetres ?? USUAL_METRES))
  )
}
/** ISO weekdays on which it is free in those hours, every week from that day on, worked out with dates. */
export function freeDays(document: EntryDocument, hours: NonNullable<SearchQuery['hours']>): number[] {
  const key = JSON.stringify([document.id, hours])
  const known = FREE_DAYS.get(key) ?? workOut(document, hours)
  FREE_DAYS.set(key, known)
  return known
}
const FREE_DAYS = new Map<string, number[]>()
function workOut({ freeWeek }: EntryDocument, hours: NonNullable<SearchQuery['hours']>): number[] {
  if (!freeWeek) return []
  const monday = Temporal.PlainDate.from(freeWeek.monday)
  const start = new Temporal.PlainDate(1970, 1, 1).add({ days: hours.startingDay })
  return [1, 2, 3, 4, 5, 6, 7].filter((weekday) => {
    let first = start
    while (first.dayOfWeek !== weekday) first = first.add({ days: 1 })
    const weeks = Math.max(0, Math.floor(monday.until(first).days / 7))
    const free = Array.from({ length: hours.until - hours.from }, (_, n) => hours.from + n).map(
      (hour) => (freeWeek.from[(weekday - 1) * 24 + hour] ?? 15) <= Math.min(7, weeks),
    )
    return hours.all ? free.every(Boolean) : free.some(Boolean)
  })
}
function reaches(document: EntryDocument, point: typeof CENTRE, within: number): boolean {
  if (document.setting === 'online') return true
  if (!document.point) return false
  const metres = metresBetween(document.point, point)
  return metres <= (document.comesToYou ? (document.radiusMetres ?? 0) : within)
}
/** All of the market that fits. */
export const matching = (query: Partial<SearchQuery>) => MARKET.filter((document) => fits(document, query))

/** `useMarket(house)` at the top of a test file: the market is in its search before its tests. */
export function useMarket(house: () => TestHouse) {
  beforeAll(async () => {
    await house().deps.db.tx((tx) => writeEntries(tx, MARKET))
  })

  const find = (query: Partial<SearchQuery> = {}) =>
    house().deps.search.find({ ...EVERYTHING, ...query }, house().clock.now())
  const ids = async (query: Partial<SearchQuery>) =>
    (await find({ perPage: 1_000, ...query })).hits.map((hit) => hit.id)

  return { find, ids }
}
