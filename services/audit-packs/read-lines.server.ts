import { readFundStatement } from '#services/budgets/fund-statement.server.ts'
import type { Tx } from '#services/db/client.server.ts'
import type { PackPeriod } from './pack.rules.ts'

/** What went in and out of these funds in a time, oldest first: one statement of the fund and of what is paid into it. */
export async function fundStatementOf(tx: Tx, allocationIds: readonly string[], period: PackPeriod) {
  const each = await Promise.all(allocationIds.map((id) => readFundStatement(tx, id, period)))
  return {
    lines: each
      .flatMap(({ lines }) => lines)
      .map((line, at) => ({ line, at }))
      .sort((a, b) => (a.line.date === b.line.date ? a.at - b.at : a.line.date < b.line.date ? -1 : 1))
      .map(({ line }) => line),
    leftOut: each.reduce((sum, one) => sum + one.leftOut, 0),
  }
}
