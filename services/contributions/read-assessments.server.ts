import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { plainDateOf } from '#services/kernel/time.ts'
import { type Assessment, type Method, holdsOn } from './assessment.rules.ts'

/** More decisions about one person than anybody has in a lifetime. */
const MOST_EACH = 500

const rowOf = (row: {
  id: string
  method: Method
  weeklyPence: number
  startsOn: Date
  endsOn: Date | null
  decidedAt: Date
}): Assessment => ({
  id: row.id,
  method: row.method,
  weeklyPence: row.weeklyPence,
  startsOn: plainDateOf(row.startsOn).toString(),
  endsOn: row.endsOn ? plainDateOf(row.endsOn).toString() : null,
  decidedAt: row.decidedAt.toISOString(),
})

/**
 * The decisions of councils about these people, by `<person> <council>`. For somebody whose support is aftercare under
 * section 117 nothing holds, whatever was decided before that was known.
 */
export async function readAssessments(
  tx: Tx,
  personIds: readonly string[],
): Promise<Map<string, Assessment[]>> {
  const rows = await tx.contributionAssessment.findMany({
    where: { personId: { in: [...personIds] }, person: { section117: false } },
    orderBy: { decidedAt: 'desc' },
    take: MOST_EACH * Math.max(1, personIds.length),
  })
  const result = new Map<string, Assessment[]>()
  for (const row of rows) {
    const key = `${row.personId} ${row.councilId}`
    result.set(key, [...(result.get(key) ?? []), rowOf(row)])
  }
  return result
}

/** What a person pays towards it on a day, by their own council's newest decision for it; null when there is none. */
export async function assessmentOn(
  tx: Tx,
  personId: string,
  day: Temporal.PlainDate,
): Promise<{ method: Method; weeklyPence: number } | null> {
  const person = await tx.person.findUniqueOrThrow({
    where: { id: personId },
    select: { councilId: true },
  })
  const all = await readAssessments(tx, [personId])
  const holds = holdsOn(all.get(`${personId} ${person.councilId}`) ?? [], day.toString())
  return holds && holds.weeklyPence > 0 ? { method: holds.method, weeklyPence: holds.weeklyPence } : null
}
