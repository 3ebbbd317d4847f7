import type { Tx } from '#services/db/client.server.ts'
import { type Pence, total } from '#services/kernel/money.ts'
import { type Temporal, dateColumn } from '#services/kernel/time.ts'
import { readBalances } from '#services/ledger/read-balances.server.ts'

export interface FundTotals {
  funds: number
  left: Pence
  setAside: Pence
}

/** What is left and set aside in all funds of a person that can be used today. */
export async function readFundTotals(
  tx: Tx,
  personId: string,
  today: Temporal.PlainDate,
): Promise<FundTotals> {
  const funds = await tx.allocation.findMany({
    where: { personId, startsOn: { lte: dateColumn(today) }, endsOn: { gte: dateColumn(today) } },
    select: { id: true, towardsId: true },
    take: 50,
  })
  const ids = funds.map(({ id }) => id)
  const balances = [...(await readBalances(tx, ids)).values()]
  return {
    // What is paid in is part of the fund that it goes towards.
    funds: funds.filter(({ towardsId }) => towardsId === null || !ids.includes(towardsId)).length,
    left: total(balances.map((of) => of.available)),
    setAside: total(balances.map((of) => of.held)),
  }
}
