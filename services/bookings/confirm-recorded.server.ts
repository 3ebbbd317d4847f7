import { system } from '#services/kernel/actor.ts'
import { toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { SILENCE_DAYS, confirm } from './confirm-visits.server.ts'

const AT_ONCE = 250

/**
 * Job: visits that a council pays for and has a record of count 7 days after the person was told, unless the person said that
 * something was different, or was in hospital meanwhile. It is not silence that counts but the customer's own record, so
 * it does not wait for a reminder; the person's 7 days are the same. What waits for somebody to approve is left alone.
 * @returns how many were confirmed
 */
export async function confirmRecorded(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const before = toDate(now.subtract({ hours: SILENCE_DAYS * 24 }))
  const due = await deps.db.prisma.$queryRaw<{ id: string }[]>`
    select v.id from visit v
    where v.state = 'delivered' and v.delivered_at <= ${before}
      and exists (select 1 from monitoring_line m where m.visit_id = v.id and m.state <> 'waits' and m.minutes > 0)
      and not exists (select 1 from monitoring_line m where m.visit_id = v.id and m.state = 'waits')
      and not exists (select 1 from person_absence a where a.person_id = v.person_id and a.kind = 'hospital'
        and a.starts_on <= (${toDate(now)}::timestamptz at time zone 'Europe/London')::date
        and (a.ends_on is null or a.ends_on >= (v.delivered_at at time zone 'Europe/London')::date))
    order by v.delivered_at limit ${AT_ONCE}`
  const visits = await deps.db.prisma.visit.findMany({
    where: { id: { in: due.map(({ id }) => id) } },
    include: { booking: { select: { terms: true } } },
  })
  if (visits.length > 0) await deps.db.tx((tx) => confirm(tx, now, system('confirm_recorded'), visits, true))
  return visits.length
}
