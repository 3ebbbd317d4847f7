import type { EntryDocument } from '#services/discovery/write-entries.server.ts'
import type { Temporal } from '#services/kernel/time.ts'

/** An index outside this house that is kept like the search here. Everything may be done twice: the second time changes nothing. */
export interface SearchIndex {
  /** New ones are added, known ones replaced. @param now for what changes by the day alone */
  save(documents: readonly EntryDocument[], now: Temporal.Instant): Promise<void>
  remove(ids: readonly string[]): Promise<void>
  /** Puts its settings, orders and synonyms as this program has them. */
  configure(): Promise<void>
  /** Makes it anew from all that comes; until the last is there, searches find what was there before. @returns how many */
  rebuild(batches: AsyncIterable<readonly EntryDocument[]>, now: Temporal.Instant): Promise<number>
}
