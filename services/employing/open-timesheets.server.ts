import type { Tx } from '#services/db/client.server.ts'
import { dateColumn, londonDate, type Temporal } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { PERIOD_DAYS } from './periods.rules.ts'

/**
 * Opens the pay periods that have begun and have no sheet of hours yet, for one employment or for all: from the period before the one
 * in which the employment was written down (periods.rules), until it ended. One statement, harmless when repeated.
 */
export async function openTimesheets(
  tx: Tx,
  now: Temporal.Instant,
  employmentId: string | null = null,
): Promise<number> {
  const today = dateColumn(londonDate(now))
  return tx.$executeRaw`
    insert into timesheet (id, employment_id, period_starts_on, period_ends_on, state)
    select gen_random_uuid(), e.id, f.first + p.n * ${PERIOD_DAYS}::int, f.first + p.n * ${PERIOD_DAYS}::int + ${PERIOD_DAYS - 1}::int, 'draft'
    from employment e
    cross join lateral (select e.starts_on - (extract(isodow from e.starts_on)::int - 1) as first) f
    cross join lateral generate_series(
      greatest(0, ((e.created_at at time zone 'Europe/London')::date - ${PERIOD_DAYS}::int - f.first) / ${PERIOD_DAYS}::int),
      (${today}::date - f.first) / ${PERIOD_DAYS}::int) as p (n)
    where (${employmentId}::uuid is null or e.id = ${employmentId}::uuid)
      and f.first <= ${today}::date
      and f.first + p.n * ${PERIOD_DAYS}::int <= coalesce(e.ends_on, ${today}::date)
      -- A period that ended before the employment began has nothing to write down.
      and f.first + p.n * ${PERIOD_DAYS}::int + ${PERIOD_DAYS - 1}::int >= e.starts_on
    on conflict (employment_id, period_starts_on) do nothing`
}

/** Job: new pay periods begin by themselves. */
export const openAllTimesheets = (deps: Pick<Deps, 'db' | 'clock'>): Promise<number> =>
  deps.db.tx((tx) => openTimesheets(tx, deps.clock.now()))
