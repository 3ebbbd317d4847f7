import type { Tx } from '#services/db/client.server.ts'
import { type Hours, noHours } from './hours.rules.ts'

/** What was written down for these periods, by kind: one statement. A period without hours has none of each. */
export async function readHours(tx: Tx, timesheetIds: readonly string[]): Promise<Map<string, Hours>> {
  const hours = new Map(timesheetIds.map((id) => [id, noHours()]))
  if (timesheetIds.length === 0) return hours
  const rows = await tx.timesheetDay.groupBy({
    by: ['timesheetId', 'kind'],
    where: { timesheetId: { in: [...timesheetIds] } },
    _sum: { minutes: true },
  })
  for (const row of rows) {
    const of = hours.get(row.timesheetId)
    if (of) of[row.kind] = row._sum.minutes ?? 0
  }
  return hours
}
