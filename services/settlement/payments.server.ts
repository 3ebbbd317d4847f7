/**
 * The life of a payment: started → (needs_you) → sent → confirmed, or failed, cancelled, or returned after it was confirmed.
 * One payer, one provider, one or more payables. Every way of paying (card, transfer, run, holder, prepaid card) goes
 * through these functions, so that payables, payments and the ledger never disagree. All take many at once, are harmless
 * when repeated, and run in the caller's transaction.
 */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import type { PaymentMethod } from '#services/db/generated/enums.ts'
import { type Actor, traceOf } from '#services/kernel/actor.ts'
import { DomainError } from '#services/kernel/errors.ts'
import { newId } from '#services/kernel/ids.ts'
import { type Pence, pence } from '#services/kernel/money.ts'
import { type Temporal, isoText } from '#services/kernel/time.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import { postJournals } from '#services/ledger/post-journals.server.ts'
import {
  type Journal,
  paymentConfirmed,
  paymentFailed,
  paymentReturned,
  paymentSent,
} from '#services/ledger/templates.rules.ts'
import { closeRefunds, reopenRefunds } from '#services/refunds/close-refunds.server.ts'
import { paymentReference } from './payment-reference.rules.ts'
import type { PaymentFailure } from './payment-words.rules.ts'

export interface NewPayment {
  method: PaymentMethod
  payer: Payer
  providerId: string
  /** The person whose support it is, where it is for one person. */
  personId: string | null
  payableIds: readonly string[]
  runId?: string
  orderId?: string | null
  /** The provider pays back what it was paid: the sum is below zero. */
  back?: true
}

export interface Started {
  id: string
  reference: string
  pence: Pence
  providerId: string
}

const taken = z.array(z.object({ id: z.string(), pence: z.number(), fits: z.boolean() }))

/**
 * Begins payments for payables that are due. Nothing has left yet.
 * @throws STALE_STATE when a payable is no longer due, or is not of this payer and provider: then nothing is begun;
 *   INVALID when a payment would be nothing or less (a credit waits until there is something to set it against).
 */
export async function startPayments(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  wanted: readonly NewPayment[],
): Promise<Started[]> {
  if (wanted.length === 0) return []
  const trace = traceOf(actor)
  const rows = wanted.map((one) => {
    const id = newId()
    return { ...one, id, reference: paymentReference(id) }
  })
  const pairs = rows.flatMap((row) => row.payableIds.map((payableId) => ({ row, payableId })))
  // The payments come first, with a sum that is put right below: a payable names its payment.
  // One statement for any number of them: a run has thousands.
  await tx.$executeRaw`
    insert into payment (id, reference, payer_kind, payer_id, provider_id, person_id, pence, method, run_id, order_id, started_by_id, authority_id, started_at)
    select r.id, r.reference, r.payer_kind, r.payer_id, r.provider_id, r.person_id, 1, r.method, r.run_id, r.order_id,
      ${trace.actorUserId}::uuid, ${trace.authorityId}::uuid, ${isoText(now)}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(
      rows.map((row) => ({
        id: row.id,
        reference: row.reference,
        payer_kind: row.payer.kind,
        payer_id: row.payer.id,
        provider_id: row.providerId,
        person_id: row.personId,
        method: row.method,
        run_id: row.runId ?? null,
        order_id: row.orderId ?? null,
      })),
    )}::jsonb) as r (id uuid, reference text, payer_kind payer_kind, payer_id uuid, provider_id uuid, person_id uuid, method payment_method, run_id uuid, order_id uuid)`
  const found = taken.parse(
    await tx.$queryRaw`
      update payable b set state = 'in_payment', payment_id = w.payment
      from unnest(${pairs.map(({ payableId }) => payableId)}::uuid[], ${pairs.map(({ row }) => row.id)}::uuid[]) as w (payable, payment)
      join payment p on p.id = w.payment
      where b.id = w.payable and b.state = 'due'
      returning b.id::text, b.pence,
        (b.payer_kind = p.payer_kind and b.payer_id = p.payer_id and b.provider_id = p.provider_id) as fits`,
  )
  if (found.length !== pairs.length || found.some(({ fits }) => !fits))
    throw new DomainError(
      'STALE_STATE',
      'Some of this has been paid, or is being paid, meanwhile. Look again at what is due; nothing was done.',
    )
  const penceOf = new Map(found.map(({ id, pence: amount }) => [id, amount]))
  const started = rows.map((row): Started => {
    const sum = row.payableIds.reduce((all, id) => all + (penceOf.get(id) ?? 0), 0)
    if (row.back ? sum >= 0 : sum < 0 || (sum === 0 && row.method !== 'set_off'))
      throw new DomainError(
        'INVALID',
        'What comes back is more than what is due to this provider. It is kept until more is due.',
      )
    return { id: row.id, reference: row.reference, pence: pence(sum), providerId: row.providerId }
  })
  await tx.$executeRaw`
    update payment p set pence = w.pence from unnest(${started.map(({ id }) => id)}::uuid[], ${started.map((one) => one.pence as number)}::int[]) as w (id, pence)
    where p.id = w.id`
  await tx.$executeRaw`
    insert into payment_line (payment_id, payable_id, pence)
    select * from unnest(${pairs.map(({ row }) => row.id)}::uuid[], ${pairs.map(({ payableId }) => payableId)}::uuid[],
      ${pairs.map(({ payableId }) => penceOf.get(payableId) ?? 0)}::int[])`
  return started
}

const moved = z.array(
  z.object({
    id: z.string(),
    payerKind: z.enum(['person', 'council', 'fund_holder']),
    payerId: z.string(),
    providerId: z.string(),
    personId: z.string().nullable(),
    pence: z.number().transform((value) => pence(value)),
    /** The money had left before this. */
    wasSent: z.boolean(),
  }),
)
export type MovedPayment = z.infer<typeof moved>[number]

const payerOf = (payment: MovedPayment): Payer => ({ kind: payment.payerKind, id: payment.payerId })

/** The money has left (a file went to the bank, the person says they sent it). @returns those that moved now */
export async function markSent(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  paymentIds: readonly string[],
): Promise<MovedPayment[]> {
  const rows = moved.parse(
    await tx.$queryRaw`
      update payment set state = 'sent', sent_at = ${isoText(now)}::timestamptz, failure = null
      where id = any(${[...paymentIds]}::uuid[]) and state in ('started', 'needs_you')
      returning id::text, payer_kind as "payerKind", payer_id::text as "payerId", provider_id::text as "providerId", person_id::text as "personId", pence, false as "wasSent"`,
  )
  await movePayables(tx, rows, 'sent')
  await postJournals(
    tx,
    now,
    actor,
    rows.map((one) => paymentSent(`payment:${one.id}:sent`, payerOf(one), one.providerId, one.pence)),
  )
  return rows
}

/** The bank, the card or the holder says that it has arrived. @returns those that moved now */
export async function markConfirmed(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  paymentIds: readonly string[],
): Promise<MovedPayment[]> {
  const rows = moved.parse(
    await tx.$queryRaw`
      with before as (select id, state from payment where id = any(${[...paymentIds]}::uuid[]) and state in ('started', 'needs_you', 'sent') order by id for update)
      update payment p set state = 'confirmed', sent_at = coalesce(p.sent_at, ${isoText(now)}::timestamptz), ended_at = ${isoText(now)}::timestamptz, failure = null, external_url = null
      from before b where p.id = b.id
      returning p.id::text, p.payer_kind as "payerKind", p.payer_id::text as "payerId", p.provider_id::text as "providerId", p.person_id::text as "personId", p.pence, b.state = 'sent' as "wasSent"`,
  )
  await movePayables(tx, rows, 'paid')
  await closeRefunds(
    tx,
    now,
    rows.map(({ id }) => id),
  )
  await postJournals(
    tx,
    now,
    actor,
    rows.flatMap((one): Journal[] => [
      ...(one.wasSent
        ? []
        : [paymentSent(`payment:${one.id}:sent`, payerOf(one), one.providerId, one.pence)]),
      paymentConfirmed(`payment:${one.id}:confirmed`, payerOf(one), one.providerId, one.pence),
    ]),
  )
  return rows
}

/** It did not arrive: what it was for is due again. @returns those that moved now */
export async function markFailed(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  payments: readonly { id: string; failure: PaymentFailure }[],
): Promise<MovedPayment[]> {
  const rows = moved.parse(
    await tx.$queryRaw`
      with w as (select * from unnest(${payments.map(({ id }) => id)}::uuid[], ${payments.map(({ failure }) => failure)}::text[]) as w (id, failure)),
      before as (select p.id, p.state, w.failure from payment p join w on w.id = p.id where p.state in ('started', 'needs_you', 'sent') order by p.id for update of p)
      update payment p set state = 'failed', ended_at = ${isoText(now)}::timestamptz, failure = b.failure, external_url = null
      from before b where p.id = b.id
      returning p.id::text, p.payer_kind as "payerKind", p.payer_id::text as "payerId", p.provider_id::text as "providerId", p.person_id::text as "personId", p.pence, b.state = 'sent' as "wasSent"`,
  )
  await movePayables(tx, rows, 'due')
  await postJournals(
    tx,
    now,
    actor,
    rows
      .filter((one) => one.wasSent)
      .map((one) => paymentFailed(`payment:${one.id}:failed`, payerOf(one), one.providerId, one.pence)),
  )
  return rows
}

/** It had arrived and came back: a bank returned it, or a card's holder won a dispute. It is due again. */
export async function markReturned(
  tx: Tx,
  now: Temporal.Instant,
  actor: Actor,
  payments: readonly { id: string; failure: PaymentFailure }[],
): Promise<MovedPayment[]> {
  const rows = moved.parse(
    await tx.$queryRaw`
      update payment p set state = 'returned', ended_at = ${isoText(now)}::timestamptz, failure = w.failure
      from unnest(${payments.map(({ id }) => id)}::uuid[], ${payments.map(({ failure }) => failure)}::text[]) as w (id, failure)
      where p.id = w.id and p.state = 'confirmed'
      returning p.id::text, p.payer_kind as "payerKind", p.payer_id::text as "payerId", p.provider_id::text as "providerId", p.person_id::text as "personId", p.pence, true as "wasSent"`,
  )
  await movePayables(tx, rows, 'due')
  await postJournals(
    tx,
    now,
    actor,
    rows.map((one) => paymentReturned(`payment:${one.id}:returned`, payerOf(one), one.providerId, one.pence)),
  )
  return rows
}

/** It will not be sent after all; what it was for is due again. Only before it has left. @returns those that moved now */
export async function cancelPayments(
  tx: Tx,
  now: Temporal.Instant,
  paymentIds: readonly string[],
): Promise<MovedPayment[]> {
  const rows = moved.parse(
    await tx.$queryRaw`
      update payment set state = 'cancelled', ended_at = ${isoText(now)}::timestamptz, external_url = null
      where id = any(${[...paymentIds]}::uuid[]) and state in ('started', 'needs_you')
      returning id::text, payer_kind as "payerKind", payer_id::text as "payerId", provider_id::text as "providerId", person_id::text as "personId", pence, false as "wasSent"`,
  )
  await movePayables(tx, rows, 'due')
  return rows
}

async function movePayables(
  tx: Tx,
  payments: readonly MovedPayment[],
  state: 'due' | 'sent' | 'paid',
): Promise<void> {
  if (payments.length === 0) return
  const ids = payments.map(({ id }) => id)
  if (state === 'due') await reopenRefunds(tx, ids)
  await tx.payable.updateMany({
    where: { paymentId: { in: ids } },
    data: { state, ...(state === 'due' ? { paymentId: null } : {}) },
  })
}
