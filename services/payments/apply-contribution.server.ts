import {
  markContributionsFailed,
  markContributionsReturned,
  recordContributions,
} from '#services/contributions/record-contributions.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { type Temporal, londonDate, toDate } from '#services/kernel/time.ts'
import type { Applied, Outcome } from './apply-outcome.server.ts'
import type { EventOf } from './webhook-event.schema.ts'

/**
 * Brings what somebody pays towards council-paid care to where the payment service says it is: the one place for answers,
 * events and what is asked on return, in any order and any number of times.
 * - What arrived stays so, whatever comes late; what arrives after it was taken as failed or called off has arrived.
 * - A refusal on a card's page that is still open leaves it open: another card can be tried there.
 */
export async function applyContribution(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  paymentId: string,
  outcome: Outcome,
): Promise<Applied> {
  await tx.$executeRaw`select 1 from contribution_payment where id = ${paymentId}::uuid for update`
  const one = await tx.contributionPayment.findUniqueOrThrow({ where: { id: paymentId } })
  if (outcome.status === 'confirmed' && outcome.amount !== null && outcome.amount !== one.pence)
    return 'another amount'
  const open = ['started', 'needs_you', 'sent'].includes(one.state)
  if (outcome.reference && open && outcome.reference !== one.externalId)
    await tx.contributionPayment.update({
      where: { id: paymentId },
      data: { externalId: outcome.reference },
    })
  const move = async (from: readonly ('started' | 'needs_you' | 'sent')[], data: object): Promise<Applied> =>
    (
      await tx.contributionPayment.updateMany({
        where: { id: paymentId, state: { in: [...from] } },
        data,
      })
    ).count > 0
      ? 'done'
      : 'nothing to do'
  switch (outcome.status) {
    case 'confirmed': {
      await tx.contributionPayment.updateMany({
        where: { id: paymentId, state: { in: ['failed', 'cancelled'] } },
        data: { state: 'sent' },
      })
      const arrived = { paymentId, pence: pence(one.pence), onDay: londonDate(now) }
      return (await recordContributions(tx, now, actor, [arrived])).length > 0 ? 'done' : 'nothing to do'
    }
    case 'sent':
      return move(['started', 'needs_you'], { state: 'sent', externalUrl: null })
    case 'needs_you':
      return move(['started'], { state: 'needs_you' })
    case 'cancelled':
      return move(['started', 'needs_you', 'sent'], {
        state: 'cancelled',
        externalUrl: null,
        endedAt: toDate(now),
      })
    case 'failed': {
      if (one.state === 'needs_you' && one.externalUrl) return 'nothing to do'
      const failed = await markContributionsFailed(tx, now, [{ id: paymentId, failure: outcome.failure }])
      return failed.length > 0 ? 'done' : 'nothing to do'
    }
  }
}

/**
 * A payer's bank asks for it back: a Direct Debit that is taken back is gone, a card's payment is gone once that is lost. What
 * it was for is owed again.
 * @returns null when it is no such payment
 */
export async function returnContribution(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  event: EventOf<'dispute_opened'> | EventOf<'dispute_closed'>,
): Promise<string | null> {
  const one = event.paymentReference
    ? await tx.contributionPayment.findUnique({ where: { externalId: event.paymentReference } })
    : null
  if (!one) return null
  const opened = event.type === 'dispute_opened'
  if (opened ? !event.lost : event.won) return 'nothing to do'
  if (event.amount < one.pence) return 'a part was lost'
  // Only what had arrived can be taken back: the event that says so may still be on its way.
  if (one.state !== 'returned')
    await applyContribution(tx, now, actor, one.id, {
      status: 'confirmed',
      reference: one.externalId,
      amount: pence(one.pence),
    })
  const failure = opened && event.reason === 'debit_taken_back' ? 'indemnity_claim' : 'disputed'
  const back = await markContributionsReturned(tx, now, actor, [{ id: one.id, failure }])
  return back.length > 0 ? 'done' : 'nothing to do'
}
