import type { Deps } from '#services/ports/deps.ts'
import { indexPlaces } from './index-places.server.ts'

const AT_ONCE = 1_000
const NO_ID = '00000000-0000-0000-0000-000000000000'

/** Lists every imported place anew in search, some hundreds in a transaction. @returns how many were looked at */
export async function reindexPlaces(deps: Pick<Deps, 'db'>): Promise<number> {
  let after = NO_ID
  let done = 0
  for (;;) {
    const rows = await deps.db.prisma.place.findMany({
      where: { id: { gt: after }, cqcLocationId: { not: null } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
      select: { id: true },
    })
    const ids = rows.map(({ id }) => id)
    await deps.db.tx((tx) => indexPlaces(tx, ids))
    done += ids.length
    if (ids.length < AT_ONCE) return done
    after = ids.at(-1) ?? after
  }
}
