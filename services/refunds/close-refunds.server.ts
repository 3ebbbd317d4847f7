import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Temporal, fromDate, isoText } from '#services/kernel/time.ts'
import { tell } from '#services/messages/tell.server.ts'

const closed = z.array(
  z.object({ id: z.string(), visitId: z.string(), personId: z.string(), decidedAt: z.date() }),
)

/**
 * After payments were confirmed: the refunds whose money has all come back, or was set against something else, are done, and
 * the person hears of it. Called by settlement, which moves payments.
 */
export async function closeRefunds(
  tx: Tx,
  now: Temporal.Instant,
  paymentIds: readonly string[],
): Promise<void> {
  if (paymentIds.length === 0) return
  const rows = closed.parse(
    await tx.$queryRaw`
      update refund r set state = 'returned', returned_at = ${isoText(now)}::timestamptz
      where r.state = 'decided'
        and r.id in (select p.refund_id from payable p where p.payment_id = any(${[...paymentIds]}::uuid[]) and p.refund_id is not null)
        and not exists (select 1 from payable p where p.refund_id = r.id and p.state <> 'paid')
      returning r.id::text, r.visit_id::text as "visitId", r.person_id::text as "personId", r.decided_at as "decidedAt"`,
  )
  // What is done in the moment of the decision was told with it.
  const later = rows.filter(
    ({ decidedAt }) => fromDate(decidedAt).epochMilliseconds !== now.epochMilliseconds,
  )
  await tell(
    tx,
    now,
    later.map((row) => ({
      to: { personId: row.personId },
      kind: 'payment.refund_returned',
      title: 'Money that was given back has arrived',
      body: 'It is back where it was paid from. You need do nothing.',
      path: `/my/visits/${row.visitId}/refund`,
      subjectId: row.visitId,
    })),
  )
}

/** Before payments fail or come back: what they had returned has not arrived after all. */
export async function reopenRefunds(tx: Tx, paymentIds: readonly string[]): Promise<void> {
  await tx.refund.updateMany({
    where: { state: 'returned', payables: { some: { paymentId: { in: [...paymentIds] } } } },
    data: { state: 'decided', returnedAt: null },
  })
}
