import type { Db } from '#services/db/client.server.ts'
import type { TextQuery, Wanted } from '#services/discovery/query-words.rules.ts'
import type { KnownWord, Slip } from '#services/discovery/slips.rules.ts'
import type { Candidates, Chosen, Choice } from '#services/discovery/choose-hits.rules.ts'
import type { Moment } from '#services/discovery/ranking.rules.ts'
import { metresOfChord } from '#services/kernel/geo.ts'
import type {
  Relaxed,
  Search,
  SearchAnswer,
  SearchHit,
  SearchQuery,
  WordNotes,
} from '#services/ports/search.ts'
import { EntryTable, type FactsLayout, type Rows } from './entry-table.ts'

/** The domain's own decisions: every engine is given the same ones. */
export interface SearchRules {
  wantedIn(this: void, text: string, slips?: readonly Slip[]): Wanted[]
  wordsOfAll(this: void, wanted: readonly Wanted[]): string[]
  slipsIn(this: void, wanted: readonly Wanted[], knowledge: readonly KnownWord[]): Slip[]
  textQuery(this: void, wanted: readonly Wanted[], knowledge: readonly KnownWord[]): TextQuery
  chooseHits(this: void, candidates: Candidates, query: SearchQuery, now: Moment): Choice
  /** How much further one could look, in metres from the place, the nearest first. */
  furtherMetres(this: void, withinMetres: number | null): readonly number[]
  relaxed(
    this: void,
    query: Pick<SearchQuery, 'maxPence'>,
    without: readonly Relaxed[],
    further: readonly Relaxed[],
  ): Relaxed[]
  momentOf(this: void, epochMilliseconds: number): Moment
  usualMetres: number
  layout: FactsLayout
}

const WORDS = `
SELECT t.word, tsvector_to_array(to_tsvector('kith_english', t.word)) AS lexemes, k.known,
  CASE WHEN k.known OR length(t.word) < 4 OR t.word !~ '^[a-z]+$' THEN '[]'::json ELSE coalesce((
    SELECT json_agg(w.word)
    FROM (SELECT word FROM search_word WHERE word % t.word
          UNION SELECT word FROM search_word
          WHERE word LIKE left(t.word, 2) || '%' AND length(word) BETWEEN length(t.word) - 2 AND length(t.word) + 2
          LIMIT 300) w), '[]'::json) END AS similar
FROM unnest($1::text[]) AS t(word),
  LATERAL (SELECT EXISTS (SELECT 1 FROM search_word w
                          WHERE w.lexeme = ANY (tsvector_to_array(to_tsvector('kith_english', t.word)))) AS known) k`

const CARDS = `
SELECT k.no, e.id, e.entry_kind, e.slug, e.title, e.summary, e.category_code, e.setting, e.provider_id, e.provider_name, e.provider_slug,
  e.provider_kind, e.regulated, e.free, e.bookable, e.price_pence, e.price_unit, extract(epoch FROM e.next_free_at)::float8 AS next_free,
  e.lat, e.lon, e.comes_to_you, e.place_name, e.experience, e.experience_count, extract(epoch FROM e.newest_review_at)::float8 AS newest_review,
  e.rating, e.rating_date, e.rating_source, extract(epoch FROM e.listed_at)::float8 AS listed, extract(epoch FROM e.confirmed_at)::float8 AS confirmed
FROM search_key k JOIN search_entry e ON e.id = k.entry_id WHERE k.no = ANY ($1::int[])`

interface CardRow {
  no: number
  id: string
  entry_kind: 'service' | 'place'
  slug: string
  title: string
  summary: string
  category_code: string
  setting: string | null
  provider_id: string
  provider_name: string
  provider_slug: string
  provider_kind: string
  regulated: boolean
  free: boolean
  bookable: boolean
  price_pence: number | null
  price_unit: string | null
  next_free: number | null
  lat: number | null
  lon: number | null
  comes_to_you: boolean
  place_name: string | null
  experience: number[]
  experience_count: number
  newest_review: number | null
  rating: string | null
  rating_date: string | null
  rating_source: string | null
  listed: number
  confirmed: number
}

const milliseconds = (seconds: number | null): number | null =>
  seconds === null ? null : Math.round(seconds * 1_000)

function hitOf(row: CardRow, { chord: line, why }: Chosen): SearchHit {
  return {
    id: row.id,
    entryKind: row.entry_kind,
    slug: row.slug,
    title: row.title,
    summary: row.summary,
    category: row.category_code,
    setting: row.setting,
    providerName: row.provider_name,
    providerSlug: row.provider_slug,
    providerId: row.provider_id,
    providerKind: row.provider_kind,
    regulated: row.regulated,
    free: row.free,
    bookable: row.bookable,
    pricePence: row.price_pence,
    priceUnit: row.price_unit,
    nextFreeAt: milliseconds(row.next_free),
    metres: line < 0 ? null : metresOfChord(line),
    comesToYou: row.comes_to_you,
    experience: row.experience,
    experienceCount: row.experience_count,
    newestReviewAt: milliseconds(row.newest_review),
    rating: row.rating,
    ratingDate: row.rating_date,
    ratingSource: row.rating_source,
    placeName: row.place_name,
    point: row.lat === null || row.lon === null ? null : { lat: row.lat, lon: row.lon },
    listedAt: row.listed * 1_000,
    confirmedAt: row.confirmed * 1_000,
    why,
  }
}

const MOST_KNOWN = 5_000
const NOTHING: Candidates = { length: 0, read: () => undefined }
const NOTHING_TO_SAY: WordNotes = { corrected: [], unknown: [], loosely: false }

/**
 * Search on Kith's own database: it makes stems of words and knows which ones there are, and everything else is answered by what is kept
 * here. A page asks for what has changed, for words that were not asked before, and for the cards that it shows.
 */
export function postgresSearch(db: Db, rules: SearchRules): Search {
  /** A word that the index once held stays a word; one that it does not hold may come with the next listing. */
  const knownWords = new Map<string, KnownWord>()
  const table = new EntryTable(db, rules.layout)

  async function know(wanted: readonly Wanted[]): Promise<KnownWord[]> {
    const words = rules.wordsOfAll(wanted)
    const asked = words.filter((word) => !knownWords.has(word))
    const found = asked.length > 0 ? await db.hot<KnownWord>('find_known_words', WORDS, [asked]) : []
    const knowledge = [...found, ...words.flatMap((word) => knownWords.get(word) ?? [])]
    if (knownWords.size > MOST_KNOWN) knownWords.clear()
    for (const entry of found) if (entry.known) knownWords.set(entry.word, entry)
    return knowledge
  }

  async function understand(text: string): Promise<TextQuery & { corrected: Slip[] }> {
    const wanted = rules.wantedIn(text)
    const knowledge = await know(wanted)
    const corrected = rules.slipsIn(wanted, knowledge)
    if (corrected.length === 0) return { ...rules.textQuery(wanted, knowledge), corrected }
    const meant = rules.wantedIn(text, corrected)
    return { ...rules.textQuery(meant, await know(meant)), corrected }
  }

  async function cards(chosen: readonly Chosen[]): Promise<SearchHit[]> {
    if (chosen.length === 0) return []
    const rows = await db.hot<CardRow>('find_cards', CARDS, [chosen.map(({ no }) => no)])
    const byNumber = new Map(rows.map((row) => [row.no, row]))
    return chosen.flatMap((one) => {
      const row = byNumber.get(one.no)
      return row ? [hitOf(row, one)] : []
    })
  }

  return {
    async find(query, at): Promise<SearchAnswer> {
      const words: { -readonly [Note in keyof WordNotes]: WordNotes[Note] } = { ...NOTHING_TO_SAY }
      const now = rules.momentOf(at.epochMilliseconds)
      const near = query.near && {
        point: query.near.point,
        // As far as the widest search that is offered.
        metres: Math.max(...rules.furtherMetres(query.withinMetres)),
      }
      let rows: Rows | null = null
      if (query.text === '') {
        await table.refresh()
        rows = table.choose(null, near)
      } else {
        const [text] = await Promise.all([understand(query.text), table.refresh()])
        words.corrected = text.corrected
        words.unknown = text.unknown
        // Words that nothing holds find nothing: a page that says so, never everything.
        if (text.all === null) {
          const { chosen: _none, ...choice } = rules.chooseHits(NOTHING, query, now)
          return { ...choice, hits: [], words }
        }
        const tries = [...new Set([text.all, text.most, text.any])].filter((one) => one !== null)
        for (const match of tries) {
          rows = table.choose({ match, rank: text.rank }, near)
          words.loosely = rows.length > 0 && match !== text.all
          if (rows.length > 0) break
        }
      }
      const candidates = rows ? table.candidates(rows, query.hours) : NOTHING
      const { chosen, ...choice } = rules.chooseHits(candidates, query, now)
      return { ...choice, hits: await cards(chosen), words }
    },
  }
}
