/** What a person paid in towards a fund: an allocation of its own beside it, with this much in it. */
import { openPayIn, recordPayIn } from '#services/budgets/pay-in.server.ts'
import { system } from '#services/kernel/actor.ts'
import { pence } from '#services/kernel/money.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'
import type { Deps } from '#services/ports/deps.ts'

export async function paidInTowards(deps: Deps, fundId: string, amount: number): Promise<string> {
  return deps.db.tx(async (tx) => {
    const now = deps.clock.now()
    // All of it falls due in the fund's first period.
    const { payInId } = await openPayIn(tx, now, { fundId, target: () => amount, council: 'within' })
    if (payInId === null) throw new Error('nothing is to be paid in')
    await recordPayIn(tx, now, system('test'), {
      allocationId: payInId,
      pence: pence(amount),
      source: 'hand',
    })
    return payInId
  })
}

/** What stands in each of these allocations: [available, held, ring-fenced, spent]. */
export async function standing(deps: Deps, ...allocationIds: string[]): Promise<number[][]> {
  const balances = await readBalances(deps.db.prisma, allocationIds)
  return allocationIds.map((id) => {
    const of = balances.get(id)
    return [of?.available ?? 0, of?.held ?? 0, of?.ringFenced ?? 0, of?.spent ?? 0]
  })
}
