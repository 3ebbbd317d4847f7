import type { Db } from '#services/db/client.server.ts'
import type { TextQuery, Wanted } from '#services/discovery/query-words.rules.ts'
import type { KnownWord, Slip } from '#services/discovery/slips.rules.ts'
import type { Chosen, Choice } from '#services/discovery/choose-hits.rules.ts'
import type { Moment } from '#services/discovery/ranking.rules.ts'
import { chord, metresOfChord, unitVector, type Point } from '#services/kernel/geo.ts'
import type { Search, SearchAnswer, SearchHit, SearchQuery, WordNotes } from '#services/ports/search.ts'

/** The domain's own decisions: every engine is given the same ones. */
export interface SearchRules {
  wantedIn(this: void, text: string, slips?: readonly Slip[]): Wanted[]
  wordsOfAll(this: void, wanted: readonly Wanted[]): string[]
  slipsIn(this: void, wanted: readonly Wanted[], knowledge: readonly KnownWord[]): Slip[]
  textQuery(this: void, wanted: readonly Wanted[], knowledge: readonly KnownWord[]): TextQuery
  chooseHits(this: void, rows: Buffer, query: SearchQuery, now: Moment): Choice
  momentOf(this: void, epochMilliseconds: number): Moment
  usualMetres: number
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

/** Half of the rank's room is the title's: weights of description, summary, provider and category, title. */
const RANK = `ts_rank('{0.1,0.3,0.6,1.0}', document, $R::tsquery)`
const IN_REACH = `(area && $B::cube AND cube_distance(point, $P::cube) <= CASE WHEN reach > 0 THEN reach ELSE $W::float8 END OR reach = 2)`

interface Statement {
  name: string
  sql: string
}
/** One statement for each combination of words and place, so that each keeps a plan that suits it. */
function candidates(words: boolean, near: boolean): Statement {
  const distance = near ? `coalesce(cube_distance(point, $P::cube), -1)` : '-1'
  const select = `SELECT string_agg(int4send(no) || facts || float4send(${words ? RANK : '0::float4'}) || float4send((${distance})::float4), '') AS rows FROM search_key`
  const where = [words ? 'document @@ $A::tsquery' : '', near ? IN_REACH : ''].filter(Boolean).join(' AND ')
  const names = [...(words ? ['$A', '$R'] : []), ...(near ? ['$B', '$P', '$W'] : [])]
  let sql = where === '' ? select : `${select} WHERE ${where}`
  for (const [index, name] of names.entries()) sql = sql.replaceAll(`${name}::`, `$${String(index + 1)}::`)
  return { name: `find${words ? '_words' : ''}${near ? '_near' : ''}`, sql }
}
const STATEMENTS = {
  plain: candidates(false, false),
  words: candidates(true, false),
  near: candidates(false, true),
  both: candidates(true, true),
}

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

const cube = ([x, y, z]: readonly number[], by = 0): string =>
  [-by, by].map((off) => `(${[x, y, z].map((n) => String((n ?? 0) + off)).join(',')})`).join(',')

/** The place as the statements take it; twice the distance, so that "further away" can be counted too. */
function reachOf(point: Point, metres: number): [box: string, point: string, within: number] {
  const vector = unitVector(point)
  const within = chord(2 * metres)
  return [cube(vector, within), `(${vector.join(',')})`, within]
}

const MOST_KNOWN = 5_000
const NO_ROWS = Buffer.alloc(0)
const NOTHING_TO_SAY: WordNotes = { corrected: [], unknown: [], loosely: false }

/**
 * Search on Kith's own database: words by weighted stems, places by an index on the sphere. Two statements for a page
 * (three with words, four when nothing holds them all): what fits, packed, and the cards of the page. Each keeps its
 * plan (`db.hot`): planning cost as much as running, and every combination of words and place has a statement of its own.
 */
export function postgresSearch(db: Db, rules: SearchRules): Search {
  /** A word that the index once held stays a word; one that it does not hold may come with the next listing. */
  const knownWords = new Map<string, KnownWord>()

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

  async function rowsFor(match: string | null, rank: string | null, query: SearchQuery): Promise<Buffer> {
    const place = query.near ? reachOf(query.near.point, query.withinMetres ?? rules.usualMetres) : null
    const { name, sql } = STATEMENTS[match === null ? (place ? 'near' : 'plain') : place ? 'both' : 'words']
    const params = [...(match === null ? [] : [match, rank]), ...(place ?? [])]
    const [row] = await db.hot<{ rows: Buffer | null }>(name, sql, params)
    return row?.rows ?? NO_ROWS
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
      let match: string | null = null
      let rank: string | null = null
      let looser: string[] = []
      if (query.text !== '') {
        const text = await understand(query.text)
        words.corrected = text.corrected
        words.unknown = text.unknown
        // Words that nothing holds find nothing: a page that says so, never everything.
        if (text.all === null) {
          const { chosen: _none, ...choice } = rules.chooseHits(NO_ROWS, query, now)
          return { ...choice, hits: [], words }
        }
        match = text.all
        rank = text.any
        looser = [text.most, text.any].filter((other) => other !== null && other !== match) as string[]
      }
      let rows = await rowsFor(match, rank, query)
      for (const other of looser) {
        if (rows.length > 0) break
        rows = await rowsFor(other, rank, query)
        words.loosely = rows.length > 0
      }
      const { chosen, ...choice } = rules.chooseHits(rows, query, now)
      return { ...choice, hits: await cards(chosen), words }
    },
  }
}
