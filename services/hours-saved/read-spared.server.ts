/** Papers that nobody had to make or keep, by day: counts alone. */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, dateColumn } from '#services/kernel/time.ts'
import type { Spared } from './hours.rules.ts'

const rows = z.array(
  z.object({ kind: z.enum(['receipt', 'invoice', 'keyed']), on: z.string(), count: z.number() }),
)

interface Time {
  from: Temporal.PlainDate
  /** Not included. */
  until: Temporal.PlainDate
}

/** Visits that a person paid for from a direct payment: each would have had a receipt to keep. */
export async function receiptsOf(tx: Tx, personId: string, { from, until }: Time): Promise<Spared[]> {
  return rows.parse(
    await tx.$queryRaw`
      select 'receipt' as kind, on_day::text as "on", count(distinct visit_id)::int as count
      from payable where person_id = ${personId}::uuid and payer_kind = 'person' and refund_id is null and visit_id is not null
        and on_day >= ${dateColumn(from)} and on_day < ${dateColumn(until)}
      group by on_day order by on_day`,
  )
}

/** Invoices and credit notes that a provider did not type. */
export async function invoicesOf(tx: Tx, providerId: string, { from, until }: Time): Promise<Spared[]> {
  return rows.parse(
    await tx.$queryRaw`
      select 'invoice' as kind, issued_on::text as "on", count(*)::int as count
      from invoice where provider_id = ${providerId}::uuid and issued_on >= ${dateColumn(from)} and issued_on < ${dateColumn(until)}
      group by issued_on order by issued_on`,
  )
}

const perQuarter = z.array(
  z.object({
    kind: z.enum(['receipt', 'invoice', 'keyed']),
    on: z.string(),
    count: z.number(),
    people: z.number(),
  }),
)
export type SparedOfPeople = z.infer<typeof perQuarter>[number]

/**
 * The same for the people of these councils, by quarter (`on` is its first day), with how many people each is about; what the
 * council did not key in are invoices that are addressed to it.
 */
export async function sparedOfCouncils(
  tx: Tx,
  councilIds: readonly string[],
  { from, until }: Time,
): Promise<SparedOfPeople[]> {
  const [first, end] = [dateColumn(from), dateColumn(until)]
  return perQuarter.parse(
    await tx.$queryRaw`
      select 'receipt' as kind, date_trunc('quarter', b.on_day)::date::text as "on", count(distinct b.visit_id)::int as count,
        count(distinct b.person_id)::int as people
      from payable b join person p on p.id = b.person_id
      where p.council_id = any(${[...councilIds]}::uuid[]) and b.payer_kind = 'person' and b.refund_id is null and b.visit_id is not null
        and b.on_day >= ${first} and b.on_day < ${end} group by 2
      union all
      select 'invoice', date_trunc('quarter', i.issued_on)::date::text, count(*)::int, count(distinct i.person_id)::int
      from invoice i join person p on p.id = i.person_id
      where p.council_id = any(${[...councilIds]}::uuid[]) and i.issued_on >= ${first} and i.issued_on < ${end} group by 2
      union all
      select 'keyed', date_trunc('quarter', i.issued_on)::date::text, count(*)::int, count(distinct i.person_id)::int
      from invoice i where i.payer_kind = 'council' and i.payer_id = any(${[...councilIds]}::uuid[])
        and i.issued_on >= ${first} and i.issued_on < ${end} group by 2`,
  )
}

const answers = z.array(
  z.object({ quarter: z.string(), people: z.number(), minutes: z.coerce.number(), most: z.number() }),
)

/** What people of these councils said of their own hours, by quarter: sums, and the largest one for the rule of dominance. */
export async function answersOfCouncils(tx: Tx, councilIds: readonly string[], { from, until }: Time) {
  return answers.parse(
    await tx.$queryRaw`
      select h.quarter::text, count(*)::int as people, sum(h.minutes)::bigint as minutes, max(h.minutes)::int as most
      from hours_answer h join person p on p.id = h.person_id
      where p.council_id = any(${[...councilIds]}::uuid[]) and h.minutes is not null
        and h.quarter >= ${dateColumn(from)} and h.quarter < ${dateColumn(until)}
      group by 1`,
  )
}
