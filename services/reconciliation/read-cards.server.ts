import { z } from 'zod'
import { readPurseTotals } from '#services/budgets/purse.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { readCardPostings } from '#services/ledger/read-outside.server.ts'
import { compareCards, compareLoads } from './compare-cards.rules.ts'
import type { Difference } from './difference.rules.ts'
import { openSubjects } from './write-differences.server.ts'

const DAYS = 120
const AT_ONCE = 2_000
/** What a scheme tells in two events may be half told. */
const GRACE_MINUTES = 60

const rows = z.array(
  z.object({
    id: z.string(),
    councilId: z.string(),
    movement: z.enum(['purchase', 'cash', 'fee', 'refund']),
    state: z.enum(['authorised', 'cleared', 'reversed', 'declined']),
    pence: z.number(),
    merchant: z.string(),
    last4: z.string(),
    forVisit: z.boolean(),
    heldPence: z.number(),
  }),
)

/** Movements on cards that the ledger has otherwise, some thousand at a time. */
export async function readCardDifferences(tx: Tx, now: Temporal.Instant): Promise<Difference[]> {
  const found: Difference[] = []
  const open = await openSubjects(tx, 'cards')
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const movements = rows.parse(
      await tx.$queryRaw`
        select t.id::text, g.council_id::text as "councilId", t.movement::text, t.state::text, t.pence, t.merchant, c.last4, t.payment_id is not null as "forVisit", t.held_pence as "heldPence"
        from card_transaction t join card c on c.id = t.card_id join card_programme g on g.id = c.programme_id
        where t.movement in ('purchase', 'cash', 'fee', 'refund') and t.id > ${after}::uuid
          and (t.updated_at >= ${toDate(now.subtract({ hours: DAYS * 24 }))} or t.id = any(${open}::uuid[])) and t.updated_at < ${toDate(now.subtract({ minutes: GRACE_MINUTES }))}
        order by t.id limit ${AT_ONCE}`,
    )
    const ledger = await readCardPostings(
      tx,
      movements.map(({ id }) => id),
    )
    found.push(
      ...compareCards(movements.map((one) => ({ ...one, ...(ledger.get(one.id) ?? { held: 0, spent: 0 }) }))),
    )
    const last = movements.at(-1)
    if (!last || movements.length < AT_ONCE) return found
    after = last.id
  }
}

const loads = z.array(
  z.object({
    allocationId: z.string(),
    councilId: z.string(),
    last4: z.string(),
    asks: z.boolean(),
    loaded: z.coerce.number(),
  }),
)

/**
 * What was put on the cards of a fund against what arrived for it, some thousand funds at a time. Cards that have ended are filled no
 * more, and a programme at Stripe Issuing keeps no balance: there the ledger answers.
 */
export async function readLoadDifferences(tx: Tx, now: Temporal.Instant): Promise<Difference[]> {
  const found: Difference[] = []
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const funds = loads.parse(
      await tx.$queryRaw`
        select f.allocation_id::text as "allocationId", f.council_id::text as "councilId", f.last4, f.asks,
          coalesce((select sum(case t.movement when 'load' then t.pence else -t.pence end) from card_transaction t
            where t.allocation_id = f.allocation_id and t.movement in ('load', 'unload') and t.state = 'cleared'), 0)::bigint as loaded
        from (
          select distinct on (c.allocation_id) c.allocation_id, g.council_id, c.last4, g.adapter <> 'file' as asks
          from card c join card_programme g on g.id = c.programme_id
          where c.state in ('waiting', 'active', 'frozen') and g.adapter in ('emulator', 'file') and c.allocation_id > ${after}::uuid
            and c.created_at < ${toDate(now.subtract({ minutes: GRACE_MINUTES }))}
          order by c.allocation_id, c.created_at, c.id limit ${AT_ONCE}) f
        order by f.allocation_id`,
    )
    const totals = await readPurseTotals(
      tx,
      funds.map(({ allocationId }) => allocationId),
    )
    found.push(
      ...compareLoads(funds.map((one) => ({ ...one, funded: totals.get(one.allocationId)?.funded ?? 0 }))),
    )
    const last = funds.at(-1)
    if (!last || funds.length < AT_ONCE) return found
    after = last.allocationId
  }
}
