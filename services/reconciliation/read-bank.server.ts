import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, dateColumn, londonDate, plainDateOf } from '#services/kernel/time.ts'
import {
  DAYS_TO_MATCH,
  type LooseLine,
  type MatchedLine,
  compareLoose,
  compareMatched,
} from './compare-bank.rules.ts'
import type { Difference } from './difference.rules.ts'
import { openSubjects } from './write-differences.server.ts'

const DAYS = 120
/** More than a council can look at; the oldest come first. */
const MOST = 2_000

const head = {
  lineId: z.string(),
  councilId: z.string().nullable(),
  providerId: z.string().nullable(),
  bookedOn: z.date().transform((day) => plainDateOf(day)),
  pence: z.number(),
}
const matched = z.array(
  z.object({
    ...head,
    subject: z.enum(['payment', 'instalment', 'contribution']),
    subjectId: z.string(),
    stands: z.boolean(),
    subjectPence: z.number(),
  }),
)
const loose = z.array(
  z.object({ ...head, account: z.enum(['council', 'fund_holder']), suggested: z.boolean() }),
)

/** Matched lines whose subject stands otherwise, and lines that have been nobody's for a week. */
export async function readBankDifferences(tx: Tx, now: Temporal.Instant): Promise<Difference[]> {
  const today = londonDate(now)
  const since = dateColumn(today.subtract({ days: DAYS }))
  const open = await openSubjects(tx, 'bank')
  // Some ended otherwise after it had arrived, which is put right on its own page: that is no difference.
  const lines: MatchedLine[] = matched.parse(
    await tx.$queryRaw`
      select * from (
        select l.id::text as "lineId", coalesce(o.council_id, case when p.payer_kind = 'council' then p.payer_id end)::text as "councilId",
          p.provider_id::text as "providerId", l.booked_on as "bookedOn", l.pence, 'payment' as subject, p.id::text as "subjectId",
          p.state in ('confirmed', 'returned') as stands, abs(p.pence) as "subjectPence"
        from bank_line l join payment p on p.id = l.subject_id left join person o on o.id = p.person_id
        where l.state = 'matched' and l.subject_type = 'payment' and (l.booked_on >= ${since} or l.id = any(${open}::uuid[]))
        union all
        select l.id::text, o.council_id::text, null, l.booked_on, l.pence, 'instalment', i.id::text,
          i.arrived_at is not null, coalesce(i.arrived_pence, i.pence)
        from bank_line l join instalment i on i.id = l.subject_id join allocation a on a.id = i.allocation_id join person o on o.id = a.person_id
        where l.state = 'matched' and l.subject_type = 'instalment' and (l.booked_on >= ${since} or l.id = any(${open}::uuid[]))
          -- What a person pays in may come in parts: each line is then a part of what was due.
          and a.towards_id is null
        union all
        select l.id::text, c.council_id::text, null, l.booked_on, l.pence, 'contribution', c.id::text,
          c.state in ('confirmed', 'returned'), c.pence
        from bank_line l join contribution_payment c on c.id = l.subject_id
        where l.state = 'matched' and l.subject_type = 'contribution' and (l.booked_on >= ${since} or l.id = any(${open}::uuid[]))
      ) m where not m.stands or abs(m.pence) <> m."subjectPence" order by m."bookedOn", m."lineId" limit ${MOST}`,
  )
  const waiting: LooseLine[] = loose.parse(
    await tx.$queryRaw`
      select l.id::text as "lineId", coalesce(case when l.owner_kind = 'council' then l.owner_id end, o.council_id)::text as "councilId",
        case when l.owner_kind = 'fund_holder' then l.owner_id end::text as "providerId",
        l.booked_on as "bookedOn", l.pence, l.owner_kind::text as account, l.state = 'suggested' as suggested
      from bank_line l join bank_import b on b.id = l.import_id
        left join allocation a on a.id = l.allocation_id left join person o on o.id = a.person_id
      where l.state in ('unmatched', 'suggested') and l.owner_kind in ('council', 'fund_holder')
        and (l.booked_on >= ${since} or l.id = any(${open}::uuid[])) and b.imported_at < ${dateColumn(today.subtract({ days: DAYS_TO_MATCH }))}
      order by l.booked_on, l.id limit ${MOST}`,
  )
  return [...compareMatched(lines), ...compareLoose(waiting)]
}
