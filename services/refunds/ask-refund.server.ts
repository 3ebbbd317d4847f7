import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import { decidesFor, leftToRefund } from './refund.rules.ts'
import { type Refundable, readRefundable } from './read-refundable.server.ts'
import { requireAsker } from './refunds.policy.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

/** Waits for whoever else refunds this visit, and looks at it. @throws NOT_FOUND; STALE_STATE before it is settled */
export async function lockVisit(tx: Tx, visitId: string) {
  await tx.$queryRaw`select 1 from visit where id = ${visitId}::uuid for update`
  const visit = await tx.visit.findUnique({
    where: { id: visitId },
    select: { id: true, state: true, personId: true, providerId: true, startsAt: true },
  })
  if (!visit) throw notFound()
  if (visit.state !== 'settled')
    throw new DomainError(
      'STALE_STATE',
      'Money can be given back once the visit is agreed and settled. Before that, say what was different.',
    )
  return visit
}

/** @throws INVALID beside the field */
export function checkAmount(wanted: number | null, { parts }: Pick<Refundable, 'parts'>): Pence {
  const left = leftToRefund(parts)
  if (left === 0)
    throw new DomainError('STALE_STATE', 'All of it was given back already. There is nothing left.')
  if (wanted !== null && wanted > left)
    throw new DomainError('INVALID', `That is more than is left of it: ${pounds(left)}.`, {
      fields: { amount: [`Enter ${pounds(left)} or less: that is what was paid and not given back.`] },
    })
  return wanted === null ? left : pence(wanted)
}

/**
 * Somebody asks for money back for a settled visit: the person or who acts for them, or the provider where the council
 * decides. Nothing moves.
 * @param input.pence null for all that is left
 * @throws NOT_FOUND, FORBIDDEN; STALE_STATE when it was asked already or nothing is left; INVALID for too much
 */
export async function askRefund(
  deps: Needs,
  actor: Actor,
  input: { visitId: string; as: 'person' | 'provider'; pence: number | null; reason: string },
): Promise<{ refundId: string; decides: 'provider' | 'council' }> {
  const known = await deps.db.prisma.visit.findUnique({
    where: { id: input.visitId },
    select: { personId: true, providerId: true },
  })
  if (!known) throw notFound()
  if (input.as === 'person') requireAsker(actor, known.personId)
  else requireMember(actor, known.providerId, 'manage_money')
  const now = deps.clock.now()
  return deps.db.tx(async (tx) => {
    const visit = await lockVisit(tx, input.visitId)
    const found = await readRefundable(tx, visit.id)
    const open = await tx.refund.count({ where: { visitId: visit.id, state: 'asked' } })
    if (open > 0) throw new DomainError('STALE_STATE', 'It was asked for already, and waits for an answer.')
    const amount = checkAmount(input.pence, found)
    const decides = decidesFor(found.parts.map(({ payerKind }) => payerKind))
    if (input.as === 'provider' && decides === 'provider')
      throw new DomainError('STALE_STATE', 'This is your own contract: you decide yourselves.')
    const refundId = newId()
    await tx.refund.create({
      data: {
        id: refundId,
        visitId: visit.id,
        personId: visit.personId,
        providerId: visit.providerId,
        pence: amount,
        reason: input.reason,
        askedById: traceOf(actor).actorUserId,
        askedAs: input.as,
        askedAt: toDate(now),
      },
    })
    await tellDecider(tx, now, visit, decides, found)
    await recordAudit(tx, now, actor, {
      action: 'refund.asked',
      subjectType: 'refund',
      subjectId: refundId,
      forPersonId: visit.personId,
      facts: { pence: amount, as: input.as },
    })
    return { refundId, decides }
  })
}

async function tellDecider(
  tx: Tx,
  now: Temporal.Instant,
  visit: { id: string; providerId: string },
  decides: 'provider' | 'council',
  { parts }: Refundable,
): Promise<void> {
  const council = parts.find(({ payerKind }) => payerKind === 'council')
  await tell(tx, now, [
    {
      to:
        decides === 'council' && council ? { councilId: council.payerId } : { providerId: visit.providerId },
      kind: 'payment.refund_asked',
      title: 'Somebody asks for money back',
      body: 'For a visit that was settled. Look at it, and say yes, yes to a part, or no.',
      path:
        decides === 'council' ? `/council/money/refunds/${visit.id}` : `/provider/visits/${visit.id}/refund`,
      subjectId: visit.id,
    },
  ])
}
