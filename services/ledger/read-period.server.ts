import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { type Temporal, isoText } from '#services/kernel/time.ts'

const whole = z.union([z.bigint(), z.number()]).transform((value) => pence(Number(value)))
const row = z.object({
  allocationId: z.string(),
  opening: whole,
  moneyIn: whole,
  moneyOut: whole,
  closing: whole,
  held: whole,
  kept: whole,
})

/**
 * One fund over a time: what was in it before (left, set aside and kept back together), what came in, what went out, and what
 * was in it at the end, of which so much was set aside and kept back. opening + in − out = closing.
 */
export interface FundPeriod {
  allocationId: string
  opening: Pence
  moneyIn: Pence
  moneyOut: Pence
  closing: Pence
  held: Pence
  kept: Pence
}

/** These funds over a time, one statement; a fund that nothing was posted to until then is left out. @param until not included */
export async function readPeriod(
  tx: Tx,
  allocationIds: readonly string[],
  from: Temporal.Instant,
  until: Temporal.Instant,
): Promise<FundPeriod[]> {
  if (allocationIds.length === 0) return []
  return z.array(row).parse(
    await tx.$queryRaw`
      with moves as (
        select a.allocation_id, min(p.effective_at) >= ${isoText(from)}::timestamptz as inside,
          coalesce(sum(p.amount) filter (where a.kind in ('available', 'held', 'ring_fenced')), 0) as net,
          coalesce(sum(p.amount) filter (where a.kind = 'available'), 0) as available,
          coalesce(sum(p.amount) filter (where a.kind = 'held'), 0) as held,
          coalesce(sum(p.amount) filter (where a.kind = 'ring_fenced'), 0) as kept
        from ledger_account a join ledger_posting p on p.account_id = a.id
        where a.allocation_id = any(${[...allocationIds]}::uuid[]) and a.book = 'budget' and p.effective_at < ${isoText(until)}::timestamptz
        group by a.allocation_id, p.journal_id
      )
      select allocation_id::text as "allocationId",
        coalesce(sum(net) filter (where not inside), 0)::bigint as opening,
        coalesce(sum(greatest(net, 0)) filter (where inside), 0)::bigint as "moneyIn",
        coalesce(sum(greatest(-net, 0)) filter (where inside), 0)::bigint as "moneyOut",
        sum(available + held + kept)::bigint as closing, sum(held)::bigint as held, sum(kept)::bigint as kept
      from moves group by allocation_id order by allocation_id`,
  )
}
