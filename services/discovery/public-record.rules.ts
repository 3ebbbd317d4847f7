import { roughly, type Point } from '#services/kernel/geo.ts'
import type { SearchHit } from '#services/ports/search.ts'
import { priceStepOf } from './facets-elsewhere.rules.ts'
import { FACTS_BYTES, FACTS_LAYOUT, factsOf, NO_TIME, PackedCandidate } from './facts.rules.ts'
import { withForms } from './forms.rules.ts'
import { HIDDEN_DAYS, scoreOf, TITLE_RANK, type Moment } from './ranking.rules.ts'
import { audienceName, categoryName, languageCodes, providerKindName, unitNumber } from './vocabulary.ts'
import { storable } from './words.rules.ts'
import { audienceWord, categoryWord } from './words-elsewhere.rules.ts'
import type { EntryDocument } from './write-entries.server.ts'

/** All that an engine outside this house may hold of an entry: what anybody sees on its card, and what it is filtered and ranked by. */
export interface PublicRecord {
  id: string
  card: Omit<SearchHit, 'id' | 'metres' | 'why'>
  /** Searched, the most telling first. */
  words: { title: string; about: string; summary: string; more: string }
  /** By the names of the facets; 'max' is the step of its price. */
  codes: Readonly<Record<string, readonly string[]>>
  /** −1 when it has none. */
  pricePence: number
  /** In which order things are when the cheapest come first; without a price last. */
  priceOrder: number
  nextFreeMinute: number
  experience: number
  /** The last day, since 1970, on which it is found. */
  foundUntil: number
  /** The charter's parts that no search changes, as they are today. */
  steadyScore: number
  /** What happens online is everywhere; those who come to people say how far; all else is where it is. */
  reach: 'everywhere' | 'here' | { from: Point; metres: number }
  facts: string
  layout: number
}

/** Of the description; a record stays within what an engine takes. */
const SEARCHED_CHARACTERS = 2_000
const FOR_EVER = 0xffff_ffff
/** More pence than any price. */
const UNIT_STEP = 1e9
/** After the last unit's. */
const NO_PRICE = 1e11

const text = (value: string): string => storable(value).trim()
const one = (code: string | null): string[] => (code === null ? [] : [code])
const yes = (flag: boolean): string[] => [flag ? 'yes' : 'no']

/** As PostgreSQL weighs a word by where it stands: title, provider and category, summary, all the rest. */
export const rankOfField = (field: number): number => TITLE_RANK * ([1, 0.6, 0.3, 0.1][field] ?? 0)

/** The public record of an entry. Where somebody who comes to people starts from is rounded. */
export function recordOf(document: EntryDocument, now: Moment): PublicRecord {
  const facts = factsOf(document)
  const bytes = Buffer.from(facts, 'hex')
  const c = new PackedCandidate()
  c.set(new DataView(bytes.buffer, bytes.byteOffset, FACTS_BYTES), 0)
  c.rank = 0
  c.chord = -1
  const unit = c.unit === 0 ? null : document.priceUnit
  const online = document.setting === 'online'
  const moves = document.comesToYou && !online
  const point = document.point && (moves || online ? roughly(document.point) : document.point)
  return {
    id: document.id,
    card: cardOf(document, point),
    words: wordsOfRecord(document),
    codes: {
      category: [document.categoryCode],
      kind: [document.providerKind],
      setting: one(document.setting),
      for: document.audiences,
      day: document.days.map(String),
      regulated: yes(c.regulated),
      size: one(document.providerSize),
      language: languageCodes(document.languages ?? []),
      access: document.access ?? [],
      checked: document.checks ?? [],
      worker: document.workers ?? [],
      open: yes(c.bookable),
      per: one(unit),
      max: one(priceStepOf(unit, c.pricePence)),
    },
    pricePence: c.pricePence,
    priceOrder: c.pricePence < 0 ? NO_PRICE : unitNumber(unit) * UNIT_STEP + c.pricePence,
    nextFreeMinute: c.nextFree === NO_TIME ? FOR_EVER : c.nextFree,
    experience: c.experience,
    foundUntil: c.place ? FOR_EVER : c.confirmedDay + HIDDEN_DAYS,
    steadyScore: Math.round(scoreOf(c, now, false) * 1e6) / 1e6,
    reach: online
      ? 'everywhere'
      : moves && point
        ? { from: point, metres: document.radiusMetres ?? 0 }
        : 'here',
    facts,
    layout: FACTS_LAYOUT,
  }
}

function cardOf(document: EntryDocument, point: Point | null): PublicRecord['card'] {
  return {
    entryKind: document.entryKind,
    slug: document.slug,
    title: text(document.title),
    summary: text(document.summary),
    category: document.categoryCode,
    setting: document.setting,
    providerName: text(document.providerName),
    providerSlug: document.providerSlug,
    providerId: document.providerId,
    providerKind: document.providerKind,
    regulated: document.regulated,
    free: document.free,
    bookable: document.bookable,
    pricePence: document.free ? 0 : document.pricePence,
    priceUnit: document.priceUnit,
    nextFreeAt: document.nextFreeAt?.getTime() ?? null,
    comesToYou: document.comesToYou,
    experience: document.experience,
    experienceCount: document.experienceCount,
    newestReviewAt: document.newestReviewAt?.getTime() ?? null,
    rating: document.rating,
    ratingDate: document.ratingDate?.toISOString().slice(0, 10) ?? null,
    ratingSource: document.ratingSource,
    placeName: document.placeName === null ? null : text(document.placeName),
    point,
    listedAt: document.listedAt.getTime(),
    confirmedAt: document.confirmedAt.getTime(),
  }
}

function wordsOfRecord(document: EntryDocument): PublicRecord['words'] {
  const about = [
    document.providerName,
    categoryName(document.categoryCode),
    providerKindName(document.providerKind),
    ...document.audiences.map(audienceName),
    categoryWord(document.categoryCode),
  ].join(' . ')
  const more = [
    ...document.audiences.map(audienceWord),
    ...(document.moreWords ?? []),
    document.placeName ?? '',
    document.description,
  ].join(' . ')
  return {
    title: withForms(text(document.title)),
    about: text(about),
    summary: withForms(text(document.summary)),
    more: withForms(text(more).slice(0, SEARCHED_CHARACTERS)),
  }
}
