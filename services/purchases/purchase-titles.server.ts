import type { Tx } from '#services/db/client.server.ts'

export interface PurchaseTitle {
  what: string
  seller: string
}

/** What these purchases were, by id, for a statement; ids that are none of a purchase are left out. */
export async function purchaseTitles(tx: Tx, ids: readonly string[]): Promise<Map<string, PurchaseTitle>> {
  if (ids.length === 0) return new Map()
  const rows = await tx.purchase.findMany({
    where: { id: { in: [...new Set(ids)] } },
    select: { id: true, what: true, seller: true },
  })
  return new Map(rows.map(({ id, what, seller }) => [id, { what, seller }]))
}
