import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requireFreshSecondStep } from '#services/accounts/staff.policy.ts'
import { traceOf, type Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { invalid, parseInput } from '#services/providers/fields.schema.ts'
import { changedMeanwhile, factsOf, readPurchase } from './purchase-row.server.ts'
import { auditSchema } from './purchase.schema.ts'
import { councilSees, mayAudit, requireCouncilSees } from './purchases.policy.ts'

/**
 * Finance has looked at what an adviser spent with somebody: in order, or flagged with a note that the adviser reads.
 * @throws SIGN_IN; NOT_FOUND for strangers and for what is no paid purchase of an adviser; FORBIDDEN for whoever agreed or
 *   recorded it; SECOND_STEP; INVALID; STALE_STATE when somebody looked at it meanwhile
 */
export async function auditPurchase(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: Record<string, unknown> & { purchaseId: string },
): Promise<void> {
  requireCouncilSees(actor)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const row = await readPurchase(tx, input.purchaseId)
    if (!councilSees(actor, row.person.councilId)) throw notFound()
    if (row.allocation.deployment !== 'adviser_held' || row.state !== 'paid') throw notFound()
    if (!mayAudit(actor, factsOf(row)))
      throw new DomainError('FORBIDDEN', 'Somebody in finance who had no part in this purchase looks at it.')
    requireFreshSecondStep(actor)
    const given = parseInput(auditSchema, input)
    const flagged = given.finding === 'flagged'
    if (flagged && given.note === '')
      throw invalid({ note: ['Say what you want to hear more about. The adviser reads this.'] })
    if (given.seen !== (row.auditedAt?.toISOString() ?? '')) throw changedMeanwhile()
    const moved = await tx.purchase.updateMany({
      where: { id: row.id, auditedAt: row.auditedAt },
      data: {
        auditedAt: toDate(now),
        auditedById: traceOf(actor).actorUserId,
        auditNote: given.note,
        flagged,
      },
    })
    if (moved.count !== 1) throw changedMeanwhile()
    await recordAudit(tx, now, actor, {
      action: flagged ? 'purchase.flagged' : 'purchase.audited',
      subjectType: 'purchase',
      subjectId: row.id,
      forPersonId: row.personId,
      facts: { paid: row.paidPence },
    })
    const { adviserUserId } = row.allocation
    if (flagged && adviserUserId)
      await tell(tx, now, [
        {
          to: { userId: adviserUserId },
          kind: 'purchase.flagged',
          title: 'Finance asks about a purchase',
          body: given.note,
          path: `/council/purchases/${row.id}`,
          subjectId: row.id,
        },
      ])
  })
}
