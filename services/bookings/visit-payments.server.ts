import { type HeldBy, type PaymentState, payerOf } from '#services/budgets/payer.rules.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Payer } from '#services/ledger/accounts.rules.ts'
import { readVisitPayments } from '#services/settlement/read-visit-payments.server.ts'

interface PaidVisit {
  id: string
  personId: string
  state: string
  fundingLines: readonly {
    state: string
    pence: number
    usedPence: number | null
    allocation: Omit<HeldBy, 'personId' | 'councilId'>
  }[]
}

/** Who pays a provider for a visit, and whether they have: each payer once. Before it is settled nobody has. */
export async function visitPayments(
  tx: Tx,
  visit: PaidVisit,
  councilId: string,
): Promise<{ payer: Payer['kind']; state: PaymentState }[]> {
  const settled = visit.state === 'settled'
  const payers = new Map<string, Payer>()
  for (const line of visit.fundingLines) {
    const pays = settled
      ? line.state === 'used' && (line.usedPence ?? 0) > 0
      : line.pence > 0 && (line.state === 'planned' || line.state === 'set_aside')
    if (!pays) continue
    const payer = payerOf({ ...line.allocation, personId: visit.personId, councilId })
    payers.set(`${payer.kind}:${payer.id}`, payer)
  }
  const states = settled ? await readVisitPayments(tx, visit.id) : null
  return [...payers].map(([key, payer]) => ({ payer: payer.kind, state: states?.get(key) ?? 'not_yet' }))
}
