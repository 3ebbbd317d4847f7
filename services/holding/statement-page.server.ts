import {
  type PeriodQuery,
  fundStatementCsv,
  readFundStatement,
  readPeriod,
  statementMonths,
} from '#services/budgets/fund-statement.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { londonDate, longDate } from '#services/kernel/time.ts'
import type { Deps } from '#services/ports/deps.ts'
import { headOf } from './account-page.server.ts'
import { requireHolder, requireOwner } from './holding.policy.ts'
import { type HeldAccount, readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>

async function statementOf(deps: Needs, account: HeldAccount, query: PeriodQuery) {
  const today = londonDate(deps.clock.now())
  const period = readPeriod(query, today)
  return {
    ...headOf(account),
    today: longDate(today),
    months: statementMonths(period, today),
    statement: await readFundStatement(deps.db.prisma, account.allocationId, period),
  }
}

/**
 * The statement of one held fund for a period, to print: opening, in, out and closing to the penny. For whoever holds it.
 * @throws SIGN_IN; NOT_FOUND for strangers and holders of other funds; FORBIDDEN for workers; INVALID for what is no period
 */
export async function holderStatementPage(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  query: PeriodQuery,
) {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireHolder(actor, account)
  return statementOf(deps, account, query)
}

/** The same for the person and those who may see their money. @throws as `holderStatementPage` */
export async function personStatementPage(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  query: PeriodQuery,
) {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireOwner(actor, account, 'see_money')
  return statementOf(deps, account, query)
}

/** The holder's statement as a file. @throws as `holderStatementPage` */
export async function holderStatementCsv(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  query: PeriodQuery,
): Promise<{ filename: string; csv: string }> {
  const { statement } = await holderStatementPage(deps, actor, allocationId, query)
  // No name in it: a file's name ends up in lists of downloads.
  return { filename: `statement-${statement.from}-${statement.until}.csv`, csv: fundStatementCsv(statement) }
}
