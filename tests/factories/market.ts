import { ACCESS } from '#services/catalogue/access.ts'
import type { EntryDocument } from '#services/discovery/write-entries.server.ts'
import {
  AUDIENCES,
  CATEGORIES,
  CHECKS,
  LANGUAGES,
  PRICE_UNITS,
  PROVIDER_KINDS,
  SETTINGS,
  WORKERS,
} from '#services/discovery/vocabulary.ts'
import { fromDate, Temporal, toDate } from '#services/kernel/time.ts'

/** Mulberry32: the same numbers for the same seed, everywhere. */
export function numbersFrom(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const DOING = [
  'Morning',
  'Evening',
  'Weekend',
  'Gentle',
  'Friendly',
  'Shared',
  'Quiet',
  'Steady',
  'Local',
  'Open',
]
const THINGS = [
  'help',
  'gardening',
  'cooking',
  'walks',
  'company',
  'singing',
  'swimming',
  'shopping',
  'visits',
  'support',
]
const WORDS =
  'help wash dress meals shopping cleaning company walk garden cook paint music swim visit talk letters forms bank bus train hospital memory dementia carer break night sleep medicine exercise stroke balance learning reading computer phone job interview college friend group craft pottery dance choir church mosque temple halal vegetarian wheelchair hoist step lift hearing sign braille autism calm quiet steady same worker choose plan budget advice rights benefit housing'.split(
    ' ',
  )

const hex = (n: number, length: number): string => Math.floor(n).toString(16).padStart(length, '0')

/** A made-up market around one point: `count` entries that differ in everything that can be searched by. */
export function market(
  count: number,
  { seed = 1, now = '2026-11-02T10:00:00Z', spread = 0.4, centre = { lat: 53.55, lon: -2.1 } } = {},
): EntryDocument[] {
  const random = numbersFrom(seed)
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T
  const some = (most: number, of: number): number[] =>
    Array.from({ length: of }, (_, i) => i + 1).filter(() => random() < most / of)
  const at = Temporal.Instant.from(now)
  const daysAgo = (days: number): Date => toDate(at.subtract({ hours: Math.round(days * 24) }))
  const sentence = (length: number): string => Array.from({ length }, () => pick(WORDS)).join(' ')
  return Array.from({ length: count }, (_, i): EntryDocument => {
    const place = random() < 0.1
    const setting = place ? 'at_venue' : pick(SETTINGS)[0]
    const comesToYou = setting === 'at_home' || setting === 'live_in'
    const provider = Math.floor(random() * (count / 3 + 1))
    const people = random() < 0.3 ? 0 : Math.floor(random() * 40)
    const experience = people === 0 || place ? [] : [0, 1, 2, 3, 4].map((n) => (n === 4 ? people : n))
    const free = !place && random() < 0.12
    const audiences = some(2, AUDIENCES.length).map((n) => AUDIENCES[n - 1]?.[0] ?? '')
    const category = pick(CATEGORIES)
    // Of its own, so that what is above stays as it was.
    const more = numbersFrom(seed * 7_919 + i)
    const few = (pairs: readonly (readonly [string, string, ...string[]])[], most: number): string[] =>
      pairs.filter(() => more() < most / pairs.length).map(([code]) => code)
    const from = Array.from({ length: 168 }, (_, hour) =>
      hour % 24 < 8 || hour % 24 > 18 ? 15 : more() < 0.5 ? 15 : Math.floor(more() * 8),
    )
    const document: EntryDocument = {
      id: `01930000-0000-7000-8000-${hex(i + seed * 1_000_000, 12)}`,
      entryKind: place ? 'place' : 'service',
      slug: `entry-${String(seed)}-${String(i)}`,
      title: `${pick(DOING)} ${pick(THINGS)} ${random() < 0.5 ? `with ${pick(WORDS)}` : ''}`.trim(),
      summary: `${sentence(12)}.`,
      description: place ? '' : `${sentence(60)}.`,
      categoryCode: category[0],
      setting,
      audiences,
      providerId: `01930000-0000-7000-9000-${hex(provider, 12)}`,
      providerName: `Maker number ${String(provider)}`,
      providerSlug: `maker-${String(provider)}`,
      providerKind: place ? 'unknown' : (PROVIDER_KINDS[provider % 9]?.[0] ?? 'charity'),
      providerSize: place
        ? null
        : (['one', 'two_to_nine', 'ten_to_49', 'fifty_to_249', 'over_249'][provider % 5] ?? null),
      regulated: place || random() < 0.3,
      free,
      bookable: !place && random() < 0.95,
      pricePence: place ? null : free ? 0 : 1_200 + Math.floor(random() * 40) * 50,
      // Most by the hour, some by each of the others.
      priceUnit: place ? null : (PRICE_UNITS[i % 2 === 0 ? (i / 2) % 9 : 0]?.[0] ?? 'hour'),
      days: some(5, 7),
      languages: ['English', ...LANGUAGES.filter(() => more() < 0.1).map(([, name]) => name)],
      access: few(ACCESS, 4),
      checks: place ? [] : few(CHECKS, 2),
      workers: few(WORKERS, 0.6),
      nextFreeAt:
        place || random() < 0.15 ? null : toDate(at.add({ minutes: Math.floor(random() * 30 * 1_440) })),
      point:
        setting === 'online'
          ? null
          : {
              lat: centre.lat + (random() - 0.5) * 2 * spread,
              lon: centre.lon + (random() - 0.5) * 3 * spread,
            },
      radiusMetres: comesToYou ? 2_000 + Math.floor(random() * 14_000) : null,
      comesToYou,
      placeName:
        setting === 'online' ? null : pick(['Northfields', 'Moorend', 'Millgate', 'Brook End', 'Fenside']),
      experience,
      experienceCount: experience.reduce((sum, n) => sum + n, 0),
      experienceScore: experience.length === 0 ? 0 : 3.2 + random() * 1.5,
      newestReviewAt: experience.length === 0 ? null : daysAgo(random() * 300),
      rating: place ? pick(['Good', 'Outstanding', 'Requires improvement', 'Not yet rated']) : null,
      ratingDate: place ? fromDateOnly(daysAgo(300 + random() * 900)) : null,
      ratingSource: place ? 'https://register.example/report' : null,
      listedAt: daysAgo(random() * 500),
      confirmedAt: daysAgo(random() * 420),
    }
    // Nobody is free on a day on which it is not offered.
    const offered = (hour: number): boolean => document.days.includes(Math.floor(hour / 24) + 1)
    const freeWeek = { monday: '2026-11-02', from: from.map((week, hour) => (offered(hour) ? week : 15)) }
    return { ...document, freeWeek: place || more() < 0.2 ? null : freeWeek }
  })
}

const fromDateOnly = (date: Date): Date => new Date(`${fromDate(date).toString().slice(0, 10)}T00:00:00Z`)
