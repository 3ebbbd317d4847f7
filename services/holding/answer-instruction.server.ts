import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { pounds } from '#services/kernel/money.ts'
import { toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import type { z } from 'zod'
import { requireHolder } from './holding.policy.ts'
import { refuseSchema } from './holding.schema.ts'
import { readAccount } from './read-account.server.ts'

/**
 * The holder does not pay what it was told to, and says why. It is still owed; the person reads the reason and what they can do.
 * @throws SIGN_IN; NOT_FOUND for strangers and holders of other funds; FORBIDDEN for workers; STALE_STATE when it was
 *   paid or taken back meanwhile; INVALID
 */
export async function refuseInstruction(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: z.input<typeof refuseSchema>,
): Promise<void> {
  const asked = refuseSchema.parse(input)
  const account = await readAccount(deps.db.prisma, asked.allocationId)
  requireHolder(actor, account)
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const instruction = await tx.paymentInstruction.findFirst({
      where: { id: asked.instructionId, allocationId: account.allocationId, holderId: account.holderId },
      select: { pence: true, payableId: true },
    })
    if (!instruction) throw notFound()
    // What was paid and did not arrive is owed again under the same word; that can be refused, too.
    const owedAgain = instruction.payableId
      ? await tx.payable.count({ where: { id: instruction.payableId, state: 'due' } })
      : 0
    const { count } = await tx.paymentInstruction.updateMany({
      where: { id: asked.instructionId, state: { in: owedAgain > 0 ? ['asked', 'done'] : ['asked'] } },
      data: {
        state: 'refused',
        answer: asked.answer,
        answeredAt: toDate(now),
        answeredById: actor.kind === 'user' ? actor.userId : null,
      },
    })
    if (count !== 1)
      throw new DomainError('STALE_STATE', 'This was paid, answered or taken back meanwhile. Look again.')
    await recordAudit(tx, now, actor, {
      action: 'payment.instruction_refused',
      subjectType: 'payment_instruction',
      subjectId: asked.instructionId,
      forPersonId: account.personId,
    })
    await tell(tx, now, [
      {
        to: { personId: account.personId },
        kind: 'payment.refused',
        title: `${account.holderName} did not pay ${pounds(instruction.pence)}`,
        body: `It is still owed. Read why, and what you can do: ask again, ring them, or talk to your council.`,
        path: `/my/money/held/${account.allocationId}`,
        subjectId: asked.instructionId,
      },
    ])
  })
}
