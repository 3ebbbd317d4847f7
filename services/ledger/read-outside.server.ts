/** What the ledger has of things that the world outside speaks of too: for reconciliation, which names no ledger table. */
import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'

const whole = z.union([z.bigint(), z.number()]).transform(Number)
const byRef = z.array(z.object({ refId: z.string(), held: whole, spent: whole }))

/**
 * What is set aside for each movement on a card, and what was spent when it was taken, below zero when it was given back; none is
 * left out that the ledger knows.
 */
export async function readCardPostings(
  tx: Tx,
  movementIds: readonly string[],
): Promise<Map<string, { held: number; spent: number }>> {
  if (movementIds.length === 0) return new Map()
  const keys = movementIds.flatMap((id) => [`card:${id}:cleared`, `card:${id}:refunded`])
  const rows = byRef.parse(
    await tx.$queryRaw`
      select x.id::text as "refId", sum(x.held)::bigint as held, sum(x.spent)::bigint as spent from (
        select ref_id as id, amount as held, 0 as spent from ledger_posting where ref_id = any(${[...movementIds]}::uuid[])
        union all
        select split_part(j.key, ':', 2)::uuid, 0, p.amount from ledger_journal j join ledger_posting p on p.journal_id = j.id
        join ledger_account a on a.id = p.account_id where j.key = any(${keys}::text[]) and a.kind = 'spent') x group by 1`,
  )
  return new Map(rows.map(({ refId, ...of }) => [refId, of]))
}

const STEPS = ['sent', 'confirmed', 'failed', 'returned'] as const
export type PostedSteps = Record<(typeof STEPS)[number], number | null>
const posted = z.array(z.object({ paymentId: z.string(), step: z.enum(STEPS), pence: whole }))

/** What was posted for each step of these payments, above zero for what goes from payer to provider; null where nothing was. */
export async function readPaymentPostings(
  tx: Tx,
  paymentIds: readonly string[],
): Promise<Map<string, PostedSteps>> {
  if (paymentIds.length === 0) return new Map()
  const keys = paymentIds.flatMap((id) => STEPS.map((step) => `payment:${id}:${step}`))
  const rows = posted.parse(
    await tx.$queryRaw`
      select split_part(j.key, ':', 2) as "paymentId", split_part(j.key, ':', 3) as step,
        sum(case a.kind when 'in_transit' then case when j.kind = 'payment_sent' then p.amount else -p.amount end
                        when 'due' then case when j.kind = 'payment_returned' then p.amount else 0 end else 0 end)::bigint as pence
      from ledger_journal j join ledger_posting p on p.journal_id = j.id join ledger_account a on a.id = p.account_id
      where j.key = any(${keys}::text[]) group by j.key`,
  )
  const result = new Map<string, PostedSteps>()
  for (const { paymentId, step, pence } of rows) {
    const steps = result.get(paymentId) ?? { sent: null, confirmed: null, failed: null, returned: null }
    result.set(paymentId, { ...steps, [step]: pence })
  }
  return result
}
