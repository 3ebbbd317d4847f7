import { z } from 'zod'
import { payerOf } from '#services/budgets/payer.rules.ts'
import { useLines } from '#services/budgets/split.rules.ts'
import { settledLines } from '#services/bookings/settled-lines.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { isDomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, isoText, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readHolds } from '#services/ledger/read-balances.server.ts'
import { type SettledPart, visitSettled } from '#services/ledger/templates.rules.ts'
import type { Deps } from '#services/ports/deps.ts'

export const PAY_JOB = 'pay_visits'
/** Of a council's care: what the person pays towards it follows from the week (services/contributions). */
export const CHARGE_JOB = 'charge_weeks'
/** A visit that nobody answered the door for can be disputed this long. */
const DISPUTE_DAYS = 7
/** Visits in one transaction: large enough that starting one costs little, small enough to hold its locks shortly. */
const A_BATCH = 250

export interface Settled {
  settled: string[]
  /** Money has not arrived for these; they are settled when it has. */
  waiting: string[]
}

const line = z.object({
  id: z.string(),
  allocationId: z.string(),
  quoteLineId: z.string(),
  pence: z.number(),
  deployment: z.enum([
    'council_managed',
    'direct_payment_bank',
    'direct_payment_card',
    'direct_payment_managed_account',
    'individual_service_fund',
    'adviser_held',
  ]),
  holderProviderId: z.string().nullable(),
})
const visitRow = z.object({
  id: z.string(),
  bookingId: z.string(),
  personId: z.string(),
  providerId: z.string(),
  councilId: z.string(),
  finalPence: z.number(),
  onDay: z.string(),
  quotes: z.array(z.object({ id: z.string(), pence: z.number() })),
  lines: z.array(line),
})
type VisitRow = z.infer<typeof visitRow>

/**
 * Settles confirmed visits: what was set aside becomes spent up to the visit's cost, the rest goes back to its fund, and
 * each fund's payer owes the provider (a payable). Visits that are not confirmed (any more) are passed over, so it can be
 * repeated; each batch is one transaction, so a process that is killed leaves whole batches.
 */
export async function settleVisits(
  deps: Pick<Deps, 'db' | 'clock'>,
  visitIds: readonly string[],
): Promise<Settled> {
  const result: Settled = { settled: [], waiting: [] }
  for (let from = 0; from < visitIds.length; from += A_BATCH) {
    const batch = visitIds.slice(from, from + A_BATCH)
    try {
      result.settled.push(...(await settleBatch(deps, batch)))
    } catch (error) {
      if (!isDomainError(error) || error.code !== 'NOT_ENOUGH_MONEY') throw error
      // One of them is not paid for yet: each by itself finds out which.
      if (batch.length === 1) result.waiting.push(...batch)
      else
        for (const visitId of batch) {
          const one = await settleVisits(deps, [visitId])
          result.settled.push(...one.settled)
          result.waiting.push(...one.waiting)
        }
    }
  }
  return result
}

async function settleBatch(deps: Pick<Deps, 'db' | 'clock'>, visitIds: readonly string[]): Promise<string[]> {
  const now = deps.clock.now()
  return deps.db.tx((tx) => settleAll(tx, now, system('settle_visits'), visitIds))
}

/** Confirmed, not paused, and past its days of dispute; locked, so that nobody disputes it meanwhile. */
async function readSettleable(
  tx: Tx,
  now: Temporal.Instant,
  visitIds: readonly string[],
): Promise<VisitRow[]> {
  const disputable = isoText(now.subtract({ hours: DISPUTE_DAYS * 24 }))
  return z.array(visitRow).parse(
    await tx.$queryRaw`
      with mine as (
        select v.* from visit v
        where v.id = any(${[...visitIds]}::uuid[]) and v.state = 'confirmed' and v.paused_at is null and v.final_pence is not null
          and (v.outcome is distinct from 'no_answer' or v.confirmed_at <= ${disputable}::timestamptz)
        order by v.id for update
      )
      select v.id::text, v.booking_id::text as "bookingId", v.person_id::text as "personId", v.provider_id::text as "providerId",
        p.council_id::text as "councilId", v.final_pence as "finalPence", (v.starts_at at time zone 'Europe/London')::date::text as "onDay",
        coalesce((select json_agg(json_build_object('id', q.id, 'pence', q.pence) order by q.position) from quote_line q where q.visit_id = v.id), '[]') as quotes,
        coalesce((select json_agg(json_build_object('id', f.id, 'allocationId', f.allocation_id, 'quoteLineId', f.quote_line_id, 'pence', f.pence,
            'deployment', a.deployment, 'holderProviderId', a.holder_provider_id) order by f.position)
          from funding_line f join allocation a on a.id = f.allocation_id where f.visit_id = v.id and f.state in ('planned', 'set_aside')), '[]') as lines
      from mine v join person p on p.id = v.person_id order by v.id`,
  )
}

/** What each allocation pays for a visit in the end, and which of its funding lines used how much. */
function partsOf(visit: VisitRow, holds: ReadonlyMap<string, number>) {
  const place = new Map(visit.quotes.map((quote, index) => [quote.id, index]))
  const finals = settledLines(
    visit.quotes.map((quote) => pence(quote.pence)),
    pence(visit.finalPence),
  )
  const used = useLines(
    visit.lines.map((one) => ({ ...one, line: place.get(one.quoteLineId) ?? 0 })),
    finals,
  )
  const parts = new Map<string, SettledPart>()
  for (const one of used) {
    const before = parts.get(one.allocationId)
    parts.set(one.allocationId, {
      allocationId: one.allocationId,
      bookingId: visit.bookingId,
      visitId: visit.id,
      amount: pence((before?.amount ?? 0) + one.used),
      held: pence(holds.get(one.allocationId) ?? 0),
      payer: payerOf({ ...one, personId: visit.personId, councilId: visit.councilId }),
    })
  }
  return { used, parts: [...parts.values()] }
}

async function settleAll(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visitIds: readonly string[],
): Promise<string[]> {
  const visits = await readSettleable(tx, now, visitIds)
  if (visits.length === 0) return []
  const ids = visits.map(({ id }) => id)
  const holds = await readHolds(tx, ids)
  const worked = visits.map((visit) => ({ visit, ...partsOf(visit, holds.get(visit.id) ?? new Map()) }))
  await tx.visit.updateMany({
    where: { id: { in: ids }, state: 'confirmed' },
    data: { state: 'settled', settledAt: toDate(now), updatedAt: toDate(now) },
  })
  await postJournals(
    tx,
    now,
    actor,
    worked.map(({ visit, parts }) => visitSettled(`settle:${visit.id}`, visit.providerId, parts)),
  )
  const used = worked.flatMap((one) => one.used)
  await tx.$executeRaw`
    update funding_line set state = 'used', used_pence = u.used
    from unnest(${used.map(({ id }) => id)}::uuid[], ${used.map((one) => one.used as number)}::int[]) as u (id, used)
    where funding_line.id = u.id`
  const payables = worked.flatMap(({ visit, parts }) =>
    parts
      .filter(({ amount }) => amount > 0)
      .map((part) => ({
        id: newId(),
        visitId: visit.id,
        bookingId: visit.bookingId,
        allocationId: part.allocationId,
        personId: visit.personId,
        providerId: visit.providerId,
        payerKind: part.payer.kind,
        payerId: part.payer.id,
        pence: part.amount,
        onDay: new Date(`${visit.onDay}T00:00:00Z`),
        createdAt: toDate(now),
      })),
  )
  await tx.payable.createMany({ data: payables })
  const paidByPerson = payables.filter(({ payerKind }) => payerKind === 'person')
  const visitsToPay = [...new Set(paidByPerson.map(({ visitId }) => visitId))]
  if (visitsToPay.length > 0) await addJob(tx, PAY_JOB, { visitIds: visitsToPay })
  const charged = payables.filter(({ payerKind }) => payerKind === 'council')
  if (charged.length > 0)
    await addJob(tx, CHARGE_JOB, {
      weeks: [...new Set(charged.map((one) => `${one.personId} ${one.onDay.toISOString().slice(0, 10)}`))],
    })
  return ids
}

const AT_ONCE = 5_000

/**
 * Job: confirmed visits that are due and not yet settled: those whose 7 days after "no answer at the door" are over, and
 * those whose money had not arrived. It asks the clock, so it follows the demo's.
 */
export async function settleDueVisits(deps: Pick<Deps, 'db' | 'clock'>): Promise<Settled> {
  const result: Settled = { settled: [], waiting: [] }
  let after: string | null = null
  do {
    const ids: string[] = await readDue(deps, after)
    const done = await settleVisits(deps, ids)
    result.settled.push(...done.settled)
    result.waiting.push(...done.waiting)
    after = ids.length === AT_ONCE ? (ids.at(-1) ?? null) : null
  } while (after !== null)
  return result
}

/** Some at a time, by id, so that those which wait for money are passed once a run. */
async function readDue(deps: Pick<Deps, 'db' | 'clock'>, after: string | null): Promise<string[]> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.visit.findMany({
    where: {
      state: 'confirmed',
      ...(after === null ? {} : { id: { gt: after } }),
      OR: [
        { outcome: { not: 'no_answer' } },
        { outcome: 'no_answer', confirmedAt: { lte: toDate(now.subtract({ hours: DISPUTE_DAYS * 24 })) } },
      ],
    },
    select: { id: true },
    orderBy: { id: 'asc' },
    take: AT_ONCE,
  })
  return due.map((visit) => visit.id)
}
