import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, LONDON, londonDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { allocationFunded, holdPlaced } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { whichGetTheirMoney } from './planned.rules.ts'
import { readPlanned } from './read-planned.server.ts'

const AT_ONCE = 200

/** How it is known that it came. */
export type ArrivalSource = 'schedule' | 'file' | 'bank' | 'card' | 'hand'

export interface Arrived {
  allocationId: string
  personId: string
  pence: Pence
  /** Visits that got their money, and how much is missing for those whose day is near. */
  setAside: number
  missing: number
}

/**
 * An instalment arrives: the one way in which money comes into a fund. What came counts, even when it is not what was due;
 * visits that were planned against it get their money set aside, in date order.
 *
 * @param arrival.pence what came, when it was not what was due; above zero
 * @param arrival.on the day in London on which it came, when that is not today
 * @returns null when it had arrived already, or is none: repeating it changes nothing
 */
export async function arriveInstalment(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  instalmentId: string,
  arrival: { source: ArrivalSource; pence?: Pence; on?: Temporal.PlainDate },
): Promise<Arrived | null> {
  const instalment = await tx.instalment.findUnique({
    where: { id: instalmentId },
    select: { allocationId: true, pence: true, allocation: { select: { personId: true } } },
  })
  if (!instalment) return null
  const came = arrival.pence ?? pence(instalment.pence)
  if (came <= 0) throw new RangeError('What arrives is more than nothing')
  const today = londonDate(now)
  const at =
    arrival.on && !arrival.on.equals(today)
      ? arrival.on.toZonedDateTime({ timeZone: LONDON, plainTime: '12:00' }).toInstant()
      : now
  const moved = await tx.instalment.updateMany({
    where: { id: instalmentId, arrivedAt: null },
    data: {
      arrivedAt: toDate(at),
      source: arrival.source,
      arrivedPence: came === instalment.pence ? null : came,
    },
  })
  if (moved.count !== 1) return null
  const { allocationId } = instalment
  await postJournals(tx, now, actor, [allocationFunded(`funded:${instalmentId}`, allocationId, came)])
  const { personId } = instalment.allocation
  if (arrival.source !== 'schedule')
    await recordAudit(tx, now, actor, {
      action: 'instalment.arrived',
      subjectType: 'instalment',
      subjectId: instalmentId,
      forPersonId: personId,
      facts: { source: arrival.source, pence: came, due: instalment.pence },
    })
  const { setAside, missing } = await setAsidePlanned(tx, now, actor, allocationId)
  return { allocationId, personId, pence: came, setAside, missing }
}

/**
 * Job: instalments whose day has come arrive (agreed money of a council-managed or adviser-held period begins to count).
 * Money that travels to somebody is left out where its council records arrivals itself; so is what the person pays in: that
 * it arrived is known from a bank, never from a calendar.
 */
export async function receiveInstalments(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.$queryRaw<{ id: string }[]>`
    select i.id::text from instalment i
    join allocation a on a.id = i.allocation_id join funding_stream f on f.id = a.stream_id
    left join council_money m on m.council_id = f.council_id
    where i.arrived_at is null and i.due_on <= ${dateColumn(londonDate(now))}::date and a.towards_id is null
      and (a.deployment in ('council_managed', 'adviser_held') or f.kind in ('nhs_personal_health_budget', 'contribution', 'own_money')
        or m.instalments_arrive is distinct from 'recorded')
    order by i.due_on, i.id limit ${AT_ONCE}`
  const actor = system('receive_instalments')
  for (const { id } of due)
    await deps.db.tx((tx) => arriveInstalment(tx, now, actor, id, { source: 'schedule' }))
  return due.length
}

/**
 * Sets money aside for planned visits of an allocation, earliest first, as far as it goes. A visit is set aside whole or
 * stays planned; a visit after the next instalment waits for that. @returns how many funding lines got their money, and how
 * much is missing for visits whose day is near; the person is told of that, once while it stays the same.
 */
export async function setAsidePlanned(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  allocationId: string,
): Promise<{ setAside: number; missing: number }> {
  const planned = await readPlanned(tx, now, allocationId)
  if (!planned) return { setAside: 0, missing: 0 }
  const { visits, coming, left } = planned
  const { get, missing } = whichGetTheirMoney(visits, left, coming)
  const lines = get.flatMap((visit) => visit.lineIds)
  if (get.length > 0) {
    await postJournals(
      tx,
      now,
      actor,
      get.map(({ visitId, bookingId, pence: amount, round }) =>
        // After a pause the money is set aside anew, in a journal of its own.
        holdPlaced(`planned:${allocationId}:${visitId}${round > 0 ? `:${String(round)}` : ''}`, [
          { allocationId, bookingId, visitId, amount: pence(amount) },
        ]),
      ),
    )
    await tx.fundingLine.updateMany({ where: { id: { in: lines } }, data: { state: 'set_aside' } })
    const confirmed = get.filter(({ state }) => state === 'confirmed').map(({ visitId }) => visitId)
    if (confirmed.length > 0) await addJob(tx, 'settle_visits', { visitIds: confirmed })
  }
  if (missing > 0) await tellShort(tx, now, planned.personId, { allocationId, name: planned.fund, missing })
  return { setAside: lines.length, missing }
}

/** Told anew when it is another sum, or when a week has passed. */
async function tellShort(
  tx: Tx,
  now: Temporal.Instant,
  personId: string,
  { allocationId, name, missing }: { allocationId: string; name: string; missing: number },
): Promise<void> {
  const body = `It is ${pounds(missing)} short for visits in the next two weeks. You can cancel a visit, use another fund, or tell the council this budget is too small.`
  const told = await tx.notice.count({
    where: {
      personId,
      kind: 'budget.short',
      subjectId: allocationId,
      body,
      createdAt: { gt: toDate(now.subtract({ hours: 7 * 24 })) },
    },
  })
  if (told > 0) return
  await tell(tx, now, [
    {
      to: { personId },
      kind: 'budget.short',
      title: `${name} will not last`,
      body,
      path: `/my/money/short?fund=${allocationId}`,
      subjectId: allocationId,
    },
  ])
}
