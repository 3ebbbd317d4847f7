import { readServiceEntries } from '#services/catalogue/index-services.server.ts'
import type { EntryReader } from '#services/discovery/push-entries.server.ts'
import { readPlaceEntries } from '#services/imports/index-places.server.ts'

/** Whoever owns entries hands over what search may know of them. */
export const entryReaders: readonly EntryReader[] = [
  readServiceEntries,
  (tx, _now, ids) => readPlaceEntries(tx, ids),
]
