import type { Db } from '#services/db/client.server.ts'
import { FACTS_LAYOUT } from './facts.rules.ts'

/** Whether entries stand here that an older program wrote: they are found, but not by what it did not know. */
export async function layoutIsOld(db: Db): Promise<boolean> {
  const row = await db.prisma.searchLayout.findUnique({ where: { only: true }, select: { version: true } })
  return row !== null && row.version < FACTS_LAYOUT
}

/** All entries were written anew. */
export async function noteLayout(db: Db): Promise<void> {
  await db.prisma.searchLayout.updateMany({
    where: { version: { lt: FACTS_LAYOUT } },
    data: { version: FACTS_LAYOUT },
  })
}
