import type { Deps } from '#services/ports/deps.ts'
import { indexServices } from './index-services.server.ts'

const AT_ONCE = 500
const NO_ID = '00000000-0000-0000-0000-000000000000'

/**
 * Lists every published service anew in search, some hundreds in a transaction, while searches go on. Every night, because hours that
 * pass and checks that run out change nothing that would be noticed; and when a newer program keeps more of an entry than the older.
 * @returns how many
 */
export async function reindexServices(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  let after = NO_ID
  let done = 0
  for (;;) {
    const rows = await deps.db.prisma.service.findMany({
      where: { id: { gt: after }, state: 'published' },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
      select: { id: true },
    })
    const ids = rows.map(({ id }) => id)
    if (ids.length > 0) await deps.db.tx((tx) => indexServices(tx, deps.clock.now(), ids))
    done += ids.length
    if (ids.length < AT_ONCE) return done
    after = ids.at(-1) ?? after
  }
}
