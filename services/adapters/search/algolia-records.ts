import type { PublicRecord } from '#services/discovery/public-record.rules.ts'
import { cellsWithin, EVERYWHERE } from './reach-cells.ts'

/** Facets and what else is only filtered by, as Algolia is told of them. */
export const FACETS = [
  'category',
  'kind',
  'setting',
  'for',
  'day',
  'regulated',
  'size',
  'language',
  'access',
  'checked',
  'worker',
  'open',
  'per',
  'max',
] as const
export const HERE = 'here'

/** The searched fields, the most telling first: a word's place among them is what its rank is told by. */
export const SEARCHED = ['title', 'about', 'summary', 'more'] as const

/** What of a record is read to put results in order; the card is fetched for those alone that are shown. */
export const READ_TO_ORDER = ['facts', 'layout', '_geoloc'] as const

/** A public record as an object of Algolia's: flat, facets by their names, `reach` as words. Some 4 kB, 6 for those who come far. */
export function objectOf(record: PublicRecord): Record<string, unknown> & { objectID: string } {
  const { id, card, words, codes, reach } = record
  const { point } = card
  return {
    objectID: id,
    card,
    ...words,
    ...codes,
    reach:
      reach === 'everywhere'
        ? [EVERYWHERE]
        : reach === 'here'
          ? [HERE]
          : cellsWithin(reach.from, reach.metres),
    pricePence: record.pricePence,
    priceOrder: record.priceOrder,
    nextFreeMinute: record.nextFreeMinute,
    experience: record.experience,
    foundUntil: record.foundUntil,
    steadyScore: record.steadyScore,
    facts: record.facts,
    layout: record.layout,
    ...(point && { _geoloc: { lat: point.lat, lng: point.lon } }),
  }
}
