import type { Logger } from 'pino'
import type { Db } from '#services/db/client.server.ts'
import type { Settings } from '#services/env.server.ts'
import type { CardFiles } from './card-files.ts'
import type { Cards } from './cards.ts'
import type { Clock } from './clock.ts'
import type { Files } from './files.ts'
import type { Mail } from './mail.ts'
import type { Payments } from './payments.ts'
import type { SearchIndex } from './search-index.ts'
import type { Search } from './search.ts'

/** Everything a use case may reach outside its own arguments. */
export interface Deps {
  db: Db
  clock: Clock
  mail: Mail
  payments: Payments
  cards: Cards
  cardFiles: CardFiles
  search: Search
  /** Of an engine outside this house; null while there is none. */
  searchIndex: SearchIndex | null
  files: Files
  log: Logger
  settings: Settings
}
