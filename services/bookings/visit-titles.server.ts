import type { Tx } from '#services/db/client.server.ts'

export interface VisitTitle {
  title: string
  provider: string
  startsAt: Date
  outcome: string | null
}

/** What these visits were and whose, in one statement: for statements of money, which only know ids. */
export async function visitTitles(tx: Tx, visitIds: readonly string[]): Promise<Map<string, VisitTitle>> {
  if (visitIds.length === 0) return new Map()
  const rows = await tx.$queryRaw<(VisitTitle & { id: string })[]>`
    select v.id::text as id, b.terms->>'title' as title, p.name as provider, v.starts_at as "startsAt", v.outcome::text as outcome
    from visit v join booking b on b.id = v.booking_id join provider p on p.id = v.provider_id
    where v.id = any(${[...new Set(visitIds)]}::uuid[])`
  return new Map(rows.map(({ id, ...row }) => [id, row]))
}
