import type { Tx } from '#services/db/client.server.ts'
import { addJob } from '#services/jobs/add-job.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, fromDate, londonDate, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import { allocationFunded, holdPlaced } from '#services/ledger/templates.rules.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'

const AT_ONCE = 200

/**
 * Job: instalments whose day has come arrive (agreed money of a council-managed or adviser-held period begins to count).
 * Visits that were planned against them get their money set aside, in date order; a shortfall is told before it bites.
 */
export async function receiveInstalments(deps: Pick<Deps, 'db' | 'clock'>): Promise<number> {
  const now = deps.clock.now()
  const due = await deps.db.prisma.instalment.findMany({
    where: { arrivedAt: null, dueOn: { lte: dateColumn(londonDate(now)) } },
    orderBy: [{ dueOn: 'asc' }, { id: 'asc' }],
    take: AT_ONCE,
  })
  for (const instalment of due) {
    await deps.db.tx(async (tx) => {
      const moved = await tx.instalment.updateMany({
        where: { id: instalment.id, arrivedAt: null },
        data: { arrivedAt: toDate(now) },
      })
      if (moved.count !== 1) return
      const actor = system('receive_instalments')
      await postJournals(tx, now, actor, [
        allocationFunded(`funded:${instalment.id}`, instalment.allocationId, pence(instalment.pence)),
      ])
      await setAsidePlanned(tx, now, actor, instalment.allocationId)
    })
  }
  return due.length
}

/**
 * Sets money aside for planned visits of an allocation, earliest first, as far as it goes. A visit is set aside whole or
 * stays planned. @returns how many visits got their money, and how much is missing for those whose day is near
 */
export async function setAsidePlanned(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  allocationId: string,
): Promise<{ setAside: number; missing: number }> {
  const lines = await tx.fundingLine.findMany({
    where: {
      allocationId,
      state: 'planned',
      visit: { state: { in: ['planned', 'started', 'delivered', 'disputed', 'confirmed'] } },
    },
    include: {
      visit: {
        select: {
          id: true,
          bookingId: true,
          startsAt: true,
          personId: true,
          state: true,
          pauseRound: true,
        },
      },
      allocation: { select: { stream: { select: { name: true } } } },
    },
    orderBy: [{ visit: { startsAt: 'asc' } }, { position: 'asc' }],
    take: 500,
  })
  let left = (await readBalances(tx, [allocationId])).get(allocationId)?.available ?? pence(0)
  const byVisit = new Map<string, typeof lines>()
  for (const line of lines) byVisit.set(line.visitId, [...(byVisit.get(line.visitId) ?? []), line])
  const taken: typeof lines = []
  let missing = 0
  for (const group of byVisit.values()) {
    const sum = group.reduce((all, line) => all + line.pence, 0)
    const soon = group[0] && now.until(fromDate(group[0].visit.startsAt)).total('hours') <= 14 * 24
    if (sum > left) {
      if (soon) missing += sum - left
      left = pence(0)
      continue
    }
    left = pence(left - sum)
    taken.push(...group)
  }
  if (taken.length > 0) {
    const visits = new Map<string, { bookingId: string; amount: number; round: number }>()
    for (const line of taken)
      visits.set(line.visitId, {
        bookingId: line.visit.bookingId,
        amount: (visits.get(line.visitId)?.amount ?? 0) + line.pence,
        round: line.visit.pauseRound,
      })
    await postJournals(
      tx,
      now,
      actor,
      [...visits].map(([visitId, { bookingId, amount, round }]) =>
        // After a pause the money is set aside anew, in a journal of its own.
        holdPlaced(`planned:${allocationId}:${visitId}${round > 0 ? `:${String(round)}` : ''}`, [
          { allocationId, bookingId, visitId, amount: pence(amount) },
        ]),
      ),
    )
    await tx.fundingLine.updateMany({
      where: { id: { in: taken.map((line) => line.id) } },
      data: { state: 'set_aside' },
    })
    const confirmed = taken.filter((line) => line.visit.state === 'confirmed').map((line) => line.visitId)
    if (confirmed.length > 0) await addJob(tx, 'settle_visits', { visitIds: [...new Set(confirmed)] })
  }
  const first = lines[0]
  if (missing > 0 && first)
    await tell(tx, now, [
      {
        to: { personId: first.visit.personId },
        kind: 'budget.short',
        title: `${first.allocation.stream.name} will not last`,
        body: `It is ${pounds(missing)} short for visits in the next two weeks. You can cancel a visit, use another fund, or tell the council this budget is too small.`,
        path: '/my/money',
        subjectId: allocationId,
      },
    ])
  return { setAside: taken.length, missing }
}
