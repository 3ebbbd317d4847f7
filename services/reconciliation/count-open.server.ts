import type { Tx } from '#services/db/client.server.ts'
import type { Source } from './difference.rules.ts'

/** How many differences of a source are open for each of these subjects; none of a subject that has none. */
export async function countOpenItems(
  tx: Tx,
  source: Source,
  subjectIds: readonly string[],
): Promise<Map<string, number>> {
  if (subjectIds.length === 0) return new Map()
  const rows = await tx.reconciliationItem.groupBy({
    by: ['subjectId'],
    where: { source, state: 'open', subjectId: { in: [...subjectIds] } },
    _count: true,
  })
  return new Map(rows.flatMap((row) => (row.subjectId === null ? [] : [[row.subjectId, row._count]])))
}
