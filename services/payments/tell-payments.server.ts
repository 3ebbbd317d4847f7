import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pounds } from '#services/kernel/money.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'
import { failureWords, type PaymentFailure } from '#services/settlement/payment-words.rules.ts'

interface OfPerson {
  id: string
  personId: string | null
  payerKind: string
  pence: Pence
}
const pathOf = (id: string): string => `/my/money/payments/${id}`

/** Only those who pay themselves are told: what a council or a holder pays is theirs to follow. */
const theirs = (payment: OfPerson): payment is OfPerson & { personId: string } =>
  payment.payerKind === 'person' && payment.personId !== null

export async function tellNeedsYou(tx: Tx, now: Temporal.Instant, payment: OfPerson): Promise<void> {
  if (!theirs(payment)) return
  await tell(tx, now, [
    {
      to: { personId: payment.personId },
      kind: 'payment.needs_you',
      title: `Your bank asks you about a payment of ${pounds(payment.pence)}`,
      body: 'Nothing has been taken. Open the payment and agree to it on your bank’s page.',
      path: pathOf(payment.id),
      subjectId: payment.id,
    },
  ])
}

export async function tellFailed(
  tx: Tx,
  now: Temporal.Instant,
  payment: OfPerson,
  failure: PaymentFailure,
): Promise<void> {
  const words = failureWords(failure)
  if (!theirs(payment) || !words || failure === 'cancelled') return
  await tell(tx, now, [
    {
      to: { personId: payment.personId },
      kind: 'payment.failed',
      title: `A payment of ${pounds(payment.pence)} did not go through`,
      body: `${words.what} ${words.next}`,
      path: pathOf(payment.id),
      subjectId: payment.id,
    },
  ])
}

/** It was paid twice, because an answer came late: whoever must act is told, and nothing is moved by itself. */
export async function tellPaidTwice(
  tx: Tx,
  now: Temporal.Instant,
  payment: OfPerson & { providerId: string },
): Promise<void> {
  const title = `A payment of ${pounds(payment.pence)} arrived late, and may have been paid twice`
  await tell(tx, now, [
    {
      to: { providerId: payment.providerId },
      kind: 'payment.twice',
      title,
      body: 'Look at your payment account, and give back what came twice.',
      path: '/provider/money/card-payments',
      subjectId: payment.id,
    },
    ...(theirs(payment)
      ? [
          {
            to: { personId: payment.personId },
            kind: 'payment.twice',
            title,
            body: 'We took it as failed, and it was paid another way since. The provider has been told to give it back.',
            path: pathOf(payment.id),
            subjectId: payment.id,
          },
        ]
      : []),
  ])
}

/** The payer's bank took a payment back for good. */
export async function tellTakenBack(
  tx: Tx,
  now: Temporal.Instant,
  payment: OfPerson & { providerId: string },
): Promise<void> {
  await tell(tx, now, [
    {
      to: { providerId: payment.providerId },
      kind: 'payment.taken_back',
      title: `The bank took ${pounds(payment.pence)} back`,
      body: 'The payer’s bank decided for the payer. What it paid for is owed to you again.',
      path: '/provider/money/card-payments',
      subjectId: payment.id,
    },
    ...(theirs(payment)
      ? [
          {
            to: { personId: payment.personId },
            kind: 'payment.taken_back',
            title: `A payment of ${pounds(payment.pence)} came back`,
            body: 'Your bank gave it back to you, so the support it paid for is owed again. If it is wrong, talk to the provider.',
            path: pathOf(payment.id),
            subjectId: payment.id,
          },
        ]
      : []),
  ])
}
