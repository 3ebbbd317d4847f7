import type { Tx } from '#services/db/client.server.ts'
import { newId } from '#services/kernel/ids.ts'
import { pounds } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, londonDate, toDate } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { payoutFailureWords } from '#services/ports/payment-words.ts'
import type { EventOf } from './webhook-event.schema.ts'

/** What went to a provider's bank, or came back from it. A payout that failed stays so: banks say "paid" too early. */
export async function handlePayout(
  tx: Tx,
  now: Temporal.Instant,
  event: EventOf<'payout_paid'> | EventOf<'payout_failed'>,
): Promise<string> {
  const account = event.account
    ? await tx.connectedAccount.findUnique({ where: { externalId: event.account } })
    : null
  if (!account) return 'unknown object'
  const failure = event.type === 'payout_failed' ? event.why : null
  const state = failure ? 'failed' : 'paid'
  const before = await tx.payout.findUnique({ where: { externalId: event.reference } })
  if (before?.state === state || before?.state === 'failed') return 'nothing to do'
  await tx.payout.upsert({
    where: { externalId: event.reference },
    create: {
      id: newId(),
      accountId: account.id,
      externalId: event.reference,
      pence: event.amount,
      state,
      failure,
      arrivesOn: dateColumn(londonDate(event.at)),
      updatedAt: toDate(now),
    },
    update: { state, failure, updatedAt: toDate(now) },
  })
  if (failure) {
    const words = payoutFailureWords[failure]
    const to = account.providerId
      ? { providerId: account.providerId }
      : account.councilId
        ? { councilId: account.councilId }
        : null
    if (to)
      await tell(tx, now, [
        {
          to,
          kind: 'payout.failed',
          title: `${pounds(event.amount)} could not be paid into your bank account`,
          body: `${words.what} ${words.next} The money is still yours and waits on your payment account.`,
          ...(account.providerId ? { path: '/provider/money/card-payments' } : {}),
          subjectId: account.id,
        },
      ])
  }
  return 'done'
}
