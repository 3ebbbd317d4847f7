import { z } from 'zod'
import type { Purse, PursePart } from '#services/budgets/purse.rules.ts'
import { readPurse } from '#services/budgets/purse.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Pence, ZERO, pence, smaller, subtract, total } from '#services/kernel/money.ts'
import { type Temporal, plainDateOf } from '#services/kernel/time.ts'
import type { Age } from './cost.rules.ts'
import { holidayBalance, holidayWorth } from './holiday.rules.ts'
import { noHours } from './hours.rules.ts'
import { ratesOn } from './rates.ts'
import { readHours } from './read-hours.server.ts'
import { noRingFences, type RingFences } from './ring-fence.rules.ts'
import { readRingFencesOf, setRingFence } from './ring-fences.server.ts'
import { wagesDue } from './wages-due.rules.ts'

/** More periods than eight years of one fund's assistants have. */
const MOST_PERIODS = 600
const REASONS = {
  wages: 'Hours that are approved and not paid yet',
  holiday: 'Holiday that has built up and is not taken yet',
} as const
type FollowsHours = keyof typeof REASONS
const FOLLOW_HOURS = ['wages', 'holiday'] as const satisfies readonly FollowsHours[]

const lastOf = z.array(z.object({ id: z.string() }))

/**
 * The fund that pays for the people employed from this one: itself, or, when it is held another way since, what replaces it; they are
 * moved along.
 */
export async function followFund(tx: Tx, allocationId: string): Promise<string> {
  const [last] = lastOf.parse(
    await tx.$queryRaw`
      with recursive chain (id, depth) as (
        select ${allocationId}::uuid, 0
        union all select a.id, c.depth + 1 from allocation a join chain c on a.replaces_id = c.id where c.depth < 50
      ), last as (select id from chain order by depth desc limit 1),
      moved as (update employment e set allocation_id = last.id from last
                where e.allocation_id = ${allocationId}::uuid and last.id <> e.allocation_id)
      select id::text from last`,
  )
  return last?.id ?? allocationId
}

/**
 * What has to be kept back in a fund for the people who are employed from it: wages for approved hours that are not paid, and holiday
 * that has built up. Null when nobody is employed from it.
 */
export async function dueFrom(tx: Tx, allocationId: string): Promise<Record<FollowsHours, Pence> | null> {
  const employments = await tx.employment.findMany({
    where: { allocationId },
    take: 100,
    include: {
      timesheets: {
        where: { state: { in: ['approved', 'sent', 'paid'] } },
        orderBy: { periodStartsOn: 'asc' },
        take: MOST_PERIODS,
      },
    },
  })
  if (employments.length === 0) return null
  const hours = await readHours(
    tx,
    employments.flatMap(({ timesheets }) => timesheets.map(({ id }) => id)),
  )
  const wages: Pence[] = []
  const holiday: Pence[] = []
  for (const one of employments) {
    const periods = one.timesheets.map((sheet) => ({
      ...(hours.get(sheet.id) ?? noHours()),
      startsOn: plainDateOf(sheet.periodStartsOn),
      endsOn: plainDateOf(sheet.periodEndsOn),
    }))
    one.timesheets.forEach((sheet, n) => {
      const period = periods[n]
      if (sheet.state === 'paid' || !period) return
      wages.push(
        wagesDue(
          {
            hourly: pence(sheet.hourlyPence ?? one.hourlyPence),
            weeklyMinutes: one.weeklyMinutes,
            age: one.age as Age,
            pension: one.pension,
            allowance: one.employmentAllowance,
            fee: pence(one.payrollFeePence),
          },
          period,
          ratesOn(period.endsOn.toString()).rates,
        ).total,
      )
    })
    const terms = { ...one, startsOn: plainDateOf(one.startsOn) }
    holiday.push(holidayWorth(holidayBalance(terms, periods), pence(one.hourlyPence)))
  }
  return { wages: total(wages), holiday: total(holiday) }
}

/**
 * Frees what is kept back for wages and holiday and no longer due: before wages are paid, so that they can be. A fund from which nobody is
 * employed is left alone, unless the last one has just been moved to another. What the person paid in is freed first.
 */
export async function freeRingFences(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  allocationId: string,
  { thoughNobody = false } = {},
): Promise<void> {
  const due = (await dueFrom(tx, allocationId)) ?? (thoughNobody ? { wages: ZERO, holiday: ZERO } : null)
  if (!due) return
  const kept = await keptIn(tx, await readPurse(tx, allocationId))
  for (const purpose of FOLLOW_HOURS) {
    let over = subtract(total(kept.map(({ fences }) => fences[purpose])), due[purpose])
    for (const { part, fences } of [...kept].reverse()) {
      if (over <= 0) break
      const less = smaller(over, fences[purpose])
      over = subtract(over, less)
      await setTo(tx, now, actor, part.allocationId, purpose, subtract(fences[purpose], less))
    }
  }
}

/**
 * Keeps back what is due, as far as there is something left in the fund, and then in what the person paid in towards it: wages first. Hours
 * are approved whether or not it reaches.
 * @returns how much is due and not kept back, because it is not there
 * @throws NOT_ENOUGH_MONEY when somebody took what was left at the same moment: try the whole again
 */
export async function keepBack(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  allocationId: string,
): Promise<Pence> {
  await freeRingFences(tx, now, actor, allocationId)
  const due = await dueFrom(tx, allocationId)
  if (!due) return ZERO
  const kept = await keptIn(tx, await readPurse(tx, allocationId))
  const left = kept.map(({ part }) => part.available)
  let missing = ZERO
  for (const purpose of FOLLOW_HOURS) {
    let wanted = subtract(due[purpose], total(kept.map(({ fences }) => fences[purpose])))
    if (wanted <= 0) continue
    for (const [at, { part, fences }] of kept.entries()) {
      const more = smaller(wanted, left[at] ?? ZERO)
      if (more <= 0) continue
      left[at] = subtract(left[at] ?? ZERO, more)
      wanted = subtract(wanted, more)
      await setTo(tx, now, actor, part.allocationId, purpose, total([fences[purpose], more]))
    }
    missing = total([missing, wanted])
  }
  return missing
}

/** The parts of a fund's purse, each with what is kept back in it. */
async function keptIn(tx: Tx, { parts }: Purse): Promise<{ part: PursePart; fences: RingFences }[]> {
  const fences = await readRingFencesOf(
    tx,
    parts.map((part) => part.allocationId),
  )
  return parts.map((part) => ({ part, fences: fences.get(part.allocationId) ?? noRingFences() }))
}

const setTo = (
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  allocationId: string,
  purpose: FollowsHours,
  amount: Pence,
) => setRingFence(tx, now, actor, { allocationId, purpose, pence: amount, reason: REASONS[purpose] })
