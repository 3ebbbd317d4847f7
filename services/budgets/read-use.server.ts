import type { Tx } from '#services/db/client.server.ts'
import { readWeeklyCost } from '#services/employing/weekly-cost.server.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { readSpentByWeek } from '#services/ledger/read-statement.server.ts'
import { readBoughtOnce } from '#services/purchases/bought-once.server.ts'
import type { FundUse } from './forecast.rules.ts'

export interface Use {
  /** What was spent, by allocation and week (its Monday, ISO). */
  weeks: Awaited<ReturnType<typeof readSpentByWeek>>
  /** How quickly a fund, of one allocation or two, is used. */
  of: (allocationIds: readonly string[]) => FundUse
}

/**
 * How these funds are used: what was spent in this week and the three before it without what is bought once, and what
 * people who are employed from them cost.
 */
export async function readUse(
  tx: Tx,
  allocationIds: readonly string[],
  today: Temporal.PlainDate,
): Promise<Use> {
  const since = today.subtract({ days: today.dayOfWeek - 1 + 21 })
  const [weeks, once, wages] = await Promise.all([
    readSpentByWeek(tx, allocationIds),
    readBoughtOnce(tx, allocationIds, since),
    readWeeklyCost(tx, allocationIds, today),
  ])
  const sum = (ids: readonly string[], of: ReadonlyMap<string, number>): number =>
    ids.reduce((all, id) => all + (of.get(id) ?? 0), 0)
  return {
    weeks,
    of: (ids) => {
      const spent = weeks
        .filter((one) => ids.includes(one.allocationId) && one.week >= since.toString())
        .reduce((all, one) => all + one.spent, 0)
      return { spentFourWeeks: Math.max(0, spent - sum(ids, once)), wagesWeekly: sum(ids, wages) }
    },
  }
}
