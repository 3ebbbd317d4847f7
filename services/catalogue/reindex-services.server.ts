import type { Deps } from '#services/ports/deps.ts'
import { indexServices } from './index-services.server.ts'

const AT_ONCE = 500
const NO_ID = '00000000-0000-0000-0000-000000000000'
/** While the database writes one batch, the next is worked out here. */
const SIDE_BY_SIDE = 2

/**
 * Lists every published service anew in search, some hundreds in a transaction, while searches go on. Every night, because hours that
 * pass and checks that run out change nothing that would be noticed; and when a newer program keeps more of an entry than the older.
 * @returns how many
 */
export async function reindexServices(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const batches = batchesOf(deps)
  let done = 0
  const work = async (): Promise<void> => {
    // Whoever is free takes the next; one that fails ends them for the other, too.
    for await (const ids of batches) {
      await deps.db.tx((tx) => indexServices(tx, deps.clock.now(), ids))
      done += ids.length
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, work))
  return done
}

async function* batchesOf({ db }: Pick<Deps, 'db'>): AsyncGenerator<string[]> {
  for (let after: string | undefined = NO_ID; after !== undefined;) {
    const rows: { id: string }[] = await db.prisma.service.findMany({
      where: { id: { gt: after }, state: 'published' },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
      select: { id: true },
    })
    if (rows.length > 0) yield rows.map(({ id }) => id)
    after = rows.length < AT_ONCE ? undefined : rows.at(-1)?.id
  }
}
