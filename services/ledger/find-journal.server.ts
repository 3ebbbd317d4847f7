import type { Tx } from '#services/db/client.server.ts'

/** The id of the journal that was posted under this key, for a refund or correction to name; null when none was. */
export async function findJournal(tx: Tx, key: string): Promise<string | null> {
  const found = await tx.ledgerJournal.findUnique({ where: { key }, select: { id: true } })
  return found?.id ?? null
}
