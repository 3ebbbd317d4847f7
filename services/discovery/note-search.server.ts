import { councilsAt } from '#services/councils/find-wards.server.ts'
import type { Db } from '#services/db/client.server.ts'
import type { Point } from '#services/kernel/geo.ts'
import { newId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { SearchAnswer, SearchQuery } from '#services/ports/search.ts'
import type { FoundPlace } from './find-place.server.ts'
import { categoryMeant } from './query-words.rules.ts'

interface Noted {
  id: string
  at: string
  point: Point | null
  area: string | null
  category: string | null
  audience: string | null
  results: number
  bookable: number
}

/** How long searches wait to be written together, so that no page waits for it. */
const PAUSE_MS = 1_000
/** Under a flood the rest is let go: gaps are about what is missing, not about how often it was asked. */
const MOST = 1_000

const waiting = new WeakMap<Db, { notes: Noted[]; writing: Promise<void> | null }>()

const WRITE = `
INSERT INTO search_event (id, at, council_id, area, category_code, audience, results, bookable)
SELECT * FROM json_to_recordset($1::json)
  AS n(id uuid, at timestamptz, council uuid, area text, category text, audience text, results int, bookable int)`

async function write(db: Db, notes: readonly Noted[]): Promise<void> {
  const placed = notes.flatMap(({ point }) => (point ? [point] : []))
  const councils = placed.length > 0 ? await councilsAt(db, placed) : []
  let next = 0
  const rows = notes.map(({ point, ...note }) => ({ ...note, council: point ? councils[next++] : null }))
  await db.query('note_searches', WRITE, [JSON.stringify(rows)])
}

const only = (codes: readonly string[]): string | null => (codes.length === 1 ? (codes[0] ?? null) : null)

/**
 * Notes that a search was made, for the gaps that a commissioner sees: what, in which area, with how many results.
 * Never who, never the words, never a whole postcode. Returns at once; what waited is written together a second later.
 */
export function noteSearch(
  { db, clock, log }: Pick<Deps, 'db' | 'clock' | 'log'>,
  query: SearchQuery,
  place: FoundPlace | null,
  answer: SearchAnswer,
): void {
  const buffer = waiting.get(db) ?? { notes: [], writing: null }
  waiting.set(db, buffer)
  if (buffer.notes.length >= MOST) return
  buffer.notes.push({
    id: newId(),
    at: clock.now().toString(),
    point: place?.point ?? null,
    area: place?.area ?? null,
    category: only(query.categories) ?? categoryMeant(query.text),
    audience: only(query.audiences),
    results: answer.total,
    bookable: answer.bookable,
  })
  buffer.writing ??= new Promise<void>((resolve) => {
    setTimeout(resolve, PAUSE_MS).unref()
  }).then(async () => {
    buffer.writing = null
    const notes = buffer.notes.splice(0)
    try {
      await write(db, notes)
    } catch (error) {
      log.warn({ err: error, lost: notes.length }, 'searches could not be noted')
    }
  })
}

/** Waits until every search so far is written: for tests. */
export async function searchesNoted(db: Db): Promise<void> {
  await waiting.get(db)?.writing
}
