import { tellsOfEntries, type Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { chord, type Point } from '#services/kernel/geo.ts'
import { factsOf, freeWeekOf } from './facts.rules.ts'
import { audienceName, audienceNumber, categoryName, categoryNumber, providerKindName } from './vocabulary.ts'
import { storable, wordsOf } from './words.rules.ts'

/** Everything that can be searched and shown of one entry: a published service, or a place not yet claimed. */
export interface EntryDocument {
  /** Id of the service or of the place. */
  id: string
  entryKind: 'service' | 'place'
  slug: string
  title: string
  summary: string
  /** The long text; searched with the least weight, never shown on a card. */
  description: string
  /** More that people may search by: languages, town, service types, specialisms. Weighted like the description. */
  moreWords?: readonly string[]
  categoryCode: string
  /** at_home | in_community | at_venue | online | live_in; null when it is not known. */
  setting: string | null
  /** Codes of AUDIENCES in vocabulary.ts. */
  audiences: readonly string[]
  providerId: string
  providerName: string
  providerSlug: string
  /** Of a place not yet claimed: 'unknown'. */
  providerKind: string
  providerSize: string | null
  regulated: boolean
  /** Costs nothing to the person: free or commissioned. Its price then counts as £0. */
  free: boolean
  /** Can be asked for through Kith. */
  bookable: boolean
  /** Total for one unit, travel and unavoidable extras in; null when there is no price. */
  pricePence: number | null
  priceUnit: string | null
  /** ISO weekdays on which it is offered, 1 Monday to 7 Sunday. */
  days: readonly number[]
  nextFreeAt: Date | null
  /** The Monday, ISO, from which weeks are counted, and from which of them on each of the 168 hours of a week is free; 15 never. */
  freeWeek?: { monday: string; from: ArrayLike<number> } | null
  /** In words, as the provider wrote them. */
  languages?: readonly string[]
  /** Codes of ACCESS (services/catalogue/access.ts). */
  access?: readonly string[]
  /** Codes of CHECKS that somebody has made and that hold today. */
  checks?: readonly string[]
  /** Codes of WORKERS. */
  workers?: readonly string[]
  /** Where it is, or where those who come to people start from. */
  point: Point | null
  /** How far from the point they come; null for venues. */
  radiusMetres: number | null
  comesToYou: boolean
  /** Town or ward in words. */
  placeName: string | null
  /** How many gave kept_me_in_control 1, 2, 3, 4, 5; empty when nobody has. */
  experience: readonly number[]
  experienceCount: number
  /** Mean of kept_me_in_control shrunk to the category's (prior weight 5); 0 when nothing is known at all. */
  experienceScore: number
  newestReviewAt: Date | null
  /** The regulator's own word: 'Good', 'Not yet rated'; null when it is not inspected. */
  rating: string | null
  ratingDate: Date | null
  /** Address of the report. */
  ratingSource: string | null
  listedAt: Date
  /** When somebody last said that it is still true. Older than 12 months: not found any more. */
  confirmedAt: Date
}

/** Enough to know what a text is about, little enough that a page of the index holds several entries. */
const SEARCHED_CHARACTERS = 2_000
/** One statement carries this many; more are sent in turns so that no message grows without bound. */
const AT_ONCE = 2_000

/** Longer than any line through the earth, as `reach` of what happens online. */
const EVERYWHERE = 2

const text = (value: string): string => storable(value).trim()

/** A document as the statement reads it. */
function row(document: EntryDocument): Record<string, unknown> {
  const provider = text(document.providerName)
  const about = [
    provider,
    categoryName(document.categoryCode),
    providerKindName(document.providerKind),
    ...document.audiences.map(audienceName),
  ].join(' . ')
  const more = [document.description, ...(document.moreWords ?? []), document.placeName ?? ''].join(' . ')
  const tokens = [
    `'category:${String(categoryNumber(document.categoryCode))}':1B`,
    // Little, so that an entry that names the very illness comes before all those for such illnesses.
    ...document.audiences.map((code) => `'audience:${String(audienceNumber(code))}':1`),
  ]
  return {
    ...document,
    description: undefined,
    moreWords: undefined,
    title: text(document.title),
    summary: text(document.summary),
    providerName: provider,
    placeName: document.placeName === null ? null : text(document.placeName),
    pricePence: document.free ? 0 : document.pricePence,
    lat: document.point?.lat ?? null,
    lon: document.point?.lon ?? null,
    point: undefined,
    ratingDate: document.ratingDate?.toISOString().slice(0, 10) ?? null,
    reach:
      document.setting === 'online'
        ? EVERYWHERE
        : document.comesToYou
          ? chord(document.radiusMetres ?? 0)
          : 0,
    facts: factsOf(document),
    freeWeek: freeWeekOf(document),
    languages: undefined,
    access: undefined,
    checks: undefined,
    workers: undefined,
    about: text(about),
    more: text(more).slice(0, SEARCHED_CHARACTERS),
    tokens: tokens.join(' '),
    words: wordsOf([document.title, document.summary, about, more].join(' ')),
  }
}

/**
 * Writes entries so that they can be found: new ones are added, known ones replaced. One statement for up to 2,000;
 * call it in the transaction that changed what the entries are made from. Of two with one id the later is kept.
 */
export async function writeEntries(tx: Tx, documents: readonly EntryDocument[]): Promise<void> {
  const rows = new Map(documents.map((document) => [document.id, row(document)]))
  const all = [...rows.values()]
  for (let from = 0; from < all.length; from += AT_ONCE)
    await tx.$executeRawUnsafe(WRITE, JSON.stringify(all.slice(from, from + AT_ONCE)))
  await tellElsewhere(tx, [...rows.keys()])
}

/** Takes entries out of the search. Ids that are not there change nothing. */
export async function removeEntries(tx: Tx, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.$executeRaw`DELETE FROM search_entry WHERE id = ANY (${[...ids]}::uuid[])`
  await tellElsewhere(tx, ids)
}

/** A job carries this many ids: as many records as one request to an index elsewhere should hold. */
const A_JOB = 500

/** Jobs of the same transaction that bring entries to an index elsewhere, where there is one. */
async function tellElsewhere(tx: Tx, ids: readonly string[]): Promise<void> {
  if (!tellsOfEntries(tx)) return
  for (let from = 0; from < ids.length; from += A_JOB)
    await addJob(tx, 'push_entries', { ids: ids.slice(from, from + A_JOB) })
}

/**
 * Rows are taken in the order of their ids and words in their own, so that two writers wait for each other instead of
 * locking each other out.
 */
const WRITE = `
WITH given AS MATERIALIZED (
  SELECT * FROM json_to_recordset($1::text::json) AS d(
    id uuid, "entryKind" entry_kind, slug text, title text, summary text, "categoryCode" text, setting text, audiences text[],
    "providerId" uuid, "providerName" text, "providerSlug" text, "providerKind" text, "providerSize" text,
    regulated boolean, free boolean, bookable boolean, "pricePence" int, "priceUnit" text, days int[], "nextFreeAt" timestamptz,
    lat float8, lon float8, "radiusMetres" int, "comesToYou" boolean, "placeName" text,
    experience int[], "experienceCount" int, "experienceScore" float8, "newestReviewAt" timestamptz,
    rating text, "ratingDate" date, "ratingSource" text, "listedAt" timestamptz, "confirmedAt" timestamptz,
    reach float8, facts text, "freeWeek" text, about text, more text, tokens text, words text[])),
located AS MATERIALIZED (
  SELECT *, CASE WHEN lat IS NOT NULL AND lon IS NOT NULL THEN
    cube(ARRAY[cos(radians(lat)) * cos(radians(lon)), cos(radians(lat)) * sin(radians(lon)), sin(radians(lat))]) END AS point
  FROM given),
entry AS (
  INSERT INTO search_entry (id, entry_kind, slug, title, summary, category_code, setting, audiences,
    provider_id, provider_name, provider_slug, provider_kind, provider_size, regulated, free, bookable, price_pence, price_unit,
    days, next_free_at, lat, lon, radius_metres, comes_to_you, place_name, experience, experience_count, experience_score,
    newest_review_at, rating, rating_date, rating_source, listed_at, confirmed_at)
  SELECT id, "entryKind", slug, title, summary, "categoryCode", setting, audiences,
    "providerId", "providerName", "providerSlug", "providerKind", "providerSize", regulated, free, bookable, "pricePence", "priceUnit",
    days, "nextFreeAt", lat, lon, "radiusMetres", "comesToYou", "placeName", experience, "experienceCount", "experienceScore",
    "newestReviewAt", rating, "ratingDate", "ratingSource", "listedAt", "confirmedAt"
  FROM given ORDER BY id
  ON CONFLICT (id) DO UPDATE SET entry_kind = excluded.entry_kind, slug = excluded.slug, title = excluded.title,
    summary = excluded.summary, category_code = excluded.category_code, setting = excluded.setting, audiences = excluded.audiences,
    provider_id = excluded.provider_id, provider_name = excluded.provider_name, provider_slug = excluded.provider_slug,
    provider_kind = excluded.provider_kind, provider_size = excluded.provider_size, regulated = excluded.regulated,
    free = excluded.free, bookable = excluded.bookable, price_pence = excluded.price_pence, price_unit = excluded.price_unit,
    days = excluded.days, next_free_at = excluded.next_free_at, lat = excluded.lat, lon = excluded.lon,
    radius_metres = excluded.radius_metres, comes_to_you = excluded.comes_to_you, place_name = excluded.place_name,
    experience = excluded.experience, experience_count = excluded.experience_count, experience_score = excluded.experience_score,
    newest_review_at = excluded.newest_review_at, rating = excluded.rating, rating_date = excluded.rating_date,
    rating_source = excluded.rating_source, listed_at = excluded.listed_at, confirmed_at = excluded.confirmed_at, updated_at = now()),
word AS (
  INSERT INTO search_word (word, lexeme)
  SELECT w, coalesce((tsvector_to_array(to_tsvector('kith_english', w)))[1], w)
  FROM (SELECT DISTINCT unnest(words) AS w FROM given) d
  WHERE NOT EXISTS (SELECT 1 FROM search_word known WHERE known.word = d.w)
  ORDER BY w
  ON CONFLICT DO NOTHING)
INSERT INTO search_key (entry_id, reach, facts, free_week, point, document)
SELECT id, reach, decode(facts, 'hex'), decode("freeWeek", 'hex'), point,
  setweight(to_tsvector('kith_english', title), 'A') || setweight(to_tsvector('kith_english', about), 'B') || tokens::tsvector
    || setweight(to_tsvector('kith_english', summary), 'C') || setweight(to_tsvector('kith_english', more), 'D')
FROM located ORDER BY id
ON CONFLICT (entry_id) DO UPDATE SET reach = excluded.reach, facts = excluded.facts, free_week = excluded.free_week, point = excluded.point,
  document = excluded.document`
