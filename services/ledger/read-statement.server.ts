import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import type { Payer } from './accounts.rules.ts'

const whole = z.union([z.bigint(), z.number()]).transform((value) => pence(Number(value)))
const JOURNAL_KINDS = [
  'allocation_funded',
  'hold_placed',
  'hold_released',
  'visit_settled',
  'person_charged',
  'person_paid',
  'person_written_off',
  'payment_sent',
  'payment_confirmed',
  'payment_failed',
  'payment_returned',
  'refund',
  'card_authorised',
  'card_cleared',
  'card_reversed',
  'payroll_paid',
  'ring_fenced',
  'ring_fence_freed',
  'allocation_adjusted',
  'remainder_moved',
  'surplus_reclaimed',
  'correction',
] as const

const row = z.object({
  journalId: z.string(),
  allocationId: z.string(),
  kind: z.enum(JOURNAL_KINDS),
  at: z.date(),
  note: z.string(),
  visitIds: z.array(z.string()),
  /** What was bought outside Kith: a purchase, or a movement on a card; of what a refund gives back, too. */
  refId: z.string().nullable(),
  /** Into the fund (above zero) or out of it: what is there, set aside or kept back, taken together. */
  net: whole,
  /** What it set aside (above zero) or gave back. */
  held: whole,
  keptBack: whole,
  /** Whether the provider has been paid for a settled visit, as settlement's payables say. */
  payment: z.enum(['paid', 'sent', 'not_yet']).nullable(),
})
export type StatementRow = z.infer<typeof row>

export interface Statement {
  rows: StatementRow[]
  /** Of all pages. */
  total: number
  moneyIn: Pence
  moneyOut: Pence
  /** Out, and not yet known to have been paid; by the kind of payer. */
  unpaid: Record<Payer['kind'], Pence>
}

const sums = z.object({
  total: z.number(),
  moneyIn: whole,
  moneyOut: whole,
  unpaidPerson: whole,
  unpaidCouncil: whole,
  unpaidHolder: whole,
})

/**
 * What happened to these allocations, newest first, one row for each journal and allocation: one statement.
 * @param options.moved true leaves out what only set money aside or gave it back
 * @param options.from, options.until instants; the end is not included
 */
export async function readStatement(
  tx: Tx,
  funds: readonly { allocationId: string; payer: Payer }[],
  options: {
    from: Temporal.Instant | null
    until: Temporal.Instant | null
    moved: boolean
    limit: number
    offset: number
  },
): Promise<Statement> {
  const nothing: Statement = {
    rows: [],
    total: 0,
    moneyIn: pence(0),
    moneyOut: pence(0),
    unpaid: { person: pence(0), council: pence(0), fund_holder: pence(0) },
  }
  if (funds.length === 0) return nothing
  const found = await tx.$queryRaw<unknown[]>`
    with mine as (
      select allocation_id, payer_kind
      from unnest(${funds.map((fund) => fund.allocationId)}::uuid[], ${funds.map((fund) => fund.payer.kind)}::text[]) as m (allocation_id, payer_kind)
    ), moves as (
      select j.id, j.reverses_id, j.seq, j.kind::text as kind, j.effective_at, j.note, a.allocation_id, m.payer_kind,
        coalesce(array_agg(distinct p.visit_id::text) filter (where p.visit_id is not null), '{}') as visits,
        coalesce(sum(p.amount) filter (where a.kind in ('available', 'held', 'ring_fenced')), 0)::bigint as net,
        coalesce(sum(p.amount) filter (where a.kind = 'held'), 0)::bigint as held,
        coalesce(sum(p.amount) filter (where a.kind = 'ring_fenced'), 0)::bigint as kept
      from mine m
      join ledger_account a on a.allocation_id = m.allocation_id
      join ledger_posting p on p.account_id = a.id
      join ledger_journal j on j.id = p.journal_id
      where a.book = 'budget'
        and p.effective_at >= coalesce(${options.from ? toDate(options.from) : null}::timestamptz, '-infinity')
        and p.effective_at < coalesce(${options.until ? toDate(options.until) : null}::timestamptz, 'infinity')
      group by j.id, a.allocation_id, m.payer_kind
    ), told as (
      select moves.*,
        case when kind = 'visit_settled' and net < 0 then
          coalesce((select case b.state when 'paid' then 'paid' when 'sent' then 'sent' else 'not_yet' end from payable b
                    where b.visit_id = moves.visits[1]::uuid and b.allocation_id = moves.allocation_id and b.refund_id is null), 'not_yet')
        end as payment
      from moves where not ${options.moved} or net <> 0
    )
    select id::text as "journalId", allocation_id::text as "allocationId", kind, effective_at as at, note, visits as "visitIds",
      case when kind in ('card_authorised', 'card_cleared', 'card_reversed', 'refund') and cardinality(visits) = 0 then
        (select q.ref_id::text from ledger_posting q
         where q.journal_id in (told.id, told.reverses_id) and q.ref_id is not null limit 1) end as "refId",
      net, held, kept as "keptBack", payment,
      (count(*) over ())::int as total,
      (sum(greatest(net, 0)) over ())::bigint as "moneyIn",
      (sum(greatest(-net, 0)) over ())::bigint as "moneyOut",
      (sum(case when payment in ('not_yet', 'sent') and payer_kind = 'person' then -net else 0 end) over ())::bigint as "unpaidPerson",
      (sum(case when payment in ('not_yet', 'sent') and payer_kind = 'council' then -net else 0 end) over ())::bigint as "unpaidCouncil",
      (sum(case when payment in ('not_yet', 'sent') and payer_kind = 'fund_holder' then -net else 0 end) over ())::bigint as "unpaidHolder"
    from told
    order by effective_at desc, seq desc, allocation_id
    limit ${options.limit} offset ${options.offset}`
  if (found.length === 0) return nothing
  const all = sums.parse(found[0])
  return {
    rows: z.array(row).parse(found),
    total: all.total,
    moneyIn: all.moneyIn,
    moneyOut: all.moneyOut,
    unpaid: { person: all.unpaidPerson, council: all.unpaidCouncil, fund_holder: all.unpaidHolder },
  }
}

const week = z.object({ allocationId: z.string(), week: z.string(), spent: whole })

/** What was spent in each week (its Monday in London, ISO), by allocation, oldest first; refunds count against it. */
export async function readSpentByWeek(
  tx: Tx,
  allocationIds: readonly string[],
): Promise<{ allocationId: string; week: string; spent: Pence }[]> {
  if (allocationIds.length === 0) return []
  return z.array(week).parse(
    await tx.$queryRaw`
      select a.allocation_id::text as "allocationId",
        (date_trunc('week', p.effective_at at time zone 'Europe/London'))::date::text as week, sum(p.amount)::bigint as spent
      from ledger_account a join ledger_posting p on p.account_id = a.id
      where a.kind = 'spent' and a.allocation_id = any(${[...allocationIds]}::uuid[])
      group by 1, 2 order by 2, 1`,
  )
}
