import { z } from 'zod'
import type { Tx } from '#services/db/client.server.ts'
import { type Pence, pence } from '#services/kernel/money.ts'

/** What stands in each of an allocation's accounts; `funded` is all that ever arrived, less what went back. */
export interface AllocationBalances {
  allocationId: string
  funded: Pence
  available: Pence
  held: Pence
  ringFenced: Pence
  spent: Pence
}

const rows = z.array(
  z.object({
    allocation_id: z.string(),
    kind: z.string(),
    balance: z.union([z.bigint(), z.number()]).transform(Number),
  }),
)

/** Balances of these allocations, one query; an allocation that nothing was posted to has zeros. */
export async function readBalances(
  tx: Tx,
  allocationIds: readonly string[],
): Promise<Map<string, AllocationBalances>> {
  const found = rows.parse(
    await tx.$queryRaw`select allocation_id::text, kind::text, balance from ledger_account where allocation_id = any(${[...allocationIds]}::uuid[])`,
  )
  const result = new Map<string, AllocationBalances>()
  for (const id of allocationIds) {
    const of = (kind: string): Pence =>
      pence(found.find((row) => row.allocation_id === id && row.kind === kind)?.balance ?? 0)
    result.set(id, {
      allocationId: id,
      funded: pence(-of('funder')),
      available: of('available'),
      held: of('held'),
      ringFenced: of('ring_fenced'),
      spent: of('spent'),
    })
  }
  return result
}

/** What is set aside now for these visits, purchases or movements on a card, by its id and by allocation. */
export async function readHolds(tx: Tx, refIds: readonly string[]): Promise<Map<string, Map<string, Pence>>> {
  const found = await tx.ledgerHold.findMany({ where: { refId: { in: [...refIds] }, amount: { gt: 0 } } })
  const result = new Map<string, Map<string, Pence>>()
  for (const hold of found) {
    const byAllocation = result.get(hold.refId) ?? new Map<string, Pence>()
    byAllocation.set(hold.allocationId, pence(Number(hold.amount)))
    result.set(hold.refId, byAllocation)
  }
  return result
}

/** What a provider has earned and not yet been paid, in pence. */
export async function readOwed(tx: Tx, providerId: string): Promise<Pence> {
  const account = await tx.ledgerAccount.findUnique({
    where: { key: `earned:${providerId}` },
    select: { balance: true },
  })
  return pence(-Number(account?.balance ?? 0))
}
