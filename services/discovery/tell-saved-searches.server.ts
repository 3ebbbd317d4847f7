import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { fitting, MOST_SEEN } from './fitting.server.ts'
import { fundsThatRun } from './own-funds.server.ts'
import { readQuestion } from './read-question.server.ts'

const AT_ONCE = 200
const NO_ID = '00000000-0000-0000-0000-000000000000'

/**
 * The job `tell_saved_searches`: asks every kept search anew each morning and tells the person once of what fits now and did not before.
 * Harmless twice: what was told is seen.
 * @returns how many searches had something new
 */
export async function tellSavedSearches(deps: Pick<Deps, 'db' | 'clock' | 'search'>): Promise<number> {
  let after = NO_ID
  let told = 0
  for (;;) {
    const rows = await deps.db.prisma.savedSearch.findMany({
      where: { id: { gt: after } },
      orderBy: { id: 'asc' },
      take: AT_ONCE,
    })
    // One after another: each is a search of its own, and none of them is in a hurry.
    for (const row of rows) if (await tellOne(deps, row)) told += 1
    if (rows.length < AT_ONCE) return told
    after = rows.at(-1)?.id ?? after
  }
}

interface Saved {
  id: string
  personId: string
  address: string
  name: string
  seen: string[]
}

async function tellOne(deps: Pick<Deps, 'db' | 'clock' | 'search'>, saved: Saved): Promise<boolean> {
  const now = deps.clock.now()
  const funds = await fundsThatRun(deps.db, saved.personId, now)
  const { query, lost } = await readQuestion(deps, new URLSearchParams(saved.address), funds)
  if (lost) return false
  const fits = await fitting(deps, query)
  const seen = new Set(saved.seen)
  const fresh = fits.filter((id) => !seen.has(id))
  if (fresh.length === 0 && fits.length === saved.seen.length) return false
  // With more than can be kept, what comes and goes at the end of the list is no news.
  const news = saved.seen.length >= MOST_SEEN ? [] : fresh
  return deps.db.tx(async (tx) => {
    const { count } = await tx.savedSearch.updateMany({
      where: { id: saved.id, seen: { equals: saved.seen } },
      data: { seen: fits, newCount: news.length },
    })
    if (count === 0 || news.length === 0) return false
    await tell(tx, now, [
      {
        to: { personId: saved.personId },
        kind: 'search.fits',
        title: `New: ${saved.name}`,
        body: `${news.length === 1 ? 'One thing fits' : `${String(news.length)} things fit`} a search that you keep, and did not before. Have a look, or let the search go.`,
        path: `/find?${saved.address}`,
        subjectId: saved.id,
      },
    ])
    return true
  })
}
