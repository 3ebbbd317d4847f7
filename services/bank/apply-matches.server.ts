import type { Tx } from '#services/db/client.server.ts'
import { recordPayIn } from '#services/budgets/pay-in.server.ts'
import { arriveInstalment } from '#services/budgets/receive-instalments.server.ts'
import { recordContributions } from '#services/contributions/record-contributions.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { Temporal } from '#services/kernel/time.ts'
import { markConfirmed } from '#services/settlement/payments.server.ts'
import type { MoneyLine, SubjectType } from './match.rules.ts'

export interface Match {
  line: MoneyLine
  subject: { type: SubjectType; id: string }
}

/**
 * What lines were, happens: payments are confirmed, instalments arrive with what came, what people pay a council counts. What
 * has been done meanwhile by another way is left alone.
 * @returns ids of the lines for which it happened now
 */
export async function applyMatches(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  matches: readonly Match[],
): Promise<Set<string>> {
  const of = (type: SubjectType): Match[] => matches.filter(({ subject }) => subject.type === type)
  const done = new Set<string>()
  const paid = await markConfirmed(
    tx,
    now,
    actor,
    of('payment').map(({ subject }) => subject.id),
  )
  for (const { line, subject } of of('payment'))
    if (paid.some(({ id }) => id === subject.id)) done.add(line.id)
  // A handful a file: one a fund and period.
  for (const { line, subject } of of('instalment').sort((a, b) => (a.subject.id < b.subject.id ? -1 : 1)))
    if (await arrives(tx, now, actor, line, subject.id)) done.add(line.id)
  const counted = await recordContributions(
    tx,
    now,
    actor,
    of('contribution').map(({ line, subject }) => ({
      paymentId: subject.id,
      pence: pence(line.pence),
      onDay: Temporal.PlainDate.from(line.on),
    })),
  )
  for (const { line, subject } of of('contribution'))
    if (counted.some(({ id }) => id === subject.id)) done.add(line.id)
  return done
}

/** It arrives now; or the calendar counted it already, and now a bank knows it. */
async function arrives(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  line: MoneyLine,
  instalmentId: string,
): Promise<boolean> {
  const due = await tx.instalment.findUnique({
    where: { id: instalmentId },
    select: { pence: true, arrivedAt: true, allocation: { select: { id: true, towardsId: true } } },
  })
  // What the person pays in and is not all of it: the rest stays due.
  if (due && !due.arrivedAt && due.allocation.towardsId && due.pence !== line.pence) {
    const came = { allocationId: due.allocation.id, pence: pence(line.pence), source: 'bank' as const }
    return (await recordPayIn(tx, now, actor, came)).length > 0
  }
  const arrived = await arriveInstalment(tx, now, actor, instalmentId, {
    source: 'bank',
    pence: pence(line.pence),
    on: Temporal.PlainDate.from(line.on),
  })
  if (arrived) return true
  const proved = await tx.instalment.updateMany({
    where: { id: instalmentId, source: 'schedule', pence: line.pence },
    data: { source: 'bank' },
  })
  return proved.count === 1
}
