import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { requireCouncil } from './holding.policy.ts'
import { closeBreachSchema } from './holding.schema.ts'
import { readAccount } from './read-account.server.ts'

/**
 * The council closes a breach and says what was done about it; the person and the holder are told.
 * @throws SIGN_IN; NOT_FOUND for all but advisers and finance of the person's council; STALE_STATE when it was closed; INVALID
 */
export async function closeBreach(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof closeBreachSchema>,
): Promise<void> {
  const asked = closeBreachSchema.parse(input)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  const staff = requireCouncil(actor, account)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const known = await tx.agreementBreach.count({
      where: { id: asked.breachId, agreement: { allocationId: account.allocationId } },
    })
    if (known === 0) throw notFound()
    const { count } = await tx.agreementBreach.updateMany({
      where: { id: asked.breachId, closedAt: null },
      data: { closedAt: toDate(now), closedById: staff.userId, closedWhy: asked.why },
    })
    if (count !== 1) throw new DomainError('STALE_STATE', 'This was closed already. Nothing was changed.')
    await recordAudit(tx, now, actor, {
      action: 'fund_breach.closed',
      subjectType: 'agreement_breach',
      subjectId: asked.breachId,
      forPersonId: account.personId,
    })
    const title = 'The council closed what was not as agreed'
    await tell(tx, now, [
      {
        to: { personId: account.personId },
        kind: 'payment.breach_closed',
        title,
        body: `It is about your ${account.streamName.toLowerCase()}. Read what was done. If you do not agree, say so.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: account.allocationId,
      },
      {
        to: { providerId: account.holderId },
        kind: 'holding.breach_closed',
        title,
        body: `It is about ${account.shortName}’s fund. Read what was done.`,
        path: `/provider/money/accounts/${account.allocationId}`,
        subjectId: account.allocationId,
      },
    ])
  })
}
