import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'

const row = z.object({ id: z.string(), heldNow: z.string(), ended: z.boolean() })

/**
 * What has become of these funds on a day: whether they have ended, and which allocation they go on as when they are held
 * another way since.
 */
export async function fundsNow(
  tx: Tx,
  allocationIds: readonly string[],
  today: Temporal.PlainDate,
): Promise<Map<string, { heldNow: string; ended: boolean }>> {
  const rows = z.array(row).parse(
    await tx.$queryRaw`
      with recursive chain as (
        select a.id as first, a.id, a.ends_on, 0 as step from allocation a where a.id = any(${[...allocationIds]}::uuid[])
        union all
        select c.first, n.id, n.ends_on, c.step + 1 from chain c join allocation n on n.replaces_id = c.id
        where n.starts_on <= ${today.toString()}::date and c.step < 50
      )
      select distinct on (first) first::text as id, id::text as "heldNow", ends_on < ${today.toString()}::date as ended
      from chain order by first, step desc`,
  )
  return new Map(rows.map(({ id, ...fund }) => [id, fund]))
}
