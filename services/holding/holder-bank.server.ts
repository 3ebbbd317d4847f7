/** The bank file of one account that somebody looks after: read and matched by services/bank, for this fund alone. */
import { type BankPage, bankPage } from '#services/bank/bank-page.server.ts'
import { type Decided, decideBankLine } from '#services/bank/decide-bank-line.server.ts'
import { type BankFile, type Imported, importBankFile } from '#services/bank/import-bank-file.server.ts'
import type { Actor } from '#services/kernel/actor.ts'
import { notFound } from '#services/kernel/errors.ts'
import { isId } from '#services/kernel/ids.ts'
import type { Deps } from '#services/ports/deps.ts'
import { headOf } from './account-page.server.ts'
import { requireHolder } from './holding.policy.ts'
import { readAccount } from './read-account.server.ts'

type Needs = Pick<Deps, 'db' | 'clock'>
/** As a form sends it; the use case reads it. */
type Press = Parameters<typeof decideBankLine>[3]

/**
 * What the files of this account said, by what became of each line.
 * @throws SIGN_IN; NOT_FOUND for strangers and holders of other funds; FORBIDDEN for workers
 */
export async function holderBankPage(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  query: { state: string | null; page: string | null },
): Promise<BankPage & { head: ReturnType<typeof headOf> }> {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireHolder(actor, account)
  const page = await bankPage(deps, actor, { kind: 'fund_holder', id: account.holderId }, query, allocationId)
  return { ...page, head: headOf(account) }
}

/** @throws as `holderBankPage` and as importBankFile */
export async function bringHolderFile(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  file: Pick<BankFile, 'fileName' | 'content' | 'mapping'>,
): Promise<Imported> {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireHolder(actor, account)
  return importBankFile(deps, actor, {
    ...file,
    owner: { kind: 'fund_holder', id: account.holderId },
    allocationId,
  })
}

/** @throws as `holderBankPage` and as decideBankLine; NOT_FOUND for a line of another account, of the same holder too */
export async function pressHolderLine(
  deps: Needs,
  actor: Actor,
  allocationId: string,
  press: Record<'press' | 'lineId' | 'subject', string>,
): Promise<Decided> {
  const account = await readAccount(deps.db.prisma, allocationId)
  requireHolder(actor, account)
  if (!isId(press.lineId)) throw notFound()
  const its = await deps.db.prisma.bankLine.count({
    where: { id: press.lineId, allocationId, ownerKind: 'fund_holder', ownerId: account.holderId },
  })
  if (its === 0) throw notFound()
  return decideBankLine(deps, actor, { kind: 'fund_holder', id: account.holderId }, press as Press)
}
