import type { Actor } from '#services/kernel/actor.ts'
import { dateColumn, londonDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'

/**
 * What somebody's plan is for, in its own words, as far as the actor may see the plan: it is under row-level security, so a
 * supporter without `see_plan` gets none.
 */
export async function readOutcomes(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  personId: string,
): Promise<string[]> {
  const today = dateColumn(londonDate(deps.clock.now()))
  const rows = await deps.db.asActor(actor, (tx) =>
    tx.planOutcome.findMany({
      where: { plan: { personId, OR: [{ endsOn: null }, { endsOn: { gte: today } }] } },
      orderBy: [{ plan: { startsOn: 'desc' } }, { position: 'asc' }],
      take: 50,
      select: { words: true },
    }),
  )
  return [...new Set(rows.map(({ words }) => words))]
}
