import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { EntryDocument } from './write-entries.server.ts'

/** Reads what search may know of those of some ids that are its own and can be found now. */
export type EntryReader = (
  tx: Tx,
  now: Temporal.Instant,
  ids: readonly string[],
) => Promise<readonly EntryDocument[]>

type PushDeps = Pick<Deps, 'db' | 'clock' | 'searchIndex'>

const AT_ONCE = 500
const NO_ID = '00000000-0000-0000-0000-000000000000'
/** Rounds before the job is left to a later try. */
const MOST_ROUNDS = 5

/** When each entry was written last; what is not found any more is missing. */
type Stamps = Map<string, string>
interface StampRow {
  id: string
  stamp: string
}
const STAMPS = `SELECT id::text, updated_at::text AS stamp FROM search_entry WHERE id = ANY ($1::uuid[])`
const PAGE = `SELECT id::text, updated_at::text AS stamp FROM search_entry WHERE id > $1::uuid ORDER BY id LIMIT $2`

async function stampsOf({ db }: PushDeps, ids: readonly string[]): Promise<Stamps> {
  const rows = await db.query<StampRow>('push_stamps', STAMPS, [ids])
  return new Map(rows.map(({ id, stamp }) => [id, stamp]))
}

async function* pagesOfStamps({ db }: PushDeps): AsyncGenerator<StampRow[]> {
  for (let after = NO_ID; ;) {
    const rows = await db.query<StampRow>('push_page', PAGE, [after, AT_ONCE])
    if (rows.length > 0) yield rows
    const last = rows.at(-1)
    if (!last || rows.length < AT_ONCE) return
    after = last.id
  }
}

async function documentsOf(
  { db, clock }: PushDeps,
  ids: readonly string[],
  readers: readonly EntryReader[],
): Promise<EntryDocument[]> {
  return db.tx(async (tx) => {
    const documents: EntryDocument[] = []
    for (const read of readers) documents.push(...(await read(tx, clock.now(), ids)))
    return documents
  })
}

/**
 * Brings entries to the index outside this house as they stand now: those that can be found are saved there, all others taken out. What
 * was written again meanwhile is brought again, so that of two jobs at once the older one never has the last word.
 * @throws Error when an entry never stands still; the job is then tried later
 */
export async function pushEntries(
  deps: PushDeps,
  ids: readonly string[],
  readers: readonly EntryReader[],
): Promise<void> {
  const { searchIndex, clock } = deps
  // Added while there was one.
  if (!searchIndex) return
  let left = [...new Set(ids)]
  for (let rounds = 0; left.length > 0; rounds += 1) {
    if (rounds === MOST_ROUNDS) throw new Error('entries were written again and again')
    const before = await stampsOf(deps, left)
    const documents = (await documentsOf(deps, left, readers)).filter(({ id }) => before.has(id))
    const found = new Set(documents.map(({ id }) => id))
    if (documents.length > 0) await searchIndex.save(documents, clock.now())
    const gone = left.filter((id) => !found.has(id))
    if (gone.length > 0) await searchIndex.remove(gone)
    const after = await stampsOf(deps, left)
    left = left.filter((id) => before.get(id) !== after.get(id))
  }
}

/**
 * Makes the index outside this house anew, while searches go on finding what stood there before. What was written or taken out while it
 * was made is brought after it.
 * @returns how many entries it holds; null when there is no such index
 */
export async function rebuildIndex(deps: PushDeps, readers: readonly EntryReader[]): Promise<number | null> {
  const { searchIndex, clock } = deps
  if (!searchIndex) return null
  const made: Stamps = new Map()
  async function* batches(): AsyncGenerator<EntryDocument[]> {
    for await (const page of pagesOfStamps(deps)) {
      for (const { id, stamp } of page) made.set(id, stamp)
      yield await documentsOf(
        deps,
        page.map(({ id }) => id),
        readers,
      )
    }
  }
  const count = await searchIndex.rebuild(batches(), clock.now())
  const changed: string[] = []
  for await (const page of pagesOfStamps(deps))
    for (const { id, stamp } of page) {
      if (made.get(id) !== stamp) changed.push(id)
      made.delete(id)
    }
  const missed = [...changed, ...made.keys()]
  for (let from = 0; from < missed.length; from += AT_ONCE)
    await pushEntries(deps, missed.slice(from, from + AT_ONCE), readers)
  return count
}
