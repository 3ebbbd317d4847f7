/** The person's own bank transfer to the council, with a reference by which it is known when it arrives. */
import type { z } from 'zod'
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import { requirePersonInView, requireScope } from '#services/circle/circle.policy.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import { lockPeople } from './charge-weeks.server.ts'
import { beginSchema, pressSchema } from './contributions.schema.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/**
 * Gives the person a reference for a transfer of this amount. There is one that waits at a time: asked again, with another
 * amount, it keeps its reference.
 * @throws SIGN_IN, NOT_FOUND, FORBIDDEN without the scope manage_money; ZodError beside fields; STALE_STATE
 */
export async function beginTransfer(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof beginSchema>,
): Promise<void> {
  const { personId, amount } = beginSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    await lockPeople(tx, [personId])
    const { councilId } = await tx.person.findUniqueOrThrow({
      where: { id: personId },
      select: { councilId: true },
    })
    const known = await tx.contributionPayment.findFirst({
      where: { personId, councilId, method: 'transfer', state: 'started' },
      select: { id: true },
    })
    const id = known?.id ?? newId()
    if (known) await tx.contributionPayment.update({ where: { id }, data: { pence: amount } })
    else
      await tx.contributionPayment.create({
        data: {
          id,
          reference: paymentReference(id),
          personId,
          councilId,
          pence: amount,
          method: 'transfer',
          startedAt: toDate(now),
        },
        select: { id: true },
      })
    await recordAudit(tx, now, actor, {
      action: 'contribution.transfer_begun',
      subjectType: 'contribution_payment',
      subjectId: id,
      forPersonId: personId,
      facts: { pence: amount },
    })
  })
}

/**
 * The person has sent it, or will not after all.
 * @throws as beginTransfer; STALE_STATE when it has arrived or ended meanwhile
 */
export async function endTransfer(
  deps: Needs,
  actor: Actor,
  input: z.input<typeof pressSchema>,
  how: 'sent' | 'cancelled',
): Promise<void> {
  const { personId, paymentId } = pressSchema.parse(input)
  requirePersonInView(actor, personId)
  requireScope(actor, personId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    const known = await tx.contributionPayment.findFirst({
      where: { id: paymentId, personId, method: 'transfer' },
      select: { state: true },
    })
    if (!known) throw notFound()
    // Pressed twice.
    if (known.state === how) return
    const moved = await tx.contributionPayment.updateMany({
      where: { id: paymentId, personId, state: 'started' },
      data: {
        state: how,
        ...(how === 'sent' ? { onDay: dateColumn(londonDate(now)) } : { endedAt: toDate(now) }),
      },
    })
    if (moved.count !== 1)
      throw new DomainError('STALE_STATE', 'This has arrived, or ended, meanwhile. Open the page again.')
    await recordAudit(tx, now, actor, {
      action: `contribution.transfer_${how}`,
      subjectType: 'contribution_payment',
      subjectId: paymentId,
      forPersonId: personId,
    })
  })
}
