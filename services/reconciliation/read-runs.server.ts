import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, LONDON, fromDate, londonDate, toDate } from '#services/kernel/time.ts'
import { readPaymentPostings } from '#services/ledger/read-outside.server.ts'
import {
  type RunPayment,
  type UnansweredRun,
  WORKING_DAYS,
  againstLedger,
  unanswered,
  workingDaysBefore,
} from './compare-runs.rules.ts'
import type { Difference } from './difference.rules.ts'
import { openSubjects } from './write-differences.server.ts'

/** Runs that were sent or made lately are held against the ledger, some thousand payments at a time. */
const DAYS = 120
const AT_ONCE = 2_000

const runs = z.array(
  z.object({
    runId: z.string(),
    number: z.number(),
    councilId: z.string(),
    sentAt: z.date(),
    payments: z.number(),
    pence: z.coerce.number(),
  }),
)
const payments = z.array(
  z.object({
    paymentId: z.string(),
    runNumber: z.number(),
    councilId: z.string(),
    providerId: z.string(),
    provider: z.string(),
    state: z.enum(['started', 'needs_you', 'sent', 'confirmed', 'failed', 'returned', 'cancelled']),
    pence: z.number(),
  }),
)

/** Runs without results, and payments of runs that the ledger has otherwise. */
export async function readRunDifferences(tx: Tx, now: Temporal.Instant): Promise<Difference[]> {
  const last = workingDaysBefore(londonDate(now), WORKING_DAYS)
  const before = toDate(last.toZonedDateTime(LONDON).toInstant())
  const waiting = runs.parse(
    await tx.$queryRaw`
      select r.id::text as "runId", r.number, r.council_id::text as "councilId", r.sent_at as "sentAt",
        count(*)::int as payments, sum(p.pence)::bigint as pence
      from payment_run r join payment p on p.run_id = r.id and p.state = 'sent'
      where r.state = 'sent' and r.sent_at < ${before} group by r.id order by r.sent_at, r.id limit 1000`,
  )
  const found = unanswered(
    waiting.map(({ sentAt, ...run }): UnansweredRun => ({ ...run, sentOn: londonDate(fromDate(sentAt)) })),
  )
  const open = await openSubjects(tx, 'payment_run')
  let after = '00000000-0000-0000-0000-000000000000'
  for (;;) {
    const rows = payments.parse(
      await tx.$queryRaw`
        select p.id::text as "paymentId", r.number as "runNumber", r.council_id::text as "councilId", p.provider_id::text as "providerId",
          v.name as provider, p.state::text, p.pence
        from payment p join payment_run r on r.id = p.run_id join provider v on v.id = p.provider_id
        where p.method = 'payment_run' and p.pence <> 0 and p.id > ${after}::uuid
          and (r.made_at >= ${toDate(now.subtract({ hours: DAYS * 24 }))} or p.id = any(${open}::uuid[]))
        order by p.id limit ${AT_ONCE}`,
    )
    const none: RunPayment['posted'] = { sent: null, confirmed: null, failed: null, returned: null }
    const posted = await readPaymentPostings(
      tx,
      rows.map(({ paymentId }) => paymentId),
    )
    found.push(...againstLedger(rows.map((row) => ({ ...row, posted: posted.get(row.paymentId) ?? none }))))
    const end = rows.at(-1)
    if (!end || rows.length < AT_ONCE) return found
    after = end.paymentId
  }
}
