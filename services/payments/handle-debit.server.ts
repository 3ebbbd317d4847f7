/** Events of a Direct Debit's mandate, and of what people pay towards gross-charged care by card or Direct Debit. */
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { applyContribution } from './apply-contribution.server.ts'
import type { Outcome } from './apply-outcome.server.ts'

/** By Kith's own id or the service's. Null: it is no such payment. */
export async function handleContribution(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  of: { payment: string | null; reference: string },
  outcome: Outcome,
): Promise<string | null> {
  const one =
    (of.payment && isId(of.payment)
      ? await tx.contributionPayment.findUnique({ where: { id: of.payment }, select: { id: true } })
      : null) ??
    (await tx.contributionPayment.findUnique({ where: { externalId: of.reference }, select: { id: true } }))
  return one ? applyContribution(tx, now, actor, one.id, outcome) : null
}

/** A mandate was taken on or ended. Ended stays ended. */
export async function handleMandate(
  tx: Tx,
  now: Temporal.Instant,
  mandate: string,
  status: 'waiting' | 'active' | 'ended',
): Promise<string> {
  const one = await tx.directDebitMandate.findUnique({ where: { externalId: mandate } })
  if (!one) return 'unknown object'
  if (status === 'waiting') return 'nothing to do'
  const moved = await tx.directDebitMandate.updateMany({
    where: { id: one.id, state: { in: status === 'active' ? ['asked'] : ['asked', 'active'] } },
    data: { state: status, ...(status === 'ended' ? { endedAt: toDate(now) } : {}) },
  })
  return moved.count > 0 ? 'done' : 'nothing to do'
}
