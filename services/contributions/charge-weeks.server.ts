/**
 * What people pay towards council-paid care, charged by whole weeks (Monday to Sunday in London): never more than the care
 * of that week cost, nor more than was assessed for it. A settlement, a refund or a backdated assessment works the week
 * out anew, and the difference to what was charged is posted.
 */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { Temporal, isoText } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { personCharged } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'
import { type Assessment, assessedForWeek, chargeOf, mondayOf } from './assessment.rules.ts'
import { readAssessments } from './read-assessments.server.ts'

/** `<personId> <YYYY-MM-DD>`: any day of the week that is meant. */
export type WeekOfPerson = string

interface WeekAmounts {
  cost: Pence
  assessed: Pence
  charged: Pence
}

export interface ChargedWeek {
  /** Its row; a new one's when it was not charged before. */
  weekId: string
  personId: string
  councilId: string
  /** ISO date. */
  monday: string
  before: WeekAmounts
  after: WeekAmounts
  /** What the person pays more (above zero) or gets back (below). */
  difference: Pence
}

const key = z.string().regex(/^[0-9a-f-]{36} \d{4}-\d{2}-\d{2}$/)
const pairs = (weeks: readonly WeekOfPerson[]): { personId: string; monday: string }[] => {
  const found = weeks.map((week) => {
    const [personId = '', day = ''] = key.parse(week).split(' ')
    return `${personId} ${mondayOf(Temporal.PlainDate.from(day)).toString()}`
  })
  return [...new Set(found)].sort().map((one) => {
    const [personId = '', monday = ''] = one.split(' ')
    return { personId, monday }
  })
}

const row = z.object({
  personId: z.string(),
  councilId: z.string(),
  monday: z.string(),
  cost: z.number(),
  weekId: z.string().nullable(),
  round: z.number(),
  before: z.object({ cost: z.number(), assessed: z.number(), charged: z.number() }),
})

async function readCosts(tx: Tx, weeks: readonly { personId: string; monday: string }[]) {
  return z.array(row).parse(
    await tx.$queryRaw`
      with wanted as (
        select * from unnest(${weeks.map((week) => week.personId)}::uuid[], ${weeks.map((week) => week.monday)}::date[]) as w (person_id, monday)
      ), care as (
        select w.person_id, w.monday, b.payer_id as council_id, greatest(0, sum(b.pence))::int as pence
        from wanted w join payable b on b.person_id = w.person_id and b.on_day between w.monday and w.monday + 6 and b.payer_kind = 'council'
        join allocation a on a.id = b.allocation_id join funding_stream s on s.id = a.stream_id and s.kind = 'adult_social_care'
        group by 1, 2, 3
      ), known as (
        select k.* from wanted w join contribution_week k on k.person_id = w.person_id and k.week_starts_on = w.monday
      )
      select coalesce(c.person_id, k.person_id)::text as "personId", coalesce(c.council_id, k.council_id)::text as "councilId",
        coalesce(c.monday, k.week_starts_on)::text as monday, coalesce(c.pence, 0) as cost, k.id::text as "weekId", coalesce(k.round, 0) as round,
        json_build_object('cost', coalesce(k.cost_pence, 0), 'assessed', coalesce(k.assessed_pence, 0), 'charged', coalesce(k.charged_pence, 0)) as before
      from care c full join known k on k.person_id = c.person_id and k.council_id = c.council_id and k.week_starts_on = c.monday
      order by 1, 3, 2`,
  )
}

interface WorkedOut extends ChargedWeek {
  isNew: boolean
  round: number
}

/**
 * What charging these weeks would come to; changes nothing.
 * @param also a decision that is only being considered, of one council about one person: it counts as the newest
 */
export async function workOutWeeks(
  tx: Tx,
  weeks: readonly WeekOfPerson[],
  also: { personId: string; councilId: string; assessment: Assessment } | null = null,
): Promise<WorkedOut[]> {
  const wanted = pairs(weeks)
  if (wanted.length === 0) return []
  const [costs, assessments] = [
    await readCosts(tx, wanted),
    await readAssessments(tx, [...new Set(wanted.map(({ personId }) => personId))]),
  ]
  return costs.flatMap((one) => {
    const theirs = assessments.get(`${one.personId} ${one.councilId}`) ?? []
    const considered =
      also?.personId === one.personId && also.councilId === one.councilId
        ? [...theirs, also.assessment]
        : theirs
    const assessed = assessedForWeek(considered, one.monday)
    const before = {
      cost: pence(one.before.cost),
      assessed: pence(one.before.assessed),
      charged: pence(one.before.charged),
    }
    const after = { cost: pence(one.cost), assessed, charged: chargeOf(assessed, one.cost) }
    // Care of somebody who pays nothing towards it needs no row.
    if (one.weekId === null && after.assessed === 0) return []
    return [
      {
        weekId: one.weekId ?? newId(),
        isNew: one.weekId === null,
        round: one.round,
        personId: one.personId,
        councilId: one.councilId,
        monday: one.monday,
        before,
        after,
        difference: pence(after.charged - before.charged),
      },
    ]
  })
}

/** Whoever works on what a person pays waits here for the other: charges, assessments, disputes, what is let go. */
export async function lockPeople(tx: Tx, personIds: readonly string[]): Promise<void> {
  await tx.$executeRaw`
    select 1 from person where id = any(${[...new Set(personIds)].sort()}::uuid[]) order by id for no key update`
}

/**
 * Charges whole weeks, in the caller's transaction; repeated, or with nothing changed, it does nothing. Call it once in a
 * transaction, after what changed the cost (payables carry the day of their visit, those of a refund too), with all weeks
 * at once: people are locked in order.
 * @param weeks any day of each week, `<personId> <YYYY-MM-DD>`
 * @returns each of these weeks that is or was charged, as it was and as it is: a refund's person part is `-difference`
 */
export async function chargeWeeks(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  weeks: readonly WeekOfPerson[],
): Promise<ChargedWeek[]> {
  const wanted = pairs(weeks)
  if (wanted.length === 0) return []
  await lockPeople(
    tx,
    wanted.map(({ personId }) => personId),
  )
  const found = await workOutWeeks(tx, weeks)
  const changed = found
    .filter(
      ({ before, after, isNew }) =>
        isNew ||
        before.cost !== after.cost ||
        before.assessed !== after.assessed ||
        before.charged !== after.charged,
    )
    .map((week) => ({ ...week, round: week.difference === 0 ? week.round : week.round + 1 }))
  if (changed.length > 0) await writeWeeks(tx, now, changed)
  await postJournals(
    tx,
    now,
    actor,
    changed.map((week) =>
      personCharged(
        `charge:${week.weekId}:${String(week.round)}`,
        week.personId,
        week.councilId,
        week.difference,
      ),
    ),
  )
  return found.map(({ isNew: _isNew, round: _round, ...week }) => week)
}

const writeWeeks = (tx: Tx, now: Temporal.Instant, weeks: readonly WorkedOut[]) =>
  tx.$executeRaw`
    insert into contribution_week (id, person_id, council_id, week_starts_on, cost_pence, assessed_pence, charged_pence, round, updated_at)
    select w.id, w.person, w.council, w.monday, w.cost, w.assessed, w.charged, w.round, ${isoText(now)}::timestamptz
    from unnest(${weeks.map(({ weekId }) => weekId)}::uuid[], ${weeks.map(({ personId }) => personId)}::uuid[], ${weeks.map(({ councilId }) => councilId)}::uuid[],
      ${weeks.map(({ monday }) => monday)}::date[], ${weeks.map(({ after }) => after.cost as number)}::int[], ${weeks.map(({ after }) => after.assessed as number)}::int[],
      ${weeks.map(({ after }) => after.charged as number)}::int[], ${weeks.map(({ round }) => round)}::int[])
      as w (id, person, council, monday, cost, assessed, charged, round)
    on conflict (person_id, council_id, week_starts_on) do update
      set cost_pence = excluded.cost_pence, assessed_pence = excluded.assessed_pence, charged_pence = excluded.charged_pence,
        round = excluded.round, updated_at = excluded.updated_at`

const A_BATCH = 200

/** Job: charges the weeks in which council-paid visits were settled. Each batch is one transaction. */
export async function chargeSettledWeeks(
  deps: Pick<Deps, 'db' | 'clock'>,
  weeks: readonly WeekOfPerson[],
): Promise<void> {
  const sorted = [...new Set(weeks)].sort()
  for (let from = 0; from < sorted.length; from += A_BATCH) {
    const now = deps.clock.now()
    await deps.db.tx((tx) => chargeWeeks(tx, now, system('charge_weeks'), sorted.slice(from, from + A_BATCH)))
  }
}
