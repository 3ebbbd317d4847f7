/**
 * What people pay the council towards council-paid care: started → (needs_you) → sent → confirmed, or failed, cancelled, or
 * returned after it was confirmed. Only `confirmed` counts as paid. All functions take many at once, are harmless when
 * repeated, and run in the caller's transaction; give them all of a file at once.
 */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { type Pence, negate, pence, pounds } from '#services/kernel/money.ts'
import { type Temporal, dateColumn, isoText, toDate } from '#services/kernel/time.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import { personPaid } from '#services/ledger/templates.rules.ts'
import { type NewNotice, tell } from '#services/messages/tell.server.ts'
import { paymentReference } from '#services/settlement/payment-reference.rules.ts'
import { type PaymentFailure, failureSentence } from '#services/settlement/payment-words.rules.ts'

/** What arrived: a payment that was begun here, or one that nobody had announced (`newId` names it, so twice is once). */
export type Arrived = { pence: Pence; onDay: Temporal.PlainDate } & (
  { paymentId: string } | { newId: string; personId: string; councilId: string }
)

const moved = z.array(
  z.object({
    id: z.string(),
    personId: z.string(),
    councilId: z.string(),
    pence: z.number().transform((value) => pence(value)),
    method: z.string(),
    failure: z.string().nullable(),
  }),
)
export type MovedContribution = z.infer<typeof moved>[number]

const told = (one: MovedContribution, notice: Omit<NewNotice, 'to' | 'subjectId'>): NewNotice => ({
  to: { personId: one.personId },
  subjectId: one.id,
  ...notice,
})

/**
 * Contributions reached the council: by hand from its books, by a line of its bank file, or as the payment service says. The
 * amount is what arrived. The person gets a receipt.
 * @returns those that are confirmed now and were not before
 */
export async function recordContributions(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  arrived: readonly Arrived[],
): Promise<MovedContribution[]> {
  if (arrived.length === 0) return []
  const rows = arrived.map((one) => ({
    id: 'newId' in one ? one.newId : one.paymentId,
    pence: one.pence,
    onDay: one.onDay,
    made: 'newId' in one ? one : null,
  }))
  const recordedById = actor.kind === 'user' ? actor.userId : null
  await tx.contributionPayment.createMany({
    data: rows.flatMap(({ id, pence: amount, onDay, made }) =>
      made
        ? [
            {
              id,
              reference: paymentReference(id),
              personId: made.personId,
              councilId: made.councilId,
              pence: amount,
              method: 'transfer',
              state: 'sent' as const,
              startedAt: toDate(now),
              onDay: dateColumn(onDay),
            },
          ]
        : [],
    ),
    skipDuplicates: true,
  })
  const found = moved.parse(
    await tx.$queryRaw`
      update contribution_payment p set state = 'confirmed', pence = w.pence, on_day = w.on_day, failure = null, external_url = null,
        recorded_by_id = ${recordedById}::uuid, ended_at = ${isoText(now)}::timestamptz
      from unnest(${rows.map(({ id }) => id)}::uuid[], ${rows.map((one) => one.pence as number)}::int[], ${rows.map(({ onDay }) => onDay.toString())}::date[]) as w (id, pence, on_day)
      where p.id = w.id and p.state in ('started', 'needs_you', 'sent')
      returning p.id::text, p.person_id::text as "personId", p.council_id::text as "councilId", p.pence, p.method, p.failure`,
  )
  await postJournals(
    tx,
    now,
    actor,
    found.map((one) => personPaid(`contribution:${one.id}`, one.personId, one.councilId, one.pence)),
  )
  await tell(
    tx,
    now,
    found.map((one) =>
      told(one, {
        kind: 'payment.contribution_received',
        title: `${pounds(one.pence)} has arrived`,
        body: 'The council has what you paid towards your care. This is your receipt. Thank you.',
        path: `/my/money/towards/receipts/${one.id}`,
      }),
    ),
  )
  return found
}

/** It did not arrive: it is owed as before, and the person is told why and what they can do. @returns those that failed now */
export async function markContributionsFailed(
  tx: Tx,
  now: Temporal.Instant,
  failed: readonly { id: string; failure: PaymentFailure }[],
): Promise<MovedContribution[]> {
  const found = moved.parse(
    await tx.$queryRaw`
      update contribution_payment p set state = 'failed', failure = w.failure, external_url = null, ended_at = ${isoText(now)}::timestamptz
      from unnest(${failed.map(({ id }) => id)}::uuid[], ${failed.map(({ failure }) => failure)}::text[]) as w (id, failure)
      where p.id = w.id and p.state in ('started', 'needs_you', 'sent')
      returning p.id::text, p.person_id::text as "personId", p.council_id::text as "councilId", p.pence, p.method, p.failure`,
  )
  await tell(
    tx,
    now,
    found.map((one) =>
      told(one, {
        kind: 'payment.contribution_failed',
        title: `${pounds(one.pence)} did not arrive`,
        body: `${failureSentence(one.failure) ?? ''} What you owe is as it was before. Your support goes on.`,
        path: '/my/money/towards',
      }),
    ),
  )
  return found
}

/** It had arrived and the bank took it back: it is owed again. @returns those that came back now */
export async function markContributionsReturned(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  returned: readonly { id: string; failure: PaymentFailure }[],
): Promise<MovedContribution[]> {
  const found = moved.parse(
    await tx.$queryRaw`
      update contribution_payment p set state = 'returned', failure = w.failure, ended_at = ${isoText(now)}::timestamptz
      from unnest(${returned.map(({ id }) => id)}::uuid[], ${returned.map(({ failure }) => failure)}::text[]) as w (id, failure)
      where p.id = w.id and p.state = 'confirmed'
      returning p.id::text, p.person_id::text as "personId", p.council_id::text as "councilId", p.pence, p.method, p.failure`,
  )
  await postJournals(
    tx,
    now,
    actor,
    found.map((one) =>
      personPaid(`contribution:${one.id}:returned`, one.personId, one.councilId, negate(one.pence)),
    ),
  )
  await tell(
    tx,
    now,
    found.map((one) =>
      told(one, {
        kind: 'payment.contribution_returned',
        title: `${pounds(one.pence)} was sent back`,
        body: `${failureSentence(one.failure) ?? ''} It is owed again. Your support goes on.`,
        path: '/my/money/towards',
      }),
    ),
  )
  return found
}
