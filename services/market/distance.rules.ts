import { METRES_IN_A_MILE, metresBetween } from '#services/kernel/geo.ts'
import type { OfferFact, PlaceFacts, Ward } from './facts.ts'
import { column } from './spend-tables.rules.ts'
import type { Slice } from './spend-mask.rules.ts'
import { count, withheld, words, type Cell, type MarketTable } from './table.rules.ts'

/** A real choice: fewer than three is one and its only other. */
export const NTH = 3

export interface Reach {
  /** Providers that come to the middle of the area, or have a venue within half a degree of it. */
  providers: number
  /** Metres to the third nearest of them; null when there are fewer. */
  third: number | null
}

/**
 * How far it is from the middle of an area to the third nearest provider with something to book. Those who come to people
 * count when they go that far, from where they set out. It is about areas and public offers; nobody's home is in it.
 */
export function reachFrom(ward: Pick<Ward, 'lat' | 'lon'>, offers: readonly OfferFact[]): Reach {
  const nearest = new Map<string, number>()
  for (const offer of offers) {
    const metres = metresBetween(ward, offer)
    if (offer.radiusMetres !== null && metres > offer.radiusMetres) continue
    nearest.set(offer.providerId, Math.min(metres, nearest.get(offer.providerId) ?? Infinity))
  }
  const sorted = [...nearest.values()].sort((a, b) => a - b)
  return { providers: sorted.length, third: sorted[NTH - 1] ?? null }
}

/**
 * Middle of the areas, each counted once; one without a third option is further than any. Null when half of them or more
 * have none: then there is no middle distance.
 */
export function medianReach(some: readonly (number | null)[]): number | null {
  if (some.length === 0) return null
  const sorted = some.map((metres) => metres ?? Infinity).sort((a, b) => a - b)
  const [low = Infinity, high = Infinity] = [
    sorted[Math.floor((sorted.length - 1) / 2)],
    sorted[Math.ceil((sorted.length - 1) / 2)],
  ]
  return Number.isFinite(high) ? (low + high) / 2 : null
}

const FEWER = `fewer than ${String(NTH)}`
function miles(metres: number | null): Cell {
  if (metres === null) return withheld(FEWER)
  const text = (metres / METRES_IN_A_MILE).toFixed(1)
  return { ...words(`${text} ${text === '1.0' ? 'mile' : 'miles'}`), csv: text }
}

export interface Distances {
  byKind: MarketTable
  byArea: MarketTable
  lead: string
}

/** Miles to the third nearest option, by kind of support and by area. */
export function distances(offers: readonly OfferFact[], places: PlaceFacts, slice: Slice): Distances {
  const { wards, categories } = places
  const of = new Map(categories.map(({ code }): [string, OfferFact[]] => [code, []]))
  for (const offer of offers) of.get(offer.category)?.push(offer)
  const grid = categories.map(({ code, name }) => ({
    code,
    name,
    reach: wards.map((ward) => reachFrom(ward, of.get(code) ?? [])),
  }))
  const period = 'on offer today'
  const ward = slice.by === 'ward' ? wards.findIndex(({ id }) => id === slice.ward) : -1
  const wardName = wards[ward]?.name ?? ''
  const kinds = grid.map(({ code, name, reach }) => {
    const here = reach[ward]
    const found = reach.flatMap(({ third }) => (third === null ? [] : [third]))
    return {
      key: code,
      middle: ward >= 0 ? (here?.third ?? null) : medianReach(reach.map(({ third }) => third)),
      row: {
        key: code,
        cells: {
          support: words(name),
          middle:
            ward >= 0 ? miles(here?.third ?? null) : miles(medianReach(reach.map(({ third }) => third))),
          least: miles(found.length > 0 ? Math.min(...found) : null),
          most: miles(found.length === reach.length && found.length > 0 ? Math.max(...found) : null),
          without: count(reach.length - found.length),
          providers: count(here?.providers ?? 0),
        },
      },
    }
  })
  const chosen = slice.by === 'category' ? grid.find(({ code }) => code === slice.category) : undefined
  return {
    byKind: {
      id: 'distance',
      caption:
        ward >= 0
          ? `Miles from the middle of ${wardName} to the third nearest provider`
          : 'Miles to the third nearest provider, by kind of support',
      period,
      columns:
        ward >= 0
          ? [
              column('support', 'Kind of support', false),
              column('middle', 'To the third nearest', true, 'miles'),
              column('providers', 'Providers in reach'),
            ]
          : [
              column('support', 'Kind of support', false),
              column('middle', 'From the middle one of the areas', true, 'miles'),
              column('least', 'Shortest', true, 'miles'),
              column('most', 'Longest', true, 'miles'),
              column('without', `Areas with ${FEWER}`),
            ],
      rows: wards.length === 0 ? [] : kinds.map(({ row }) => row),
      foot: null,
    },
    byArea: {
      id: 'distance-by-area',
      caption: chosen
        ? `Miles to the third nearest provider of ${chosen.name.toLowerCase()}, by area`
        : `Kinds of support with ${String(NTH)} providers in reach, by area`,
      period,
      columns: chosen
        ? [
            column('name', 'Area', false),
            column('middle', 'To the third nearest', true, 'miles'),
            column('providers', 'Providers in reach'),
          ]
        : [
            column('name', 'Area', false),
            column('kinds', `Kinds with ${String(NTH)} or more, of ${String(categories.length)}`),
            column('middle', 'To the third nearest of the middle kind', true, 'miles'),
          ],
      rows: wards.map(({ id, name }, i) => {
        const own = grid.map(({ reach }) => reach[i]?.third ?? null)
        const here = chosen?.reach[i]
        return {
          key: id,
          cells: chosen
            ? {
                name: words(name),
                middle: miles(here?.third ?? null),
                providers: count(here?.providers ?? 0),
              }
            : {
                name: words(name),
                kinds: count(own.filter((third) => third !== null).length),
                middle: miles(medianReach(own)),
              },
        }
      }),
      foot: null,
    },
    lead: leadOf(kinds, ward >= 0 ? `in ${wardName}` : 'in most areas', chosen, wards),
  }
}

function leadOf(
  kinds: readonly { key: string; middle: number | null; row: MarketTable['rows'][number] }[],
  where: string,
  chosen: { name: string; reach: Reach[] } | undefined,
  wards: readonly Ward[],
): string {
  if (wards.length === 0) return 'No areas are known, so no distance can be measured.'
  if (chosen) {
    const none = chosen.reach.filter(({ third }) => third === null).length
    if (none === wards.length)
      return `No area has ${String(NTH)} providers of ${chosen.name.toLowerCase()} in reach.`
    if (none > 0)
      return `${String(none)} of ${String(wards.length)} areas ${none === 1 ? 'has' : 'have'} fewer than ${String(NTH)} providers of ${chosen.name.toLowerCase()} in reach.`
    return `Every area has ${String(NTH)} or more providers of ${chosen.name.toLowerCase()} in reach.`
  }
  const without = kinds.filter(({ middle }) => middle === null).length
  return without === 0
    ? `Every kind of support has ${String(NTH)} or more providers in reach ${where}.`
    : `${String(without)} of ${String(kinds.length)} kinds of support have fewer than ${String(NTH)} providers in reach ${where}.`
}
