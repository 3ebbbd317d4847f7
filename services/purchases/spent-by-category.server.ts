import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'

const rows = z.array(z.object({ personId: z.string(), category: z.string(), pence: z.coerce.number() }))

/** What was paid for purchases from these funds, less what came back, by person and kind of support. */
export async function purchasesByCategory(
  tx: Tx,
  allocationIds: readonly string[],
): Promise<{ personId: string; category: string; pence: number }[]> {
  if (allocationIds.length === 0) return []
  return rows.parse(
    await tx.$queryRaw`
      select person_id::text as "personId", category_code as category, sum(paid_pence - refunded_pence)::bigint as pence
      from purchase where state = 'paid' and allocation_id = any(${[...allocationIds]}::uuid[])
      group by 1, 2 having sum(paid_pence - refunded_pence) > 0`,
  )
}
