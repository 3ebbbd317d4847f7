import { visitTitles } from '#services/bookings/visit-titles.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { Temporal } from '#services/kernel/time.ts'
import { type Statement, readStatement } from '#services/ledger/read-statement.server.ts'
import { purchaseTitles } from '#services/purchases/purchase-titles.server.ts'
import type { PersonFund } from './read-funds.server.ts'
import { type StatementLine, statementLine } from './statement-words.rules.ts'

export interface StatementTime {
  from: Temporal.Instant | null
  /** Not included. */
  until: Temporal.Instant | null
}

/** What happened to these funds in a time, in words, newest first. @param options.moved leaves out what was only set aside */
export async function statementLines(
  tx: Tx,
  funds: readonly PersonFund[],
  time: StatementTime,
  options: { moved: boolean; limit: number; offset: number },
): Promise<Statement & { lines: StatementLine[] }> {
  const found = await readStatement(
    tx,
    funds.map(({ allocation, payer }) => ({ allocationId: allocation.id, payer })),
    { ...time, ...options },
  )
  const [visits, purchases] = await Promise.all([
    visitTitles(
      tx,
      found.rows.flatMap((row) => row.visitIds.slice(0, 1)),
    ),
    purchaseTitles(
      tx,
      found.rows.flatMap((row) => row.refId ?? []),
    ),
  ])
  const names = new Map(funds.map(({ allocation }) => [allocation.id, allocation.stream.name]))
  const byId = new Map(
    funds.map(({ allocation, payer }) => [
      allocation.id,
      {
        // What is paid in stands under the name of the fund that it goes towards.
        name: names.get(allocation.towardsId ?? allocation.id) ?? allocation.stream.name,
        funder: allocation.stream.funder,
        streamKind: allocation.stream.kind,
        deployment: allocation.deployment,
        payer: payer.kind,
      },
    ]),
  )
  const lines = found.rows.flatMap((row): StatementLine[] => {
    const fund = byId.get(row.allocationId)
    return fund ? [statementLine(row, fund, visits, purchases)] : []
  })
  return { ...found, lines }
}
