import type { Tx } from '#services/db/client.server.ts'
import { ZERO } from '#services/kernel/money.ts'
import { type AllocationBalances, readBalances } from '#services/ledger/read-balances.server.ts'
import { bothOf } from './joint-funds.rules.ts'
import type { Purse } from './purse.rules.ts'

/** A fund as what can be spent from it now: with what the person pays in towards it, when they do. */
export async function readPurse(tx: Tx, allocationId: string): Promise<Purse> {
  const payIn = await tx.allocation.findUnique({ where: { towardsId: allocationId }, select: { id: true } })
  const ids = payIn ? [allocationId, payIn.id] : [allocationId]
  const balances = await readBalances(tx, ids)
  const part = (id: string) => ({ allocationId: id, available: balances.get(id)?.available ?? ZERO })
  return { parts: [part(allocationId), ...ids.slice(1).map(part)] }
}

/**
 * What stands in each of these funds and in what is paid in towards it, together; `funded` is all that ever arrived, less what went
 * back.
 */
export async function readPurseTotals(
  tx: Tx,
  allocationIds: readonly string[],
): Promise<Map<string, Omit<AllocationBalances, 'allocationId'>>> {
  const payIns = await tx.allocation.findMany({
    where: { towardsId: { in: [...allocationIds] } },
    select: { id: true, towardsId: true },
  })
  const balances = await readBalances(tx, [...allocationIds, ...payIns.map(({ id }) => id)])
  return new Map(
    allocationIds.flatMap((id) => {
      const own = balances.get(id)
      const paidIn = balances.get(payIns.find(({ towardsId }) => towardsId === id)?.id ?? '')
      return own ? [[id, paidIn ? bothOf(own, paidIn) : own]] : []
    }),
  )
}
