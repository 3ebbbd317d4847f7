import type { Db, Tx } from '#services/db/client.server.ts'
import { isDomainError } from '#services/kernel/errors.ts'

const TRIES = 3

/**
 * A transaction that keeps money back as far as it goes. Between reading what is left and keeping it, somebody may take it: then the whole
 * is done again with what is left now.
 */
export async function onceMore<T>(db: Pick<Db, 'tx'>, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let left = TRIES - 1; ; left -= 1) {
    try {
      return await db.tx(work)
    } catch (error) {
      if (left === 0 || !isDomainError(error) || error.code !== 'NOT_ENOUGH_MONEY') throw error
    }
  }
}
