import type { Tx } from '#services/db/client.server.ts'

export type VisitPaymentState = 'paid' | 'sent' | 'not_yet'

/**
 * What has become of what a settled visit's payers owe, by payer (`kind:id`): paid when all of it is, on its way when all
 * of it has left.
 */
export async function readVisitPayments(tx: Tx, visitId: string): Promise<Map<string, VisitPaymentState>> {
  const payables = await tx.payable.findMany({
    where: { visitId, refundId: null },
    select: { payerKind: true, payerId: true, state: true },
    take: 100,
  })
  const result = new Map<string, VisitPaymentState>()
  for (const { payerKind, payerId, state } of payables) {
    const key = `${payerKind}:${payerId}`
    const now: VisitPaymentState = state === 'paid' || state === 'sent' ? state : 'not_yet'
    const before = result.get(key) ?? 'paid'
    result.set(key, now === 'not_yet' || before === 'not_yet' ? 'not_yet' : now === 'sent' ? 'sent' : before)
  }
  return result
}
