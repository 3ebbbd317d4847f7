/**
 * How the money itself comes back after a refund was decided. Not paid yet: nothing has to; a whole credit meets what it
 * credits. Paid by card: the payment service sends it back to the card. Else it is set against the provider's next payment,
 * or the provider sends it and says so, and the payer says that it has arrived.
 */
import { recordAudit } from '#services/accounts/record-audit.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import { type Actor, system } from '#services/kernel/actor.ts'
import { DomainError, notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import type { Deps } from '#services/ports/deps.ts'
import { requireMember } from '#services/providers/providers.policy.ts'
import {
  cancelPayments,
  markConfirmed,
  markFailed,
  markSent,
  startPayments,
} from '#services/settlement/payments.server.ts'
import { requirePayer } from './refunds.policy.ts'

export const RETURN_JOB = 'return_money'
type Needs = Pick<Deps, 'db' | 'clock' | 'payments'>
const MOST = 100

/** What was never paid and is given back whole: the two meet, and nothing moves. */
export async function setOffUnpaid(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  visitId: string,
): Promise<void> {
  await tx.$queryRaw`select id from payable where visit_id = ${visitId}::uuid and state = 'due' order by id for update`
  const due = await tx.payable.findMany({
    where: { visitId, state: 'due' },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  const met = due
    .filter(({ refundId }) => refundId === null)
    .map((original) => [
      original,
      ...due.filter((one) => one.refundId !== null && one.allocationId === original.allocationId),
    ])
    .filter((group) => group.length > 1 && group.reduce((sum, one) => sum + one.pence, 0) === 0)
  const started = await startPayments(
    tx,
    now,
    actor,
    met.flatMap((group) => {
      const [original] = group
      return original
        ? [
            {
              method: 'set_off' as const,
              payer: { kind: original.payerKind, id: original.payerId },
              providerId: original.providerId,
              personId: original.personId,
              payableIds: group.map(({ id }) => id),
            },
          ]
        : []
    }),
  )
  await markConfirmed(
    tx,
    now,
    actor,
    started.map(({ id }) => id),
  )
}

/**
 * Job: sends back what was paid by card. The credit's own payment is the key, so trying again never pays back twice; the
 * books are told only what the service answered.
 * @throws UNAVAILABLE when there was no answer: the job comes again
 */
export async function returnMoney(deps: Needs, refundId: string): Promise<void> {
  const actor = system(RETURN_JOB)
  const credits = await deps.db.prisma.payable.findMany({
    where: { refundId, state: { in: ['due', 'in_payment'] } },
    include: {
      payment: { select: { id: true, state: true, method: true, pence: true } },
      provider: { select: { account: { select: { externalId: true } } } },
    },
    orderBy: { id: 'asc' },
    take: MOST,
  })
  const [first] = credits
  if (!first?.visitId) return
  const originals = await deps.db.prisma.payable.findMany({
    where: { visitId: first.visitId, refundId: null, state: 'paid' },
    include: { payment: { select: { method: true, externalId: true } } },
    take: MOST,
  })
  for (const credit of credits) {
    const paid = originals.find(({ allocationId }) => allocationId === credit.allocationId)?.payment
    const account = credit.provider.account?.externalId
    if (paid?.method !== 'card' || !paid.externalId || !account) continue
    const paymentId = credit.payment
      ? credit.payment.method === 'card' && credit.payment.state === 'started' && credit.payment.pence < 0
        ? credit.payment.id
        : null
      : await beginReturn(deps, actor, credit, 'card')
    if (paymentId === null) continue
    await sendBack(deps, actor, {
      key: paymentId,
      account,
      reference: paid.externalId,
      amount: pence(-credit.pence),
      refund: paymentId,
    })
  }
}

async function sendBack(
  deps: Needs,
  actor: Actor,
  request: { key: string; account: string; reference: string; amount: Pence; refund: string },
): Promise<void> {
  const answer = await deps.payments.refund(request)
  if (answer.status === 'unavailable')
    throw new DomainError(
      'UNAVAILABLE',
      'The payment service could not be reached. We try again by ourselves.',
    )
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    if (answer.status === 'confirmed') await markConfirmed(tx, now, actor, [request.key])
    else if (answer.status === 'sent') await markSent(tx, now, actor, [request.key])
    else if (answer.status === 'failed')
      await markFailed(tx, now, actor, [{ id: request.key, failure: 'other' }])
    else await cancelPayments(tx, now, [request.key])
  })
}

interface CreditRow {
  id: string
  payerKind: 'person' | 'council' | 'fund_holder'
  payerId: string
  providerId: string
  personId: string
}

async function beginReturn(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  credit: CreditRow,
  method: 'card' | 'bank_transfer',
): Promise<string | null> {
  const [payment] = await deps.db.tx((tx) =>
    startPayments(tx, deps.clock.now(), actor, [returning(credit, method)]),
  )
  return payment?.id ?? null
}

const returning = (credit: CreditRow, method: 'card' | 'bank_transfer') => ({
  method,
  payer: { kind: credit.payerKind, id: credit.payerId },
  providerId: credit.providerId,
  personId: credit.personId,
  payableIds: [credit.id],
  back: true as const,
})

/**
 * The provider says that it sent the money back by bank transfer.
 * @throws NOT_FOUND, FORBIDDEN; STALE_STATE when it is on its way or back already
 */
export async function saySentBack(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  refundId: string,
): Promise<void> {
  const refund = isId(refundId) ? await deps.db.prisma.refund.findUnique({ where: { id: refundId } }) : null
  if (!refund) throw notFound()
  requireMember(actor, refund.providerId, 'manage_money')
  const now = deps.clock.now()
  await deps.db.tx(async (tx) => {
    // What was never paid comes off the next payment: nobody sends it.
    const credits = await tx.$queryRaw<CreditRow[]>`
      select c.id::text, c.payer_kind::text as "payerKind", c.payer_id::text as "payerId", c.provider_id::text as "providerId", c.person_id::text as "personId"
      from payable c join payable p on p.visit_id = c.visit_id and p.allocation_id = c.allocation_id and p.refund_id is null and p.state = 'paid'
      where c.refund_id = ${refundId}::uuid and c.state = 'due' order by c.id for update of c`
    if (credits.length === 0)
      throw new DomainError('STALE_STATE', 'This is on its way or back already. There is nothing to send.')
    const started = await startPayments(
      tx,
      now,
      actor,
      credits.map((credit) => returning(credit, 'bank_transfer')),
    )
    await markSent(
      tx,
      now,
      actor,
      started.map(({ id }) => id),
    )
    await tell(
      tx,
      now,
      credits.map(({ payerKind, payerId }) => ({
        to:
          payerKind === 'person'
            ? { personId: payerId }
            : payerKind === 'council'
              ? { councilId: payerId }
              : { providerId: payerId },
        kind: 'payment.refund_sent',
        title: 'A provider says that it sent money back',
        body: 'Look at your bank in the next days, and say here whether it has arrived.',
        path:
          payerKind === 'person'
            ? `/my/visits/${refund.visitId}/refund`
            : payerKind === 'council'
              ? `/council/money/refunds/${refund.visitId}`
              : '/provider/money/refunds',
        subjectId: refund.visitId,
      })),
    )
    await recordAudit(tx, now, actor, {
      action: 'refund.sent_back',
      subjectType: 'refund',
      subjectId: refundId,
      forPersonId: refund.personId,
    })
  })
}

/**
 * Whoever paid says whether the money has arrived. Nobody else can.
 * @throws NOT_FOUND, FORBIDDEN; STALE_STATE when nothing of theirs is on its way
 */
export async function sayArrived(
  deps: Pick<Deps, 'db' | 'clock'>,
  actor: Actor,
  input: { refundId: string; payerKind: 'person' | 'council' | 'fund_holder'; arrived: boolean },
): Promise<void> {
  if (!isId(input.refundId)) throw notFound()
  const credits = await deps.db.prisma.payable.findMany({
    where: {
      refundId: input.refundId,
      payerKind: input.payerKind,
      state: 'sent',
      payment: { method: 'bank_transfer', state: 'sent' },
    },
    select: { payerId: true, paymentId: true, personId: true, providerId: true, visitId: true },
    take: MOST,
  })
  const [first] = credits
  if (!first) {
    const refund = await deps.db.prisma.refund.findUnique({
      where: { id: input.refundId },
      select: { payables: { where: { payerKind: input.payerKind }, select: { payerId: true }, take: 1 } },
    })
    requirePayer(actor, input.payerKind, refund?.payables[0]?.payerId ?? null)
    throw new DomainError('STALE_STATE', 'Nothing is on its way that you could say this of.')
  }
  requirePayer(actor, input.payerKind, first.payerId)
  const now = deps.clock.now()
  const ids = credits.flatMap(({ paymentId }) => (paymentId ? [paymentId] : []))
  await deps.db.tx(async (tx) => {
    const moved = input.arrived
      ? await markConfirmed(tx, now, actor, ids)
      : await markFailed(
          tx,
          now,
          actor,
          ids.map((id) => ({ id, failure: 'other' as const })),
        )
    if (moved.length === 0) throw new DomainError('STALE_STATE', 'This was said already.')
    await tell(tx, now, [
      {
        to: { providerId: first.providerId },
        kind: 'payment.refund_answered',
        title: input.arrived
          ? 'Money that you sent back has arrived'
          : 'Money that you sent back has not arrived',
        body: input.arrived
          ? 'They said so. You need do nothing.'
          : 'They said so. Look at your bank, and talk to them. It counts as owed by you again.',
        path: '/provider/money/refunds',
        ...(first.visitId ? { subjectId: first.visitId } : {}),
      },
    ])
    await recordAudit(tx, now, actor, {
      action: input.arrived ? 'refund.arrived' : 'refund.not_arrived',
      subjectType: 'refund',
      subjectId: input.refundId,
      forPersonId: first.personId,
    })
  })
}
